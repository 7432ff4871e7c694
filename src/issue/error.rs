//! Why something was not signed.

use crate::proof;

/// Why [`super::sign()`] hands nothing out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The credential was linted for another kind of seal.
    #[error("the credential was checked for another kind of seal")]
    Seal,
    /// The verification method does not belong to the issuer.
    #[error("{method} is not a key of the issuer")]
    Method {
        /// The method.
        method: String,
    },
    /// The proof could not be made.
    #[error(transparent)]
    Proof(#[from] proof::Error),
    /// The result would be larger than what readers take: L-01, and less for a
    /// token.
    #[error("the credential is too large for those who will read it")]
    TooLarge,
    /// The credential came with a seal that does not hold.
    #[error("the credential came with a seal that does not hold ({code})")]
    OtherSeal {
        /// Why not.
        code: &'static str,
    },
    /// What was made is not what was asked for: our own fault, and a reason to
    /// stop signing.
    #[error("what was signed does not check: {what}")]
    Mismatch {
        /// What differs, or the code of the finding.
        what: &'static str,
    },
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Seal => "state_conflict",
            Self::Method { .. } => "verification_method_mismatch",
            Self::Proof(error) => error.code(),
            Self::TooLarge => "payload_too_large",
            Self::OtherSeal { .. } => "PROOF_VERIFICATION_ERROR",
            Self::Mismatch { .. } => "issue_mismatch",
        }
    }

    /// Whether a limit was reached, or the key failed: the credential does
    /// nothing wrong.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        match self {
            Self::Proof(error) => error.is_unknown(),
            Self::TooLarge => true,
            Self::Seal | Self::Method { .. } | Self::OtherSeal { .. } | Self::Mismatch { .. } => {
                false
            }
        }
    }
}
