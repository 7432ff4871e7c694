//! What is handed out, and what is not.

mod broken;
mod disclosed;
mod plain;
mod sets;

use super::*;
use crate::did;
use crate::issue::{Draft, Settings, lint, samples};
use crate::json;
use crate::keys::{Algorithm, SecretKey};
use crate::proof::Jws;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

/// The key that the golden badge was signed with. It is published: for tests.
const SEED: [u8; 32] = [
    0x62, 0x41, 0xa4, 0x09, 0xe6, 0x70, 0x7b, 0xb6, 0x40, 0xa0, 0x14, 0x0a, 0x8a, 0x32, 0xbc, 0x3d,
    0x19, 0x3c, 0x33, 0xa6, 0x61, 0x74, 0x72, 0x84, 0xd6, 0xad, 0xfa, 0x4e, 0xd4, 0x18, 0x0b, 0xe4,
];
const DID: &str = "did:web:badges.example.org";
const RDFC: Seal = Seal::Embedded(Suite::EddsaRdfc2022);
const JCS: Seal = Seal::Embedded(Suite::EddsaJcs2022);

fn golden_key() -> SecretKey {
    SecretKey::from_ed25519_seed(&SEED)
}

fn ed25519(seed: u8) -> SecretKey {
    SecretKey::from_ed25519_seed(&[seed; 32])
}

fn ecdsa(algorithm: Algorithm, seed: u64) -> SecretKey {
    SecretKey::generate(algorithm, &mut StdRng::seed_from_u64(seed)).expect("a key")
}

fn settings(controller: &str, seal: Seal) -> Settings {
    Settings::new(controller, seal)
}

fn ready(text: &str, settings: &Settings) -> Ready {
    let mut draft = Draft::parse(text.as_bytes()).expect("a draft");
    draft.set_issuer(&settings.controller);
    let (ready, _) =
        lint(draft, settings, samples::now()).unwrap_or_else(|broken| panic!("{broken:#?}"));
    ready
}

fn method(seal: Seal, verification_method: &str) -> Method {
    Method {
        seal,
        verification_method: verification_method.to_owned(),
        created: samples::now(),
    }
}

/// Signs `text` as `controller`.
fn signed(
    text: &str,
    key: &SecretKey,
    seal: Seal,
    controller: &str,
    verification_method: &str,
) -> Result<Signed, Error> {
    let ready = ready(text, &settings(controller, seal));
    sign(ready, key, &method(seal, verification_method))
}

/// Signs `text` as the key itself.
fn signed_by_did_key(text: &str, key: &SecretKey, seal: Seal) -> Result<Signed, Error> {
    let controller = did::key::did(key.public()).expect("a did:key");
    let id = did::key::method_id(key.public()).expect("a method");
    signed(text, key, seal, &controller, &id)
}

#[track_caller]
fn proofs_of(signed: &Signed) -> Vec<Value<'static>> {
    match signed {
        Signed::Json(object) => object
            .get("proof")
            .and_then(Value::as_array)
            .expect("a list of proofs")
            .to_vec(),
        Signed::Token(token) => panic!("{token}"),
    }
}

#[test]
fn the_golden_badge_is_signed_as_other_software_signed_it() {
    let golden = samples::value(samples::GOLDEN);
    let mut unsigned = golden.clone();
    samples::edit(&mut unsigned, "/proof", None);
    let key = golden_key();
    let claims = Claims {
        method: "did:web:badges.example.gov.uk#key-1",
        purpose: "assertionMethod",
        created: Moment::parse("2026-01-15T09:00:01Z").expect("a moment"),
        challenge: None,
        domain: None,
    };
    let proof = proof::create(&unsigned, &key, Suite::EddsaRdfc2022, &claims).expect("a proof");
    assert_eq!(
        proof.text("proofValue"),
        Some(
            "z2s5WS3Yr5JQX1x8yMjdjKaGc6ZHCcASwu8Dph8ZuTQbf2E6wqrW6P86m8J6kvDTrpLbGdZHtptJVHCBXt12ENGpD"
        )
    );

    let settings = settings("did:web:badges.example.gov.uk", RDFC);
    let method = Method {
        seal: RDFC,
        verification_method: claims.method.to_owned(),
        created: claims.created,
    };
    let issued = sign(ready(&unsigned.to_json(), &settings), &key, &method).expect("signed");
    assert_eq!(issued.text(), golden.to_json());
}

#[test]
fn every_suite_we_issue_with_signs_every_kind_of_credential() {
    let keys = [
        (Suite::EddsaRdfc2022, ed25519(1)),
        (Suite::EddsaJcs2022, ed25519(1)),
        (Suite::EcdsaRdfc2019, ecdsa(Algorithm::P256, 7)),
        (Suite::EcdsaJcs2019, ecdsa(Algorithm::P256, 7)),
        (Suite::EcdsaRdfc2019, ecdsa(Algorithm::P384, 7)),
        (Suite::EcdsaJcs2019, ecdsa(Algorithm::P384, 7)),
    ];
    for text in [samples::BADGE, samples::ENDORSEMENT, samples::STATUS_LIST] {
        for (suite, key) in &keys {
            let signed = signed_by_did_key(text, key, Seal::Embedded(*suite))
                .unwrap_or_else(|error| panic!("{suite:?}: {error}"));
            let proofs = proofs_of(&signed);
            let [proof] = proofs.as_slice() else {
                panic!("{proofs:?}");
            };
            for (member, value) in [
                ("type", "DataIntegrityProof"),
                ("cryptosuite", suite.name()),
                ("created", "2026-11-25T12:00:00Z"),
                ("proofPurpose", "assertionMethod"),
            ] {
                assert_eq!(proof.get(member).and_then(Value::as_str), Some(value));
            }
        }
    }
}

#[test]
fn methods_of_every_form_are_checked() {
    let key = ed25519(2);
    for (controller, id) in [
        (
            "did:web:badges.example.org",
            "did:web:badges.example.org#key-1",
        ),
        (
            "did:web:badges.example.org:issuers:x",
            "did:web:badges.example.org:issuers:x#key-1",
        ),
        (
            "https://badges.example.org/issuers/x",
            "https://badges.example.org/issuers/x#key-1",
        ),
        (
            "https://badges.example.org/issuers/x",
            "https://badges.example.org/issuers/x/keys/key-1",
        ),
    ] {
        for seal in [RDFC, JCS, Seal::VcJwt] {
            signed(samples::BADGE, &key, seal, controller, id)
                .unwrap_or_else(|error| panic!("{id} {seal:?}: {error}"));
        }
    }
    // A token of a DID may name the address of the bare key.
    signed(
        samples::BADGE,
        &key,
        Seal::VcJwt,
        "did:web:badges.example.org",
        "https://badges.example.org/keys/key-1",
    )
    .expect("signed");
}

#[test]
fn this_machine_may_be_the_issuer_while_developing() {
    let controller = "did:web:localhost%3A8080:issuers:x";
    let mut settings = settings(controller, RDFC);
    let method = method(RDFC, "did:web:localhost%3A8080:issuers:x#key-1");
    settings.dev = true;
    sign(ready(samples::BADGE, &settings), &ed25519(1), &method).expect("signed");
}

#[test]
fn keys_of_others_do_not_sign() {
    let key = ed25519(2);
    for (controller, id) in [
        ("did:web:a.example", "did:web:b.example#key-1"),
        ("did:web:a.example", "did:web:a.example:x#key-1"),
        ("did:web:a.example", "did:web:a.example"),
        ("did:web:a.example", "did:web:a.example#"),
        ("did:web:a.example", "https://b.example/keys/1"),
        ("did:web:a.example", "key-1"),
        ("did:web:a.example", ""),
        ("https://a.example/x", "https://a.example/y#key-1"),
        ("https://a.example/x", "https://b.example/x/keys/1"),
        ("https://a.example/x", "https://a.example:444/keys/1"),
    ] {
        for seal in [RDFC, Seal::VcJwt] {
            let error = signed(samples::BADGE, &key, seal, controller, id).expect_err(id);
            assert_eq!(
                error,
                Error::Method {
                    method: id.to_owned()
                }
            );
        }
    }
}

#[test]
fn a_did_that_is_its_key_is_checked_with_that_key() {
    let (key, other) = (ed25519(3), ed25519(4));
    let controller = did::key::did(other.public()).expect("a did:key");
    let id = did::key::method_id(other.public()).expect("a method");
    for seal in [RDFC, JCS, Seal::VcJwt] {
        let error = signed(samples::BADGE, &key, seal, &controller, &id).expect_err("another key");
        assert_eq!(error.code(), "issue_mismatch");
        assert!(!error.is_unknown());
    }
}

#[test]
fn keys_and_suites_have_to_fit() {
    let ready = |seal| {
        ready(
            samples::BADGE,
            &settings("did:web:badges.example.org", seal),
        )
    };
    for (seal, key, expected) in [
        (RDFC, ecdsa(Algorithm::P256, 7), "proof_algorithm_mismatch"),
        (
            Seal::Embedded(Suite::EcdsaRdfc2019),
            ed25519(1),
            "proof_algorithm_mismatch",
        ),
        (
            Seal::Embedded(Suite::Eddsa2022),
            ed25519(1),
            "proof_unsupported",
        ),
        (
            Seal::Embedded(Suite::Ed25519Signature2020),
            ed25519(1),
            "proof_unsupported",
        ),
        (
            Seal::Embedded(Suite::EcdsaSd2023),
            ecdsa(Algorithm::P256, 7),
            "proof_unsupported",
        ),
    ] {
        let method = method(seal, "did:web:badges.example.org#key-1");
        let error = sign(ready(seal), &key, &method).expect_err("not signed");
        assert_eq!(error.code(), expected);
    }
    for (linted, asked) in [(RDFC, JCS), (RDFC, Seal::VcJwt), (Seal::VcJwt, RDFC)] {
        let method = method(asked, "did:web:badges.example.org#key-1");
        let error = sign(ready(linted), &ed25519(1), &method).expect_err("not signed");
        assert_eq!(error, Error::Seal);
    }
}

fn token_of(signed: &Signed) -> &str {
    match signed {
        Signed::Token(token) => token,
        Signed::Json(object) => panic!("{object:?}"),
    }
}

#[test]
fn tokens_say_what_the_credential_says_and_no_more() {
    let rsa = SecretKey::generate_rsa(crate::keys::RsaSize::Bits2048).expect("a key");
    let keys = [
        ("RS256", rsa),
        ("ES256", ecdsa(Algorithm::P256, 7)),
        ("ES384", ecdsa(Algorithm::P384, 7)),
        ("EdDSA", ed25519(1)),
    ];
    for (alg, key) in keys {
        let id = "did:web:badges.example.org#key-1";
        let signed = signed(samples::BADGE, &key, Seal::VcJwt, DID, id).expect("signed");
        assert_eq!(signed.media_type(), "text/plain");
        let jws = Jws::parse(token_of(&signed)).expect("a token");
        let header: Vec<_> = jws
            .header()
            .iter()
            .map(|(name, value)| (name, value.as_str().unwrap_or("?")))
            .collect();
        assert_eq!(header, [("alg", alg), ("kid", id), ("typ", "JWT")]);
        let payload = json::parse(jws.payload()).expect("JSON");
        for (claim, place) in [
            ("iss", "/issuer/id"),
            ("jti", "/id"),
            ("sub", "/credentialSubject/id"),
        ] {
            let said = place
                .split('/')
                .skip(1)
                .try_fold(&payload, |at, step| at.get(step));
            assert_eq!(payload.get(claim), said, "{claim}");
        }
        assert_eq!(payload.get("nbf"), Some(&Value::from(1_772_442_000)));
        assert_eq!(payload.get("exp"), Some(&Value::from(1_867_136_400)));
        assert!(payload.get("iat").is_none() && payload.get("aud").is_none());
    }
}

#[test]
fn a_badge_too_large_for_a_token_is_told() {
    let mut draft = samples::value(samples::BADGE);
    let picture = format!("data:image/png;base64,{}", "A".repeat(120_000));
    for place in ["/image/id", "/credentialSubject/achievement/image/id"] {
        samples::edit(&mut draft, place, Some(Value::from(picture.clone())));
    }
    let id = "did:web:badges.example.org#ed";
    let error = signed(&draft.to_json(), &ed25519(1), Seal::VcJwt, DID, id).expect_err("too large");
    assert_eq!(error, Error::TooLarge);
    assert!(error.is_unknown());
}

#[test]
fn a_badge_too_large_for_readers_is_told() {
    let evidence = |text: &str| {
        let one = format!(r#"{{"type":["Evidence"],"narrative":"{text}"}}"#);
        json::parse(one.as_bytes()).expect("JSON").into_owned()
    };
    let pages = |count: usize| {
        let page = evidence(&"x".repeat(15_000));
        let mut draft = samples::value(samples::BADGE);
        let list = Value::Array(vec![page; count]);
        samples::edit(&mut draft, "/evidence", Some(list));
        draft.to_json()
    };
    let id = "did:web:badges.example.org#ed";
    assert!(signed(&pages(130), &ed25519(1), JCS, DID, id).is_ok());
    let error = signed(&pages(150), &ed25519(1), JCS, DID, id).expect_err("too large");
    assert_eq!(error, Error::TooLarge);
}

#[test]
fn the_same_badge_is_always_signed_the_same() {
    let key = ed25519(8);
    for seal in [RDFC, JCS, Seal::VcJwt] {
        let once = signed_by_did_key(samples::BADGE, &key, seal);
        assert_eq!(once, signed_by_did_key(samples::BADGE, &key, seal));
        assert!(once.is_ok());
    }
}
