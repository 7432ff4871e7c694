//! API tokens: their digests, roles and ends (SEC-52).

use super::schema::tokens;
use super::{Conn, Error};
use diesel::prelude::*;

/// A token as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tokens)]
pub struct Token {
    /// Its name in the audit.
    pub id: String,
    /// Whose it is; empty for the node's own roles.
    pub issuer_id: Option<String>,
    /// What it may do.
    pub role: String,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the token, in hexadecimal.
    pub digest: String,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: i64,
    /// Until when it works.
    pub expires_at: i64,
    /// Since when it does not.
    pub revoked_at: Option<i64>,
    /// When it was used last, to the hour.
    pub last_used_at: Option<i64>,
}

/// Adds a token.
///
/// # Errors
/// [`Error::Refused`] with `TokenDigest`.
pub fn add(conn: &mut Conn, token: &Token) -> Result<(), Error> {
    diesel::insert_into(tokens::table)
        .values(token)
        .execute(conn)?;
    Ok(())
}

/// The token of this digest.
///
/// # Errors
/// [`Error`].
pub fn by_digest(conn: &mut Conn, digest: &str) -> Result<Option<Token>, Error> {
    let found = tokens::table
        .filter(tokens::digest.eq(digest))
        .select(Token::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// The tokens of an issuer, or the node's own, after `after`.
///
/// # Errors
/// [`Error`].
pub fn page(
    conn: &mut Conn,
    issuer: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<Token>, Error> {
    let mut query = tokens::table.filter(tokens::id.gt(after)).into_boxed();
    query = match issuer {
        Some(issuer) => query.filter(tokens::issuer_id.eq(issuer)),
        None => query.filter(tokens::issuer_id.is_null()),
    };
    let found = query
        .order(tokens::id.asc())
        .limit(limit)
        .select(Token::as_select())
        .load(conn)?;
    Ok(found)
}

/// Whether there is any token at all; without one nobody can use the API.
///
/// # Errors
/// [`Error`].
pub fn is_empty(conn: &mut Conn) -> Result<bool, Error> {
    let any: Option<String> = tokens::table.select(tokens::id).first(conn).optional()?;
    Ok(any.is_none())
}

/// Ends a token of an issuer (or of the node); returns its digest and whether
/// it worked until now, `None` if there is none such. The first end stays.
///
/// # Errors
/// [`Error`].
pub fn revoke(
    conn: &mut Conn,
    issuer: Option<&str>,
    id: &str,
    now: i64,
) -> Result<Option<(String, bool)>, Error> {
    let found = tokens::table
        .find(id)
        .select(Token::as_select())
        .first(conn)
        .optional()?;
    let Some(token) = found.filter(|token| token.issuer_id.as_deref() == issuer) else {
        return Ok(None);
    };
    let changed = diesel::update(tokens::table.find(id))
        .filter(tokens::revoked_at.is_null())
        .set(tokens::revoked_at.eq(now))
        .execute(conn)?;
    Ok(Some((token.digest, changed == 1)))
}

/// Notes that a token was used.
///
/// # Errors
/// [`Error`].
pub fn used(conn: &mut Conn, id: &str, now: i64) -> Result<(), Error> {
    diesel::update(tokens::table.find(id))
        .set(tokens::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
