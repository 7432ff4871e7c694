//! Proofs beside proofs, and tokens around them.

use super::*;

/// A credential that is signed again.
fn again(signed: &Signed, controller: &str, seal: Seal) -> Ready {
    ready(&signed.text(), &settings(controller, seal))
}

#[test]
fn a_second_proof_joins_the_first() {
    let (old, new) = (ed25519(5), ecdsa(Algorithm::P256, 9));
    let first = signed(
        samples::BADGE,
        &old,
        RDFC,
        DID,
        "did:web:badges.example.org#ed",
    )
    .expect("signed");
    // The same key under another suite, then another key of the issuer.
    let jcs = method(JCS, "did:web:badges.example.org#ed");
    let second = sign(again(&first, DID, JCS), &old, &jcs).expect("signed");
    let ecdsa = Seal::Embedded(Suite::EcdsaRdfc2019);
    let p256 = method(ecdsa, "did:web:badges.example.org#p256");
    let third = sign(again(&second, DID, ecdsa), &new, &p256).expect("signed");
    let proofs = proofs_of(&third);
    let suites: Vec<_> = proofs
        .iter()
        .filter_map(|proof| proof.get("cryptosuite")?.as_str())
        .collect();
    assert_eq!(
        suites,
        ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019"]
    );
    assert_eq!(proofs[..1], proofs_of(&first)[..]);
    assert_eq!(proofs[..2], proofs_of(&second)[..]);
}

#[test]
fn a_single_proof_becomes_a_list() {
    let first = signed(
        samples::BADGE,
        &ed25519(5),
        RDFC,
        DID,
        "did:web:badges.example.org#ed",
    )
    .expect("signed");
    let mut single = samples::value(&first.text());
    let proof = proofs_of(&first).remove(0);
    samples::edit(&mut single, "/proof", Some(proof.clone()));
    let jcs = method(JCS, "did:web:badges.example.org#ed");
    let ready = ready(&single.to_json(), &settings(DID, JCS));
    let second = sign(ready, &ed25519(5), &jcs).expect("signed");
    let proofs = proofs_of(&second);
    assert_eq!((proofs.len(), &proofs[0]), (2, &proof));
}

#[test]
fn a_proof_that_no_longer_fits_is_the_drafts_fault() {
    let key = ed25519(6);
    let controller = did::key::did(key.public()).expect("a did:key");
    let id = did::key::method_id(key.public()).expect("a method");
    let first = signed_by_did_key(samples::BADGE, &key, RDFC).expect("signed");
    let edited = first.text().replace("Care worker", "Manager");
    for seal in [RDFC, JCS] {
        let ready = ready(&edited, &settings(&controller, seal));
        let error = sign(ready, &key, &method(seal, &id)).expect_err("a stale proof");
        assert_eq!(
            error,
            Error::OtherSeal {
                code: "PROOF_VERIFICATION_ERROR"
            }
        );
    }
}

#[test]
fn a_proof_of_somebody_who_cannot_be_reached_stays() {
    let mut draft = samples::value(samples::BADGE);
    let other = r#"[{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-03-02T09:00:00Z","verificationMethod":"did:web:other.example#key-1","proofPurpose":"assertionMethod","proofValue":"z2s5WS3Yr5JQX1x8yMjdjKaGc6ZHCcASwu8Dph8ZuTQbf2E6wqrW6P86m8J6kvDTrpLbGdZHtptJVHCBXt12ENGpD"}]"#;
    samples::edit(&mut draft, "/proof", Some(samples::value(other)));
    let signed = signed_by_did_key(&draft.to_json(), &ed25519(1), RDFC).expect("signed");
    assert_eq!(proofs_of(&signed).len(), 2);
}

#[test]
fn a_token_goes_around_a_badge_with_its_proofs() {
    let key = ed25519(7);
    let id = "did:web:badges.example.org#ed";
    let embedded = signed(samples::BADGE, &key, RDFC, DID, id).expect("signed");
    let ready = again(&embedded, DID, Seal::VcJwt);
    let token = sign(ready, &key, &method(Seal::VcJwt, id)).expect("signed");
    let jws = Jws::parse(token_of(&token)).expect("a token");
    let payload = json::parse(jws.payload()).expect("JSON");
    let inner = claims::without(payload.as_object().expect("an object"));
    assert_eq!(Value::Object(inner).to_json(), embedded.text());
}
