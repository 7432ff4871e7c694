//! Pictures, by their digests.

use super::schema::files;
use super::{Conn, Error};
use diesel::prelude::*;

/// A picture as it is stored and served.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub struct File {
    /// Who uploaded it.
    pub issuer_id: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub digest: String,
    /// What it is.
    pub media_type: String,
    /// The picture, made anew.
    pub bytes: Vec<u8>,
    /// When it came.
    pub created_at: i64,
}

/// Keeps a picture; one that is there already is kept as it is.
///
/// # Errors
/// [`Error`].
pub fn add(conn: &mut Conn, file: &File) -> Result<(), Error> {
    diesel::insert_into(files::table)
        .values(file)
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// The picture of this digest, whoever uploaded it.
///
/// # Errors
/// [`Error`].
pub fn find(conn: &mut Conn, digest: &str) -> Result<Option<File>, Error> {
    let found = files::table
        .filter(files::digest.eq(digest))
        .select(File::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}
