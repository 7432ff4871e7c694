//! Why a proof is not accepted, before its signature is looked at.

use crate::canon;

/// Why a proof cannot be checked, or fails already by its form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A member of the proof is missing or has the wrong form.
    #[error("the member {member} of the seal is missing or malformed")]
    Member {
        /// Its name.
        member: &'static str,
    },
    /// A kind of proof that we do not know.
    #[error("the kind of seal {kind} is not supported")]
    Unsupported {
        /// Its suite or algorithm.
        kind: String,
    },
    /// The value of the proof is not written as its suite says.
    #[error("the value of the seal is malformed")]
    Value,
    /// The proof's own contexts are not the beginning of the document's.
    #[error("the seal has contexts of its own")]
    Contexts,
    /// The key is of another kind than the suite or the header says.
    #[error("the key does not fit the kind of seal")]
    Algorithm,
    /// A JWS that is not three parts of strict base64url, or too long.
    #[error("the token is malformed")]
    Token,
    /// `alg` is none, symmetric, or misspelt.
    #[error("the token's algorithm {alg} proves nothing")]
    Alg {
        /// What the header says.
        alg: String,
    },
    /// A header member that must not occur, or an unknown critical one.
    #[error("the token's header may not hold {member}")]
    Header {
        /// Its name.
        member: String,
    },
    /// The document or the proof has no canonical form.
    #[error(transparent)]
    Canon(#[from] canon::Error),
    /// The signature is not one of this key over this document.
    #[error("the seal does not match the badge")]
    Signature,
    /// The signing key failed.
    #[error("the key could not sign")]
    Key,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Member { .. } | Self::Value | Self::Contexts | Self::Signature => {
                "PROOF_VERIFICATION_ERROR"
            }
            Self::Unsupported { .. } => "proof_unsupported",
            Self::Algorithm => "proof_algorithm_mismatch",
            Self::Token => "jwt_malformed",
            Self::Alg { .. } => "jwt_alg",
            Self::Header { .. } => "jwt_header_refused",
            Self::Canon(error) => error.code(),
            Self::Key => "signer_down",
        }
    }

    /// Whether we cannot judge, rather than the proof being wrong.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        match self {
            Self::Unsupported { .. } | Self::Key => true,
            Self::Canon(error) => error.is_unknown(),
            _ => false,
        }
    }
}
