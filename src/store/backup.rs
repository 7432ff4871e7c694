//! Copies of the database, and looking them over.
//!
//! **Promises.** A copy is made by SQLite itself while the node runs, never by
//! copying files; it is of one moment. What [`look_over`] finds right was read
//! whole.

use super::schema::{achievements, audit, credentials, issuers, status_changes, status_entries};
use super::{Conn, Error, migrate, open};
use diesel::RunQueryDsl as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How many rows of each kind a database has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Issuers.
    pub issuers: i64,
    /// Badge designs.
    pub achievements: i64,
    /// Badges.
    pub credentials: i64,
    /// Positions of status lists that were given.
    pub status_entries: i64,
    /// Withdrawals, pauses and their ends.
    pub status_changes: i64,
    /// Entries of the audit.
    pub audit: i64,
}

/// Opens a database for reading beside the node that has it.
///
/// # Errors
/// [`Error`].
pub fn peek(file: &Path) -> Result<Conn, Error> {
    open::reader(file)
}

/// Copies the database at `file` to `to`, which must not be there.
///
/// # Errors
/// [`Error`].
pub fn copy(file: &Path, to: &Path) -> Result<(), Error> {
    let mut conn = open::beside(file)?;
    diesel::sql_query("VACUUM INTO ?")
        .bind::<Text, _>(to.to_string_lossy())
        .execute(&mut conn)?;
    std::fs::File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(|_| Error::Damaged("the copy could not be written"))
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    found: String,
}

/// Reads a database whole: its pages, its references, its shape.
///
/// # Errors
/// [`Error::Damaged`] with what is wrong.
pub fn look_over(conn: &mut Conn) -> Result<Counts, Error> {
    let pages: Vec<Found> =
        diesel::sql_query("SELECT integrity_check AS found FROM pragma_integrity_check")
            .load(conn)?;
    if pages.iter().any(|row| row.found != "ok") {
        return Err(Error::Damaged("the pages of the database"));
    }
    let references: Vec<Found> =
        diesel::sql_query("SELECT \"table\" AS found FROM pragma_foreign_key_check LIMIT 1")
            .load(conn)?;
    if !references.is_empty() {
        return Err(Error::Damaged("a reference of the database leads nowhere"));
    }
    if !migrate::pending(conn)?.names.is_empty() {
        return Err(Error::Damaged("the database has an older shape"));
    }
    counts(conn)
}

/// Counts the rows.
///
/// # Errors
/// [`Error`].
pub fn counts(conn: &mut Conn) -> Result<Counts, Error> {
    Ok(Counts {
        issuers: issuers::table.count().get_result(conn)?,
        achievements: achievements::table.count().get_result(conn)?,
        credentials: credentials::table.count().get_result(conn)?,
        status_entries: status_entries::table.count().get_result(conn)?,
        status_changes: status_changes::table.count().get_result(conn)?,
        audit: audit::table.count().get_result(conn)?,
    })
}
