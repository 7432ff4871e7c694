//! FZ-05: the options of Data Integrity proofs.
//!
//! The input is a proof as JSON, or bytes from which one is made; members that
//! every proof has are put in where they are missing. Asserts: no
//! panic; a signature is no longer than its limit; whatever a proof says
//! except its value is signed: another value of any member, or one member
//! less, gives other data to verify or none.

#![no_main]

use arbitrary::Unstructured;
use countersign::canon::rdfc::Hash;
use countersign::json::{self, Object, Value};
use countersign::limits;
use countersign::proof::{Options, Suite, data_to_verify};
use countersign_fuzz::tree;
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],
    "type":"VerifiableCredential","issuer":"https://a.example","credentialSubject":{"id":"urn:uuid:1"}}"#;

fuzz_target!(|bytes: &[u8]| {
    if bytes.first() == Some(&b'{') {
        if let Ok(text) = std::str::from_utf8(bytes) {
            check(text);
        }
    } else if let Ok(text) = tree::object(&mut Unstructured::new(bytes)) {
        check(&text);
    }
});

fn check(text: &str) {
    let Ok(tree) = json::parse(text.as_bytes()) else {
        return;
    };
    let Some(proof) = tree.as_object() else {
        return;
    };
    if let Ok(options) = Options::read(proof) {
        assert_eq!(Suite::of(proof), Some(options.suite));
        if let Ok(signature) = options.signature() {
            assert!(signature.len() <= limits::PROOF_VALUE_BYTES);
        }
    }
    for suite in [Suite::EddsaRdfc2022, Suite::EddsaJcs2022] {
        let proof = completed(proof, suite);
        if Options::read(&proof).is_ok() {
            all_is_signed(&proof, suite);
        }
    }
}

fn completed<'p>(proof: &Object<'p>, suite: Suite) -> Object<'p> {
    let mut completed = proof.clone();
    for (name, value) in [
        ("type", "DataIntegrityProof"),
        ("cryptosuite", suite.name()),
        ("verificationMethod", "https://a.example#key-1"),
        ("proofPurpose", "assertionMethod"),
        ("proofValue", "z3"),
    ] {
        if !completed.contains(name) {
            completed.set(name, value);
        }
    }
    completed
}

fn all_is_signed(proof: &Object<'_>, suite: Suite) {
    let document = json::parse(DOCUMENT.as_bytes()).expect("JSON");
    let data = |proof: &Object<'_>| data_to_verify(&document, proof, suite, Hash::Sha256).ok();
    let Some(original) = data(proof) else { return };
    assert_eq!(original.len(), 64);
    for (name, value) in proof.iter() {
        if matches!(name, "proofValue" | "@context") {
            continue;
        }
        let mut shorter = proof.clone();
        shorter.remove(name);
        if says_something(value) {
            assert_ne!(
                data(&shorter).as_ref(),
                Some(&original),
                "not signed: {name} of {proof:?}"
            );
        }
        let mut changed = proof.clone();
        changed.set(
            name.to_owned(),
            Value::from("https://other.example/changed"),
        );
        if changed != *proof {
            assert_ne!(
                data(&changed).as_ref(),
                Some(&original),
                "not signed: {name} of {proof:?}"
            );
        }
    }
}

/// Empty arrays make no statement, so nothing is lost with them.
fn says_something(value: &Value<'_>) -> bool {
    match value {
        Value::Array(items) => items.iter().any(says_something),
        _ => true,
    }
}
