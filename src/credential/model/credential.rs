//! The credentials: badges, endorsements, and any other verifiable credential
//! (Open Badges 3.0 §B.1; VC 2.0 §4; VC 1.1 §4).
//!
//! Two forms of each: VC 2.0 with `validFrom` and `validUntil`, VC 1.1 with
//! `issuanceDate` and `expirationDate`. The second is only read.

use super::service::{ANY_EVIDENCE, ANY_REFRESH_SERVICE, PARTY, RELATED_RESOURCE};
use super::{
    ACHIEVEMENT_SUBJECT, CREDENTIAL_SCHEMA, CREDENTIAL_STATUS, Class, Contexts, DESCRIPTION,
    ENDORSEMENT_SUBJECT, EVIDENCE, IMAGE, Kind, LABEL, PROFILE, PROOF, Property, REFRESH_SERVICE,
    TERMS_OF_USE, VcVersion, many, one, optional, optional_to_issue, some,
};

const BADGE_CONTEXTS: Kind = Kind::Contexts(Contexts {
    version: VcVersion::V2_0,
    open_badges: true,
});
const BADGE_CONTEXTS_1_1: Kind = Kind::Contexts(Contexts {
    version: VcVersion::V1_1,
    open_badges: true,
});
const BADGE_TYPES: Kind = Kind::Types(&[
    &["VerifiableCredential"],
    &["AchievementCredential", "OpenBadgeCredential"],
]);
const ENDORSEMENT_TYPES: Kind =
    Kind::Types(&[&["VerifiableCredential"], &["EndorsementCredential"]]);

const fn issuer() -> Property {
    one("issuer", Kind::UriOrObject(&PROFILE))
}
const AWARDED_DATE: Property = optional("awardedDate", Kind::DateTimeZ);
const VALID_FROM: Property = one("validFrom", Kind::DateTimeZ);
const VALID_UNTIL: Property = optional("validUntil", Kind::DateTimeZ);
const ISSUANCE_DATE: Property = one("issuanceDate", Kind::DateTimeZ);
const EXPIRATION_DATE: Property = optional("expirationDate", Kind::DateTimeZ);
const fn proofs() -> Property {
    many("proof", Kind::Object(&PROOF))
}
const fn schemas() -> Property {
    many("credentialSchema", Kind::Object(&CREDENTIAL_SCHEMA))
}
const fn status() -> Property {
    optional_to_issue("credentialStatus", Kind::Object(&CREDENTIAL_STATUS))
}
const fn refresh() -> Property {
    optional("refreshService", Kind::Object(&REFRESH_SERVICE))
}
const fn terms() -> Property {
    many("termsOfUse", Kind::Object(&TERMS_OF_USE))
}
const fn evidences() -> Property {
    many("evidence", Kind::Object(&EVIDENCE))
}
const fn endorsements() -> Property {
    many("endorsement", Kind::Object(&ENDORSEMENT_CREDENTIAL))
}
const ENDORSEMENT_JWTS: Property = many("endorsementJwt", Kind::CompactJws);

/// `AchievementCredential`, alias `OpenBadgeCredential`: a badge.
pub static ACHIEVEMENT_CREDENTIAL: Class = Class::new(
    "AchievementCredential",
    &[
        some("@context", BADGE_CONTEXTS),
        one("id", Kind::Uri),
        some("type", BADGE_TYPES),
        optional("name", LABEL),
        optional("description", DESCRIPTION),
        optional("image", Kind::Object(&IMAGE)),
        AWARDED_DATE,
        one("credentialSubject", Kind::Object(&ACHIEVEMENT_SUBJECT)),
        endorsements(),
        ENDORSEMENT_JWTS,
        evidences(),
        issuer(),
        VALID_FROM,
        VALID_UNTIL,
        proofs(),
        schemas(),
        status(),
        refresh(),
        terms(),
    ],
)
.with_vc_1_1(&ACHIEVEMENT_CREDENTIAL_1_1);

/// A badge in the form of VC 1.1.
pub static ACHIEVEMENT_CREDENTIAL_1_1: Class = Class::new(
    "AchievementCredential-vc-1.1",
    &[
        some("@context", BADGE_CONTEXTS_1_1),
        one("id", Kind::Uri),
        some("type", BADGE_TYPES),
        optional("name", LABEL),
        optional("description", DESCRIPTION),
        optional("image", Kind::Object(&IMAGE)),
        AWARDED_DATE,
        one("credentialSubject", Kind::Object(&ACHIEVEMENT_SUBJECT)),
        endorsements(),
        ENDORSEMENT_JWTS,
        evidences(),
        issuer(),
        ISSUANCE_DATE,
        EXPIRATION_DATE,
        proofs(),
        schemas(),
        status(),
        refresh(),
        terms(),
    ],
);

/// `EndorsementCredential`: someone vouches for a badge, an achievement or an
/// organisation.
pub static ENDORSEMENT_CREDENTIAL: Class = Class::new(
    "EndorsementCredential",
    &[
        some("@context", BADGE_CONTEXTS),
        some("type", ENDORSEMENT_TYPES),
        one("id", Kind::Uri),
        one("name", LABEL),
        optional("description", DESCRIPTION),
        one("credentialSubject", Kind::Object(&ENDORSEMENT_SUBJECT)),
        AWARDED_DATE,
        issuer(),
        VALID_FROM,
        VALID_UNTIL,
        proofs(),
        schemas(),
        status(),
        refresh(),
        terms(),
        evidences(),
    ],
)
.with_vc_1_1(&ENDORSEMENT_CREDENTIAL_1_1);

/// An endorsement in the form of VC 1.1.
pub static ENDORSEMENT_CREDENTIAL_1_1: Class = Class::new(
    "EndorsementCredential-vc-1.1",
    &[
        some("@context", BADGE_CONTEXTS_1_1),
        some("type", ENDORSEMENT_TYPES),
        one("id", Kind::Uri),
        one("name", LABEL),
        optional("description", DESCRIPTION),
        one("credentialSubject", Kind::Object(&ENDORSEMENT_SUBJECT)),
        AWARDED_DATE,
        issuer(),
        ISSUANCE_DATE,
        EXPIRATION_DATE,
        proofs(),
        schemas(),
        status(),
        refresh(),
        terms(),
        evidences(),
    ],
);

static CREDENTIAL_SUBJECT: Class =
    Class::new("CredentialSubject", &[optional("id", Kind::Uri)]).filled();

/// Any credential of VC 2.0 that is none of the kinds we know.
pub static VERIFIABLE_CREDENTIAL: Class = Class::new(
    "VerifiableCredential",
    &[
        some(
            "@context",
            Kind::Contexts(Contexts {
                version: VcVersion::V2_0,
                open_badges: false,
            }),
        ),
        optional("id", Kind::Uri),
        some("type", Kind::Types(&[&["VerifiableCredential"]])),
        optional("name", Kind::NaturalLanguage),
        optional("description", Kind::NaturalLanguage),
        one("issuer", Kind::UriOrObject(&PARTY)),
        some("credentialSubject", Kind::Object(&CREDENTIAL_SUBJECT)),
        optional("validFrom", Kind::DateTimeZ),
        optional("validUntil", Kind::DateTimeZ),
        many("credentialStatus", Kind::Object(&CREDENTIAL_STATUS)),
        schemas(),
        many("refreshService", Kind::Object(&ANY_REFRESH_SERVICE)),
        terms(),
        many("evidence", Kind::Object(&ANY_EVIDENCE)),
        many("relatedResource", Kind::Object(&RELATED_RESOURCE)),
        proofs(),
    ],
)
.with_vc_1_1(&VERIFIABLE_CREDENTIAL_1_1);

/// Any credential of VC 1.1 that is none of the kinds we know.
pub static VERIFIABLE_CREDENTIAL_1_1: Class = Class::new(
    "VerifiableCredential-vc-1.1",
    &[
        some(
            "@context",
            Kind::Contexts(Contexts {
                version: VcVersion::V1_1,
                open_badges: false,
            }),
        ),
        optional("id", Kind::Uri),
        some("type", Kind::Types(&[&["VerifiableCredential"]])),
        one("issuer", Kind::UriOrObject(&PARTY)),
        some("credentialSubject", Kind::Object(&CREDENTIAL_SUBJECT)),
        ISSUANCE_DATE,
        EXPIRATION_DATE,
        many("credentialStatus", Kind::Object(&CREDENTIAL_STATUS)),
        schemas(),
        many("refreshService", Kind::Object(&ANY_REFRESH_SERVICE)),
        terms(),
        many("evidence", Kind::Object(&ANY_EVIDENCE)),
        proofs(),
    ],
);
