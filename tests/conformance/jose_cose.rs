//! W3C VC-JOSE-COSE: its JOSE tests, numbered as in the suite.
//!
//! SD-JWT and COSE are not supported; `skip.toml` names their files. None of
//! those may be taken for a badge.

use crate::replay::{check, line};
use crate::skips::Skips;
use crate::suite::{bytes, folder, names, text};
use countersign::json::{self, Object, Value};
use countersign::keys::{Error as KeyError, PublicKey, SecretKey};
use countersign::proof::{Error, Jws, sign_jws};
use countersign::verify::Policy;
use std::path::Path;

/// The public and the secret key of a verification method, as JWKs.
fn method(folder: &Path, name: &str) -> (Object<'static>, Object<'static>) {
    let text = text(&folder.join(format!("vm-{name}.json")));
    let method = json::parse(text.as_bytes()).expect("JSON").into_owned();
    let key = |member: &str| {
        let key = method.get(member).and_then(Value::as_object);
        key.expect("a key").clone()
    };
    (key("publicKeyJwk"), key("secretKeyJwk"))
}

/// A test of the suite: its number, file and key, and how the token ends.
const VERIFY: [(u8, &str, &str, Result<(), &str>); 11] = [
    (6, "credential-jose-minimal.txt", "p256", Ok(())),
    (7, "presentation-jose-multiple.txt", "p384", Ok(())),
    (8, "credential-issuer-match-signed.txt", "ed25519", Ok(())),
    (
        9,
        "credential-jose-unknown-extensions.txt",
        "ed25519",
        Err("proof_unsupported"),
    ),
    (
        10,
        "credential-minimal.json",
        "ed25519",
        Err("jwt_malformed"),
    ),
    (
        11,
        "presentation-single.json",
        "ed25519",
        Err("jwt_malformed"),
    ),
    (
        12,
        "credential-jose-bad-signature.txt",
        "ed25519",
        Err("PROOF_VERIFICATION_ERROR"),
    ),
    (
        13,
        "credential-jose-bad-media-type.txt",
        "ed25519",
        Err("jwt_header_refused"),
    ),
    (
        14,
        "presentation-jose-bad-media-type.txt",
        "ed25519",
        Err("jwt_header_refused"),
    ),
    // The token is good; what is in it is not (see below).
    (15, "credential-jose-vc-vp-claims.txt", "ed25519", Ok(())),
    (
        16,
        "presentation-jose-bad-credential.txt",
        "ed25519",
        Ok(()),
    ),
];

fn verify(token: &str, key: &PublicKey) -> Result<(), Error> {
    Jws::parse(token)?.verify(key)
}

#[test]
fn tokens_hold_or_not_as_the_suite_says() {
    let Some(folder) = folder("vectors/vc-jose-cose/tests/input") else {
        return;
    };
    for (number, file, key, expected) in VERIFY {
        let token = text(&folder.join(file));
        let token = token.trim();
        let (public, _) = method(&folder, key);
        let key = PublicKey::from_jwk(&public).expect("a key");
        let outcome = verify(token, &key).map_err(|error| error.code());
        assert_eq!(outcome, expected, "{number}");
        // Whatever holds does so with its own key only.
        for other in ["p256", "p384", "ed25519"] {
            let (other, _) = method(&folder, other);
            let other = PublicKey::from_jwk(&other).expect("a key");
            if other.thumbprint() != key.thumbprint() {
                assert!(verify(token, &other).is_err(), "{number}");
            }
        }
        for at in 0..3 {
            let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
            if let Some(part) = parts.get_mut(at) {
                let first = if part.starts_with('A') { "B" } else { "A" };
                part.replace_range(..1, first);
                assert!(verify(&parts.join("."), &key).is_err(), "{number} {at}");
            }
        }
    }
}

/// What the suite's issuer would publish.
fn controller(folder: &Path) -> Vec<u8> {
    let methods: Vec<serde_json::Value> = ["p256", "p384", "ed25519"]
        .iter()
        .map(|name| {
            let method = bytes(&folder.join(format!("vm-{name}.json")));
            let mut method: serde_json::Value = serde_json::from_slice(&method).expect("JSON");
            method
                .as_object_mut()
                .expect("an object")
                .remove("secretKeyJwk");
            method
        })
        .collect();
    let ids: Vec<serde_json::Value> = methods.iter().map(|method| method["id"].clone()).collect();
    let document = serde_json::json!({
        "id": "https://example.issuer/vc-jose-cose",
        "verificationMethod": methods,
        "assertionMethod": ids,
        "authentication": ids,
    });
    document.to_string().into_bytes()
}

/// How a whole check of each file ends. The examples' contexts are none that a
/// badge may have, so even what the suite accepts stays undecided, and a bad
/// signature is not reached.
const CHECKS: [(&str, &str); 9] = [
    ("credential-issuer-match-signed.txt", UNKNOWN_CONTEXT),
    (
        "credential-jose-bad-media-type.txt",
        "reject changed [format fails jwt_header_refused]",
    ),
    ("credential-jose-bad-signature.txt", UNKNOWN_CONTEXT),
    ("credential-jose-minimal.txt", UNKNOWN_CONTEXT),
    (
        "credential-jose-unknown-extensions.txt",
        "undecided unsupported [format unknown proof_unsupported]",
    ),
    ("credential-jose-vc-vp-claims.txt", UNKNOWN_CONTEXT),
    ("presentation-jose-bad-credential.txt", UNKNOWN_CONTEXT),
    (
        "presentation-jose-bad-media-type.txt",
        "reject changed [format fails jwt_header_refused]",
    ),
    ("presentation-jose-multiple.txt", UNKNOWN_CONTEXT),
];

const UNKNOWN_CONTEXT: &str = "undecided unsupported [contexts unknown context_not_allowed]";
const NO_BADGE: &str = "undecided no-badge-found [format unknown no_badge_found]";

#[test]
fn what_the_suite_refuses_is_refused_and_nothing_is_a_badge() {
    let Some(folder) = folder("vectors/vc-jose-cose/tests/input") else {
        return;
    };
    let skips = Skips::of("vc-jose-cose");
    for name in names(&folder, ".txt") {
        let report = check(&bytes(&folder.join(&name)), Policy::default(), &|wanted| {
            (wanted.url == "https://example.issuer/vc-jose-cose").then(|| controller(&folder))
        });
        let ends = line(&report);
        assert!(!ends.starts_with("accept"), "{name}");
        match CHECKS.iter().find(|(file, _)| *file == name) {
            Some((_, expected)) => assert!(ends == *expected || skips.has(&name), "{name} {ends}"),
            None => {
                assert_eq!(ends, NO_BADGE, "{name}");
                assert!(skips.has(&name), "{name} is neither here nor left out");
            }
        }
    }
    skips.assert_all_used();
}

/// Tests 1 to 5: what we issue with the suite's keys, we and its keys check.
#[test]
fn credentials_are_issued_with_the_keys_of_the_suite() {
    let Some(folder) = folder("vectors/vc-jose-cose/tests/input") else {
        return;
    };
    for (number, file, key) in [
        (1, "credential-minimal.json", "p256"),
        (2, "credential-full.json", "p384"),
        (3, "presentation-single.json", "p256"),
        (4, "presentation-multiple.json", "ed25519"),
    ] {
        let (public, secret) = method(&folder, key);
        let public = PublicKey::from_jwk(&public).expect("a key");
        let secret = SecretKey::parse(Value::Object(secret).to_json().as_bytes()).expect("a key");
        let payload = text(&folder.join(file));
        let payload = json::parse(payload.as_bytes()).expect("JSON");
        let payload = payload.as_object().expect("an object");
        let token =
            sign_jws(payload, &secret, "https://example.issuer/vc-jose-cose#key").expect("a token");
        assert_eq!(verify(&token, &public), Ok(()), "{number}");
        let again = Jws::parse(&token).expect("a token");
        assert_eq!(
            json::parse(again.payload()),
            Ok(Value::Object(payload.clone()))
        );
    }
    // Tests 4 and 5 ask for P-521.
    let (public, secret) = method(&folder, "p521");
    let secret = SecretKey::parse(Value::Object(secret).to_json().as_bytes());
    assert_eq!(secret.err(), Some(KeyError::Unsupported));
    assert_eq!(
        PublicKey::from_jwk(&public).err(),
        Some(KeyError::Unsupported)
    );
}
