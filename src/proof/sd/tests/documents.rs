//! A document, or the options of its proof, that are not what was signed.

use super::*;
use std::borrow::Cow;

/// Each pointer to a simple value, the contexts and the proof excepted.
fn leaves(value: &Value<'_>, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object
                .iter()
                .filter(|(name, _)| !matches!(*name, "@context" | "proof"))
            {
                leaves(value, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, &format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

#[test]
fn a_changed_leaf_fails() {
    let mut count = 0;
    for text in [PICKED_BASE, PICKED_DERIVED, NOTHING_DERIVED, FOREIGN] {
        let sealed = Sealed::read(text);
        let mut pointers = Vec::new();
        leaves(&sealed.document, "", &mut pointers);
        for pointer in pointers {
            let value =
                pointer
                    .split('/')
                    .skip(1)
                    .fold(&sealed.document, |value, step| match value {
                        Value::Array(items) => &items[step.parse::<usize>().expect("a number")],
                        other => other.get(step).expect("a member"),
                    });
            let other = match value.as_str() {
                Some(text) => Value::String(Cow::Owned(format!("{text}x"))),
                None => Value::from(7),
            };
            let outcome = sealed.with(&pointer, other).check();
            assert!(outcome.is_err_and(|error| !error.is_unknown()), "{pointer}");
            count += 1;
        }
    }
    assert!(count > 90, "{count}");
}

#[test]
fn a_statement_more_or_less_fails() {
    for text in [PICKED_BASE, PICKED_DERIVED, FOREIGN] {
        let sealed = Sealed::read(text);
        fails(
            &sealed.with("/issuer/url", "https://example.org/"),
            &Error::Signature,
        );
        let names = sealed.document.as_object().expect("an object").clone();
        for (name, _) in names
            .iter()
            .filter(|(name, _)| !matches!(*name, "@context" | "proof"))
        {
            let mut less = sealed.clone();
            less.document
                .as_object_mut()
                .expect("an object")
                .remove(name);
            assert!(less.check().is_err(), "{name}");
        }
    }
}

#[test]
fn the_options_of_the_proof_are_signed() {
    for text in [PICKED_BASE, PICKED_DERIVED, FOREIGN] {
        let sealed = Sealed::read(text);
        for (member, value) in [
            ("created", "2026-11-25T13:52:18Z"),
            ("proofPurpose", "authentication"),
            ("verificationMethod", "did:example:other"),
            ("challenge", "1"),
            ("expires", "2030-01-01T00:00:00Z"),
            ("id", "urn:example:proof"),
        ] {
            fails(
                &sealed.with_proof(|proof| proof.set(member, value)),
                &Error::Signature,
            );
        }
        fails(
            &sealed.with_proof(|proof| proof.set("cryptosuite", "ecdsa-rdfc-2019")),
            &Error::Member {
                member: "cryptosuite",
            },
        );
        is_unsupported(&sealed.with_proof(|proof| proof.set("previousProof", "urn:example:1")));
        let unmapped = sealed.with_proof(|proof| proof.set("note", "?")).check();
        assert!(matches!(unmapped, Err(Error::Canon(_))));
    }
}

#[test]
fn contexts_of_the_proof_are_the_documents() {
    let sealed = Sealed::read(PICKED_DERIVED);
    let contexts = sealed.document.get("@context").expect("contexts").clone();
    let first = contexts.one_or_many()[0].clone();
    for own in [contexts, first] {
        let with_own = sealed.with_proof(|proof| proof.set("@context", own.clone()));
        assert_eq!(with_own.check(), Ok(Kind::Derived));
    }
    let other = sealed
        .with_proof(|proof| proof.set("@context", "https://w3id.org/security/data-integrity/v2"));
    fails(&other, &Error::Contexts);
    let mut none = sealed.clone();
    none.document
        .as_object_mut()
        .expect("an object")
        .remove("@context");
    fails(&none, &Error::Contexts);
}

#[test]
fn a_selection_that_is_not_exact_is_not_judged() {
    let sealed = Sealed::read(PICKED_BASE);
    let pointing_at = |pointer: &str| {
        let pointer = Cbor::from(pointer);
        sealed.with_list(POINTERS, |pointers| pointers.push(pointer))
    };
    is_unsupported(&pointing_at("/name/0/@value"));
    is_unsupported(&pointing_at("/evidence/name"));
    let list = |items| {
        let mut description = Object::new();
        description.set("id", "urn:example:result");
        description.set("type", vec![Value::from("ResultDescription")]);
        description.set("allowedValue", Value::Array(items));
        let place = "/credentialSubject/achievement/resultDescription";
        sealed.with(place, description)
    };
    is_unsupported(&list(vec![Value::from("Pass"), Value::from("Merit")]));
    is_unsupported(&list(Vec::new()));
    let mut proof = Object::new();
    proof.set("type", "DataIntegrityProof");
    proof.set("proofPurpose", "assertionMethod");
    let endorsement = "/credentialSubject/achievement/endorsement/0";
    let nested = sealed.with(&format!("{endorsement}/proof"), proof);
    fails(&nested, &Error::Signature);
    let pointer = Cbor::from(endorsement);
    is_unsupported(&nested.with_list(POINTERS, |pointers| pointers.push(pointer)));
}

#[test]
fn language_tags_are_read_as_told() {
    let sealed = Sealed::read(PICKED_DERIVED);
    let Sealed {
        document,
        proof,
        value,
        key,
    } = &sealed;
    let as_written = Reading {
        keep_language_case: true,
        ..Reading::STANDARD
    };
    let outcome = verify(document, proof, value, key, as_written);
    assert_eq!(outcome, Err(Error::Signature));
}
