//! Who did what: a chain of digests (SEC-70 to 72).
//!
//! **Promises.** An entry stands in the transaction of its act. Each holds the
//! digest of everything before it, so that a changed, added, moved or lost
//! entry shows; that the end was cut off shows by a signed checkpoint.
//!
//! **Does not** hold names, addresses or tokens: actors and objects are ids.

use super::schema::{audit, audit_checkpoints};
use super::{Conn, Error};
use crate::text::hex;
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

/// Before the first entry.
const BEGINNING: &str = "countersign audit 1";

/// Something that was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    /// Who: the id of a token, or `system`.
    pub actor: String,
    /// For which issuer; empty for the node's own acts.
    pub tenant: String,
    /// What: `credential.issued`.
    pub act: &'static str,
    /// To what: an id.
    pub object: String,
    /// Digest of the object before.
    pub before: String,
    /// Digest of the object after.
    pub after: String,
    /// The request it was done in.
    pub request: String,
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit)]
pub struct Entry {
    /// Its place, from 1.
    pub seq: i64,
    /// When.
    pub created_at: i64,
    /// Who.
    pub actor: String,
    /// For which issuer.
    pub tenant: String,
    /// What.
    pub act: String,
    /// To what.
    pub object: String,
    /// Digest before.
    pub before: String,
    /// Digest after.
    pub after: String,
    /// The request.
    pub request: String,
    /// The chain up to here.
    pub hash: String,
}

/// A signed point of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_checkpoints)]
pub struct Checkpoint {
    /// The last entry it covers.
    pub seq: i64,
    /// That entry's digest.
    pub hash: String,
    /// The key that signed.
    pub key: String,
    /// The signature over [`Checkpoint::message`].
    pub signature: String,
    /// When.
    pub created_at: i64,
}

impl Checkpoint {
    /// What is signed.
    #[must_use]
    pub fn message(seq: i64, hash: &str, created_at: i64) -> String {
        format!("countersign audit checkpoint 1\n{seq}\n{hash}\n{created_at}\n")
    }
}

/// What is wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is not what was written there.
    #[error("entry {0} was changed, or one before it was added or removed")]
    Entry(i64),
    /// An entry is missing.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// The chain ends before a checkpoint that covers it.
    #[error("the entries after {0} are missing: a checkpoint covers them")]
    CutOff(i64),
    /// A checkpoint is about another chain.
    #[error("the checkpoint at entry {0} does not belong to this chain")]
    Checkpoint(i64),
}

fn beginning() -> String {
    hex(&Sha256::digest(BEGINNING.as_bytes()))
}

/// The digest of an entry: each column with its length, so that nothing can
/// move from one to the next.
fn chained(previous: &str, entry: &Entry) -> String {
    let (seq, at) = (entry.seq.to_string(), entry.created_at.to_string());
    let columns = [
        previous,
        &seq,
        &at,
        &entry.actor,
        &entry.tenant,
        &entry.act,
        &entry.object,
        &entry.before,
        &entry.after,
        &entry.request,
    ];
    let mut hasher = Sha256::new();
    for column in columns {
        hasher.update((column.len() as u64).to_be_bytes());
        hasher.update(column.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Writes an entry behind the last.
///
/// # Errors
/// [`Error`].
pub fn record(conn: &mut Conn, act: Act, now: i64) -> Result<(), Error> {
    fail::fail_point!("store.audit", |_| Err(Error::Damaged("failpoint")));
    let (seq, previous) = head(conn)?;
    let mut entry = Entry {
        seq: seq + 1,
        created_at: now,
        actor: act.actor,
        tenant: act.tenant,
        act: act.act.to_owned(),
        object: act.object,
        before: act.before,
        after: act.after,
        request: act.request,
        hash: String::new(),
    };
    entry.hash = chained(&previous, &entry);
    diesel::insert_into(audit::table)
        .values(&entry)
        .execute(conn)?;
    Ok(())
}

/// The last entry's place and digest.
///
/// # Errors
/// [`Error`].
pub fn head(conn: &mut Conn) -> Result<(i64, String), Error> {
    let last = audit::table
        .order(audit::seq.desc())
        .select((audit::seq, audit::hash))
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or_else(|| (0, beginning())))
}

/// Entries after `after`, of one issuer or of all.
///
/// # Errors
/// [`Error`].
pub fn page(
    conn: &mut Conn,
    tenant: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let mut query = audit::table.filter(audit::seq.gt(after)).into_boxed();
    if let Some(tenant) = tenant {
        query = query.filter(audit::tenant.eq(tenant));
    }
    let found = query
        .order(audit::seq.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)?;
    Ok(found)
}

/// Keeps a checkpoint.
///
/// # Errors
/// [`Error`].
pub fn add_checkpoint(conn: &mut Conn, checkpoint: &Checkpoint) -> Result<(), Error> {
    diesel::insert_into(audit_checkpoints::table)
        .values(checkpoint)
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// The newest checkpoint.
///
/// # Errors
/// [`Error`].
pub fn last_checkpoint(conn: &mut Conn) -> Result<Option<Checkpoint>, Error> {
    let found = audit_checkpoints::table
        .order(audit_checkpoints::seq.desc())
        .select(Checkpoint::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// All checkpoints, oldest first.
///
/// # Errors
/// [`Error`].
pub fn checkpoints(conn: &mut Conn) -> Result<Vec<Checkpoint>, Error> {
    let found = audit_checkpoints::table
        .order(audit_checkpoints::seq.asc())
        .select(Checkpoint::as_select())
        .load(conn)?;
    Ok(found)
}

/// Walks the whole chain and returns how many entries it has, or the first
/// thing that is wrong. `checkpoints` are those that were kept elsewhere, or
/// the database's own; that their signatures hold is for the caller.
///
/// # Errors
/// [`Error`] if the database cannot be read.
pub fn verify(conn: &mut Conn, checkpoints: &[Checkpoint]) -> Result<Result<i64, Broken>, Error> {
    const PAGE: i64 = 1_000;
    let (mut seq, mut hash) = (0, beginning());
    let mut ahead = checkpoints.iter().peekable();
    loop {
        let entries = page(conn, None, seq, PAGE)?;
        if entries.is_empty() {
            return Ok(match ahead.next() {
                Some(_) => Err(Broken::CutOff(seq)),
                None => Ok(seq),
            });
        }
        for entry in entries {
            if entry.seq != seq + 1 {
                return Ok(Err(Broken::Missing(seq + 1)));
            }
            hash = chained(&hash, &entry);
            if entry.hash != hash {
                return Ok(Err(Broken::Entry(entry.seq)));
            }
            seq = entry.seq;
            while let Some(point) = ahead.next_if(|point| point.seq <= seq) {
                if point.seq == seq && point.hash != hash {
                    return Ok(Err(Broken::Checkpoint(seq)));
                }
            }
        }
    }
}
