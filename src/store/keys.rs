//! The keys of issuers, and their life: pre-published, active, retired,
//! revoked.

use super::schema::issuer_keys;
use super::{Conn, Error};
use diesel::prelude::*;

/// A key as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issuer_keys)]
pub struct Key {
    /// Whose it is.
    pub issuer_id: String,
    /// Its name in the issuer's documents: `key-1`.
    pub id: String,
    /// `assertion`, `federation` or `transport`.
    pub purpose: String,
    /// `ed25519`, `p256`, `p384` or `rsa`.
    pub algorithm: String,
    /// The public half, as a JWK.
    pub public_key: String,
    /// RFC 7638.
    pub thumbprint: String,
    /// The private half, sealed; empty when destroyed or in hardware.
    pub sealed: Option<Vec<u8>>,
    /// Where hardware keeps it.
    pub hardware: Option<String>,
    /// Where it is in its life.
    pub state: String,
    /// When it was published.
    pub created_at: i64,
    /// When it began to sign.
    pub activated_at: Option<i64>,
    /// When it ceased to sign.
    pub retired_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// From when on it may have been in other hands.
    pub revoked_from: Option<i64>,
}

/// Publishes a key.
///
/// # Errors
/// [`Error::Refused`] with `KeyThumbprint` or `KeyId`.
pub fn add(conn: &mut Conn, key: &Key) -> Result<(), Error> {
    diesel::insert_into(issuer_keys::table)
        .values(key)
        .execute(conn)?;
    Ok(())
}

/// All keys of an issuer, oldest first.
///
/// # Errors
/// [`Error`].
pub fn of_issuer(conn: &mut Conn, issuer: &str) -> Result<Vec<Key>, Error> {
    let found = issuer_keys::table
        .filter(issuer_keys::issuer_id.eq(issuer))
        .order((issuer_keys::created_at.asc(), issuer_keys::id.asc()))
        .select(Key::as_select())
        .load(conn)?;
    Ok(found)
}

/// One key.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, issuer: &str, id: &str) -> Result<Option<Key>, Error> {
    let found = issuer_keys::table
        .find((issuer, id))
        .select(Key::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Lets a published key sign; the one that signed before retires, and its
/// private half is destroyed. `false` if the key is not waiting.
///
/// # Errors
/// [`Error`].
pub fn activate(conn: &mut Conn, issuer: &str, id: &str, now: i64) -> Result<bool, Error> {
    let Some(key) = find(conn, issuer, id)?.filter(|key| key.state == "pre-published") else {
        return Ok(false);
    };
    diesel::update(issuer_keys::table)
        .filter(issuer_keys::issuer_id.eq(issuer))
        .filter(issuer_keys::purpose.eq(&key.purpose))
        .filter(issuer_keys::algorithm.eq(&key.algorithm))
        .filter(issuer_keys::state.eq("active"))
        .set((
            issuer_keys::state.eq("retired"),
            issuer_keys::retired_at.eq(now),
            issuer_keys::sealed.eq(None::<Vec<u8>>),
        ))
        .execute(conn)?;
    let changed = diesel::update(issuer_keys::table.find((issuer, id)))
        .set((
            issuer_keys::state.eq("active"),
            issuer_keys::activated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Revokes a key: it may have been in other hands since `from`. The earliest
/// `from` stays; `false` if nothing changed.
///
/// # Errors
/// [`Error`].
pub fn revoke(conn: &mut Conn, issuer: &str, id: &str, from: i64, now: i64) -> Result<bool, Error> {
    let changed = diesel::update(issuer_keys::table.find((issuer, id)))
        .filter(
            issuer_keys::state
                .ne("revoked")
                .or(issuer_keys::revoked_from.gt(from)),
        )
        .set((
            issuer_keys::state.eq("revoked"),
            issuer_keys::revoked_at.eq(now),
            issuer_keys::revoked_from.eq(from),
            issuer_keys::sealed.eq(None::<Vec<u8>>),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
