//! The algorithms we know: a closed list.

use std::fmt;

/// What kind of key it is, and so how its signatures are made: a key has
/// exactly one way (RFC 8725 §3.1, "use a key for one algorithm").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// Ed25519 (RFC 8032, pure).
    Ed25519,
    /// ECDSA on P-256 with SHA-256.
    P256,
    /// ECDSA on P-384 with SHA-384.
    P384,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rsa,
}

impl Algorithm {
    /// The name in a JOSE header (RFC 7518 §3.1, RFC 8037 §3.1).
    #[must_use]
    pub const fn jose(self) -> &'static str {
        match self {
            Self::Ed25519 => "EdDSA",
            Self::P256 => "ES256",
            Self::P384 => "ES384",
            Self::Rsa => "RS256",
        }
    }

    /// Whether a JOSE `alg` means this algorithm. RFC 9864 gave `EdDSA` with
    /// this curve the name `Ed25519`; both are in use.
    #[must_use]
    pub fn is_jose(self, name: &str) -> bool {
        name == self.jose() || (self == Self::Ed25519 && name == "Ed25519")
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Ed25519 => "Ed25519",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Rsa => "RSA",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Algorithm::{self, Ed25519, P256, P384, Rsa};

    #[test]
    fn one_key_has_one_jose_algorithm() {
        let ours: [(Algorithm, &[&str]); 4] = [
            (Ed25519, &["EdDSA", "Ed25519"]),
            (P256, &["ES256"]),
            (P384, &["ES384"]),
            (Rsa, &["RS256"]),
        ];
        let all = [
            "EdDSA", "Ed25519", "Ed448", "ES256", "ES384", "ES512", "ES256K", "RS256", "RS384",
            "PS256", "HS256", "none", "None", "NONE", "", "es256", "ES256 ", "eddsa",
        ];
        for (algorithm, accepted) in ours {
            for name in all {
                assert_eq!(
                    algorithm.is_jose(name),
                    accepted.contains(&name),
                    "{algorithm} {name}"
                );
            }
        }
    }
}
