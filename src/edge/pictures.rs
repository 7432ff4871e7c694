//! Pictures of badge designs: made anew, then kept by their digests.

use super::problem::{Code, Problem};
use crate::picture::{self, Picture};
use crate::store::files::{self, File};
use crate::store::{Tx, audit};

/// The row of a picture.
#[must_use]
pub fn row(issuer: &str, picture: Picture, now: i64) -> File {
    File {
        issuer_id: issuer.to_owned(),
        digest: picture.digest().to_owned(),
        media_type: picture.media_type().to_owned(),
        bytes: picture.into_bytes(),
        created_at: now,
    }
}

/// Keeps a picture; one that is there already stays.
///
/// # Errors
/// [`Problem`].
pub fn keep(tx: &mut Tx<'_>, file: &File, (actor, request): (&str, &str)) -> Result<(), Problem> {
    files::add(tx.conn, file)?;
    let act = audit::Act {
        actor: actor.to_owned(),
        tenant: file.issuer_id.clone(),
        act: "file.added",
        object: file.digest.clone(),
        after: file.digest.clone(),
        request: request.to_owned(),
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, file.created_at)?;
    Ok(())
}

/// A picture that is not taken.
#[must_use]
pub fn refused(error: &picture::Error) -> Problem {
    let code = Code::ALL
        .iter()
        .find(|code| code.name == error.code())
        .copied()
        .unwrap_or(Code::IMAGE_LIMITS);
    Problem::new(code, error.to_string())
}
