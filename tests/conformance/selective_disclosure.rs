//! The `ecdsa-sd-2023` vectors of VC-DI-ECDSA §A.7 and §A.8, end to end, and
//! the badge of the 1EdTech validator.

use crate::suite::{folder, text};
use countersign::canon::{Catalog, Edition, Engine};
use countersign::json::{self, Value};
use countersign::keys::PublicKey;
use countersign::proof::sd::{self, Kind};
use countersign::proof::{Error, Reading};

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
