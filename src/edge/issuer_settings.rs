//! How an issuer issues, as it is stored with it.

use crate::issue::Seal;
use crate::proof::Suite;
use serde::{Deserialize, Serialize};

/// The seals that an issuer can put on its badges.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
pub enum SealName {
    /// The certified suite; every Open Badges 3.0 reader checks it.
    #[default]
    #[serde(rename = "eddsa-rdfc-2022")]
    EddsaRdfc2022,
    /// Readable by simpler software.
    #[serde(rename = "eddsa-jcs-2022")]
    EddsaJcs2022,
    /// For readers that know P-256 only.
    #[serde(rename = "ecdsa-rdfc-2019")]
    EcdsaRdfc2019,
    /// A token, for wallets and platforms that need one.
    #[serde(rename = "vc-jwt")]
    VcJwt,
}

impl SealName {
    /// The seal of the library.
    #[must_use]
    pub const fn seal(self) -> Seal {
        match self {
            Self::EddsaRdfc2022 => Seal::Embedded(Suite::EddsaRdfc2022),
            Self::EddsaJcs2022 => Seal::Embedded(Suite::EddsaJcs2022),
            Self::EcdsaRdfc2019 => Seal::Embedded(Suite::EcdsaRdfc2019),
            Self::VcJwt => Seal::VcJwt,
        }
    }

    /// The word in the database and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::VcJwt => "vc-jwt",
        }
    }

    /// The seal of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::EddsaRdfc2022,
            Self::EddsaJcs2022,
            Self::EcdsaRdfc2019,
            Self::VcJwt,
        ]
        .into_iter()
        .find(|seal| seal.name() == name)
    }

    /// The kinds of key that can make it, the preferred one first.
    #[must_use]
    pub const fn key_algorithms(self) -> &'static [&'static str] {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 => &["ed25519"],
            Self::EcdsaRdfc2019 => &["p256", "p384"],
            Self::VcJwt => &["ed25519", "p256", "p384", "rsa"],
        }
    }
}

/// How an issuer issues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct IssuerSettings {
    /// The seal on its badges.
    pub seal: SealName,
    /// Designs may let their badges be paused: such badges get a second status
    /// entry, which some readers do not expect.
    pub allow_pausing: bool,
    /// Badges that need an approval wait for somebody else's.
    pub two_people: bool,
    /// Its badges are for trying things out.
    pub test_only: bool,
}
