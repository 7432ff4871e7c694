//! Issuers: the organisations a node issues for.

use super::schema::issuers;
use super::{Conn, Error};
use diesel::prelude::*;

/// An issuer as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issuers)]
pub struct Issuer {
    /// Its name in the database.
    pub id: String,
    /// The path segment of its addresses.
    pub slug: String,
    /// Whether its base is the node's own.
    pub is_root: bool,
    /// What people call it.
    pub name: String,
    /// The Open Badges Profile, without its id.
    pub profile: String,
    /// `did` or `https`.
    pub id_form: String,
    /// How it issues, as JSON.
    pub settings: String,
    /// The sealed data key.
    pub data_key: Vec<u8>,
    /// `open` or `closed`.
    pub state: String,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it was changed last.
    pub updated_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
}

impl Issuer {
    /// Whether it may issue.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// Adds an issuer.
///
/// # Errors
/// [`Error::Refused`] with `IssuerSlug` or `OneRootIssuer`.
pub fn add(conn: &mut Conn, issuer: &Issuer) -> Result<(), Error> {
    diesel::insert_into(issuers::table)
        .values(issuer)
        .execute(conn)?;
    Ok(())
}

/// The issuer of this name.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, id: &str) -> Result<Option<Issuer>, Error> {
    let found = issuers::table
        .find(id)
        .select(Issuer::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// All issuers after `after`, by path.
///
/// # Errors
/// [`Error`].
pub fn page(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<Issuer>, Error> {
    let found = issuers::table
        .filter(issuers::slug.gt(after))
        .order(issuers::slug.asc())
        .limit(limit)
        .select(Issuer::as_select())
        .load(conn)?;
    Ok(found)
}

/// All issuers.
///
/// # Errors
/// [`Error`].
pub fn all(conn: &mut Conn) -> Result<Vec<Issuer>, Error> {
    page(conn, "", i64::MAX)
}

/// What may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What people call it.
    pub name: String,
    /// The Profile.
    pub profile: String,
    /// How it issues.
    pub settings: String,
}

/// Changes an issuer that still is at `version`; `false` if it is not.
///
/// # Errors
/// [`Error`].
pub fn change(
    conn: &mut Conn,
    id: &str,
    version: i64,
    change: &Change,
    now: i64,
) -> Result<bool, Error> {
    let changed = diesel::update(issuers::table.find(id))
        .filter(issuers::version.eq(version))
        .set((
            issuers::name.eq(&change.name),
            issuers::profile.eq(&change.profile),
            issuers::settings.eq(&change.settings),
            issuers::version.eq(version + 1),
            issuers::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Closes an issuer; `false` if it was closed already: the first date stays.
///
/// # Errors
/// [`Error`].
pub fn close(conn: &mut Conn, id: &str, now: i64) -> Result<bool, Error> {
    let changed = diesel::update(issuers::table.find(id))
        .filter(issuers::state.eq("open"))
        .set((
            issuers::state.eq("closed"),
            issuers::closed_at.eq(now),
            issuers::version.eq(issuers::version + 1),
            issuers::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
