//! Badges that a device signed.

use crate::token::with_token;
use countersign::clock::Moment;
use countersign::did;
use countersign::issue::{self, Draft, Method, Seal, Settings, Signed, lint, sign};
use countersign::keys::{Algorithm, Signer};
use countersign::proof::Suite;
use countersign::verify::{Answer, Policy, Step, Unavailable, Verification};
use std::fs;

const BADGE: &str = include_str!("../../src/issue/samples/badge.json");

fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

fn issue(key: &dyn Signer, seal: Seal) -> Result<Signed, issue::Error> {
    let controller = did::key::did(key.public()).expect("a did:key");
    let mut draft = Draft::parse(BADGE.as_bytes()).expect("a draft");
    draft.set_issuer(&controller);
    let settings = Settings::new(controller, seal);
    let (ready, _) = lint(draft, &settings, now()).expect("nothing is wrong");
    let method = Method {
        seal,
        verification_method: did::key::method_id(key.public()).expect("a method"),
        created: now(),
    };
    sign(ready, key, &method)
}

/// Whether a stranger would take `bytes` for what their issuer signed.
fn is_authentic(bytes: &[u8]) -> bool {
    let mut check = Verification::new(bytes, now(), Policy::default());
    loop {
        match check.step() {
            Step::Done(report) => return report.is_authentic(),
            Step::Ask(wanted) => {
                check.answer(wanted, Answer::Unavailable(Unavailable::Offline));
            }
        }
    }
}

#[test]
fn a_badge_signed_in_a_device_is_authentic() {
    with_token("badges::a_badge_signed_in_a_device_is_authentic", |token| {
        let device = token.open();
        let suites = [
            (Algorithm::Ed25519, Suite::EddsaRdfc2022),
            (Algorithm::Ed25519, Suite::EddsaJcs2022),
            (Algorithm::P256, Suite::EcdsaRdfc2019),
            (Algorithm::P384, Suite::EcdsaJcs2019),
        ];
        for (at, (algorithm, suite)) in suites.into_iter().enumerate() {
            let label = format!("key {at}");
            let key = device.generate(algorithm, &label, &mut rand::rng());
            let key = key.expect("a key");
            for seal in [Seal::Embedded(suite), Seal::VcJwt] {
                let signed = issue(&key, seal).expect("signed");
                let badge = signed.text();
                assert!(is_authentic(badge.as_bytes()), "{badge}");
                let changed = badge.replacen("e", "a", 400);
                assert!(!is_authentic(changed.as_bytes()));
            }
        }
    });
}

#[test]
fn no_badge_comes_of_a_device_that_is_away() {
    with_token("badges::no_badge_comes_of_a_device_that_is_away", |token| {
        let device = token.open();
        let key = device.generate(Algorithm::Ed25519, "key", &mut rand::rng());
        let key = key.expect("a key");
        let seal = Seal::Embedded(Suite::EddsaRdfc2022);
        assert!(issue(&key, seal).is_ok());
        fs::remove_dir_all(token.folder.join("tokens")).expect("removed");
        token.forget_sessions();
        let error = issue(&key, seal).expect_err("no signature");
        assert_eq!(error.code(), "signer_down");
        assert!(error.is_unknown(), "the badge does nothing wrong");
    });
}
