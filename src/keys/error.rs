//! Why a key is not taken, and the one answer to a bad signature.

/// Why a key is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Error {
    /// Not multibase in base58btc (`z…`), or not of a length a key can have.
    #[error("the key is not written as multibase in base58btc")]
    Multibase,
    /// The wrong number of bytes for a key of its kind.
    #[error("the key has the wrong length for its kind")]
    Length,
    /// The bytes are not a point of the curve, or not its one encoding.
    #[error("the key is not a point of its curve")]
    Point,
    /// A member of a JWK is missing or malformed.
    #[error("the member {member} of the key is missing or malformed")]
    Jwk {
        /// The member's name.
        member: &'static str,
    },
    /// Not a public key in PEM.
    #[error("the key is not written as a public key in PEM")]
    Pem,
    /// `alg`, `use` or `key_ops` of a JWK say that it is for something else.
    #[error("the member {member} says the key is for another use")]
    Use {
        /// The member's name.
        member: &'static str,
    },
    /// A kind of key we do not know. Not a fault of the key.
    #[error("the kind of key is not supported")]
    Unsupported,
    /// Anybody could sign for this key: an Ed25519 point of small order, or an
    /// RSA modulus under 2,048 bits.
    #[error("the key is too weak to prove anything")]
    Weak,
    /// Secret parts lie beside the public ones, so anybody can sign.
    #[error("the key is published together with its secret")]
    SecretPublished,
    /// A text that should hold a secret key does not hold one we can read.
    #[error("the text holds no secret key in a form we read")]
    NoSecretKey,
    /// The public part written beside a secret key is another key's.
    #[error("the public key written beside the secret key is not its own")]
    Mismatch,
    /// The cryptographic library could not make a key or a signature.
    #[error("the cryptographic library failed")]
    Failed,
    /// The device that holds the key is away, or does not let us sign.
    #[error("the device that holds the key does not answer")]
    Down,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Multibase | Self::Length | Self::Point | Self::Jwk { .. } | Self::Pem => {
                "key_malformed"
            }
            Self::Use { .. } => "key_use",
            Self::Unsupported => "key_unsupported",
            Self::Weak => "key_weak",
            Self::SecretPublished => "key_secret_published",
            Self::NoSecretKey => "key_secret_unreadable",
            Self::Mismatch => "key_mismatch",
            Self::Failed => "key_operation_failed",
            Self::Down => "signer_down",
        }
    }

    /// Whether we cannot judge the key, as against the key being bad.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unsupported | Self::Down)
    }
}

/// The signature does not hold. There is no second kind of answer: why it does
/// not would only help whoever is trying signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
pub struct BadSignature;

impl BadSignature {
    /// The stable code of the error register (VC Data Integrity §4.6).
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "PROOF_VERIFICATION_ERROR"
    }
}
