//! Looks at every stored badge: bytes that rotted are found before somebody
//! needs them (REL-19).

use crate::edge::sharing::require_whole;
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::store::{Error, credentials};

/// Looks at all badges; returns how many there are and which are damaged.
///
/// # Errors
/// [`Error`] if the database cannot be read.
pub async fn scrub(state: &State) -> Result<(usize, Vec<String>), Error> {
    const PAGE: i64 = 500;
    let (mut looked_at, mut damaged, mut after) = (0, Vec::new(), String::new());
    loop {
        let from = after.clone();
        let rows = state
            .store
            .read(move |conn| credentials::issued_after(conn, &from, PAGE))
            .await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.id);
        for row in &rows {
            looked_at += 1;
            let body = row.body.as_deref().unwrap_or_default();
            if require_whole(body, row).is_err() {
                tracing::error!(credential.id = row.id, "the bytes of a badge are damaged");
                damaged.push(row.id.clone());
            }
        }
    }
    record::ready("badges", damaged.is_empty());
    Ok((looked_at, damaged))
}
