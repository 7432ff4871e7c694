//! Badge designs and their versions.

use super::schema::{achievement_versions, achievements};
use super::{Conn, Error};
use diesel::prelude::*;

/// A badge design as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = achievements)]
pub struct Achievement {
    /// The path segment of its address.
    pub id: String,
    /// Whose it is.
    pub issuer_id: String,
    /// `published` or `retired`.
    pub state: String,
    /// The newest version.
    pub latest: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub updated_at: i64,
}

/// One version of a design.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = achievement_versions)]
pub struct Version {
    /// Whose it is.
    pub issuer_id: String,
    /// The design.
    pub achievement_id: String,
    /// From 1 upwards.
    pub number: i64,
    /// The Open Badges Achievement.
    pub body: String,
    /// How the service treats it, as JSON.
    pub policy: String,
    /// SHA-256 of body and policy.
    pub digest: String,
    /// When it was made.
    pub created_at: i64,
}

/// Adds a design with its first version.
///
/// # Errors
/// [`Error::Refused`] with `AchievementId`.
pub fn add(conn: &mut Conn, achievement: &Achievement, version: &Version) -> Result<(), Error> {
    diesel::insert_into(achievements::table)
        .values(achievement)
        .execute(conn)?;
    diesel::insert_into(achievement_versions::table)
        .values(version)
        .execute(conn)?;
    Ok(())
}

/// Puts back a version that is known from elsewhere; what is there stays.
///
/// # Errors
/// [`Error`].
pub fn put_back(
    conn: &mut Conn,
    achievement: &Achievement,
    version: &Version,
) -> Result<(), Error> {
    diesel::insert_into(achievements::table)
        .values(achievement)
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::insert_into(achievement_versions::table)
        .values(version)
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(achievements::table.find(&version.achievement_id))
        .filter(achievements::latest.lt(version.number))
        .set(achievements::latest.eq(version.number))
        .execute(conn)?;
    Ok(())
}

/// Adds the next version; `false` if the design is not at the version before.
///
/// # Errors
/// [`Error`].
pub fn add_version(conn: &mut Conn, version: &Version) -> Result<bool, Error> {
    let changed = diesel::update(achievements::table.find(&version.achievement_id))
        .filter(achievements::issuer_id.eq(&version.issuer_id))
        .filter(achievements::latest.eq(version.number - 1))
        .set((
            achievements::latest.eq(version.number),
            achievements::updated_at.eq(version.created_at),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::insert_into(achievement_versions::table)
        .values(version)
        .execute(conn)?;
    Ok(true)
}

/// Retires a design; `false` if it was retired already.
///
/// # Errors
/// [`Error`].
pub fn retire(conn: &mut Conn, issuer: &str, id: &str, now: i64) -> Result<bool, Error> {
    let changed = diesel::update(achievements::table.find(id))
        .filter(achievements::issuer_id.eq(issuer))
        .filter(achievements::state.eq("published"))
        .set((
            achievements::state.eq("retired"),
            achievements::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A design with its newest version, whoever's it is: designs are public.
///
/// # Errors
/// [`Error`].
pub fn find_public(conn: &mut Conn, id: &str) -> Result<Option<(Achievement, Version)>, Error> {
    let found = achievements::table
        .inner_join_latest()
        .filter(achievements::id.eq(id))
        .select((Achievement::as_select(), Version::as_select()))
        .first(conn)
        .optional()?;
    Ok(found)
}

/// A design of this issuer with its newest version.
///
/// # Errors
/// [`Error`].
pub fn find(
    conn: &mut Conn,
    issuer: &str,
    id: &str,
) -> Result<Option<(Achievement, Version)>, Error> {
    let found = find_public(conn, id)?;
    Ok(found.filter(|(achievement, _)| achievement.issuer_id == issuer))
}

/// A given version of a design.
///
/// # Errors
/// [`Error`].
pub fn version(
    conn: &mut Conn,
    issuer: &str,
    id: &str,
    number: i64,
) -> Result<Option<Version>, Error> {
    let found = achievement_versions::table
        .find((issuer, id, number))
        .select(Version::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// The designs of an issuer after `after`, with their newest versions.
///
/// # Errors
/// [`Error`].
pub fn page(
    conn: &mut Conn,
    issuer: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(Achievement, Version)>, Error> {
    let found = achievements::table
        .inner_join_latest()
        .filter(achievements::issuer_id.eq(issuer))
        .filter(achievements::id.gt(after))
        .order(achievements::id.asc())
        .limit(limit)
        .select((Achievement::as_select(), Version::as_select()))
        .load(conn)?;
    Ok(found)
}

/// Each design beside its newest version.
trait Latest {
    type Joined;
    fn inner_join_latest(self) -> Self::Joined;
}

impl Latest for achievements::table {
    type Joined = diesel::dsl::InnerJoinOn<
        achievements::table,
        achievement_versions::table,
        diesel::dsl::And<
            diesel::dsl::And<
                diesel::dsl::Eq<achievement_versions::issuer_id, achievements::issuer_id>,
                diesel::dsl::Eq<achievement_versions::achievement_id, achievements::id>,
            >,
            diesel::dsl::Eq<achievement_versions::number, achievements::latest>,
        >,
    >;

    fn inner_join_latest(self) -> Self::Joined {
        self.inner_join(
            achievement_versions::table.on(achievement_versions::issuer_id
                .eq(achievements::issuer_id)
                .and(achievement_versions::achievement_id.eq(achievements::id))
                .and(achievement_versions::number.eq(achievements::latest))),
        )
    }
}
