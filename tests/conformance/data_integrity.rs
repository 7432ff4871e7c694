//! W3C Data Integrity: the test vectors of the EdDSA and ECDSA cryptosuites,
//! each intermediate value compared and each signature checked.
//!
//! Done with the contexts in our own form and again as they are published.

use crate::contexts::{as_published, with_examples, with_vocabulary};
use crate::suite::{folder, text, unhex};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Engine, Mode, jcs};
use countersign::json::{self, Object, Value};
use countersign::keys::PublicKey;
use countersign::proof::{
    Digester, Error, Form, Options, Reading, Suite, document_digest, proof_digest,
};
use std::path::Path;

/// A folder of vectors, what its file names have in common, and the suite.
const VECTORS: [(&str, &str, Suite); 11] = [
    (
        "vc-di-eddsa/TestVectors/eddsa-rdfc-2022",
        "DataInt",
        Suite::EddsaRdfc2022,
    ),
    (
        "vc-di-eddsa/TestVectors/eddsa-rdfc-2022/employ",
        "DataInt",
        Suite::EddsaRdfc2022,
    ),
    (
        "vc-di-eddsa/TestVectors/eddsa-jcs-2022",
        "JCS",
        Suite::EddsaJcs2022,
    ),
    (
        "vc-di-eddsa/TestVectors/Ed25519Signature2020",
        "EdSig",
        Suite::Ed25519Signature2020,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256",
        "ECDSAP256",
        Suite::EcdsaRdfc2019,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p256/employ",
        "ECDSAP256",
        Suite::EcdsaRdfc2019,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384",
        "ECDSAP384",
        Suite::EcdsaRdfc2019,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-rdfc-2019-p384/employ",
        "ECDSAP384",
        Suite::EcdsaRdfc2019,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p256",
        "JCSECDSAP256",
        Suite::EcdsaJcs2019,
    ),
    (
        "vc-di-ecdsa/TestVectors/ecdsa-jcs-2019-p384",
        "JCSECDSAP384",
        Suite::EcdsaJcs2019,
    ),
    // The chain's last member has everything that the others have.
    (
        "vc-di-eddsa/TestVectors/proof-set-chain",
        "",
        Suite::EddsaRdfc2022,
    ),
];

/// The key that a did:key method names.
fn key_of(proof: &Object<'_>) -> PublicKey {
    let method = proof.text("verificationMethod").expect("a method");
    let (_, key) = method.split_once('#').expect("a key in the fragment");
    PublicKey::from_multibase(key).expect("a key")
}

fn digester<'e>(engine: &'e Engine, suite: Suite, key: &PublicKey) -> Digester<'e> {
    Digester {
        engine,
        form: suite.form(),
        hash: Suite::hash(key.algorithm()),
        reading: Reading::STANDARD,
    }
}

/// Checks one proof of `document`: [`Error::Signature`] if it does not hold.
fn verify(
    engine: &Engine,
    document: &Value<'_>,
    proof: &Object<'_>,
    earlier: &[&Object<'_>],
) -> Result<(), Error> {
    let options = Options::read(proof)?;
    let key = key_of(proof);
    assert!(options.suite.fits(key.algorithm()));
    let digester = digester(engine, options.suite, &key);
    let mut data = proof_digest(document, proof, digester)?;
    data.extend(document_digest(document, earlier, digester)?);
    key.verify(&data, &options.signature()?)
        .map_err(|_| Error::Signature)
}

fn canonical(engine: &Engine, mode: &Mode, hash: Hash, value: &Value<'_>) -> String {
    let mut dataset = Dataset::new();
    engine
        .read(value, None, mode, &mut dataset)
        .unwrap_or_else(|error| panic!("{error}"));
    canonicalize(&mut dataset, hash).expect("canonical").nquads
}

/// `object` without one member.
fn without(object: &Object<'_>, member: &str) -> Value<'static> {
    let mut object = object.clone().into_owned();
    object.remove(member);
    Value::Object(object)
}

fn only_proof<'d>(document: &'d Value<'_>) -> &'d Object<'d> {
    let proofs = document.get("proof").expect("a proof").one_or_many();
    assert_eq!(proofs.len(), 1);
    proofs[0].as_object().expect("an object")
}

/// Compares every published intermediate value.
fn compare(engine: &Engine, folder: &Path, ending: &str, suite: Suite) {
    let signed = text(&folder.join(format!("signed{ending}.json")));
    let document = json::parse(signed.as_bytes()).expect("JSON");
    let proof = only_proof(&document);
    assert_eq!(Suite::of(proof), Some(suite));
    let key = key_of(proof);
    let digester = digester(engine, suite, &key);
    let published = |name: &str| text(&folder.join(format!("{name}{ending}.txt")));

    let bare = without(document.as_object().expect("an object"), "proof");
    let canonical = |value: &Value<'_>| match suite.form() {
        Form::Jcs => jcs::to_text(value),
        Form::Rdfc => canonical(engine, &Mode::strict(), digester.hash, value),
    };
    assert_eq!(canonical(&bare), published("canonDoc"));

    let config = text(&folder.join(format!("proofConfig{ending}.json")));
    let config = json::parse(config.as_bytes()).expect("JSON");
    assert_eq!(canonical(&config), published("proofCanon"));

    let mut data = proof_digest(&document, proof, digester).expect("a digest");
    assert_eq!(data, unhex(&published("proofHash")));
    let digest = document_digest(&document, &[], digester).expect("a digest");
    assert_eq!(digest, unhex(&published("docHash")));
    data.extend(digest);
    assert_eq!(data, unhex(&published("combinedHash")));

    let signature = Options::read(proof)
        .and_then(|options| options.signature())
        .expect("a signature");
    assert_eq!(signature, unhex(&published("sigHex")));
    assert_eq!(proof.text("proofValue"), Some(&*published("sigBTC58")));
    assert_eq!(key.verify(&data, &signature), Ok(()));
}

#[test]
fn intermediate_values_are_those_of_the_specifications() {
    let Some(shared) = folder(".") else { return };
    let Some(vectors) = folder("vectors") else {
        return;
    };
    for engine in [with_examples(&shared), as_published(&shared)] {
        for (name, ending, suite) in VECTORS {
            if ending.is_empty() {
                continue;
            }
            println!("{name}");
            compare(&engine, &vectors.join(name), ending, suite);
        }
    }
}

#[test]
fn a_vocabulary_gives_the_same_statements_but_never_in_strict_mode() {
    let Some(shared) = folder(".") else { return };
    let engine = with_vocabulary(&shared);
    for (name, ending, suite) in VECTORS {
        if ending.is_empty() || suite.form() == Form::Jcs {
            continue;
        }
        let folder = shared.join("vectors").join(name);
        let signed = text(&folder.join(format!("signed{ending}.json")));
        let document = json::parse(signed.as_bytes()).expect("JSON");
        let hash = Suite::hash(key_of(only_proof(&document)).algorithm());
        let bare = without(document.as_object().expect("an object"), "proof");
        assert_eq!(
            canonical(&engine, &Mode::lax(None), hash, &bare),
            text(&folder.join(format!("canonDoc{ending}.txt"))),
            "{name}"
        );
        let mut dataset = Dataset::new();
        let strict = engine.read(&bare, None, &Mode::strict(), &mut dataset);
        let code = strict.map_err(|error| error.code());
        let uses_vocabulary = signed.contains("alumniOf");
        let expected = if uses_vocabulary {
            Err("jsonld_unmapped_term")
        } else {
            Ok(())
        };
        assert_eq!(code, expected, "{name}");
    }
}

/// Changes one text, somewhere below `value`, and says whether it was there.
fn change(value: &mut Value<'_>, from: &str) -> bool {
    match value {
        Value::String(text) if text == from => {
            *value = Value::from(format!("{from}."));
            true
        }
        Value::Object(object) => object.iter_mut().any(|(_, value)| change(value, from)),
        Value::Array(items) => items.iter_mut().any(|item| change(item, from)),
        _ => false,
    }
}

/// Every text of the document below `path`, except in its proofs and contexts.
fn leaves(value: &Value<'_>, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.to_string()),
        Value::Object(object) => {
            for (name, value) in object.iter() {
                if !matches!(name, "proof" | "@context") {
                    leaves(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        _ => {}
    }
}

#[test]
fn a_change_anywhere_breaks_the_signature() {
    let Some(shared) = folder(".") else { return };
    let engine = with_examples(&shared);
    for (name, ending, suite) in VECTORS {
        let file = if ending.is_empty() {
            "signedProofSet1.json".to_owned()
        } else {
            format!("signed{ending}.json")
        };
        let signed = text(&shared.join("vectors").join(name).join(file));
        let document = json::parse(signed.as_bytes()).expect("JSON");
        let proof = only_proof(&document);
        assert_eq!(verify(&engine, &document, proof, &[]), Ok(()), "{name}");

        let mut texts = Vec::new();
        leaves(&document, &mut texts);
        assert!(texts.len() >= 8, "{name}");
        for leaf in texts {
            let mut changed = document.clone();
            assert!(change(&mut changed, &leaf));
            let outcome = verify(&engine, &changed, proof, &[]);
            // A changed type has no meaning; all else is another document.
            let refused = matches!(
                outcome,
                Err(Error::Signature | Error::Canon(_) | Error::Contexts)
            );
            assert!(refused, "{name}: {leaf} can be changed: {outcome:?}");
        }
        changed_proofs_fail(&engine, &document, proof, suite);
    }
}

fn changed_proofs_fail(engine: &Engine, document: &Value<'_>, proof: &Object<'_>, suite: Suite) {
    for (member, value) in [
        ("created", "2023-02-24T23:36:39Z"),
        ("proofPurpose", "authentication"),
        ("expires", "2033-01-01T00:00:00Z"),
        ("id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
        ("challenge", "1"),
    ] {
        let mut changed = proof.clone();
        changed.set(member, value);
        let outcome = verify(engine, document, &changed, &[]);
        assert_eq!(outcome, Err(Error::Signature), "{} {member}", suite.name());
    }
    let signature = Options::read(proof)
        .and_then(|options| options.signature())
        .expect("a signature");
    for at in 0..signature.len() {
        let mut signature = signature.clone();
        signature[at] ^= 1;
        let mut changed = proof.clone();
        changed.set(
            "proofValue",
            format!("z{}", bs58::encode(signature).into_string()),
        );
        let outcome = verify(engine, document, &changed, &[]);
        assert_eq!(outcome, Err(Error::Signature), "{} {at}", suite.name());
    }
}

/// The proofs of `document` by name, in the order of `names`.
fn named<'d>(document: &'d Value<'_>, names: &Value<'_>) -> Vec<&'d Object<'d>> {
    let proofs = document.get("proof").expect("proofs").one_or_many();
    let named = names.one_or_many().iter().map(|name| {
        proofs
            .iter()
            .filter_map(Value::as_object)
            .find(|proof| proof.text("id") == name.as_str())
            .expect("the named proof")
    });
    named.collect()
}

#[test]
fn proof_sets_and_chains_hold_link_by_link() {
    let Some(shared) = folder(".") else { return };
    let folder = shared.join("vectors/vc-di-eddsa/TestVectors/proof-set-chain");
    let engine = with_examples(&shared);
    let mut links = 0;
    for (file, count, temporary) in [
        ("signedProofSet1", 1, None),
        ("signedProofSet2", 2, None),
        ("signedProofChain1", 3, Some("proofChainTempDoc1")),
        ("signedProofChain2", 4, Some("proofChainTempDoc2")),
    ] {
        let signed = text(&folder.join(format!("{file}.json")));
        let document = json::parse(signed.as_bytes()).expect("JSON");
        let proofs = document.get("proof").expect("proofs").one_or_many();
        assert_eq!(proofs.len(), count);
        for proof in proofs {
            let proof = proof.as_object().expect("an object");
            let earlier = proof
                .get("previousProof")
                .map_or_else(Vec::new, |names| named(&document, names));
            assert_eq!(
                verify(&engine, &document, proof, &earlier),
                Ok(()),
                "{file}"
            );
            if !earlier.is_empty() {
                links += 1;
                chained_proofs_need_their_links(&engine, &document, proof, &earlier);
            }
        }
        if let Some(temporary) = temporary {
            let last = proofs.last().and_then(Value::as_object).expect("a proof");
            let earlier = named(&document, last.get("previousProof").expect("a link"));
            let digester = digester(&engine, Suite::EddsaRdfc2022, &key_of(last));
            let temporary = text(&folder.join(format!("{temporary}.json")));
            let temporary = json::parse(temporary.as_bytes()).expect("JSON");
            // What is hashed is the document with those proofs and no others.
            let mut hashed = document.as_object().expect("an object").clone();
            let kept: Vec<Value<'_>> = earlier
                .iter()
                .map(|proof| Value::Object((*proof).clone()))
                .collect();
            hashed.set("proof", kept);
            assert_eq!(
                jcs::to_text(&Value::Object(hashed)),
                jcs::to_text(&temporary)
            );
            let nquads = canonical(&engine, &Mode::strict(), Hash::Sha256, &temporary);
            assert_eq!(
                document_digest(&document, &earlier, digester),
                Ok(<sha2::Sha256 as sha2::Digest>::digest(nquads).to_vec())
            );
        }
    }
    assert_eq!(links, 3);
}

fn chained_proofs_need_their_links(
    engine: &Engine,
    document: &Value<'_>,
    proof: &Object<'_>,
    earlier: &[&Object<'_>],
) {
    let fails = |earlier: &[&Object<'_>]| {
        let outcome = verify(engine, document, proof, earlier);
        assert_eq!(outcome, Err(Error::Signature));
    };
    fails(&[]);
    for at in 0..earlier.len() {
        let mut fewer = earlier.to_vec();
        fewer.remove(at);
        fails(&fewer);
        let mut changed = earlier[at].clone();
        changed.set("created", "2023-02-24T23:36:39Z");
        let mut replaced = earlier.to_vec();
        replaced[at] = &changed;
        fails(&replaced);
    }
    // The order of the names does not matter: statements have none.
    let reversed: Vec<&Object<'_>> = earlier.iter().rev().copied().collect();
    assert_eq!(verify(engine, document, proof, &reversed), Ok(()));
}
