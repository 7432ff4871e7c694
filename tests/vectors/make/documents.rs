//! The documents that most cases begin with.

use super::doc::Doc;
use super::keys::{Party, issuer, learner};
use super::seal::Seal;

/// A badge of `issuer`, without a proof.
pub fn badge_of(issuer: &Party) -> Doc {
    Doc::read(
        r#"{
          "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
          ],
          "id": "https://northmarch.badges.example.org/credentials/3f9c1e02a7d84b6e",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Moving and handling people",
          "issuer": {"id": "", "type": ["Profile"], "name": "Northmarch County Council"},
          "validFrom": "2026-03-02T09:00:00Z",
          "validUntil": "2027-03-02T09:00:00Z",
          "credentialSubject": {
            "id": "",
            "type": ["AchievementSubject"],
            "achievement": {
              "id": "https://northmarch.badges.example.org/achievements/moving",
              "type": ["Achievement"],
              "achievementType": "Certificate",
              "name": "Moving and handling people",
              "description": "Moves people safely, with and without equipment.",
              "criteria": {"narrative": "A day of training and an observed assessment."}
            }
          }
        }"#,
    )
    .text("/issuer/id", &issuer.id)
    .text("/credentialSubject/id", &learner().id)
}

/// A badge of the issuer who is their key, without a proof.
pub fn badge() -> Doc {
    badge_of(&issuer())
}

/// The same, signed.
pub fn signed() -> Doc {
    badge().sealed(&Seal::by(&issuer()))
}

/// The same, signed under `eddsa-jcs-2022`.
pub fn signed_jcs() -> Doc {
    badge().sealed(&Seal::jcs(&issuer()))
}

/// `document`, signed by the issuer who is their key.
pub fn seal(document: Doc) -> Doc {
    document.sealed(&Seal::by(&issuer()))
}

/// `document`, signed by the same under `eddsa-jcs-2022`.
pub fn seal_jcs(document: Doc) -> Doc {
    document.sealed(&Seal::jcs(&issuer()))
}

/// The same badge in the form of VC 1.1.
pub fn badge_1_1(issuer: &Party, proof_context: &str) -> Doc {
    badge_of(issuer)
        .set(
            "/@context",
            r#"["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]"#,
        )
        .text("/@context/-", proof_context)
        .moved("/validFrom", "/issuanceDate")
        .moved("/validUntil", "/expirationDate")
}

pub const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
pub const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
pub const ED25519_2020: &str = "https://w3id.org/security/suites/ed25519-2020/v1";
