//! Status lists: which position belongs to which badge, and what was said of
//! it. The bytes of a list are a function of these rows.

use super::schema::{published_lists, status_changes, status_entries, status_lists};
use super::{Conn, Error};
use crate::status::{POSITIONS, Permutation};
use diesel::dsl::max;
use diesel::prelude::*;

/// A status list as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = status_lists)]
pub struct List {
    /// Whose it is.
    pub issuer_id: String,
    /// The last segment of its address.
    pub number: i64,
    /// `revocation` or `suspension`.
    pub purpose: String,
    /// Orders the positions.
    pub order_key: Vec<u8>,
    /// How many positions were given out.
    pub given: i64,
    /// How many there are.
    pub capacity: i64,
    /// `open`, `full` or `closed`.
    pub state: String,
    /// When it was begun.
    pub created_at: i64,
}

/// A position of a list that belongs to a badge.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = status_entries)]
pub struct Entry {
    /// Whose list it is.
    pub issuer_id: String,
    /// The list.
    pub list: i64,
    /// The position.
    pub position: i64,
    /// The badge.
    pub credential_id: String,
    /// When it was given.
    pub created_at: i64,
}

/// What is said of a position.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = status_changes)]
pub struct Change {
    /// Its place among all changes.
    pub id: i64,
    /// The list.
    pub list: i64,
    /// The position.
    pub position: i64,
    /// Withdrawn or paused, or no longer so.
    pub is_set: bool,
    /// What everybody may know.
    pub reason: Option<String>,
    /// When.
    pub created_at: i64,
}

/// A list as others fetch it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = published_lists)]
pub struct Published {
    /// Whose it is.
    pub issuer_id: String,
    /// The list.
    pub list: i64,
    /// The change that it includes last.
    pub version: i64,
    /// The signed bytes.
    pub body: String,
    /// Their SHA-256.
    pub digest: String,
    /// Until when it may be used.
    pub valid_until: i64,
    /// When it was signed.
    pub created_at: i64,
}

/// Begins a list.
///
/// # Errors
/// [`Error::Refused`] with `OneOpenList`.
pub fn begin(
    conn: &mut Conn,
    issuer: &str,
    purpose: &str,
    order_key: &[u8; 32],
    now: i64,
) -> Result<List, Error> {
    let last: Option<i64> = status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .select(max(status_lists::number))
        .first(conn)?;
    let list = List {
        issuer_id: issuer.to_owned(),
        number: last.unwrap_or_default() + 1,
        purpose: purpose.to_owned(),
        order_key: order_key.to_vec(),
        given: 0,
        capacity: i64::from(POSITIONS),
        state: "open".to_owned(),
        created_at: now,
    };
    diesel::insert_into(status_lists::table)
        .values(&list)
        .execute(conn)?;
    Ok(list)
}

/// The list that positions are given from.
///
/// # Errors
/// [`Error`].
pub fn open(conn: &mut Conn, issuer: &str, purpose: &str) -> Result<Option<List>, Error> {
    let found = status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .filter(status_lists::purpose.eq(purpose))
        .filter(status_lists::state.eq("open"))
        .select(List::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Gives the next position of the open list to a badge; begins a list when
/// there is none. A position that was given is never given again, whatever
/// becomes of the badge (REL-05).
///
/// # Errors
/// [`Error`].
pub fn give(
    conn: &mut Conn,
    (issuer, purpose): (&str, &str),
    credential: &str,
    new_key: &mut dyn FnMut() -> [u8; 32],
    now: i64,
) -> Result<Entry, Error> {
    let list = match open(conn, issuer, purpose)? {
        Some(list) => list,
        None => begin(conn, issuer, purpose, &new_key(), now)?,
    };
    let key: &[u8; 32] = list
        .order_key
        .as_slice()
        .try_into()
        .map_err(|_| Error::Damaged("the order of a status list"))?;
    let position = u32::try_from(list.given)
        .ok()
        .and_then(|given| Permutation::new(key).position(given))
        .ok_or(Error::Damaged("the count of a status list"))?;
    let entry = Entry {
        issuer_id: issuer.to_owned(),
        list: list.number,
        position: i64::from(position),
        credential_id: credential.to_owned(),
        created_at: now,
    };
    diesel::insert_into(status_entries::table)
        .values(&entry)
        .execute(conn)?;
    let given = list.given + 1;
    let state = if given == list.capacity {
        "full"
    } else {
        "open"
    };
    diesel::update(status_lists::table.find((issuer, list.number)))
        .set((status_lists::given.eq(given), status_lists::state.eq(state)))
        .execute(conn)?;
    Ok(entry)
}

/// Closes all open lists: after a restore nothing is given from them again.
///
/// # Errors
/// [`Error`].
pub fn close_all(conn: &mut Conn) -> Result<usize, Error> {
    let closed = diesel::update(status_lists::table)
        .filter(status_lists::state.eq("open"))
        .set(status_lists::state.eq("closed"))
        .execute(conn)?;
    Ok(closed)
}

/// Puts back a list that is known from the issue log, closed; what is there
/// stays.
///
/// # Errors
/// [`Error`].
pub fn put_back(
    conn: &mut Conn,
    issuer: &str,
    (number, purpose): (i64, &str),
    now: i64,
) -> Result<(), Error> {
    let list = List {
        issuer_id: issuer.to_owned(),
        number,
        purpose: purpose.to_owned(),
        order_key: vec![0; 32],
        given: i64::from(POSITIONS),
        capacity: i64::from(POSITIONS),
        state: "closed".to_owned(),
        created_at: now,
    };
    diesel::insert_into(status_lists::table)
        .values(&list)
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// Makes the next list of an issuer begin far behind the last: lists that are
/// not known may have been begun.
///
/// # Errors
/// [`Error`].
pub fn leave_room(conn: &mut Conn, issuer: &str, room: i64, now: i64) -> Result<(), Error> {
    let last: Option<i64> = status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .select(max(status_lists::number))
        .first(conn)?;
    let number = last.unwrap_or_default() + room;
    put_back(conn, issuer, (number, "revocation"), now)
}

/// Notes a position that is known from the issue log; one that is known
/// already stays.
///
/// # Errors
/// [`Error`].
pub fn burn(conn: &mut Conn, entry: &Entry) -> Result<(), Error> {
    diesel::insert_into(status_entries::table)
        .values(entry)
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// The lists of an issuer.
///
/// # Errors
/// [`Error`].
pub fn lists(conn: &mut Conn, issuer: &str) -> Result<Vec<List>, Error> {
    let found = status_lists::table
        .filter(status_lists::issuer_id.eq(issuer))
        .order(status_lists::number.asc())
        .select(List::as_select())
        .load(conn)?;
    Ok(found)
}

/// One list.
///
/// # Errors
/// [`Error`].
pub fn list(conn: &mut Conn, issuer: &str, number: i64) -> Result<Option<List>, Error> {
    let found = status_lists::table
        .find((issuer, number))
        .select(List::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// The positions of a badge, with the purposes of their lists.
///
/// # Errors
/// [`Error`].
pub fn entries(
    conn: &mut Conn,
    issuer: &str,
    credential: &str,
) -> Result<Vec<(Entry, String)>, Error> {
    let found = status_entries::table
        .inner_join(
            status_lists::table.on(status_lists::issuer_id
                .eq(status_entries::issuer_id)
                .and(status_lists::number.eq(status_entries::list))),
        )
        .filter(status_entries::issuer_id.eq(issuer))
        .filter(status_entries::credential_id.eq(credential))
        .order(status_entries::list.asc())
        .select((Entry::as_select(), status_lists::purpose))
        .load(conn)?;
    Ok(found)
}

/// What was said of a position last.
///
/// # Errors
/// [`Error`].
pub fn latest(conn: &mut Conn, entry: &Entry) -> Result<Option<Change>, Error> {
    let found = status_changes::table
        .filter(status_changes::issuer_id.eq(&entry.issuer_id))
        .filter(status_changes::list.eq(entry.list))
        .filter(status_changes::position.eq(entry.position))
        .order(status_changes::id.desc())
        .select(Change::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Says something new of a position; `false` if it is what was said last.
///
/// # Errors
/// [`Error`].
pub fn say(
    conn: &mut Conn,
    entry: &Entry,
    (is_set, reason): (bool, Option<&str>),
    actor: &str,
    now: i64,
) -> Result<bool, Error> {
    let was_set = latest(conn, entry)?.is_some_and(|change| change.is_set);
    if was_set == is_set {
        return Ok(false);
    }
    diesel::insert_into(status_changes::table)
        .values((
            status_changes::issuer_id.eq(&entry.issuer_id),
            status_changes::list.eq(entry.list),
            status_changes::position.eq(entry.position),
            status_changes::is_set.eq(is_set),
            status_changes::reason.eq(reason),
            status_changes::actor.eq(actor),
            status_changes::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// The newest change of a list, and the positions that are set then.
///
/// # Errors
/// [`Error`].
pub fn content(conn: &mut Conn, issuer: &str, number: i64) -> Result<(i64, Vec<i64>), Error> {
    let changes: Vec<(i64, i64, bool)> = status_changes::table
        .filter(status_changes::issuer_id.eq(issuer))
        .filter(status_changes::list.eq(number))
        .order(status_changes::id.asc())
        .select((
            status_changes::id,
            status_changes::position,
            status_changes::is_set,
        ))
        .load(conn)?;
    let version = changes.last().map_or(0, |(id, _, _)| *id);
    let mut set = std::collections::BTreeSet::new();
    for (_, position, is_set) in changes {
        if is_set {
            set.insert(position);
        } else {
            set.remove(&position);
        }
    }
    Ok((version, set.into_iter().collect()))
}

/// Keeps a signed list, if none with newer changes is kept; `false` if there
/// is.
///
/// # Errors
/// [`Error`].
pub fn publish(conn: &mut Conn, list: &Published) -> Result<bool, Error> {
    let kept = published(conn, &list.issuer_id, list.list)?;
    if kept.is_some_and(|kept| kept.version > list.version) {
        return Ok(false);
    }
    diesel::insert_into(published_lists::table)
        .values(list)
        .on_conflict((published_lists::issuer_id, published_lists::list))
        .do_update()
        .set(list)
        .execute(conn)?;
    Ok(true)
}

/// The signed list that others fetch.
///
/// # Errors
/// [`Error`].
pub fn published(conn: &mut Conn, issuer: &str, number: i64) -> Result<Option<Published>, Error> {
    let found = published_lists::table
        .find((issuer, number))
        .select(Published::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// All signed lists.
///
/// # Errors
/// [`Error`].
pub fn all_published(conn: &mut Conn) -> Result<Vec<Published>, Error> {
    let found = published_lists::table
        .select(Published::as_select())
        .load(conn)?;
    Ok(found)
}

/// When the list that was signed longest ago was signed.
///
/// # Errors
/// [`Error`].
pub fn oldest_published(conn: &mut Conn) -> Result<Option<i64>, Error> {
    let oldest = published_lists::table
        .select(diesel::dsl::min(published_lists::created_at))
        .first(conn)?;
    Ok(oldest)
}

/// Lists that have to be signed: never were, have newer changes, or end before
/// `soon`. By issuer and number.
///
/// # Errors
/// [`Error`].
pub fn due(conn: &mut Conn, soon: i64) -> Result<Vec<(String, i64)>, Error> {
    let found = status_lists::table
        .left_join(
            published_lists::table.on(published_lists::issuer_id
                .eq(status_lists::issuer_id)
                .and(published_lists::list.eq(status_lists::number))),
        )
        .filter(
            published_lists::valid_until
                .is_null()
                .or(published_lists::valid_until.lt(soon)),
        )
        .select((status_lists::issuer_id, status_lists::number))
        .load(conn)?;
    Ok(found)
}
