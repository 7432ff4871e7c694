//! A badge that waited is approved, by somebody else than who asked for it.

use super::{finish, seal};
use crate::edge::directory::Tenant;
use crate::edge::idempotency::Once;
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::store::credentials::{self, Credential};
use crate::store::{Conn, audit, facts, issuers, keys, stops};
use std::sync::Arc;

/// What keeps a badge from being given keeps a waiting one from being approved.
fn require_possible(conn: &mut Conn, row: &Credential) -> Result<(), Problem> {
    facts::require_unfenced(conn)?;
    if stops::is_set(conn, &row.issuer_id, stops::Stop::Issue)? {
        return Err(Problem::new(Code::ISSUE_STOPPED, "nothing was issued").retry_after(600));
    }
    let conflict = |detail: &str| Err(Problem::new(Code::STATE_CONFLICT, detail));
    let issuer = issuers::find(conn, &row.issuer_id)?;
    if issuer.is_none_or(|issuer| !issuer.is_open()) {
        return conflict("this organisation is closed");
    }
    let key = keys::find(conn, &row.issuer_id, &row.key_id)?;
    if key.is_none_or(|key| key.state != "active") {
        return conflict("the key that this badge waits for was revoked; ask for the badge anew");
    }
    Ok(())
}

/// Approves and hands out. Safe to repeat.
///
/// # Errors
/// `not_found`; `approval_required` for the one who asked; `state_conflict` if
/// it does not wait.
pub async fn approve(
    state: &State,
    tenant: &Arc<Tenant>,
    id: &str,
    once: Once,
    (actor, request): (String, String),
) -> Result<Credential, Problem> {
    let (issuer, badge, now) = (tenant.issuer.id.clone(), id.to_owned(), state.clock.unix());
    let by = (actor, request.clone());
    let row = state
        .store
        .write(move |tx| {
            if once.earlier(tx.conn)?.is_none() {
                once.begin(tx.conn, now)?;
                let answer = super::finish::remembered(&[], 200);
                once.answered(tx.conn, &answer)?;
            }
            let row = credentials::find(tx.conn, &issuer, &badge)?
                .ok_or_else(|| Problem::not_found("badge"))?;
            match row.state.as_str() {
                "issued" | "reserved" => return Ok(row),
                "waiting" => {}
                other => {
                    return Err(Problem::new(
                        Code::STATE_CONFLICT,
                        format!("this badge is {other}"),
                    ));
                }
            }
            if row.created_by == by.0 {
                return Err(Problem::new(
                    Code::APPROVAL_REQUIRED,
                    "somebody else has to approve what you asked for",
                ));
            }
            require_possible(tx.conn, &row)?;
            credentials::approve(tx.conn, &row.id, &by.0)?;
            let act = audit::Act {
                actor: by.0,
                tenant: issuer,
                act: "credential.approved",
                object: row.id.clone(),
                request: by.1,
                ..audit::Act::default()
            };
            audit::record(tx.conn, act, now)?;
            Ok::<_, Problem>(Credential {
                state: "reserved".to_owned(),
                ..row
            })
        })
        .await?;
    if row.state == "issued" {
        return Ok(row);
    }
    let sealed = seal(state, tenant, &row)?;
    let rows = state
        .store
        .write(move |tx| finish(tx, vec![(row, sealed)], None, &request, now))
        .await?;
    rows.into_iter()
        .next()
        .ok_or_else(|| Problem::internal("a badge was approved and is not there"))
}
