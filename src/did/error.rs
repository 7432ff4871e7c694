//! Why a method or an issuer cannot be located.

use super::{NotADid, web};
use crate::keys;

/// Why there is no place to look for the document of a method or an issuer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A DID method, a scheme, or a part of a DID URL that we do not know.
    /// Not a fault of whoever uses it.
    #[error("identifiers of the kind {kind} are not supported")]
    UnsupportedMethod {
        /// `did:example`, `urn`, `did:web with a path` …
        kind: String,
    },
    /// Longer than we read.
    #[error("the identifier is too long")]
    TooLong,
    /// Not an absolute URL at all.
    #[error("the identifier is not a URL")]
    NotAUrl,
    /// It begins like a DID and is none.
    #[error(transparent)]
    Did(#[from] NotADid),
    /// A did:web that stands for no address.
    #[error(transparent)]
    Web(#[from] web::Error),
    /// A URL that no two readers would understand in the same way.
    #[error("the address is not plain enough to be asked")]
    Url,
    /// Plain http, which anybody on the way can answer.
    #[error("the address is not an https address")]
    Insecure,
    /// The key inside a did:key or did:jwk is not taken.
    #[error(transparent)]
    Key(#[from] keys::Error),
    /// A did:jwk that does not hold a JWK.
    #[error("the did:jwk does not hold a key")]
    Jwk,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedMethod { .. } => "did_method_unsupported",
            Self::TooLong => "identifier_too_long",
            Self::NotAUrl => "INVALID_VERIFICATION_METHOD_URL",
            Self::Did(_) | Self::Jwk => "did_invalid",
            Self::Web(error) => error.code(),
            Self::Url | Self::Insecure => "fetch_url_refused",
            Self::Key(error) => error.code(),
        }
    }

    /// Whether we cannot judge (an unknown kind, a limit reached), as against
    /// the identifier being bad.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        match self {
            // Nobody did wrong who serves a document over plain http; it is
            // only that it cannot be believed.
            Self::UnsupportedMethod { .. } | Self::TooLong | Self::Insecure => true,
            Self::Key(error) => error.is_unknown(),
            _ => false,
        }
    }
}
