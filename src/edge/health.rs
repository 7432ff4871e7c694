//! Whether a node can do its work (REL-35).

use super::state::State;
use crate::store::{Error, facts, status};
use serde::Serialize;

/// Readiness fails when a status list ends within this time, in seconds
/// (REL-12).
const LIST_MUST_LAST: i64 = 86_400;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// `ready` or `not_ready`.
    pub status: &'static str,
    /// Each thing that is in the way, by a short name.
    pub problems: Vec<&'static str>,
}

impl Health {
    /// Whether nothing is in the way.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Everything that may be in the way.
const PARTS: [&str; 5] = [
    "stopping",
    "database_write",
    "database_read",
    "status_lists",
    "fenced",
];

impl Health {
    /// Each part, and whether it is fit for work.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, bool)> {
        PARTS
            .into_iter()
            .map(|part| (part, !self.problems.contains(&part)))
    }
}

/// Looks at the database, the lists and the switches.
pub async fn of(state: &State) -> Health {
    let mut problems = Vec::new();
    if state.is_stopping() {
        problems.push("stopping");
    }
    let now = state.clock.unix();
    let written: Result<(), Error> = state
        .store
        .write(move |tx| facts::set(tx.conn, "last_write", &now.to_string(), now))
        .await;
    if written.is_err() {
        problems.push("database_write");
    }
    let seen = state
        .store
        .read(move |conn| {
            let due = status::due(conn, now + LIST_MUST_LAST)?;
            Ok::<_, Error>((due.is_empty(), facts::fence(conn)?.is_some()))
        })
        .await;
    match seen {
        Err(_) => problems.push("database_read"),
        Ok((lists_last, is_fenced)) => {
            if !lists_last {
                problems.push("status_lists");
            }
            if is_fenced {
                problems.push("fenced");
            }
        }
    }
    let status = if problems.is_empty() {
        "ready"
    } else {
        "not_ready"
    };
    Health { status, problems }
}
