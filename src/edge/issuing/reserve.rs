//! Step 2: one transaction keeps everything but the proof.

use super::draft::{Drafted, Follows};
use crate::edge::directory::Tenant;
use crate::edge::idempotency::Once;
use crate::edge::problem::{Code, Problem};
use crate::json::Value;
use crate::store::credentials::{self, Credential};
use crate::store::{Tx, facts, jobs, status, stops};
use rand_core::Rng as _;

/// A badge that is to be kept.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The badge.
    pub drafted: Drafted,
    /// The badge before it.
    pub follows: Option<Follows>,
    /// Whether somebody has to approve it first.
    pub waits: bool,
}

/// Keeps badges with the moment that their proofs will say, takes their
/// positions and notes the request. All of them, or none.
///
/// # Errors
/// `fenced`, `issue_stopped`, `state_conflict`.
pub fn reserve(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    planned: &[Planned],
    (once, actor): (&Once, &str),
    now: i64,
) -> Result<Vec<Credential>, Problem> {
    fail::fail_point!("issuing.in_reserve", |_| std::process::abort());
    facts::require_unfenced(tx.conn)?;
    if stops::is_set(tx.conn, &tenant.issuer.id, stops::Stop::Issue)? {
        return Err(Problem::new(Code::ISSUE_STOPPED, "nothing was issued").retry_after(600));
    }
    let key = tenant.signing_key(tenant.settings.seal)?.id.clone();
    once.begin(tx.conn, now)?;
    planned
        .iter()
        .map(|one| {
            let positions = positions(tx, tenant, one, now)?;
            let row = Credential {
                id: one.drafted.id.clone(),
                issuer_id: tenant.issuer.id.clone(),
                achievement_id: one.drafted.version.achievement_id.clone(),
                achievement_version: one.drafted.version.number,
                state: if one.waits { "waiting" } else { "reserved" }.to_owned(),
                draft: Some(
                    Value::Object(one.drafted.with_positions(tenant, &positions)).to_json(),
                ),
                sealed_at: now,
                key_id: key.clone(),
                seal: tenant.settings.seal.name().to_owned(),
                body: None,
                digest: None,
                media_type: None,
                subject: Some(one.drafted.subject.clone()),
                valid_from: one.drafted.valid_from.as_unix(),
                valid_until: one.drafted.valid_until.map(crate::clock::Moment::as_unix),
                follows: one.follows.as_ref().map(|follows| follows.id.clone()),
                follows_as: one.follows.as_ref().map(|follows| follows.how.to_owned()),
                request: Some(once.key.clone()),
                created_by: actor.to_owned(),
                approved_by: None,
                created_at: now,
                issued_at: None,
            };
            fail::fail_point!("issuing.after_position", |_| std::process::abort());
            credentials::add(tx.conn, &row)?;
            Ok(row)
        })
        .collect()
}

fn positions(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    one: &Planned,
    now: i64,
) -> Result<Vec<(i64, i64)>, Problem> {
    let issuer = tenant.issuer.id.as_str();
    one.drafted
        .purposes
        .iter()
        .map(|purpose| {
            let entry = status::give(
                tx.conn,
                (issuer, purpose),
                &one.drafted.id,
                &mut new_order,
                now,
            )?;
            let subject = format!("{issuer}/{}", entry.list);
            if status::published(tx.conn, issuer, entry.list)?.is_none() {
                jobs::enqueue(tx.conn, jobs::Kind::PublishStatusList, &subject, now)?;
            }
            Ok((entry.list, entry.position))
        })
        .collect()
}

/// The order of a new list's positions.
fn new_order() -> [u8; 32] {
    let mut order = [0; 32];
    rand::rng().fill_bytes(&mut order);
    order
}
