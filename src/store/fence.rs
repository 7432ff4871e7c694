//! A database that was put back from a copy hands out nothing before its
//! operator has looked at it (REL-09): it does not know the positions that were
//! given since.

use super::{Conn, Error, LogEntry, LoggedChange, credentials, facts, jobs, status};

/// Looks at what the issue log holds beyond what the database knows. What a
/// crash left reserved is finished by itself; a withdrawal that a crash left
/// in the log alone is taken in. A badge that the database does not know fences
/// the node.
pub(super) fn of_log(conn: &mut Conn, beyond: &[LogEntry]) -> Result<(), Error> {
    for entry in beyond {
        let is_known = match entry {
            LogEntry::Badge(badge) => credentials::find_any(conn, &badge.credential)?.is_some(),
            LogEntry::Change(change) => take_in(conn, change)?,
        };
        if !is_known {
            let why = "the issue log knows badges that this database does not";
            return facts::set_fence(conn, why, 0);
        }
    }
    Ok(())
}

/// Says of a position what the log says of it, unless something newer was said;
/// `false` if the position is not known.
///
/// # Errors
/// [`Error`].
pub fn take_in(conn: &mut Conn, change: &LoggedChange) -> Result<bool, Error> {
    let entries = status::entries(conn, &change.issuer, &change.credential)?;
    let found = entries
        .into_iter()
        .find(|(entry, _)| entry.list == change.list && entry.position == change.position);
    let Some((entry, _)) = found else {
        return Ok(false);
    };
    let newest = status::latest(conn, &entry)?;
    if newest.is_some_and(|newest| newest.created_at > change.at) {
        return Ok(true);
    }
    let said = (change.is_set, change.reason.as_deref());
    if status::say(conn, &entry, said, &change.actor, change.at)? {
        let list = format!("{}/{}", change.issuer, change.list);
        jobs::enqueue(conn, jobs::Kind::PublishStatusList, &list, change.at)?;
    }
    Ok(true)
}
