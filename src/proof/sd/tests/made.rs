//! Base proofs that we make.

use super::*;
use crate::canon;
use crate::clock::Moment;
use crate::keys::SecretKey;
use crate::proof::Claims;
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

fn key() -> SecretKey {
    SecretKey::generate(Algorithm::P256, &mut StdRng::seed_from_u64(1)).expect("a key")
}

fn chance(seed: u64) -> Chance {
    Chance::new(&mut StdRng::seed_from_u64(seed)).expect("chance")
}

fn badge() -> Value<'static> {
    let mut badge = Sealed::read(PICKED_BASE).document;
    badge.as_object_mut().expect("an object").remove("proof");
    badge
}

fn make(document: &Value<'_>, pointers: &[&str], chance: Chance) -> Result<Object<'static>, Error> {
    let pointers: Vec<String> = pointers.iter().map(|one| (*one).to_owned()).collect();
    let claims = Claims {
        method: "did:key:z#z",
        purpose: "assertionMethod",
        created: Moment::parse("2026-11-25T12:00:00Z").expect("a moment"),
        challenge: None,
        domain: None,
    };
    create(
        document,
        &key(),
        &claims,
        (&pointers, chance),
        Reading::STANDARD,
    )
}

fn sealed(document: Value<'static>, proof: Object<'static>) -> Sealed {
    Sealed {
        value: proof.text("proofValue").expect("a value").to_owned(),
        key: key().public().clone(),
        document,
        proof,
    }
}

#[test]
fn what_is_made_holds_and_a_changed_leaf_does_not() {
    for pointers in [
        &[][..],
        &["/issuer"],
        &["/issuer", "/credentialSubject"],
        &[""],
    ] {
        let proof = make(&badge(), pointers, chance(2)).expect("a proof");
        let sealed = sealed(badge(), proof);
        assert_eq!(sealed.check(), Ok(Kind::Base), "{pointers:?}");
        let other = sealed.with("/validFrom", "2001-01-01T00:00:00Z");
        fails(&other, &Error::Signature);
        let other = sealed.with_proof(|proof| proof.set("created", "2026-11-25T12:00:01Z"));
        fails(&other, &Error::Signature);
    }
}

#[test]
fn every_proof_has_secrets_of_its_own() {
    let one = make(&badge(), &["/issuer"], chance(2)).expect("a proof");
    let again = make(&badge(), &["/issuer"], chance(2)).expect("a proof");
    let other = make(&badge(), &["/issuer"], chance(3)).expect("a proof");
    assert_eq!(one, again);
    assert_ne!(one.text("proofValue"), other.text("proofValue"));
}

#[test]
fn a_pointer_that_leads_nowhere_makes_no_proof() {
    for (pointer, expected) in [
        ("issuer", Error::Value),
        ("/~2", Error::Value),
        ("/nothing", Error::Signature),
        ("/proof", Error::Signature),
    ] {
        assert_eq!(
            make(&badge(), &[pointer], chance(2)),
            Err(expected),
            "{pointer}"
        );
    }
}

#[test]
fn only_keys_of_p_256_make_it() {
    let claims = Claims {
        method: "did:key:z#z",
        purpose: "assertionMethod",
        created: Moment::parse("2026-11-25T12:00:00Z").expect("a moment"),
        challenge: None,
        domain: None,
    };
    for algorithm in [Algorithm::Ed25519, Algorithm::P384] {
        let other = SecretKey::generate(algorithm, &mut StdRng::seed_from_u64(5)).expect("a key");
        let made = create(
            &badge(),
            &other,
            &claims,
            (&[], chance(2)),
            Reading::STANDARD,
        );
        assert_eq!(made, Err(Error::Algorithm), "{algorithm:?}");
        let made = create(
            &badge(),
            &key(),
            &claims,
            (&[], Chance::known([0; 32], other)),
            Reading::STANDARD,
        );
        assert_eq!(made, Err(Error::Algorithm));
    }
}

#[test]
fn what_cannot_be_divided_is_not_signed() {
    let mut listed = badge();
    let achievement = listed
        .as_object_mut()
        .and_then(|badge| badge.get_mut("credentialSubject"))
        .and_then(Value::as_object_mut)
        .and_then(|subject| subject.get_mut("achievement"))
        .and_then(Value::as_object_mut)
        .expect("an achievement");
    let description = json::parse(
        br#"[{"id":"urn:uuid:r","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["A","B"]}]"#,
    );
    achievement.set("resultDescription", description.expect("JSON"));
    let refused = make(&listed, &["/issuer"], chance(2)).expect_err("an ordered list");
    assert!(matches!(refused, Error::Unsupported { .. }), "{refused:?}");
    let mut unmapped = badge();
    let object = unmapped.as_object_mut().expect("an object");
    object.set("colour", "green");
    let refused = make(&unmapped, &[], chance(2)).expect_err("an unmapped term");
    assert!(
        matches!(refused, Error::Canon(canon::Error::UnmappedTerm { .. })),
        "{refused:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn whatever_chance_gives_the_proof_holds(seed: u64) {
        let proof = make(&badge(), &["/issuer"], chance(seed)).expect("a proof");
        prop_assert_eq!(sealed(badge(), proof).check(), Ok(Kind::Base));
    }
}
