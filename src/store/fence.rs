//! A database that was put back from a copy hands out nothing before its
//! operator has looked at it (REL-09): it does not know the positions that were
//! given since.

use super::{Conn, Error, Logged, credentials, facts};

/// Fences the node if the issue log knows a badge that the database does not.
/// What a crash left reserved is known, and is finished by itself.
pub(super) fn of_log(conn: &mut Conn, beyond: &[Logged]) -> Result<(), Error> {
    for badge in beyond {
        if credentials::find_any(conn, &badge.credential)?.is_none() {
            let why = "the issue log knows badges that this database does not";
            return facts::set_fence(conn, why, 0);
        }
    }
    Ok(())
}
