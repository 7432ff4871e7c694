//! Badges, from before they are signed.

use super::schema::credentials;
use super::{Conn, Error};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A badge as it is stored.
#[derive(
    Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Serialize, Deserialize,
)]
#[diesel(table_name = credentials)]
pub struct Credential {
    /// The last segment of its address.
    pub id: String,
    /// Whose badge it is.
    pub issuer_id: String,
    /// The design.
    pub achievement_id: String,
    /// The version of the design.
    pub achievement_version: i64,
    /// `waiting` for approval, `reserved`, `issued`, `failed` or `erased`.
    pub state: String,
    /// Everything but the proof, until it is signed.
    pub draft: Option<String>,
    /// The moment that the proof says.
    pub sealed_at: i64,
    /// The key that signs.
    pub key_id: String,
    /// How it is sealed.
    pub seal: String,
    /// The signed bytes.
    pub body: Option<String>,
    /// Their SHA-256, in hexadecimal.
    pub digest: Option<String>,
    /// What they are.
    pub media_type: Option<String>,
    /// The identifier of the person in it.
    pub subject: Option<String>,
    /// From when it holds.
    pub valid_from: i64,
    /// Until when.
    pub valid_until: Option<i64>,
    /// The badge before it.
    pub follows: Option<String>,
    /// `renewal`, `replacement` or `reissue`.
    pub follows_as: Option<String>,
    /// The request that asked for it.
    pub request: Option<String>,
    /// Who asked.
    pub created_by: String,
    /// Who approved.
    pub approved_by: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
    /// When it was handed out.
    pub issued_at: Option<i64>,
}

/// Signed bytes with what is stored beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The bytes.
    pub body: String,
    /// Their SHA-256, in hexadecimal.
    pub digest: String,
    /// What they are.
    pub media_type: String,
}

/// Adds a badge.
///
/// # Errors
/// [`Error::Refused`] with `CredentialId`, `FollowedOnce` or `Missing`.
pub fn add(conn: &mut Conn, credential: &Credential) -> Result<(), Error> {
    diesel::insert_into(credentials::table)
        .values(credential)
        .execute(conn)?;
    Ok(())
}

/// Puts back a badge that is known from the issue log, in place of what a
/// restored database knows of it. The badge it follows may be missing.
///
/// # Errors
/// [`Error`].
pub fn put_back(conn: &mut Conn, credential: &Credential) -> Result<(), Error> {
    let mut row = credential.clone();
    if let Some(earlier) = &row.follows
        && find_any(conn, earlier)?.is_none()
    {
        row.follows = None;
        row.follows_as = None;
    }
    diesel::delete(credentials::table.find(&row.id))
        .filter(credentials::state.ne("issued"))
        .execute(conn)?;
    add(conn, &row)
}

/// Stores what was signed; `false` if the badge is not waiting for it.
///
/// # Errors
/// [`Error`].
pub fn finish(conn: &mut Conn, id: &str, sealed: &Sealed, now: i64) -> Result<bool, Error> {
    let changed = diesel::update(credentials::table.find(id))
        .filter(credentials::state.eq("reserved"))
        .set((
            credentials::state.eq("issued"),
            credentials::draft.eq(None::<String>),
            credentials::body.eq(&sealed.body),
            credentials::digest.eq(&sealed.digest),
            credentials::media_type.eq(&sealed.media_type),
            credentials::issued_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A badge that waited may be signed.
///
/// # Errors
/// [`Error`].
pub fn approve(conn: &mut Conn, id: &str, actor: &str) -> Result<bool, Error> {
    let changed = diesel::update(credentials::table.find(id))
        .filter(credentials::state.eq("waiting"))
        .set((
            credentials::state.eq("reserved"),
            credentials::approved_by.eq(actor),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Gives up a badge that cannot be signed; its positions stay taken.
///
/// # Errors
/// [`Error`].
pub fn fail(conn: &mut Conn, id: &str) -> Result<bool, Error> {
    let changed = diesel::update(credentials::table.find(id))
        .filter(credentials::state.eq_any(["reserved", "waiting"]))
        .set(credentials::state.eq("failed"))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Gives up all badges of a request that cannot be signed.
///
/// # Errors
/// [`Error`].
pub fn fail_request(conn: &mut Conn, issuer: &str, request: &str) -> Result<(), Error> {
    diesel::update(credentials::table)
        .filter(credentials::issuer_id.eq(issuer))
        .filter(credentials::request.eq(request))
        .filter(credentials::state.eq("reserved"))
        .set(credentials::state.eq("failed"))
        .execute(conn)?;
    Ok(())
}

/// A badge, whoever's it is. Only for those who know its address: whether they
/// may see it is for the caller.
///
/// # Errors
/// [`Error`].
pub fn find_any(conn: &mut Conn, id: &str) -> Result<Option<Credential>, Error> {
    let found = credentials::table
        .find(id)
        .select(Credential::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// A badge of this issuer.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, issuer: &str, id: &str) -> Result<Option<Credential>, Error> {
    let found = find_any(conn, id)?;
    Ok(found.filter(|credential| credential.issuer_id == issuer))
}

/// The badge that follows this one.
///
/// # Errors
/// [`Error`].
pub fn newer(conn: &mut Conn, id: &str) -> Result<Option<Credential>, Error> {
    let found = credentials::table
        .filter(credentials::follows.eq(id))
        .select(Credential::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Where a page of badges begins: after this moment and badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// When the last badge of the page before was asked for.
    pub created_at: i64,
    /// That badge.
    pub id: String,
}

/// The badges of an issuer, oldest first.
///
/// # Errors
/// [`Error`].
pub fn page(
    conn: &mut Conn,
    issuer: &str,
    achievement: Option<&str>,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Credential>, Error> {
    let mut query = credentials::table
        .filter(credentials::issuer_id.eq(issuer))
        .into_boxed();
    if let Some(achievement) = achievement {
        query = query.filter(credentials::achievement_id.eq(achievement));
    }
    if let Some(after) = after {
        query = query.filter(
            credentials::created_at
                .gt(after.created_at)
                .or(credentials::created_at
                    .eq(after.created_at)
                    .and(credentials::id.gt(&after.id))),
        );
    }
    let found = query
        .order((credentials::created_at.asc(), credentials::id.asc()))
        .limit(limit)
        .select(Credential::as_select())
        .load(conn)?;
    Ok(found)
}

/// Badges that were reserved before a moment and not yet signed: after a crash
/// they are.
///
/// # Errors
/// [`Error`].
pub fn reserved(conn: &mut Conn, before: i64, limit: i64) -> Result<Vec<Credential>, Error> {
    let found = credentials::table
        .filter(credentials::state.eq("reserved"))
        .filter(credentials::created_at.lt(before))
        .order(credentials::created_at.asc())
        .limit(limit)
        .select(Credential::as_select())
        .load(conn)?;
    Ok(found)
}

/// How many badges wait for a key; while there are any it must not go.
///
/// # Errors
/// [`Error`].
pub fn waiting_for_key(conn: &mut Conn, issuer: &str, key: &str) -> Result<i64, Error> {
    let count = credentials::table
        .filter(credentials::issuer_id.eq(issuer))
        .filter(credentials::key_id.eq(key))
        .filter(credentials::state.eq_any(["reserved", "waiting"]))
        .count()
        .get_result(conn)?;
    Ok(count)
}

/// Badges that a key signed from a moment on, after `after`, by id.
///
/// # Errors
/// [`Error`].
pub fn of_key(
    conn: &mut Conn,
    (issuer, key): (&str, &str),
    from: i64,
    after: &str,
    limit: i64,
) -> Result<Vec<Credential>, Error> {
    let found = credentials::table
        .filter(credentials::issuer_id.eq(issuer))
        .filter(credentials::key_id.eq(key))
        .filter(credentials::sealed_at.ge(from))
        .filter(credentials::state.eq("issued"))
        .filter(credentials::id.gt(after))
        .order(credentials::id.asc())
        .limit(limit)
        .select(Credential::as_select())
        .load(conn)?;
    Ok(found)
}

/// All issued badges after `after`, by id; for the nightly look at the bytes.
///
/// # Errors
/// [`Error`].
pub fn issued_after(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<Credential>, Error> {
    let found = credentials::table
        .filter(credentials::state.eq("issued"))
        .filter(credentials::id.gt(after))
        .order(credentials::id.asc())
        .limit(limit)
        .select(Credential::as_select())
        .load(conn)?;
    Ok(found)
}
