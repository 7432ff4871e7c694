//! What a node knows of itself.

use super::issue_log::Mark;
use super::schema::node_facts;
use super::{Conn, Error};
use diesel::prelude::*;

/// How often the database was restored from a copy.
const EPOCH: &str = "epoch";
/// The latest moment that was noted.
const LATEST: &str = "latest";
/// How far the issue log is known.
const LOG: &str = "issue_log";
/// Set while a restored database must not hand anything out.
const FENCE: &str = "fence";

/// The value of a fact.
///
/// # Errors
/// [`Error`].
pub fn get(conn: &mut Conn, name: &str) -> Result<Option<String>, Error> {
    let value = node_facts::table
        .find(name)
        .select(node_facts::value)
        .first(conn)
        .optional()?;
    Ok(value)
}

/// Notes a fact, instead of what was known before.
///
/// # Errors
/// [`Error`].
pub fn set(conn: &mut Conn, name: &str, value: &str, now: i64) -> Result<(), Error> {
    diesel::insert_into(node_facts::table)
        .values((
            node_facts::name.eq(name),
            node_facts::value.eq(value),
            node_facts::created_at.eq(now),
        ))
        .on_conflict(node_facts::name)
        .do_update()
        .set(node_facts::value.eq(value))
        .execute(conn)?;
    Ok(())
}

/// How far this database knows the issue log.
///
/// # Errors
/// [`Error`].
pub fn log_mark(conn: &mut Conn) -> Result<Option<Mark>, Error> {
    Ok(get(conn, LOG)?.and_then(|text| Mark::parse(&text)))
}

/// Notes how far the issue log goes.
///
/// # Errors
/// [`Error`].
pub(super) fn set_log_mark(conn: &mut Conn, mark: &Mark) -> Result<(), Error> {
    set(conn, LOG, &mark.to_string(), 0)
}

/// Forgets how far the issue log was known: it is lost.
///
/// # Errors
/// [`Error`].
pub(super) fn forget_log_mark(conn: &mut Conn) -> Result<(), Error> {
    diesel::delete(node_facts::table.find(LOG)).execute(conn)?;
    Ok(())
}

/// The latest moment that was noted; 0 before the first.
///
/// # Errors
/// [`Error`].
pub fn latest(conn: &mut Conn) -> Result<i64, Error> {
    let latest = get(conn, LATEST)?.and_then(|value| value.parse().ok());
    Ok(latest.unwrap_or_default())
}

/// Notes a moment, if it is later than what was noted.
///
/// # Errors
/// [`Error`].
pub fn note_latest(conn: &mut Conn, now: i64) -> Result<(), Error> {
    if now > latest(conn)? {
        set(conn, LATEST, &now.to_string(), now)?;
    }
    Ok(())
}

/// The epoch of the issue log.
///
/// # Errors
/// [`Error`].
pub fn epoch(conn: &mut Conn) -> Result<i64, Error> {
    let epoch = get(conn, EPOCH)?.and_then(|value| value.parse().ok());
    Ok(epoch.unwrap_or(1))
}

/// Begins a new epoch: the database was restored.
///
/// # Errors
/// [`Error`].
pub fn next_epoch(conn: &mut Conn, now: i64) -> Result<i64, Error> {
    let next = epoch(conn)? + 1;
    set(conn, EPOCH, &next.to_string(), now)?;
    Ok(next)
}

/// Why the node is fenced, if it is.
///
/// # Errors
/// [`Error`].
pub fn fence(conn: &mut Conn) -> Result<Option<String>, Error> {
    Ok(get(conn, FENCE)?.filter(|why| !why.is_empty()))
}

/// Fences the node, or with an empty reason lets it go on.
///
/// # Errors
/// [`Error`].
pub fn set_fence(conn: &mut Conn, why: &str, now: i64) -> Result<(), Error> {
    set(conn, FENCE, why, now)
}

/// Refuses while the node is fenced; called by everything that hands out.
///
/// # Errors
/// [`Error::Fenced`].
pub fn require_unfenced(conn: &mut Conn) -> Result<(), Error> {
    match fence(conn)? {
        None => Ok(()),
        Some(_) => Err(Error::Fenced),
    }
}
