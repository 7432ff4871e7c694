//! What a document is fetched for, and what follows from it: its size, its
//! media types, how far a redirect may lead, how long a copy counts.

use crate::limits;
use crate::verify::{Wanted, WantedKind};

/// What a document is fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    /// A verification asked for it.
    Document(WantedKind),
    /// It is the badge itself.
    Badge,
}

/// Where a redirect may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redirects {
    /// Nowhere: the identifier says where its keys are (FED-100).
    None,
    /// To another place on the same host.
    SameHost,
    /// To any host that may be asked.
    Anywhere,
}

const JSON: [&str; 2] = ["application/json", "application/ld+json"];
const CONTROLLER: [&str; 5] = [
    "application/did+json",
    "application/did+ld+json",
    "application/did",
    "application/cid",
    "application/jwk+json",
];
const KEY_SET: [&str; 1] = ["application/jwk-set+json"];
const CREDENTIAL: [&str; 8] = [
    "application/vc",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/vc+ld+json+jwt",
    "application/vc+ld+jwt",
    "application/jwt",
    "application/jose",
    "text/plain",
];
const PICTURE: [&str; 2] = ["image/png", "image/svg+xml"];

impl Purpose {
    pub(super) fn limit(self, url: &str) -> usize {
        match self {
            Self::Document(kind) => Wanted {
                kind,
                url: url.to_owned(),
            }
            .limit(),
            Self::Badge => limits::IMAGE_BYTES,
        }
    }

    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Document(kind) => Wanted {
                kind,
                url: String::new(),
            }
            .accept(),
            Self::Badge => {
                "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt, image/png, image/svg+xml, text/plain"
            }
        }
    }

    /// Whether an answer of this media type is one. Nothing is guessed from the
    /// bytes (SEC-12).
    pub(super) fn takes(self, media_type: &str) -> bool {
        let own: &[&[&str]] = match self {
            Self::Document(WantedKind::Controller) => &[&CONTROLLER],
            Self::Document(WantedKind::KeySet) => &[&KEY_SET],
            Self::Document(WantedKind::StatusList | WantedKind::Refreshed) => &[&CREDENTIAL],
            Self::Document(WantedKind::RevocationList | WantedKind::OlderDocument) => &[],
            Self::Badge => &[&CREDENTIAL, &PICTURE],
        };
        let mut all = own.iter().copied().flatten().chain(&JSON);
        all.any(|taken| *taken == media_type)
    }

    pub(super) const fn redirects(self) -> Redirects {
        match self {
            Self::Document(WantedKind::Controller | WantedKind::KeySet) => Redirects::None,
            Self::Document(WantedKind::StatusList | WantedKind::RevocationList) => {
                Redirects::SameHost
            }
            Self::Document(WantedKind::Refreshed | WantedKind::OlderDocument) | Self::Badge => {
                Redirects::Anywhere
            }
        }
    }
}

/// How old a kept copy may be when its host does not answer (REL-32). A newer
/// copy of a badge is asked for to see what is new, so an old one is of no use.
pub(super) const fn stale_seconds(kind: WantedKind) -> i64 {
    match kind {
        WantedKind::StatusList | WantedKind::RevocationList => limits::STALE_STATUS_SECONDS,
        WantedKind::Controller | WantedKind::KeySet => limits::STALE_KEYS_SECONDS,
        WantedKind::OlderDocument => limits::STALE_STATUS_SECONDS,
        WantedKind::Refreshed => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_unknown_types_are_never_taken() {
        let kinds = [
            WantedKind::Controller,
            WantedKind::KeySet,
            WantedKind::StatusList,
            WantedKind::RevocationList,
            WantedKind::Refreshed,
            WantedKind::OlderDocument,
        ];
        for purpose in kinds
            .map(Purpose::Document)
            .into_iter()
            .chain([Purpose::Badge])
        {
            assert!(purpose.takes("application/json"));
            for bad in [
                "text/html",
                "application/xhtml+xml",
                "application/octet-stream",
                "application/javascript",
                "",
                "*/*",
            ] {
                assert!(!purpose.takes(bad), "{purpose:?} {bad}");
            }
        }
    }

    #[test]
    fn keys_come_in_no_file_that_anybody_may_upload() {
        for kind in [WantedKind::Controller, WantedKind::KeySet] {
            for bad in ["text/plain", "image/png", "image/svg+xml", "application/vc"] {
                assert!(!Purpose::Document(kind).takes(bad), "{bad}");
            }
            assert_eq!(Purpose::Document(kind).redirects(), Redirects::None);
        }
        assert!(!Purpose::Document(WantedKind::StatusList).takes("image/png"));
    }

    #[test]
    fn what_is_asked_for_is_taken() {
        for purpose in [
            Purpose::Badge,
            Purpose::Document(WantedKind::Controller),
            Purpose::Document(WantedKind::KeySet),
            Purpose::Document(WantedKind::StatusList),
            Purpose::Document(WantedKind::RevocationList),
        ] {
            for media_type in purpose.accept().split(", ") {
                assert!(purpose.takes(media_type), "{purpose:?} {media_type}");
            }
        }
    }
}
