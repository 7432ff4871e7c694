//! Status list credentials: Bitstring Status List §2.2, and its predecessor
//! StatusList2021, which we only read.

use super::service::PARTY;
use super::{
    Class, Contexts, Kind, PROOF, Property, TOKEN, VcVersion, many, one, one_to_issue, optional,
    some,
};

const fn contexts(version: VcVersion) -> Property {
    some(
        "@context",
        Kind::Contexts(Contexts {
            version,
            open_badges: false,
        }),
    )
}

const TYPES_2021: Kind = Kind::Types(&[&["VerifiableCredential"], &["StatusList2021Credential"]]);

/// `BitstringStatusListCredential`: the credential that carries the list.
pub static BITSTRING_STATUS_LIST_CREDENTIAL: Class = Class::new(
    "BitstringStatusListCredential",
    &[
        contexts(VcVersion::V2_0),
        optional("id", Kind::Uri),
        some(
            "type",
            Kind::Types(&[
                &["VerifiableCredential"],
                &["BitstringStatusListCredential"],
            ]),
        ),
        optional("name", Kind::NaturalLanguage),
        optional("description", Kind::NaturalLanguage),
        one("issuer", Kind::UriOrObject(&PARTY)),
        optional("validFrom", Kind::DateTimeZ),
        optional("validUntil", Kind::DateTimeZ),
        one("credentialSubject", Kind::Object(&BITSTRING_STATUS_LIST)),
        many("proof", Kind::Object(&PROOF)),
    ],
);

/// `BitstringStatusList`: the list. Whether it unpacks is for `status`.
pub static BITSTRING_STATUS_LIST: Class = Class::new(
    "BitstringStatusList",
    &[
        optional("id", Kind::Uri),
        one("type", Kind::Type(Some("BitstringStatusList"))),
        one_to_issue("statusPurpose", TOKEN),
        one("encodedList", TOKEN),
        optional("ttl", Kind::Float),
    ],
);

/// `StatusList2021Credential` in the form of VC 2.0.
pub static STATUS_LIST_2021_CREDENTIAL: Class = Class::new(
    "StatusList2021Credential",
    &[
        contexts(VcVersion::V2_0),
        optional("id", Kind::Uri),
        some("type", TYPES_2021),
        one("issuer", Kind::UriOrObject(&PARTY)),
        optional("validFrom", Kind::DateTimeZ),
        optional("validUntil", Kind::DateTimeZ),
        one("credentialSubject", Kind::Object(&STATUS_LIST_2021)),
        many("proof", Kind::Object(&PROOF)),
    ],
)
.with_vc_1_1(&STATUS_LIST_2021_CREDENTIAL_1_1);

/// `StatusList2021Credential` in the form of VC 1.1. Its dates are read if
/// they are there: lists without an `issuanceDate` are in use.
pub static STATUS_LIST_2021_CREDENTIAL_1_1: Class = Class::new(
    "StatusList2021Credential-vc-1.1",
    &[
        contexts(VcVersion::V1_1),
        optional("id", Kind::Uri),
        some("type", TYPES_2021),
        one("issuer", Kind::UriOrObject(&PARTY)),
        optional("issuanceDate", Kind::DateTimeZ),
        optional("expirationDate", Kind::DateTimeZ),
        one("credentialSubject", Kind::Object(&STATUS_LIST_2021)),
        many("proof", Kind::Object(&PROOF)),
    ],
);

/// `StatusList2021`: the list.
pub static STATUS_LIST_2021: Class = Class::new(
    "StatusList2021",
    &[
        optional("id", Kind::Uri),
        one("type", Kind::Type(Some("StatusList2021"))),
        one_to_issue("statusPurpose", TOKEN),
        one("encodedList", TOKEN),
    ],
);
