//! Where a link or a code leads.

use super::problem::Problem;
use super::state::State;
use crate::store::credentials::{self, Credential};
use crate::store::{Conn, Error, shares};
use crate::text::read_code;
use std::sync::Arc;
use url::Url;

/// What a link or a code leads to.
#[derive(Debug, Clone)]
pub enum Linked {
    /// A badge of this node that may be seen.
    Badge(Arc<Credential>),
    /// A badge of this node that is not shared. Only said to those who know
    /// its address, which nobody guesses.
    Private,
    /// A share that stopped working.
    Ended,
    /// Nothing of this node.
    Nothing,
    /// Another host.
    Elsewhere(String),
    /// Neither a link nor a code.
    NotALink,
}

/// The place on this node that a link names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `/credentials/{id}`.
    Credential(String),
    /// `/s/{token}`, `/c/{code}` or `/b/{slug}`: the kind and the token.
    Share(&'static str, String),
}

impl Place {
    /// The place of a path.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let (kind, rest) = path.strip_prefix('/')?.split_once('/')?;
        let rest = rest.trim_end_matches('/');
        if rest.is_empty() || rest.contains('/') || rest.len() > 64 {
            return None;
        }
        Some(match kind {
            "credentials" => Self::Credential(rest.to_owned()),
            "s" => Self::Share("link", rest.to_owned()),
            "b" => Self::Share("page", rest.to_owned()),
            "c" => Self::Share("code", read_code(rest)?),
            _ => return None,
        })
    }
}

/// Follows what somebody typed.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub async fn follow(state: &State, typed: &str) -> Result<Linked, Problem> {
    if let Some(code) = read_code(typed) {
        return at(state, Place::Share("code", code)).await;
    }
    let Ok(url) = Url::parse(typed) else {
        return Ok(Linked::NotALink);
    };
    if !matches!(url.scheme(), "https" | "http") {
        return Ok(Linked::NotALink);
    }
    match state.address.path_of(url.as_str()) {
        None => Ok(Linked::Elsewhere(typed.to_owned())),
        Some(path) => match Place::of_path(path) {
            None => Ok(Linked::Nothing),
            Some(place) => at(state, place).await,
        },
    }
}

/// What is at a place of this node, for a stranger.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub async fn at(state: &State, place: Place) -> Result<Linked, Problem> {
    let now = state.clock.unix();
    let linked = state
        .store
        .read(move |conn| look(conn, &place, now))
        .await
        .map_err(Problem::from)?;
    Ok(linked)
}

/// Whether no share of a badge ends by itself: what is kept in memory would
/// outlive it.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub async fn lasts(state: &State, row: &Credential) -> Result<bool, Problem> {
    let (issuer, id) = (row.issuer_id.clone(), row.id.clone());
    let shares = state
        .store
        .read(move |conn| shares::of_credential(conn, &issuer, &id))
        .await
        .map_err(Problem::from)?;
    Ok(shares.iter().all(|share| share.stops_at.is_none()))
}

fn look(conn: &mut Conn, place: &Place, now: i64) -> Result<Linked, Error> {
    let (id, ended) = match place {
        Place::Credential(id) => (id.clone(), false),
        Place::Share(kind, token) => match shares::find(conn, kind, token)? {
            None => return Ok(Linked::Nothing),
            Some(share) => (share.credential_id.clone(), !share.works_at(now)),
        },
    };
    let Some(row) = credentials::find_any(conn, &id)?.filter(|row| row.state == "issued") else {
        return Ok(Linked::Nothing);
    };
    if ended {
        return Ok(Linked::Ended);
    }
    let is_share = matches!(place, Place::Share(..));
    if !is_share && !shares::is_shared(conn, &row.issuer_id, &row.id, now)? {
        return Ok(Linked::Private);
    }
    row.body
        .as_deref()
        .map(|body| require_whole(body, &row))
        .transpose()?;
    Ok(Linked::Badge(Arc::new(row)))
}

/// Bytes that rotted on the disk are not handed out (REL-19).
///
/// # Errors
/// [`Error::Damaged`].
pub fn require_whole(body: &str, row: &Credential) -> Result<(), Error> {
    use sha2::{Digest as _, Sha256};
    let digest = crate::text::hex(&Sha256::digest(body));
    if row.digest.as_deref() == Some(digest.as_str()) {
        Ok(())
    } else {
        Err(Error::Damaged("the bytes of a badge"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_badges_are_followed() {
        for (path, place) in [
            (
                "/credentials/abc",
                Some(Place::Credential("abc".to_owned())),
            ),
            (
                "/s/abc?utm_source=x",
                Some(Place::Share("link", "abc".to_owned())),
            ),
            ("/b/abc/", Some(Place::Share("page", "abc".to_owned()))),
            (
                "/c/B7K4PD2HX",
                Some(Place::Share("code", "b7k-4pd-2hx".to_owned())),
            ),
            ("/c/b7k", None),
            ("/s/", None),
            ("/s/a/b", None),
            ("/api/v1/issuers", None),
            ("/", None),
        ] {
            assert_eq!(Place::of_path(path), place, "{path}");
        }
    }
}
