//! Signers that are broken in one way, whose work is not handed out.

use super::*;

/// A signer that is broken in this way hands nothing out.
#[track_caller]
fn broken_signer(seal: Seal, tamper: impl FnOnce(&mut Signed)) {
    let key = ed25519(9);
    let controller = did::key::did(key.public()).expect("a did:key");
    let id = did::key::method_id(key.public()).expect("a method");
    let ready = ready(samples::BADGE, &settings(&controller, seal));
    let error = sign_through(ready, &key, &method(seal, &id), tamper).expect_err("not handed out");
    assert_eq!(error.code(), "issue_mismatch", "{error}");
}

fn set(pointer: &'static str, text: &'static str) -> impl FnOnce(&mut Signed) {
    move |signed| {
        let Signed::Json(object) = signed else {
            panic!("not JSON");
        };
        let mut value = Value::Object(object.clone());
        let new = (!text.is_empty()).then(|| samples::value(text));
        samples::edit(&mut value, pointer, new);
        *object = value.as_object().expect("an object").clone();
    }
}

#[test]
fn what_a_broken_signer_makes_is_not_handed_out() {
    for seal in [RDFC, JCS] {
        broken_signer(seal, |signed| {
            let proofs = proofs_of(signed);
            let value = proofs[0].get("proofValue").and_then(Value::as_str);
            let value = value.expect("a value");
            let last = if value.ends_with('2') { '3' } else { '2' };
            let flipped = format!("{}{last}", &value[..value.len() - 1]);
            let Signed::Json(object) = signed else { return };
            let mut document = Value::Object(object.clone());
            samples::edit(&mut document, "/proof/0/proofValue", Some(flipped.into()));
            *object = document.as_object().expect("an object").clone();
        });
        for (pointer, text) in [
            ("/proof", ""),
            ("/proof", "[]"),
            ("/proof", "{}"),
            ("/proof/0", ""),
            ("/proof/0/proofValue", ""),
            ("/proof/0/proofValue", r#""z""#),
            ("/proof/0/created", r#""2026-11-25T12:00:01Z""#),
            ("/proof/0/proofPurpose", r#""authentication""#),
            ("/proof/0/cryptosuite", r#""eddsa-2022""#),
            (
                "/proof/0/verificationMethod",
                r#""did:web:other.example#key-1""#,
            ),
            ("/proof/-", "{}"),
            ("/name", r#""Something else""#),
            ("/name", ""),
            ("/issuer/name", r#""Somebody else""#),
            ("/credentialSubject/creditsEarned", "3"),
            ("/credentialSubject/achievement/tag/0", ""),
            ("/evidence", "[]"),
            ("/colour", r#""green""#),
        ] {
            broken_signer(seal, set(pointer, text));
        }
    }
}

#[test]
fn a_broken_token_is_not_handed_out() {
    let change = |change: fn(&mut String)| {
        move |signed: &mut Signed| match signed {
            Signed::Token(token) => change(token),
            Signed::Json(_) => panic!("not a token"),
        }
    };
    let last_flipped = |token: &mut String| {
        let at = token.len() - 10;
        let new = if &token[at..=at] == "A" { "B" } else { "A" };
        token.replace_range(at..=at, new);
    };
    broken_signer(Seal::VcJwt, change(last_flipped));
    broken_signer(Seal::VcJwt, change(String::clear));
    broken_signer(Seal::VcJwt, change(|token| token.push_str(".x")));
    broken_signer(Seal::VcJwt, change(|token| token.truncate(token.len() - 3)));
    // A token of another badge with a good signature.
    broken_signer(Seal::VcJwt, |signed| {
        let key = ed25519(9);
        let other = samples::BADGE.replace("Care worker", "Manager");
        *signed = signed_by_did_key(&other, &key, Seal::VcJwt).expect("signed");
    });
}

#[test]
fn a_badge_of_another_draft_is_not_handed_out() {
    for seal in [RDFC, JCS] {
        broken_signer(seal, |signed| {
            let key = ed25519(9);
            let other = samples::BADGE.replace("Care worker", "Manager");
            *signed = signed_by_did_key(&other, &key, seal).expect("signed");
        });
    }
}
