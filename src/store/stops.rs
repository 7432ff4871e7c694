//! Switches that outlive a restart (REL-24), people to be told (SEC-46), and
//! checks that somebody asked to keep.

use super::schema::{holders_to_tell, saved_checks, stops};
use super::{Conn, Error};
use diesel::prelude::*;

/// What a switch stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Issuing badges.
    Issue,
    /// Fetching what others publish.
    Fetch,
}

impl Stop {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Fetch => "fetch",
        }
    }
}

/// Stops something for an issuer, or with an empty tenant for the node; `false`
/// if it was stopped already: the first reason stays.
///
/// # Errors
/// [`Error`].
pub fn set(
    conn: &mut Conn,
    tenant: &str,
    what: Stop,
    reason: &str,
    now: i64,
) -> Result<bool, Error> {
    let set = diesel::insert_into(stops::table)
        .values((
            stops::tenant.eq(tenant),
            stops::what.eq(what.name()),
            stops::reason.eq(reason),
            stops::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(set == 1)
}

/// Lets it go on; `false` if it was not stopped.
///
/// # Errors
/// [`Error`].
pub fn lift(conn: &mut Conn, tenant: &str, what: Stop) -> Result<bool, Error> {
    let lifted = diesel::delete(stops::table.find((tenant, what.name()))).execute(conn)?;
    Ok(lifted == 1)
}

/// Whether it is stopped for an issuer, or for the whole node.
///
/// # Errors
/// [`Error`].
pub fn is_set(conn: &mut Conn, tenant: &str, what: Stop) -> Result<bool, Error> {
    let count: i64 = stops::table
        .filter(stops::what.eq(what.name()))
        .filter(stops::tenant.eq_any([tenant, ""]))
        .count()
        .get_result(conn)?;
    Ok(count > 0)
}

/// Somebody who has to be told that their badge changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = holders_to_tell)]
pub struct Holder {
    /// The badge.
    pub credential_id: String,
    /// Whose badge it is.
    pub issuer_id: String,
    /// Why.
    pub reason: String,
    /// The badge that takes its place.
    pub newer_id: Option<String>,
    /// Since when.
    pub created_at: i64,
}

/// Puts a holder on the list; the first reason stays.
///
/// # Errors
/// [`Error`].
pub fn tell(conn: &mut Conn, holder: &Holder) -> Result<(), Error> {
    diesel::insert_into(holders_to_tell::table)
        .values(holder)
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// Who has to be told, of one issuer.
///
/// # Errors
/// [`Error`].
pub fn to_tell(conn: &mut Conn, issuer: &str) -> Result<Vec<Holder>, Error> {
    let found = holders_to_tell::table
        .filter(holders_to_tell::issuer_id.eq(issuer))
        .filter(holders_to_tell::told_at.is_null())
        .order(holders_to_tell::credential_id.asc())
        .select(Holder::as_select())
        .load(conn)?;
    Ok(found)
}

/// A check that somebody asked to keep.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_checks)]
pub struct SavedCheck {
    /// What they quote.
    pub reference: String,
    /// The outcome then.
    pub outcome: String,
    /// The badge, if its seal held.
    pub badge_id: Option<String>,
    /// What they call it themselves.
    pub own_reference: Option<String>,
    /// When.
    pub created_at: i64,
}

/// Keeps a check.
///
/// # Errors
/// [`Error`].
pub fn save_check(conn: &mut Conn, check: &SavedCheck) -> Result<(), Error> {
    diesel::insert_into(saved_checks::table)
        .values(check)
        .execute(conn)?;
    Ok(())
}

/// A check that was kept.
///
/// # Errors
/// [`Error`].
pub fn saved_check(conn: &mut Conn, reference: &str) -> Result<Option<SavedCheck>, Error> {
    let found = saved_checks::table
        .find(reference)
        .select(SavedCheck::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}
