//! Selective disclosure: badges of which the holder shows a part.
//!
//! The badge here gives every thing an identifier, so its statements need no
//! names of their own, and the proof can be made in a few lines.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, engine};
use countersign::json::Object;
use countersign::proof::{Digester, Form, Reading, proof_digest};
use sha2::{Digest, Sha256};

const SD: &str = "VC-DI-ECDSA 1.0, ecdsa-sd-2023";

/// The parts of CBOR (RFC 8949 §3) that the proofs need.
fn head(kind: u8, count: usize) -> Vec<u8> {
    let kind = kind << 5;
    match u8::try_from(count).expect("a short list") {
        count @ 0..=23 => vec![kind | count],
        count => vec![kind | 24, count],
    }
}

fn bytes(content: &[u8]) -> Vec<u8> {
    [head(2, content.len()), content.to_vec()].concat()
}

fn text(content: &str) -> Vec<u8> {
    [head(3, content.len()), content.as_bytes().to_vec()].concat()
}

fn array(items: &[Vec<u8>]) -> Vec<u8> {
    [head(4, items.len()), items.concat()].concat()
}

fn value(tag: u8, items: &[Vec<u8>]) -> String {
    let content = [vec![0xd9, 0x5d, tag], array(items)].concat();
    format!("u{}", URL_SAFE_NO_PAD.encode(content))
}

fn issuer() -> Party {
    Party::did_key(p256("disclosing issuer"))
}

/// A badge in which every thing has an identifier.
fn badge() -> Doc {
    badge_of(&issuer())
        .text("/credentialSubject/role", "Care assistant")
        .text(
            "/credentialSubject/achievement/criteria/id",
            "https://northmarch.badges.example.org/criteria/moving",
        )
}

fn statements(document: &Doc) -> Vec<String> {
    let mut dataset = Dataset::new();
    engine(Edition::Newest)
        .read(&document.0, Some("proof"), &Mode::strict(), &mut dataset)
        .expect("JSON-LD");
    let text = canonicalize(&mut dataset, Hash::Sha256)
        .expect("an order")
        .nquads;
    text.lines().map(|line| format!("{line}\n")).collect()
}

/// What the pointers `/issuer`, `/validFrom` and `/validUntil` select, and with
/// them the types of the badge.
const POINTERS: [&str; 3] = ["/issuer", "/validFrom", "/validUntil"];

fn is_selected(statement: &str) -> bool {
    let of_issuer = statement.starts_with(&format!("<{}>", issuer().id));
    let of_badge = statement.starts_with(&format!("<{}>", super::endorsements::BADGE));
    let names = [
        "22-rdf-syntax-ns#type>",
        "credentials#issuer>",
        "credentials#validFrom>",
        "credentials#validUntil>",
    ];
    of_issuer || (of_badge && names.iter().any(|name| statement.contains(name)))
}

/// What an issuer made of a badge.
struct Made {
    options: Object<'static>,
    signature: Vec<u8>,
    key: Vec<u8>,
    by_statement: Vec<(String, Vec<u8>)>,
    mandatory: bool,
}

fn make(document: &Doc, mandatory: bool, signer: &Party) -> Made {
    let once = p256("used for one badge");
    let mut options = Object::new();
    options.set("type", "DataIntegrityProof");
    options.set("cryptosuite", "ecdsa-sd-2023");
    options.set("created", "2026-03-02T09:00:00Z");
    options.set("verificationMethod", issuer().method);
    options.set("proofPurpose", "assertionMethod");
    let digester = Digester::new(Form::Rdfc, Hash::Sha256, Reading::STANDARD);
    let all = statements(document);
    let selected: String = all
        .iter()
        .filter(|it| mandatory && is_selected(it))
        .cloned()
        .collect();
    let key = once.public().to_multicodec().expect("a key");
    let mut data = proof_digest(&document.0, &options, digester).expect("a proof");
    data.extend(&key);
    data.extend(Sha256::digest(selected));
    let by_statement = all
        .into_iter()
        .filter(|it| !(mandatory && is_selected(it)))
        .map(|it| {
            let signature = once.sign(it.as_bytes()).expect("a signature");
            (it, signature)
        });
    Made {
        signature: signer.key.sign(&data).expect("a signature"),
        options,
        key,
        by_statement: by_statement.collect(),
        mandatory,
    }
}

fn sealed(document: &Doc, made: &Made, value: String) -> Doc {
    let mut proof = made.options.clone();
    proof.set("proofValue", value);
    let mut sealed = document.clone();
    sealed.add_proof(proof);
    sealed
}

fn base(document: &Doc, made: &Made) -> Doc {
    let signatures: Vec<Vec<u8>> = made.by_statement.iter().map(|(_, it)| bytes(it)).collect();
    let pointers: Vec<Vec<u8>> = POINTERS
        .iter()
        .filter(|_| made.mandatory)
        .map(|it| text(it))
        .collect();
    let items = [
        bytes(&made.signature),
        bytes(&made.key),
        bytes(&[7; 32]),
        array(&signatures),
        array(&pointers),
    ];
    sealed(document, made, value(0, &items))
}

/// The part `shown` of the badge, with signatures for what it says, except
/// those that are `left_out` of.
fn derived(shown: &Doc, made: &Made, left_out: usize) -> Doc {
    let all = statements(shown);
    let known = |it: &String| made.by_statement.iter().find(|(known, _)| known == it);
    let signatures: Vec<Vec<u8>> = all
        .iter()
        .filter_map(known)
        .map(|(_, it)| bytes(it))
        .collect();
    let signatures = &signatures[..signatures.len() - left_out];
    let mandatory: Vec<Vec<u8>> = all
        .iter()
        .enumerate()
        .filter(|(_, it)| made.mandatory && is_selected(it))
        .map(|(at, _)| head(0, at))
        .collect();
    let items = [
        bytes(&made.signature),
        bytes(&made.key),
        array(signatures),
        head(5, 0),
        array(&mandatory),
    ];
    sealed(shown, made, value(1, &items))
}

pub(super) fn cases() -> Vec<Case> {
    [good(), bad()].concat()
}

fn good() -> Vec<Case> {
    let accept = |name, badge: &Doc| {
        Case::accept(name)
            .badge(badge)
            .finds("proof", "holds ok")
            .finds("issuer", "holds ok")
    };
    let free = make(&badge(), false, &issuer());
    let bound = make(&badge(), true, &issuer());
    let shown = badge().remove("/credentialSubject/role");
    vec![
        accept("disclosure_base", &base(&badge(), &bound)).because(
            "The issuer's own proof, which shows everything.",
            SD,
            "An honest badge would be turned away.",
        ),
        accept("disclosure_base_nothing_mandatory", &base(&badge(), &free)).because(
            "The same, with nothing that must be shown.",
            SD,
            "An honest badge would be turned away.",
        ),
        accept("disclosure_derived", &derived(&shown, &bound, 0)).because(
            "The holder left the role out, and shows the rest.",
            SD,
            "A learner could not show less than everything.",
        ),
        accept(
            "disclosure_end_that_need_not_be_shown",
            &derived(&badge().remove("/validUntil"), &free, 0),
        )
        .because(
            "The issuer did not make the end mandatory, so it may be missing without a trace.",
            "Choices, Selective disclosure",
            "An honest badge would be turned away; issuers must make the end mandatory.",
        )
        .outcome("current-no-expiry"),
    ]
}

fn bad() -> Vec<Case> {
    const UNSIGNED: &str = "A learner could write into a signed badge.";
    let case = |name, badge: &Doc| {
        Case::forged(name)
            .badge(badge)
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .outcome("changed")
    };
    let bound = make(&badge(), true, &issuer());
    let forged = make(&badge(), true, &Party::did_key(p256("thief")));
    let shown = badge().remove("/credentialSubject/role");
    let good = derived(&shown, &bound, 0);
    let name = "/credentialSubject/achievement/name";
    let behind = {
        let value = good.at("/proof/0/proofValue");
        let mut content = URL_SAFE_NO_PAD
            .decode(&value.as_str().expect("a value")[1..])
            .expect("base64url");
        content.push(0);
        good.clone().text(
            "/proof/0/proofValue",
            &format!("u{}", URL_SAFE_NO_PAD.encode(content)),
        )
    };
    vec![
        case(
            "disclosure_changed",
            &good.clone().text(name, "Administering medicines"),
        )
        .because(
            "A statement that is shown was changed.",
            SD,
            "A learner could rename a badge.",
        ),
        case(
            "disclosure_member_added",
            &good
                .clone()
                .text("/credentialSubject/narrative", "With distinction."),
        )
        .because("A statement that the issuer never made.", SD, UNSIGNED),
        case("disclosure_signature_left_out", &derived(&shown, &bound, 1)).because(
            "There are fewer signatures than statements.",
            SD,
            UNSIGNED,
        ),
        case(
            "disclosure_mandatory_end_left_out",
            &derived(&shown.clone().remove("/validUntil"), &bound, 0),
        )
        .because(
            "The issuer made the end mandatory, and it is not shown.",
            SD,
            "Lapsed training would look current.",
        ),
        case(
            "disclosure_by_somebody_elses_key",
            &derived(&shown, &forged, 0),
        )
        .because(
            "The key that signs the statements was not signed for by the issuer.",
            SD,
            "Anybody could write a badge of the council.",
        ),
        case("disclosure_with_a_byte_behind", &behind).because(
            "A byte behind the value of the proof.",
            "RFC 8949 §5.3.1; Choices, Selective disclosure",
            "One badge would have many spellings.",
        ),
        Case::forged("disclosure_without_a_required_member")
            .badge(&derived(
                &shown.remove("/credentialSubject/achievement/description"),
                &bound,
                0,
            ))
            .because(
                "What is shown lacks a member that every badge has.",
                "Open Badges 3.0, certification: a derived badge keeps all required members",
                "A reader would fill the gap differently.",
            )
            .finds("shape", "fails credential_shape"),
    ]
}
