//! The traps of proofs: their values, their options, their sets and chains.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::{Seal, base58};
use countersign::proof::Suite;

const DI: &str = "VC Data Integrity 1.0, Verify Proof";

pub(super) fn cases() -> Vec<Case> {
    [
        missing(),
        values(),
        signatures(),
        options(),
        dates(),
        suites(),
    ]
    .concat()
}

fn bad(name: &'static str, badge: &Doc) -> Case {
    Case::forged(name)
        .badge(badge)
        .finds("proof", "fails PROOF_VERIFICATION_ERROR")
        .outcome("changed")
}

fn missing() -> Vec<Case> {
    const UNSIGNED: &str = "Anybody could write a badge of the council.";
    let shape = |name, badge: &Doc| Case::forged(name).badge(badge).outcome("changed");
    vec![
        shape("no_proof", &badge())
            .because(
                "Nobody signed it.",
                "Open Badges 3.0, Proof Formats",
                UNSIGNED,
            )
            .finds("proof", "fails proof_missing"),
        shape("empty_list_of_proofs", &badge().set("/proof", "[]"))
            .because(
                "A list without a proof proves nothing.",
                "Open Badges 3.0, Proof Formats",
                UNSIGNED,
            )
            .finds("proof", "fails proof_missing"),
        shape("proof_is_null", &badge().set("/proof", "null"))
            .because(
                "A member that is null is refused, not taken for absent.",
                "Choices, Null",
                UNSIGNED,
            )
            .finds("shape", "fails credential_shape"),
        shape(
            "proof_is_text",
            &badge().set("/proof", "\"signed by the council\""),
        )
        .because(
            "A proof is an object.",
            "VC Data Integrity 1.0 §2.1",
            UNSIGNED,
        )
        .finds("shape", "fails credential_shape"),
    ]
}

/// `value` in place of the signature.
fn valued(value: &str) -> Doc {
    signed().text("/proof/0/proofValue", value)
}

fn value_of(badge: &Doc) -> String {
    let value = badge.at("/proof/0/proofValue");
    value.as_str().expect("a value").to_owned()
}

fn signature_of(badge: &Doc) -> Vec<u8> {
    let value = value_of(badge);
    bs58::decode(&value[1..]).into_vec().expect("base58")
}

fn values() -> Vec<Case> {
    const ONE_SPELLING: &str =
        "Two readers would take one badge for two, and lists of seen badges would miss one.";
    let good = value_of(&signed());
    let bytes = signature_of(&signed());
    let (front, back) = good.split_at(40);
    use base64::Engine as _;
    let base64url = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&bytes);
    vec![
        bad("value_in_base64url", &valued(&format!("u{base64url}"))).because(
            "The suite says base58btc, which begins with z.",
            "VC-DI-EDDSA 1.0, Proof Serialization",
            ONE_SPELLING,
        ),
        bad("value_with_a_blank", &valued(&format!("{front} {back}"))).because(
            "A blank is no digit of base58; some decoders pass over it.",
            "VC-DI-EDDSA 1.0, Proof Serialization",
            ONE_SPELLING,
        ),
        bad("value_without_its_prefix", &valued(&good[1..])).because(
            "Without the z nobody can say which base it is.",
            "Controlled Identifiers 1.0 §2.4",
            ONE_SPELLING,
        ),
        bad("value_of_nothing", &valued("z")).because(
            "No signature has no bytes.",
            "VC-DI-EDDSA 1.0, Proof Verification",
            "Anybody could write a badge of the council.",
        ),
        bad("value_too_short", &valued(&base58(&bytes[..63]))).because(
            "An Ed25519 signature has 64 bytes.",
            "RFC 8032 §5.1.7",
            "A reader past the end might find a signature that was not sent.",
        ),
        bad(
            "value_too_long",
            &valued(&base58(&[&bytes[..], &[0]].concat())),
        )
        .because(
            "An Ed25519 signature has 64 bytes; what follows is not part of it.",
            "RFC 8032 §5.1.7",
            ONE_SPELLING,
        ),
        bad(
            "value_of_600_digits",
            &valued(&format!("z{}", "2".repeat(600))),
        )
        .because(
            "No suite has a signature of that length, and decoding costs the square of it.",
            "VC-DI-EDDSA 1.0, Proof Verification",
            "One badge could keep the checker busy.",
        ),
    ]
}

/// 2^252 + 27742317777372353535851937790883648493, little-endian: the order of
/// the base point of Ed25519.
const ED25519_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// S + L instead of S.
fn with_the_order_added(signature: &[u8]) -> Vec<u8> {
    let mut twin = signature.to_vec();
    let mut carry = 0;
    for (byte, add) in twin[32..].iter_mut().zip(ED25519_ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    twin
}

/// The order of P-256, big-endian.
const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// n − s instead of s.
fn twin(signature: &[u8]) -> Vec<u8> {
    let mut other = signature.to_vec();
    let mut borrow = 0;
    for (byte, order) in other[32..].iter_mut().zip(P256_ORDER).rev() {
        let difference = i16::from(order) - i16::from(*byte) - borrow;
        borrow = i16::from(difference < 0);
        *byte = difference.to_le_bytes()[0];
    }
    other
}

/// A badge whose issuer is a did:key of these bytes.
fn of_raw_key(point: &[u8; 32]) -> Doc {
    let multibase = base58(&[&[0xed, 0x01], &point[..]].concat());
    let id = format!("did:key:{multibase}");
    signed()
        .text("/issuer/id", &id)
        .text("/proof/0/verificationMethod", &format!("{id}#{multibase}"))
}

fn signatures() -> Vec<Case> {
    const ANY: &str = "With such a key one signature fits every badge.";
    let bytes = signature_of(&signed());
    let mut identity = [0; 32];
    identity[0] = 1;
    let zero = [&identity[..], &[0; 32]].concat();
    let small = of_raw_key(&identity).text("/proof/0/proofValue", &base58(&zero));
    let order_two = {
        let mut point = [0xff; 32];
        point[0] = 0xec;
        point[31] = 0x7f;
        of_raw_key(&point).text("/proof/0/proofValue", &base58(&zero))
    };
    let party = Party::did_key(p256("issuer"));
    let ecdsa = badge_of(&party).sealed(&Seal::by(&party).suite(Suite::EcdsaRdfc2019));
    let high = ecdsa
        .clone()
        .text("/proof/0/proofValue", &base58(&twin(&signature_of(&ecdsa))));
    let zeros = ecdsa.text("/proof/0/proofValue", &base58(&[0; 64]));
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        valued(&base58(&bytes))
    };
    let weak = |name, badge: &Doc| {
        Case::forged(name)
            .badge(badge)
            .finds("proof", "fails key_weak")
            .outcome("changed")
    };
    vec![
        weak("small_order_key", &small).because(
            "The key is the neutral point, and R = 1, S = 0 signs anything.",
            "RFC 8032 §5.1.7; Choices, Signatures",
            ANY,
        ),
        weak("key_of_order_two", &order_two).because(
            "The key is the point of order two.",
            "RFC 8032 §5.1.7; Choices, Signatures",
            ANY,
        ),
        bad(
            "s_plus_the_order",
            &valued(&base58(&with_the_order_added(&bytes))),
        )
        .because(
            "S must be below the order of the base point.",
            "RFC 8032 §5.1.7",
            "One badge could be given a second signature without the key.",
        ),
        bad("first_half_of_signature_flipped", &flipped(3)).because(
            "One bit of R was changed.",
            DI,
            "Broken signatures would count.",
        ),
        bad("second_half_of_signature_flipped", &flipped(40)).because(
            "One bit of S was changed.",
            DI,
            "Broken signatures would count.",
        ),
        bad("ecdsa_of_zeros", &zeros).because(
            "r = s = 0 once passed for a signature of anything (CVE-2022-21449).",
            "FIPS 186-5 §6.4.2",
            "Anybody could write a badge of any issuer with a P-256 key.",
        ),
        Case::accept("ecdsa_twin")
            .badge(&high)
            .because(
                "The suite allows n − s for s, and other software writes it.",
                "Choices, Signatures",
                "Half of the badges of some software would be called changed.",
            )
            .finds("proof", "holds ok"),
    ]
}

fn options() -> Vec<Case> {
    let party = issuer();
    let purpose = badge().sealed(&Seal::by(&party).with("proofPurpose", "\"authentication\""));
    let own_context = signed().set(
        "/proof/0/@context",
        r#"["https://w3id.org/security/data-integrity/v2"]"#,
    );
    let unmapped = signed().text("/proof/0/remark", "checked by the council");
    let algorithm = badge_of(&Party::did_key(p256("issuer")))
        .sealed(&Seal::by(&Party::did_key(p256("issuer"))).suite(Suite::EcdsaRdfc2019));
    let algorithm = algorithm.text("/proof/0/cryptosuite", "eddsa-rdfc-2022");
    let without = |member| badge().sealed(&Seal::by(&party).without(member));
    vec![
        bad("wrong_purpose", &purpose).because(
            "The issuer signed to say who it is, not to say what the badge says.",
            DI,
            "What a wallet signs at a log-in could be made into a badge.",
        ),
        bad("no_purpose", &without("proofPurpose")).because(
            "A proof says what it is for.",
            "VC Data Integrity 1.0 §2.1",
            "What was signed for something else would count.",
        ),
        bad("no_verification_method", &without("verificationMethod")).because(
            "A proof says with which key it is checked.",
            "VC Data Integrity 1.0 §2.1",
            "A key would have to be guessed.",
        ),
        bad("no_proof_value", &signed().remove("/proof/0/proofValue")).because(
            "A proof without its value proves nothing.",
            "VC Data Integrity 1.0 §2.1",
            "Anybody could write a badge of the council.",
        ),
        Case::forged("proof_without_type")
            .badge(&signed().remove("/proof/0/type"))
            .because(
                "A proof says what it is.",
                "VC Data Integrity 1.0 §2.1",
                "A reader would have to guess how to check it.",
            )
            .finds("shape", "fails credential_shape"),
        bad("no_cryptosuite", &without("cryptosuite")).because(
            "A DataIntegrityProof must name its suite; one that does not is malformed, not merely unknown.",
            "VC Data Integrity 1.0 §2.1, cryptosuite",
            "A badge with a broken proof would look as if only we could not check it.",
        ),
        bad("proof_with_other_contexts", &own_context).because(
            "A proof's own contexts must be the beginning of the badge's.",
            "VC-DI-EDDSA 1.0, Verify Proof; VC Data Integrity 1.0, Context Injection",
            "The options of a proof could be given another meaning.",
        ),
        Case::forged("unsigned_member_in_a_proof")
            .badge(&unmapped)
            .because(
                "A member of the proof without a meaning is covered by no signature.",
                "Choices, Members that no context maps",
                "Words could be put beside the issuer's signature.",
            )
            .finds("proof", "fails jsonld_unmapped_term"),
        Case::forged("suite_of_another_algorithm")
            .badge(&algorithm)
            .because(
                "The suite is for Ed25519, the key is of P-256.",
                "VC-DI-EDDSA 1.0, Verify Proof",
                "An algorithm could be chosen by whoever writes the badge.",
            )
            .finds("proof", "fails proof_algorithm_mismatch"),
    ]
}

fn dates() -> Vec<Case> {
    let party = issuer();
    let created = |text: &str| badge().sealed(&Seal::by(&party).with("created", text));
    let expires = |text: &str| badge().sealed(&Seal::by(&party).with("expires", text));
    let good = |name, badge: &Doc| Case::accept(name).badge(badge).finds("proof", "holds ok");
    vec![
        Case::forged("created_in_the_future")
            .badge(&created("\"2026-11-25T12:06:00Z\""))
            .because(
                "The proof says it was made later than now, beyond how far clocks differ.",
                "Choices, Dates",
                "A stolen key could make badges that outlive its revocation.",
            )
            .finds("proof", "fails proof_in_future"),
        good(
            "created_by_a_clock_ahead",
            &created("\"2026-11-25T12:04:00Z\""),
        )
        .because(
            "Clocks may differ by five minutes.",
            "Choices, Dates",
            "A badge would be called forged in its first minutes.",
        ),
        Case::forged("created_without_zone")
            .badge(&created("\"2026-03-02T09:00:00\""))
            .because(
                "Without a zone nobody can say when it was.",
                "VC Data Integrity 1.0 §2.1, created",
                "Two readers would date the proof differently.",
            )
            .finds("shape", "fails date_invalid"),
        Case::forged("created_is_a_number")
            .badge(&created("1772442000"))
            .because(
                "A date is a text; one of the wrong type is not absent.",
                "VC Data Integrity 1.0 §2.1, created",
                "A date that a reader skips is no protection.",
            )
            .finds("shape", "fails credential_shape"),
        good(
            "no_created",
            &badge().sealed(&Seal::by(&party).without("created")),
        )
        .because(
            "The suites let the date of a proof be absent.",
            "VC Data Integrity 1.0 §2.1, created",
            "An honest badge would be turned away.",
        ),
        Case::not_current("proof_expired")
            .badge(&expires("\"2026-11-01T00:00:00Z\""))
            .because(
                "The seal is genuine, and has an end that has come.",
                "VC Data Integrity 1.0 §2.1, expires; Choices, An expired key or proof",
                "A seal would count longer than the issuer wanted.",
            )
            .finds("proof", "holds ok")
            .finds("key", "fails proof_expired")
            .outcome("expired"),
        good(
            "proof_that_will_expire",
            &expires("\"2026-12-01T00:00:00Z\""),
        )
        .because(
            "The end of the seal has not come.",
            "VC Data Integrity 1.0 §2.1, expires",
            "An honest badge would be turned away.",
        )
        .finds("key", "holds ok"),
        Case::forged("expires_without_zone")
            .badge(&expires("\"2036-11-01T00:00:00\""))
            .because(
                "Without a zone nobody can say when the end is.",
                "VC Data Integrity 1.0 §2.1, expires",
                "Two readers would end the proof at two moments.",
            )
            .finds("shape", "fails date_invalid"),
    ]
}

fn suites() -> Vec<Case> {
    let suite = |name: &str| signed().text("/proof/0/cryptosuite", name);
    let rsa = badge_1_1(&issuer(), ED25519_2020).set(
        "/proof",
        r#"{"type":"RsaSignature2018","created":"2022-03-02T09:00:00Z","verificationMethod":"https://northmarch.badges.example.org/keys/1","proofPurpose":"assertionMethod","jws":"eyJhbGciOiJSUzI1NiJ9..AAAA"}"#,
    );
    let unknown = |name, badge: &Doc| {
        Case::undecided(name)
            .badge(badge)
            .finds("proof", "unknown proof_unsupported")
            .outcome("unsupported")
    };
    const HONEST: &str = "An honest badge of newer software would be called forged.";
    vec![
        unknown("unknown_suite_alone", &suite("falcon-rdfc-2030")).because(
            "A suite that we do not know is neither good nor bad.",
            "Choices, Several proofs",
            HONEST,
        ),
        unknown("bbs_2023_alone", &suite("bbs-2023")).because(
            "A suite that we know of and do not check.",
            "Choices, Several proofs",
            HONEST,
        ),
        unknown("suite_in_other_letters", &suite("EdDSA-RDFC-2022")).because(
            "Names of suites are compared as they are written.",
            "VC Data Integrity 1.0 §2.1, cryptosuite",
            "Readers would differ in whether the badge is signed at all.",
        ),
        unknown("rsa_signature_2018", &rsa).because(
            "An old kind of proof that we do not check.",
            "Choices, Fails, or unknown",
            "An honest old badge would be called forged.",
        ),
    ]
}
