//! Withdraws, pauses and resumes badges: rows, a job and an audit entry in one
//! transaction (REL-11).

use super::problem::{Code, Problem};
use crate::store::{LoggedChange, Tx, audit, credentials, jobs, status};

/// What is said of a badge.
#[derive(Debug, Clone)]
pub struct Said {
    /// Withdrawn or paused, or no longer so.
    pub is_set: bool,
    /// What everybody may know.
    pub reason: Option<String>,
    /// Who says it.
    pub actor: String,
    /// The request it is said in.
    pub request: String,
}

/// Says something of a badge of an issuer. Safe to repeat: the first time
/// counts; `false` if nothing changed.
///
/// # Errors
/// `not_found`; `state_conflict` for a badge that has no position for it.
pub fn say(
    tx: &mut Tx<'_>,
    issuer: &str,
    credential: &str,
    purpose: &str,
    said: &Said,
    now: i64,
) -> Result<bool, Problem> {
    let row = credentials::find(tx.conn, issuer, credential)?
        .filter(|row| row.state != "waiting" && row.state != "failed")
        .ok_or_else(|| Problem::not_found("badge"))?;
    let entries = status::entries(tx.conn, issuer, &row.id)?;
    let Some((entry, _)) = entries
        .into_iter()
        .find(|(_, kept_for)| kept_for == purpose)
    else {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "badges of this design cannot be paused; the design and the organisation have to allow it before a badge is given",
        ));
    };
    let reason = said.reason.as_deref();
    let changed = status::say(tx.conn, &entry, (said.is_set, reason), &said.actor, now)?;
    if changed {
        tx.log_change(LoggedChange {
            issuer: issuer.to_owned(),
            credential: row.id.clone(),
            list: entry.list,
            position: entry.position,
            is_set: said.is_set,
            reason: said.reason.clone(),
            actor: said.actor.clone(),
            at: now,
        });
        let list = format!("{issuer}/{}", entry.list);
        jobs::enqueue(tx.conn, jobs::Kind::PublishStatusList, &list, now)?;
        let act = audit::Act {
            actor: said.actor.clone(),
            tenant: issuer.to_owned(),
            act: act(purpose, said.is_set),
            object: row.id,
            before: String::new(),
            after: String::new(),
            request: said.request.clone(),
        };
        audit::record(tx.conn, act, now)?;
    }
    Ok(changed)
}

fn act(purpose: &str, is_set: bool) -> &'static str {
    match (purpose, is_set) {
        ("revocation", true) => "credential.withdrawn",
        ("revocation", false) => "credential.restored",
        (_, true) => "credential.paused",
        (_, false) => "credential.resumed",
    }
}
