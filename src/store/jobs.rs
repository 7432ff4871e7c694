//! Work that a node owes (REL-07): rows that stand in the transaction of their
//! cause, and are taken with a lease.

use super::schema::jobs;
use super::{Conn, Error};
use diesel::prelude::*;

/// What there is to do. What a job does stands in `crate::jobs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sign a status list and publish it; the subject is `issuer/number`.
    PublishStatusList,
}

impl Kind {
    /// The name in the database and in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PublishStatusList => "publish_status_list",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::PublishStatusList]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A job as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// The name of its kind.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was tried.
    pub attempts: i64,
}

/// Owes a job; one that waits already waits once. One that failed and waits
/// for later is tried now: its new cause may be what it lacked.
///
/// # Errors
/// [`Error`].
pub fn enqueue(conn: &mut Conn, kind: Kind, subject: &str, now: i64) -> Result<(), Error> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::kind.eq(kind.name()),
            jobs::subject.eq(subject),
            jobs::state.eq("ready"),
            jobs::run_at.eq(now),
            jobs::attempts.eq(0),
            jobs::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(jobs::table)
        .filter(jobs::kind.eq(kind.name()))
        .filter(jobs::subject.eq(subject))
        .filter(jobs::state.eq("ready"))
        .filter(jobs::run_at.gt(now))
        .set(jobs::run_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Takes the next job that is due, for so long. A job whose lease ended (its
/// worker is gone) is taken again.
///
/// # Errors
/// [`Error`].
pub fn take(conn: &mut Conn, now: i64, lease_seconds: i64) -> Result<Option<Job>, Error> {
    let due = jobs::table
        .filter(
            jobs::state
                .eq("ready")
                .and(jobs::run_at.le(now))
                .or(jobs::state.eq("running").and(jobs::leased_until.lt(now))),
        )
        .order((jobs::run_at.asc(), jobs::id.asc()))
        .select(Job::as_select())
        .first(conn)
        .optional()?;
    let Some(job) = due else {
        return Ok(None);
    };
    diesel::update(jobs::table.find(job.id))
        .set((
            jobs::state.eq("running"),
            jobs::leased_until.eq(now + lease_seconds),
            jobs::attempts.eq(job.attempts + 1),
        ))
        .execute(conn)?;
    Ok(Some(job))
}

/// A job is done.
///
/// # Errors
/// [`Error`].
pub fn done(conn: &mut Conn, id: i64) -> Result<(), Error> {
    diesel::delete(jobs::table.find(id)).execute(conn)?;
    Ok(())
}

/// A job did not work: it is tried again at `again_at`, or never. If another
/// one of its kind waits already, that one is enough.
///
/// # Errors
/// [`Error`].
pub fn failed(conn: &mut Conn, job: &Job, error: &str, again_at: Option<i64>) -> Result<(), Error> {
    let waits: i64 = jobs::table
        .filter(jobs::kind.eq(&job.kind))
        .filter(jobs::subject.eq(&job.subject))
        .filter(jobs::state.eq("ready"))
        .count()
        .get_result(conn)?;
    if waits > 0 {
        return done(conn, job.id);
    }
    diesel::update(jobs::table.find(job.id))
        .set((
            jobs::state.eq(if again_at.is_some() { "ready" } else { "dead" }),
            jobs::run_at.eq(again_at.unwrap_or_default()),
            jobs::leased_until.eq(None::<i64>),
            jobs::last_error.eq(error),
        ))
        .execute(conn)?;
    Ok(())
}

/// Since when the oldest job that is due has been waiting.
///
/// # Errors
/// [`Error`].
pub fn oldest_due(conn: &mut Conn, now: i64) -> Result<Option<i64>, Error> {
    let oldest = jobs::table
        .filter(jobs::state.eq("ready"))
        .filter(jobs::run_at.le(now))
        .select(diesel::dsl::min(jobs::run_at))
        .first(conn)?;
    Ok(oldest)
}

/// How many jobs wait or run, and how many are dead.
///
/// # Errors
/// [`Error`].
pub fn counts(conn: &mut Conn) -> Result<(i64, i64), Error> {
    let owed = jobs::table
        .filter(jobs::state.ne("dead"))
        .count()
        .get_result(conn)?;
    let dead = jobs::table
        .filter(jobs::state.eq("dead"))
        .count()
        .get_result(conn)?;
    Ok((owed, dead))
}
