//! Finds the key of a verification method and whose it is.

use crate::clock::Moment;
use crate::did::{self, ControllerDocument, Located, Relationship};
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

/// A controller document: written into its identifier, or fetched.
pub(in crate::verify) enum Controller {
    Inline(Box<ControllerDocument>),
    Fetched(Arc<Document>),
}

impl Controller {
    pub(in crate::verify) fn document(&self) -> Result<&ControllerDocument, &'static str> {
        match self {
            Self::Inline(document) => Ok(document),
            Self::Fetched(document) => document.controller(),
        }
    }
}

/// The controller document behind a method or an issuer, and the identifier it
/// must have.
pub(in crate::verify) fn controller(desk: &Desk<'_>, address: &str) -> Asking<Result<(Controller, String), Finding>> {
    let located = match did::locate(address, desk.policy.dev) {
        Ok(located) => located,
        Err(error) if error.is_unknown() => return Ok(Err(Finding::unknown(error.code(), error.to_string()))),
        Err(error) => return Ok(Err(Finding::fails(error.code(), error.to_string()))),
    };
    match located {
        Located::Inline(document) => {
            let id = document.id().to_owned();
            Ok(Ok((Controller::Inline(Box::new(document)), id)))
        }
        Located::At { url, document_id } => Ok(match desk.ask(WantedKind::Controller, &url)? {
            Ok(document) => Ok((Controller::Fetched(document), document_id)),
            Err(why) => Err(unreachable(&url, why)),
        }),
    }
}

/// "We could not reach {host}": not a sign of forgery.
pub(in crate::verify) fn unreachable(url: &str, why: Unavailable) -> Finding {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| "its host".to_owned());
    Finding::unknown("key_unreachable", format!("{host}: {}", why.code()))
}

/// Controlled Identifiers 1.0 §3.3, Retrieve Verification Method.
pub(in crate::verify) fn find(desk: &Desk<'_>, method: &str, relationship: Relationship) -> Asking<Result<FoundKey, Finding>> {
    let (controller, document_id) = match controller(desk, method)? {
        Ok(found) => found,
        Err(finding) => return Ok(Err(finding)),
    };
    let age_seconds = match &controller {
        Controller::Inline(_) => None,
        Controller::Fetched(document) => document.age(desk.now),
    };
    let document = match controller.document() {
        Ok(document) => document,
        Err(code) => {
            return Ok(Err(Finding::unknown(code, "the issuer's key document cannot be read")));
        }
    };
    Ok(match did::retrieve(document, method, &document_id, relationship) {
        Ok(found) => found.key().map_or_else(
            |error| {
                let state = if error.is_unknown() { Finding::unknown } else { Finding::fails };
                Err(state(error.code(), error.to_string()))
            },
            |key| {
                Ok(FoundKey {
                    key: key.clone(),
                    controller: document.id().to_owned(),
                    revoked: found.revoked(),
                    expires: found.expires(),
                    age_seconds,
                })
            },
        ),
        Err(error) => Err(Finding::fails("verification_method_mismatch", format!("{}: {error}", error.code()))),
    })
}

/// What the state of the key at `now` means for what it signed. A signature of
/// a key that was revoked later could have been made by anyone since, and its
/// date says nothing.
pub(in crate::verify) fn key_state(found: &FoundKey, now: Moment) -> Finding {
    if let Some(revoked) = found.revoked
        && revoked <= now
    {
        return Finding::fails("key_revoked_time_unproven", format!("the key was revoked on {}", revoked.to_rfc3339()))
            .at(revoked);
    }
    if let Some(expires) = found.expires
        && expires < now
    {
        return Finding::fails("key_expired", format!("the key expired on {}", expires.to_rfc3339())).at(expires);
    }
    Finding::holds().aged(found.age_seconds)
}
