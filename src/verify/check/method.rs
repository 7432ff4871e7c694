//! Finds the key of a verification method and whose it is.

use crate::clock::Moment;
use crate::did::{self, ControllerDocument, Located, Method, Mismatch, Published, Relationship};
use crate::keys::PublicKey;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::Finding;
use crate::verify::wanted::{Document, Unavailable, WantedKind};
use std::sync::Arc;

/// A key, and what its controller's document says about it.
#[derive(Debug, Clone)]
pub(in crate::verify) struct FoundKey {
    pub(in crate::verify) key: PublicKey,
    pub(in crate::verify) controller: String,
    pub(in crate::verify) revoked: Option<Moment>,
    pub(in crate::verify) expires: Option<Moment>,
    pub(in crate::verify) age_seconds: Option<i64>,
}

/// What lies behind an identifier: written into it, or fetched.
pub(in crate::verify) enum Controller {
    Inline(Box<Published>),
    Fetched(Arc<Document>),
}

impl Controller {
    /// The document, or the code of what is wrong with it.
    pub(in crate::verify) fn published(&self) -> Result<&Published, &'static str> {
        match self {
            Self::Inline(document) => Ok(document),
            Self::Fetched(document) => document.published(),
        }
    }

    fn age(&self, now: Moment) -> Option<i64> {
        match self {
            Self::Inline(_) => None,
            Self::Fetched(document) => document.age(now),
        }
    }
}

/// The controller document behind a method or an issuer, and the identifier it
/// must have.
pub(in crate::verify) fn controller(
    desk: &Desk<'_>,
    address: &str,
) -> Asking<Result<(Controller, String), Finding>> {
    let located = match desk.locate(address) {
        Ok(located) => located,
        Err(error) if error.is_unknown() => {
            return Ok(Err(Finding::unknown(error.code(), error.to_string())));
        }
        Err(error) => return Ok(Err(Finding::fails(error.code(), error.to_string()))),
    };
    match located {
        Located::Inline(document) => {
            let id = document.id().to_owned();
            Ok(Ok((
                Controller::Inline(Box::new(Published::Controller(document))),
                id,
            )))
        }
        Located::At { url, document_id } => Ok(match desk.ask(WantedKind::Controller, &url)? {
            Ok(document) => Ok((Controller::Fetched(document), document_id)),
            Err(why) => Err(unreachable(&url, why)),
        }),
    }
}

/// "We could not reach {host}": not a sign of forgery.
pub(in crate::verify) fn unreachable(url: &str, why: Unavailable) -> Finding {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| "its host".to_owned());
    Finding::unknown("key_unreachable", format!("{host}: {}", why.code()))
}

/// Controlled Identifiers 1.0 §3.3, Retrieve Verification Method. A key that
/// has a document of its own counts once its controller's document vouches for
/// it.
pub(in crate::verify) fn find(
    desk: &Desk<'_>,
    method: &str,
    relationship: Relationship,
) -> Asking<Result<FoundKey, Finding>> {
    let (found, _) = match controller(desk, method)? {
        Ok(found) => found,
        Err(finding) => return Ok(Err(finding)),
    };
    let age_seconds = found.age(desk.now);
    match found.published() {
        Err(code) => Ok(Err(unreadable(code))),
        Ok(Published::Controller(document)) => Ok(take(
            document,
            did::retrieve(document, method, relationship),
            age_seconds,
        )),
        Ok(Published::Key(key)) => vouched(desk, key, method, relationship),
    }
}

fn unreadable(code: &'static str) -> Finding {
    Finding::unknown(code, "the issuer's key document cannot be read")
}

fn vouched(
    desk: &Desk<'_>,
    key: &Method,
    method: &str,
    relationship: Relationship,
) -> Asking<Result<FoundKey, Finding>> {
    let (found, _) = match controller(desk, key.controller())? {
        Ok(found) => found,
        Err(finding) => return Ok(Err(finding)),
    };
    Ok(match found.published() {
        Ok(Published::Controller(document)) => take(
            document,
            did::retrieve_vouched(key, method, document, relationship),
            found.age(desk.now),
        ),
        Ok(Published::Key(_)) => Err(Finding::fails(
            "verification_method_mismatch",
            "the key's controller is a key itself",
        )),
        Err(code) => Err(unreadable(code)),
    })
}

fn take(
    document: &ControllerDocument,
    method: Result<&Method, Mismatch>,
    age_seconds: Option<i64>,
) -> Result<FoundKey, Finding> {
    let refuse = |mismatch: Mismatch| {
        let detail = format!("{}: {mismatch}", mismatch.w3c_type());
        if mismatch.is_unknown() {
            Finding::unknown(mismatch.code(), detail)
        } else {
            Finding::fails(mismatch.code(), detail)
        }
    };
    let method = method.map_err(refuse)?;
    let key = method.key().map_err(|why| refuse(why.into()))?;
    Ok(FoundKey {
        key: key.clone(),
        controller: document.id().to_owned(),
        revoked: method.revoked(),
        expires: method.expires(),
        age_seconds,
    })
}

/// What the state of the key at `now` means for what it signed. A signature of
/// a key that was revoked later could have been made by anyone since, and its
/// date says nothing.
pub(in crate::verify) fn key_state(found: &FoundKey, now: Moment) -> Finding {
    if let Some(revoked) = found.revoked
        && revoked <= now
    {
        return Finding::fails(
            "key_revoked_time_unproven",
            format!("the key was revoked on {}", revoked.to_rfc3339()),
        )
        .at(revoked);
    }
    if let Some(expires) = found.expires
        && expires <= now
    {
        return Finding::fails(
            "key_expired",
            format!("the key expired on {}", expires.to_rfc3339()),
        )
        .at(expires);
    }
    Finding::holds().aged(found.age_seconds)
}
