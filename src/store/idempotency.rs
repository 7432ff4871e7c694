//! Requests that were sent before (REL-03).

use super::schema::idempotency_keys;
use super::{Conn, Error};
use diesel::prelude::*;

/// A request as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
pub struct Remembered {
    /// Of method, route and body.
    pub fingerprint: String,
    /// The status of the answer; empty while the request runs.
    pub status: Option<i64>,
    /// The answer.
    pub body: Option<String>,
}

/// What is remembered of a key.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, tenant: &str, key: &str) -> Result<Option<Remembered>, Error> {
    let found = idempotency_keys::table
        .find((tenant, key))
        .select(Remembered::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Notes that a request runs.
///
/// # Errors
/// [`Error::Refused`] with `IdempotencyKey` if its key is known.
pub fn begin(
    conn: &mut Conn,
    tenant: &str,
    key: &str,
    fingerprint: &str,
    now: i64,
) -> Result<(), Error> {
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::tenant.eq(tenant),
            idempotency_keys::key.eq(key),
            idempotency_keys::fingerprint.eq(fingerprint),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes the answer; the first one stays.
///
/// # Errors
/// [`Error`].
pub fn answer(
    conn: &mut Conn,
    tenant: &str,
    key: &str,
    status: i64,
    body: &str,
) -> Result<(), Error> {
    diesel::update(idempotency_keys::table.find((tenant, key)))
        .filter(idempotency_keys::status.is_null())
        .set((
            idempotency_keys::status.eq(status),
            idempotency_keys::body.eq(body),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets a request that came to nothing.
///
/// # Errors
/// [`Error`].
pub fn forget(conn: &mut Conn, tenant: &str, key: &str) -> Result<(), Error> {
    diesel::delete(idempotency_keys::table.find((tenant, key))).execute(conn)?;
    Ok(())
}

/// Forgets requests from before a moment; how many.
///
/// # Errors
/// [`Error`].
pub fn forget_before(conn: &mut Conn, before: i64) -> Result<usize, Error> {
    let forgotten = diesel::delete(idempotency_keys::table)
        .filter(idempotency_keys::created_at.lt(before))
        .execute(conn)?;
    Ok(forgotten)
}
