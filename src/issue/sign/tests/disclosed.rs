//! Credentials of which holders may show a part.

use super::*;

const SD: Seal = Seal::Embedded(Suite::EcdsaSd2023);

fn p256() -> SecretKey {
    ecdsa(Algorithm::P256, 4)
}

fn badge_without_lists() -> String {
    let mut badge = samples::value(samples::BADGE);
    samples::edit(
        &mut badge,
        "/credentialSubject/achievement/resultDescription",
        None,
    );
    samples::edit(&mut badge, "/credentialSubject/result", None);
    badge.to_json()
}

fn disclosed(seal: Seal, key: &SecretKey, pointers: &[&str]) -> Result<Signed, Error> {
    let controller = did::key::did(key.public()).expect("a did:key");
    let ready = ready(&badge_without_lists(), &settings(&controller, seal));
    let method = method(seal, &did::key::method_id(key.public()).expect("a method"));
    let pointers: Vec<String> = pointers.iter().map(|one| (*one).to_owned()).collect();
    let disclosure = Disclosure {
        pointers: &pointers,
        chance: &mut StdRng::seed_from_u64(9),
    };
    sign_for_disclosure(ready, key, &method, disclosure)
}

/// The pointers that a base proof carries, read from its bytes as text.
fn shows(signed: &Signed, pointer: &str) -> bool {
    use base64::Engine as _;
    let document = json::parse(signed.text().as_bytes())
        .expect("JSON")
        .into_owned();
    let proof = &document.get("proof").expect("a proof").one_or_many()[0];
    let value = proof
        .get("proofValue")
        .and_then(Value::as_str)
        .expect("a value");
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(&value[1..])
        .expect("base64url");
    bytes
        .windows(pointer.len())
        .any(|window| window == pointer.as_bytes())
}

#[test]
fn what_makes_a_credential_end_cannot_be_left_out() {
    let signed = disclosed(SD, &p256(), &["/name"]).expect("a credential");
    for pointer in [
        "/name",
        "/issuer",
        "/validFrom",
        "/validUntil",
        "/credentialStatus",
    ] {
        assert!(shows(&signed, pointer), "{pointer}");
    }
    assert!(!shows(&signed, "/credentialSubject"));
}

#[test]
fn a_pointer_to_nothing_is_refused() {
    for pointer in ["name", "/nothing"] {
        let refused = disclosed(SD, &p256(), &[pointer]).expect_err(pointer);
        assert!(matches!(refused, Error::Proof(_)), "{refused:?}");
    }
}

#[test]
fn only_the_suite_of_disclosure_makes_disclosures() {
    let other = disclosed(Seal::Embedded(Suite::EcdsaRdfc2019), &p256(), &[]);
    assert_eq!(other, Err(Error::Seal));
    let key = p256();
    let controller = did::key::did(key.public()).expect("a did:key");
    let ready = ready(&badge_without_lists(), &settings(&controller, SD));
    let method = method(SD, &did::key::method_id(key.public()).expect("a method"));
    let plain = sign(ready, &key, &method);
    assert!(matches!(
        plain,
        Err(Error::Proof(proof::Error::Unsupported { .. }))
    ));
    let refused = disclosed(SD, &ed25519(3), &[]);
    assert_eq!(refused, Err(Error::Proof(proof::Error::Algorithm)));
}
