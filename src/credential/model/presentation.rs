//! `VerifiablePresentation`: credentials that their holder shows (VC 2.0
//! §4.13, VC 1.1 §4.10). The credentials inside are only recognised here; each
//! is checked as what it is.

use super::service::PARTY;
use super::{Class, Contexts, Kind, PROOF, Property, VcVersion, many, optional, some};

const fn contexts(version: VcVersion) -> Property {
    some(
        "@context",
        Kind::Contexts(Contexts {
            version,
            open_badges: false,
        }),
    )
}

const TYPES: Kind = Kind::Types(&[&["VerifiablePresentation"]]);

/// A presentation of VC 2.0.
pub static VERIFIABLE_PRESENTATION: Class = Class::new(
    "VerifiablePresentation",
    &[
        contexts(VcVersion::V2_0),
        optional("id", Kind::Uri),
        some("type", TYPES),
        optional("holder", Kind::UriOrObject(&PARTY)),
        many("verifiableCredential", Kind::Object(&PRESENTED)),
        many("proof", Kind::Object(&PROOF)),
    ],
)
.with_vc_1_1(&VERIFIABLE_PRESENTATION_1_1);

/// A presentation of VC 1.1: credentials may be compact JWSs.
pub static VERIFIABLE_PRESENTATION_1_1: Class = Class::new(
    "VerifiablePresentation-vc-1.1",
    &[
        contexts(VcVersion::V1_1),
        optional("id", Kind::Uri),
        some("type", TYPES),
        optional("holder", Kind::UriOrObject(&PARTY)),
        many("verifiableCredential", Kind::JwsOrObject(&PRESENTED)),
        many("proof", Kind::Object(&PROOF)),
    ],
);

static PRESENTED: Class = Class::new(
    "PresentedCredential",
    &[
        some("@context", Kind::Any),
        some(
            "type",
            Kind::Types(&[&["VerifiableCredential", "EnvelopedVerifiableCredential"]]),
        ),
    ],
);
