//! What a verification asks for, and what it is told.

use crate::clock::Moment;
use crate::did::Published;
use crate::json::{self, Value};
use crate::limits;
use std::sync::{Arc, OnceLock};

/// The kind of a wanted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WantedKind {
    /// A DID document or another controller document.
    Controller,
    /// An issuer's set of keys (JWKS).
    KeySet,
    /// A status list credential.
    StatusList,
    /// A legacy list of revoked credentials.
    RevocationList,
    /// A newer copy of a credential.
    Refreshed,
    /// An assertion, badge class, profile or key of Open Badges 2.
    OlderDocument,
}

/// A document that a verification needs before it can go on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// What it is.
    pub kind: WantedKind,
    /// Where it is: an absolute `https` URL (`http` on loopback in
    /// development).
    pub url: String,
}

impl Wanted {
    /// The largest answer that is read, in bytes (L-11).
    #[must_use]
    pub const fn limit(&self) -> usize {
        match self.kind {
            WantedKind::StatusList | WantedKind::RevocationList => limits::STATUS_LIST_BYTES,
            WantedKind::Refreshed => limits::INPUT_BYTES,
            WantedKind::Controller | WantedKind::KeySet | WantedKind::OlderDocument => {
                limits::DOCUMENT_BYTES
            }
        }
    }

    /// What to send as `Accept`.
    #[must_use]
    pub const fn accept(&self) -> &'static str {
        match self.kind {
            WantedKind::Controller => {
                "application/did+json, application/did+ld+json, application/json"
            }
            WantedKind::KeySet => "application/jwk-set+json, application/json",
            WantedKind::StatusList | WantedKind::Refreshed => {
                "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt, text/plain"
            }
            WantedKind::RevocationList | WantedKind::OlderDocument => {
                "application/ld+json, application/json"
            }
        }
    }
}

/// Why there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unavailable {
    /// Nothing may be fetched, and the folder does not have it.
    Offline,
    /// The host could not be reached, or broke off.
    Unreachable,
    /// The host answered with an error.
    Refused,
    /// Larger than [`Wanted::limit`].
    TooLarge,
    /// The address is not one that may be fetched: it is not https, names a user,
    /// or its host lies within a network.
    Address,
    /// The address is one that two readers take for two, or that lies outside
    /// the public web.
    Url,
    /// It is elsewhere, and may not be followed there.
    Redirect,
    /// The host did not answer in time, or too slowly.
    Timeout,
    /// The host answered in a media type or a packing that is not read.
    MediaType,
    /// More documents than one check may ask for.
    Budget,
    /// More is asked for at the moment than we fetch at once.
    Overloaded,
    /// The host serves an older status list than it served before.
    RolledBack,
    /// The host says it is gone for good (HTTP 410).
    Gone,
}

impl Unavailable {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Unreachable => "unreachable",
            Self::Refused => "not_served",
            Self::TooLarge => "fetch_too_large",
            Self::Address => "fetch_address_refused",
            Self::Url => "fetch_url_refused",
            Self::Redirect => "fetch_redirect",
            Self::Timeout => "fetch_timeout",
            Self::MediaType => "fetch_media_type",
            Self::Budget => "fetch_budget",
            Self::Overloaded => "overloaded",
            Self::RolledBack => "status_list_rollback",
            Self::Gone => "gone",
        }
    }

    /// The code of a finding about a status list that could not be had: its own
    /// where the standard's would hide whose fault it is.
    pub(super) const fn status_code(self) -> &'static str {
        match self {
            Self::Address | Self::Url | Self::RolledBack => self.code(),
            _ => "STATUS_RETRIEVAL_ERROR",
        }
    }
}

/// A document that was fetched, or kept from an earlier fetch. Cheap to share;
/// what is read from it is remembered with it.
#[derive(Debug)]
pub struct Document {
    bytes: Vec<u8>,
    /// When it was fetched.
    pub fetched_at: Option<Moment>,
    /// Why it is not believed when it says that nothing is wrong.
    pub(super) doubt: Option<&'static str>,
    published: OnceLock<Result<Published, &'static str>>,
    pub(super) status_list: OnceLock<super::check::status::CheckedList>,
}

impl Document {
    /// Takes what a host answered.
    #[must_use]
    pub const fn new(bytes: Vec<u8>, fetched_at: Option<Moment>) -> Self {
        Self {
            bytes,
            fetched_at,
            doubt: None,
            published: OnceLock::new(),
            status_list: OnceLock::new(),
        }
    }

    /// The same document as a status list that still shows what was withdrawn,
    /// but no longer that something was not: `code` says why.
    #[must_use]
    pub fn doubted(&self, code: &'static str) -> Self {
        Self {
            doubt: Some(code),
            ..Self::new(self.bytes.clone(), self.fetched_at)
        }
    }

    /// When the list began, if it is a status list that a verification found
    /// genuine.
    #[must_use]
    pub fn genuine_from(&self) -> Option<Moment> {
        self.status_list.get().and_then(|list| list.valid_from())
    }

    /// The bytes as they came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn json(&self) -> Result<Value<'_>, json::Error> {
        json::parse(&self.bytes)
    }

    /// The document as a controller document, or the code of what is wrong.
    pub(super) fn published(&self) -> Result<&Published, &'static str> {
        self.published
            .get_or_init(|| {
                let tree = self.json().map_err(|error| error.code())?;
                Published::parse(&tree).map_err(|error| error.code())
            })
            .as_ref()
            .map_err(|code| *code)
    }

    pub(super) fn age(&self, now: Moment) -> Option<i64> {
        self.fetched_at.map(|at| now.seconds_since(at).max(0))
    }
}

/// What a verification is told.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The document.
    Document(Arc<Document>),
    /// Why there is none.
    Unavailable(Unavailable),
}
