//! Numbers for those who watch a node (REL-35).

use crate::edge::health;
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::store::{Error, audit, jobs, status};
use std::time::Duration;

/// What [`watch`] reads.
struct Seen {
    owed: i64,
    dead: i64,
    oldest_due: Option<i64>,
    oldest_list: Option<i64>,
    audit_head: i64,
}

/// Looks at the node and notes what it sees.
///
/// # Errors
/// [`Error`] if the database cannot be read.
pub(super) async fn watch(state: &State) -> Result<(), Error> {
    let now = state.clock.unix();
    let seen = state
        .store
        .read(move |conn| {
            let (owed, dead) = jobs::counts(conn)?;
            Ok::<_, Error>(Seen {
                owed,
                dead,
                oldest_due: jobs::oldest_due(conn, now)?,
                oldest_list: status::oldest_published(conn)?,
                audit_head: audit::head(conn)?.0,
            })
        })
        .await?;
    let age = |since: Option<i64>| {
        let seconds = since.map_or(0, |since| (now - since).max(0));
        Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
    };
    record::queue("jobs", u32::try_from(seen.owed).unwrap_or(u32::MAX));
    record::queue("dead_jobs", u32::try_from(seen.dead).unwrap_or(u32::MAX));
    record::outbox_age(age(seen.oldest_due));
    record::status_list_age(age(seen.oldest_list));
    record::audit_head(u64::try_from(seen.audit_head).unwrap_or_default());
    for (part, is_ready) in health::of(state).await.parts() {
        record::ready(part, is_ready);
    }
    Ok(())
}
