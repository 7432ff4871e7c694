//! Brings a restored database up to date from the issue log: badges that were
//! given since the copy come back, their positions count as given, and nothing
//! is given again from a list that was open then (REL-09).

use super::{Error, at};
use crate::edge::following;
use crate::json::{Object, Value};
use crate::store::achievements::{self, Achievement, Version};
use crate::store::credentials::{self, Credential};
use crate::store::jobs::{self, Kind};
use crate::store::status::{self, Entry};
use crate::store::{self, IssueLog, LogEntry, Logged, Store, Tx, audit, facts};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Badges in the issue log.
    pub logged: usize,
    /// Withdrawals, pauses and their ends in the issue log; all of them hold.
    pub changes: usize,
    /// Badges that were missing and came back.
    pub recovered: usize,
    /// Badges that could not come back, because their issuer or key came after
    /// the copy. Their positions count as given.
    pub lost: Vec<String>,
    /// Lists that were open and are closed.
    pub closed_lists: usize,
}

/// Reads the whole issue log into the database, closes the lists, begins a new
/// epoch and lifts the fence. Safe to repeat.
///
/// # Errors
/// [`Error`]; the fence stays then.
pub fn reconcile(store: &Store, now: i64) -> Result<Reconciled, Error> {
    let path = store.settings().log.clone();
    let mut logged = Vec::new();
    let mut found = Reconciled::default();
    // In groups: the log may be far larger than memory.
    const GROUP: usize = 200;
    let mut failed = None;
    let walked = IssueLog::read(&path, |badge| {
        logged.push(badge);
        if logged.len() >= GROUP && failed.is_none() {
            failed = take(store, std::mem::take(&mut logged), &mut found, now).err();
        }
    });
    walked.map_err(at(&path))?;
    if let Some(error) = failed {
        return Err(error);
    }
    take(store, logged, &mut found, now)?;
    found.closed_lists = resume(store, now, "database.restored")?;
    Ok(found)
}

/// Lets a restored node go on without its issue log: positions that were given
/// since the copy are not known, so all lists are closed and the numbers of new
/// ones leave room for those that may have been begun.
///
/// # Errors
/// [`Error`].
pub fn resume_without_log(store: &Store, now: i64) -> Result<usize, Error> {
    const ROOM: i64 = 1_000;
    store.write_blocking(move |tx| {
        for issuer in store::issuers::all(tx.conn)? {
            status::leave_room(tx.conn, &issuer.id, ROOM, now)?;
        }
        Ok::<_, store::Error>(())
    })?;
    resume(store, now, "database.restored_without_log")
}

fn resume(store: &Store, now: i64, act: &'static str) -> Result<usize, Error> {
    let closed = store.write_blocking(move |tx| {
        let closed = status::close_all(tx.conn)?;
        let epoch = facts::next_epoch(tx.conn, now)?;
        facts::set_fence(tx.conn, "", now)?;
        let act = audit::Act {
            actor: "command line".to_owned(),
            act,
            object: format!("epoch {epoch}"),
            ..audit::Act::default()
        };
        audit::record(tx.conn, act, now)?;
        Ok::<_, store::Error>(closed)
    })?;
    Ok(closed)
}

fn take(
    store: &Store,
    entries: Vec<LogEntry>,
    found: &mut Reconciled,
    now: i64,
) -> Result<(), Error> {
    let group = store.write_blocking(move |tx| {
        let mut group = Reconciled::default();
        for entry in entries {
            match entry {
                LogEntry::Badge(badge) => {
                    group.logged += 1;
                    match one(tx, &badge, now)? {
                        Taken::Known => {}
                        Taken::Recovered => group.recovered += 1,
                        Taken::Lost => group.lost.push(badge.credential),
                    }
                }
                LogEntry::Change(change) => {
                    group.changes += 1;
                    store::take_in(tx.conn, &change)?;
                }
            }
        }
        Ok::<_, store::Error>(group)
    })?;
    found.logged += group.logged;
    found.recovered += group.recovered;
    found.changes += group.changes;
    found.lost.extend(group.lost);
    Ok(())
}

enum Taken {
    Known,
    Recovered,
    Lost,
}

fn one(tx: &mut Tx<'_>, badge: &Logged, now: i64) -> Result<Taken, store::Error> {
    if let Some(row) = credentials::find_any(tx.conn, &badge.credential)?
        && row.state == "issued"
    {
        return Ok(Taken::Known);
    }
    let row: Credential = serde_json::from_value(badge.row.clone())
        .map_err(|_| store::Error::Damaged("a line of the issue log"))?;
    let has_issuer = store::issuers::find(tx.conn, &badge.issuer)?.is_some();
    if !has_issuer {
        return Ok(Taken::Lost);
    }
    burn(tx, badge, now)?;
    let has_key = store::keys::find(tx.conn, &row.issuer_id, &row.key_id)?.is_some();
    if !has_key {
        return Ok(Taken::Lost);
    }
    design(tx, &row)?;
    credentials::put_back(tx.conn, &row)?;
    Ok(Taken::Recovered)
}

/// The positions of a badge, in lists that may have been begun after the copy.
fn burn(tx: &mut Tx<'_>, badge: &Logged, now: i64) -> Result<(), store::Error> {
    for (at, (list, position)) in badge.positions.iter().enumerate() {
        let purpose = if at == 0 { "revocation" } else { "suspension" };
        status::put_back(tx.conn, &badge.issuer, (*list, purpose), now)?;
        let entry = Entry {
            issuer_id: badge.issuer.clone(),
            list: *list,
            position: *position,
            credential_id: badge.credential.clone(),
            created_at: now,
        };
        status::burn(tx.conn, &entry)?;
        let subject = format!("{}/{list}", badge.issuer);
        jobs::enqueue(tx.conn, Kind::PublishStatusList, &subject, now)?;
    }
    Ok(())
}

/// A design that came after the copy comes back out of the badge.
fn design(tx: &mut Tx<'_>, row: &Credential) -> Result<(), store::Error> {
    let known = achievements::version(
        tx.conn,
        &row.issuer_id,
        &row.achievement_id,
        row.achievement_version,
    )?;
    if known.is_some() {
        return Ok(());
    }
    let badge = following::badge(row).map_err(|_| store::Error::Damaged("a badge"))?;
    let body = achievement(&badge).ok_or(store::Error::Damaged("a badge"))?;
    let version = Version {
        issuer_id: row.issuer_id.clone(),
        achievement_id: row.achievement_id.clone(),
        number: row.achievement_version,
        body,
        policy: "{}".to_owned(),
        digest: String::new(),
        created_at: row.created_at,
    };
    let achievement = Achievement {
        id: row.achievement_id.clone(),
        issuer_id: row.issuer_id.clone(),
        state: "published".to_owned(),
        latest: row.achievement_version,
        created_at: row.created_at,
        updated_at: row.created_at,
    };
    achievements::put_back(tx.conn, &achievement, &version)
}

fn achievement(badge: &Object<'_>) -> Option<String> {
    let subject = badge.get("credentialSubject").and_then(Value::as_object)?;
    let achievement = subject.get("achievement").and_then(Value::as_object)?;
    Some(achievement.to_json())
}
