//! The Data Integrity suites we know: a closed list.

use crate::canon::rdfc::Hash;
use crate::json::Object;
use crate::keys::Algorithm;

/// A way of making Data Integrity proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// Data Integrity EdDSA Cryptosuites §3.2: what we issue with.
    EddsaRdfc2022,
    /// Data Integrity EdDSA Cryptosuites §3.3.
    EddsaJcs2022,
    /// The name of `eddsa-rdfc-2022` in an earlier draft; checked only.
    Eddsa2022,
    /// Before cryptosuites; checked only.
    Ed25519Signature2020,
    /// Data Integrity ECDSA Cryptosuites §3.2.
    EcdsaRdfc2019,
    /// Data Integrity ECDSA Cryptosuites §3.3.
    EcdsaJcs2019,
    /// Data Integrity ECDSA Cryptosuites §3.4, selective disclosure; made by
    /// [`super::sd::create`].
    EcdsaSd2023,
}

/// Which canonical form a suite signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// RDF Dataset Canonicalization.
    Rdfc,
    /// JSON Canonicalization Scheme.
    Jcs,
}

impl Suite {
    /// Every suite.
    pub const ALL: [Self; 7] = [
        Self::EddsaRdfc2022,
        Self::EddsaJcs2022,
        Self::Eddsa2022,
        Self::Ed25519Signature2020,
        Self::EcdsaRdfc2019,
        Self::EcdsaJcs2019,
        Self::EcdsaSd2023,
    ];

    /// The suite of a proof, if it is one we know.
    #[must_use]
    pub fn of(proof: &Object<'_>) -> Option<Self> {
        let kind = proof.text("type")?;
        if kind == "Ed25519Signature2020" {
            return Some(Self::Ed25519Signature2020);
        }
        let name = proof.text("cryptosuite")?;
        Self::ALL.into_iter().find(|suite| {
            suite.is_cryptosuite() && suite.name() == name && kind == "DataIntegrityProof"
        })
    }

    /// The suite's name as people type it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }

    /// The suite's name: its `cryptosuite`, or its `type` before there were
    /// cryptosuites.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::Eddsa2022 => "eddsa-2022",
            Self::Ed25519Signature2020 => "Ed25519Signature2020",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::EcdsaJcs2019 => "ecdsa-jcs-2019",
            Self::EcdsaSd2023 => "ecdsa-sd-2023",
        }
    }

    /// Whether the suite stands in `cryptosuite` of a `DataIntegrityProof`.
    #[must_use]
    pub const fn is_cryptosuite(self) -> bool {
        !matches!(self, Self::Ed25519Signature2020)
    }

    /// Whether [`super::create`] makes proofs of this suite.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(
            self,
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::EcdsaRdfc2019 | Self::EcdsaJcs2019
        )
    }

    /// The canonical form that is signed.
    #[must_use]
    pub const fn form(self) -> Form {
        match self {
            Self::EddsaJcs2022 | Self::EcdsaJcs2019 => Form::Jcs,
            Self::EddsaRdfc2022
            | Self::Eddsa2022
            | Self::Ed25519Signature2020
            | Self::EcdsaRdfc2019
            | Self::EcdsaSd2023 => Form::Rdfc,
        }
    }

    /// Whether a key of this kind may be used.
    #[must_use]
    pub const fn fits(self, algorithm: Algorithm) -> bool {
        match self {
            Self::EddsaRdfc2022
            | Self::EddsaJcs2022
            | Self::Eddsa2022
            | Self::Ed25519Signature2020 => {
                matches!(algorithm, Algorithm::Ed25519)
            }
            Self::EcdsaRdfc2019 | Self::EcdsaJcs2019 => {
                matches!(algorithm, Algorithm::P256 | Algorithm::P384)
            }
            Self::EcdsaSd2023 => matches!(algorithm, Algorithm::P256),
        }
    }

    /// The hash for a key: P-384 goes with SHA-384, in the canonicalisation
    /// too (Data Integrity ECDSA Cryptosuites §3.2.3).
    #[must_use]
    pub const fn hash(algorithm: Algorithm) -> Hash {
        match algorithm {
            Algorithm::P384 => Hash::Sha384,
            Algorithm::Ed25519 | Algorithm::P256 | Algorithm::Rsa => Hash::Sha256,
        }
    }
}
