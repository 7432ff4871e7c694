//! What every credential may carry: proofs, status, schemas, refresh service,
//! terms of use (Open Badges 3.0 §B.2, VC Data Integrity §2.1, Bitstring
//! Status List §2.1).

use super::{Class, Due, Kind, LABEL, TOKEN, either, one, optional, optional_to_issue};

/// `Proof`: the form only. Which proofs can be judged is for `proof`. Its
/// `created` needs a zone: a moment that nobody can place proves nothing.
pub static PROOF: Class = Class::new(
    "Proof",
    &[
        optional("id", Kind::Uri),
        one("type", Kind::Type(None)),
        optional("created", Kind::DateTime),
        optional("expires", Kind::DateTime),
        optional("cryptosuite", TOKEN),
        optional("challenge", TOKEN),
        either("domain", TOKEN),
        optional("nonce", TOKEN),
        optional("proofPurpose", TOKEN),
        optional("proofValue", TOKEN),
        optional("verificationMethod", Kind::Uri),
        either("previousProof", Kind::Uri),
    ],
);

/// `CredentialStatus`: where to ask whether the credential was withdrawn.
pub static CREDENTIAL_STATUS: Class =
    Class::new("CredentialStatus", &STATUS_BASE).with_variants(&[
        &BITSTRING_STATUS_LIST_ENTRY,
        &STATUS_LIST_2021_ENTRY,
        &REVOCATION_LIST,
    ]);

static STATUS_BASE: [super::Property; 2] =
    [optional("id", Kind::Uri), one("type", Kind::Type(None))];

/// Bitstring Status List §2.1.
static BITSTRING_STATUS_LIST_ENTRY: Class = Class::new(
    "BitstringStatusListEntry",
    &[
        optional("id", Kind::Uri),
        one("type", Kind::Type(Some("BitstringStatusListEntry"))),
        one("statusPurpose", TOKEN),
        one("statusListIndex", Kind::StatusIndex),
        one("statusListCredential", Kind::Uri),
        optional("statusSize", Kind::Float),
        optional_to_issue("statusReference", Kind::Uri),
    ],
);

/// The predecessor of the above.
static STATUS_LIST_2021_ENTRY: Class = Class::new(
    "StatusList2021Entry",
    &[
        optional("id", Kind::Uri),
        one("type", Kind::Type(Some("StatusList2021Entry"))),
        one("statusPurpose", TOKEN),
        one("statusListIndex", Kind::StatusIndex),
        one("statusListCredential", Kind::Uri),
    ],
);

/// The revocation list of 1EdTech, deprecated: `id` is the list.
static REVOCATION_LIST: Class = Class::new(
    "1EdTechRevocationList",
    &[
        one("id", Kind::Uri),
        one("type", Kind::Type(Some("1EdTechRevocationList"))),
    ],
);

/// `CredentialSchema`: a schema that the credential follows.
pub static CREDENTIAL_SCHEMA: Class = Class::new(
    "CredentialSchema",
    &[one("id", Kind::Uri), one("type", Kind::Type(None))],
);

/// `RefreshService`: where to get a fresher credential.
pub static REFRESH_SERVICE: Class = Class::new(
    "RefreshService",
    &[one("id", Kind::Uri), one("type", Kind::Type(None))],
);

/// `TermsOfUse`: under which terms the credential was issued.
pub static TERMS_OF_USE: Class = Class::new(
    "TermsOfUse",
    &[optional("id", Kind::Uri), one("type", Kind::Type(None))],
);

/// `refreshService` of any credential (VC 2.0 §5.4): its `id` may be missing.
pub(super) static ANY_REFRESH_SERVICE: Class = Class::new(
    "AnyRefreshService",
    &[optional("id", Kind::Uri), one("type", Kind::Type(None))],
);

/// `evidence` of any credential (VC 2.0 §5.6).
pub(super) static ANY_EVIDENCE: Class = Class::new(
    "AnyEvidence",
    &[optional("id", Kind::Uri), one("type", Kind::Type(None))],
);

/// `relatedResource` of any credential (VC 2.0 §5.3).
pub(super) static RELATED_RESOURCE: Class = Class::new(
    "RelatedResource",
    &[
        one("id", Kind::Uri),
        optional("mediaType", LABEL),
        either("digestSRI", TOKEN),
        either("digestMultibase", TOKEN),
    ],
)
.one_of(&["digestSRI", "digestMultibase"], "a digest", Due::Always);

/// Issuers and holders of credentials that are not badges.
pub(super) static PARTY: Class = Class::new(
    "Party",
    &[
        one("id", Kind::Uri),
        optional("type", Kind::Types(&[])),
        optional("name", Kind::NaturalLanguage),
        optional("description", Kind::NaturalLanguage),
    ],
);
