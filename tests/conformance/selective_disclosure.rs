//! The `ecdsa-sd-2023` vectors of VC-DI-ECDSA §A.7 and §A.8, end to end, and
//! the badge of the 1EdTech validator.

use crate::suite::{folder, text};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::canon::{Catalog, Edition, Engine};
use countersign::clock::Moment;
use countersign::json::{self, Object, Value};
use countersign::keys::{PublicKey, SecretKey};
use countersign::proof::sd::{self, Kind};
use countersign::proof::{Claims, Error, Reading};

/// Contexts that only the vectors use.
const CONTEXTS: [(&str, &str); 3] = [
    (
        "https://w3id.org/citizenship/v4rc1",
        "test-only_citizenship_v4rc1.json",
    ),
    (
        "https://w3id.org/citizenship/v3",
        "test-only_citizenship_v3.json",
    ),
    (
        "https://www.w3.org/ns/credentials/examples/v2",
        "test-only_credentials_examples_v2.json",
    ),
];

fn engine_with_theirs() -> Option<Engine> {
    let folder = folder("contexts")?;
    let mut catalog = Catalog::shipped(Edition::Newest);
    for (url, file) in CONTEXTS {
        catalog.add(url, &text(&folder.join(file)));
    }
    Some(Engine::new(catalog))
}

#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a vector that is not what it should be ends the test"
)]
fn check<'e>(document: &Value<'_>, reader: impl Into<sd::Reader<'e>>) -> Result<Kind, Error> {
    let proofs = document.get("proof").expect("a proof").one_or_many();
    let proof = proofs[0].as_object().expect("an object");
    let method = proof.text("verificationMethod").expect("a method");
    let (_, key) = method.split_once('#').expect("a fragment");
    let key = PublicKey::from_multibase(key).expect("a key");
    let value = proof.text("proofValue").expect("a value");
    sd::verify(document, proof, value, &key, reader)
}

#[test]
fn the_standards_badges_hold_and_change_nothing() {
    let suite = "vectors/vc-di-ecdsa/TestVectors/ecdsa-sd-2023";
    let (Some(folder), Some(engine)) = (folder(suite), engine_with_theirs()) else {
        return;
    };
    for (name, kind) in [
        ("employ/addSignedSDBase.json", Kind::Base),
        ("employ/derivedRevealDocument.json", Kind::Derived),
        ("prc/addSignedSDBase.json", Kind::Base),
        ("prc/derivedRevealDocument.json", Kind::Derived),
    ] {
        let text = text(&folder.join(name));
        let document = json::parse(text.as_bytes()).expect("JSON");
        assert_eq!(check(&document, &engine), Ok(kind), "{name}");
        for (from, to) in [
            ("Bahamas", "Bermuda"),
            ("Arcadia", "Ruritania"),
            ("2015-01-01", "2014-01-01"),
            ("T00:00:00Z", "T01:00:00Z"),
            ("image/png", "image/gif"),
        ] {
            let changed = text.replacen(from, to, 1);
            let changed = json::parse(changed.as_bytes()).expect("JSON");
            if changed != document {
                assert_eq!(
                    check(&changed, &engine),
                    Err(Error::Signature),
                    "{name} {to}"
                );
            }
        }
    }
}

#[test]
fn the_badge_of_the_1edtech_validator_holds() {
    let Some(folder) = folder("vectors/1edtech-public-validator/ob30/sd") else {
        return;
    };
    let text = text(&folder.join("derivedcredential.json"));
    let document = json::parse(text.as_bytes()).expect("JSON");
    assert_eq!(check(&document, Reading::STANDARD), Ok(Kind::Derived));
}

/// A value with the first half of each signature only: both halves of `s` are
/// right, and ours is always the lower one.
fn elements(value: &str) -> Vec<ciborium::Value> {
    let bytes = URL_SAFE_NO_PAD.decode(&value[1..]).expect("base64url");
    assert_eq!(bytes[..3], [0xd9, 0x5d, 0x00]);
    let value: ciborium::Value = ciborium::from_reader(&bytes[3..]).expect("CBOR");
    let mut elements = value.into_array().expect("an array");
    let cut = |value: &mut ciborium::Value| value.as_bytes_mut().expect("bytes").truncate(32);
    cut(&mut elements[0]);
    elements[3]
        .as_array_mut()
        .expect("signatures")
        .iter_mut()
        .for_each(cut);
    elements
}

/// The standard's own keys, pointers and options, over its own documents: the
/// same value. Its first halves of signatures come from the nonce, which both
/// sides make of the message (RFC 6979): every statement is the same.
#[test]
fn with_the_standards_secrets_its_own_base_proofs_are_made() {
    let suite = "vectors/vc-di-ecdsa/TestVectors/ecdsa-sd-2023";
    let (Some(folder), Some(engine)) = (folder(suite), engine_with_theirs()) else {
        return;
    };
    let material = text(&folder.join("SDKeyMaterial.json"));
    let material: serde_json::Value = serde_json::from_str(&material).expect("JSON");
    let key =
        |name: &str| SecretKey::parse(material[name].to_string().as_bytes()).expect("a secret key");
    let hmac_key: [u8; 32] = std::array::from_fn(|at| (at % 16 * 0x11) as u8);
    for name in ["employ", "prc"] {
        let signed = text(&folder.join(name).join("addSignedSDBase.json"));
        let mut document = json::parse(signed.as_bytes()).expect("JSON").into_owned();
        let object = document.as_object_mut().expect("an object");
        let theirs = object.remove("proof").expect("a proof");
        let theirs = theirs.one_or_many()[0]
            .as_object()
            .expect("a proof")
            .clone();
        let pointers =
            text(&folder.join(format!("../{name}Mandatory.json").replace("prc", "prCred")));
        let pointers: Vec<String> = serde_json::from_str(&pointers).expect("JSON");
        let claims = Claims {
            method: theirs.text("verificationMethod").expect("a method"),
            purpose: "assertionMethod",
            created: Moment::parse(theirs.text("created").expect("a date")).expect("a moment"),
            challenge: None,
            domain: None,
        };
        let chance = sd::Chance::known(hmac_key, key("proofKeyPair"));
        let ours = sd::create(
            &document,
            &key("baseKeyPair"),
            &claims,
            (&pointers, chance),
            &engine,
        );
        let ours = ours.expect("a proof");
        let value = |proof: &Object<'_>| elements(proof.text("proofValue").expect("a value"));
        assert_eq!(value(&ours), value(&theirs), "{name}");
    }
}
