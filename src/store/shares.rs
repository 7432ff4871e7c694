//! How badges are shared: links, codes and pages.

use super::schema::shares;
use super::{Conn, Error};
use diesel::prelude::*;

/// A share as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = shares)]
pub struct Share {
    /// The last segment of its address.
    pub token: String,
    /// Whose badge it is.
    pub issuer_id: String,
    /// The badge.
    pub credential_id: String,
    /// `link`, `code` or `page`.
    pub kind: String,
    /// When it stops working.
    pub stops_at: Option<i64>,
    /// When it was ended.
    pub ended_at: Option<i64>,
    /// When it was made.
    pub created_at: i64,
}

impl Share {
    /// Whether it works at a moment.
    #[must_use]
    pub fn works_at(&self, now: i64) -> bool {
        self.ended_at.is_none() && self.stops_at.is_none_or(|stops| now < stops)
    }
}

/// Adds a share.
///
/// # Errors
/// [`Error::Refused`] with `ShareToken` or `Missing`.
pub fn add(conn: &mut Conn, share: &Share) -> Result<(), Error> {
    diesel::insert_into(shares::table)
        .values(share)
        .execute(conn)?;
    Ok(())
}

/// The share of this kind with this token, whether it works or not.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, kind: &str, token: &str) -> Result<Option<Share>, Error> {
    let found = shares::table
        .find(token)
        .filter(shares::kind.eq(kind))
        .select(Share::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// The shares of a badge.
///
/// # Errors
/// [`Error`].
pub fn of_credential(conn: &mut Conn, issuer: &str, credential: &str) -> Result<Vec<Share>, Error> {
    let found = shares::table
        .filter(shares::issuer_id.eq(issuer))
        .filter(shares::credential_id.eq(credential))
        .order(shares::created_at.asc())
        .select(Share::as_select())
        .load(conn)?;
    Ok(found)
}

/// Whether a badge is shown to everybody who knows its address.
///
/// # Errors
/// [`Error`].
pub fn is_shared(conn: &mut Conn, issuer: &str, credential: &str, now: i64) -> Result<bool, Error> {
    let shares = of_credential(conn, issuer, credential)?;
    Ok(shares.iter().any(|share| share.works_at(now)))
}

/// Ends a share; returns whether it worked until now, `None` if the issuer has
/// none such. The first end stays.
///
/// # Errors
/// [`Error`].
pub fn end(
    conn: &mut Conn,
    issuer: &str,
    credential: &str,
    token: &str,
    now: i64,
) -> Result<Option<bool>, Error> {
    let known: i64 = shares::table
        .filter(shares::token.eq(token))
        .filter(shares::issuer_id.eq(issuer))
        .filter(shares::credential_id.eq(credential))
        .count()
        .get_result(conn)?;
    let changed = diesel::update(shares::table.find(token))
        .filter(shares::issuer_id.eq(issuer))
        .filter(shares::credential_id.eq(credential))
        .filter(shares::ended_at.is_null())
        .set(shares::ended_at.eq(now))
        .execute(conn)?;
    Ok((known == 1).then_some(changed == 1))
}
