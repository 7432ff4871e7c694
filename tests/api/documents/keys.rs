//! The DID document and the keys, in every form that others look for
//! (FED-02, FED-04, FED-05).

use super::fetched;
use crate::{Node, Office};
use countersign::json;
use countersign::keys::PublicKey;
use serde_json::{Value, json as value};
use std::collections::BTreeSet;

const KEEP: &str = "public, max-age=300";

fn thumbprint(jwk: &Value) -> String {
    let text = jwk.to_string();
    let parsed = json::parse(text.as_bytes()).expect("JSON");
    PublicKey::from_jwk(parsed.as_object().expect("an object"))
        .expect("a key")
        .thumbprint()
}

fn of_method(method: &Value) -> String {
    match method["publicKeyMultibase"].as_str() {
        Some(multibase) => PublicKey::from_multibase(multibase)
            .expect("a key")
            .thumbprint(),
        None => thumbprint(&method["publicKeyJwk"]),
    }
}

fn of_set(set: &Value) -> BTreeSet<String> {
    set["keys"]
        .as_array()
        .expect("keys")
        .iter()
        .map(thumbprint)
        .collect()
}

/// An organisation with a key of every kind.
fn with_keys(node: &Node, members: &Value) -> Office {
    let office = node.office_with(members);
    for kind in ["p256", "p384", "rsa"] {
        node.post(&format!("{}/keys", office.path))
            .token(&office.administrator)
            .json(&value!({ "algorithm": kind }))
            .expect(201);
    }
    office
}

#[test]
fn the_same_keys_are_published_in_every_shape() {
    let node = Node::start();
    let (first, second) = (
        with_keys(&node, &value!({})),
        with_keys(&node, &value!({ "root": true })),
    );
    let mut all = BTreeSet::new();
    for (office, base, document) in [
        (
            &first,
            format!("/issuers/{}", first.slug),
            format!("/issuers/{}/did.json", first.slug),
        ),
        (&second, String::new(), "/.well-known/did.json".to_owned()),
    ] {
        let did = fetched(&node, &document, "application/did+json", KEEP).json();
        let methods = did["verificationMethod"].as_array().expect("methods");
        let in_document: BTreeSet<String> = methods.iter().map(of_method).collect();
        let set = fetched(
            &node,
            &format!("{base}/jwks.json"),
            "application/jwk-set+json",
            KEEP,
        )
        .json();
        let single: BTreeSet<String> = (1..=4)
            .map(|number| {
                let path = format!("{base}/keys/key-{number}");
                let jwk = fetched(&node, &path, "application/jwk+json", KEEP).json();
                assert_eq!(jwk["kid"], format!("{}{path}", node.base()));
                for private in ["d", "p", "q", "dp", "dq", "qi"] {
                    assert!(jwk.get(private).is_none(), "{private}");
                }
                thumbprint(&jwk)
            })
            .collect();
        let listed = node
            .get(&format!("{}/keys", office.path))
            .token(&office.auditor)
            .expect(200)
            .json();
        let listed = listed["items"].as_array().expect("keys");
        let listed: BTreeSet<String> = listed
            .iter()
            .map(|key| key["thumbprint"].as_str().expect("a thumbprint").to_owned())
            .collect();
        assert_eq!(in_document.len(), 4);
        assert_eq!(of_set(&set), in_document);
        assert_eq!(single, in_document);
        assert_eq!(listed, in_document);
        all.extend(in_document);
    }
    let of_node = fetched(
        &node,
        "/.well-known/jwks.json",
        "application/jwk-set+json",
        KEEP,
    )
    .json();
    assert_eq!(of_set(&of_node), all);
    let owners: BTreeSet<&str> = of_node["keys"]
        .as_array()
        .expect("keys")
        .iter()
        .map(|key| key["iss"].as_str().expect("an owner"))
        .collect();
    assert_eq!(owners.len(), 2);
}

#[test]
fn a_did_document_has_what_other_readers_look_for() {
    let node = Node::shared();
    let office = node.office();
    let document = node
        .get(&format!("/issuers/{}/did.json", office.slug))
        .expect(200)
        .json();
    let did = document["id"].as_str().expect("an id").to_owned();
    assert!(did.ends_with(&format!(":issuers:{}", office.slug)));
    assert_eq!(
        document["alsoKnownAs"],
        value!([format!("{}/issuers/{}", node.base(), office.slug)])
    );
    for method in document["verificationMethod"].as_array().expect("methods") {
        let id = method["id"].as_str().expect("an id");
        assert!(id.starts_with(&format!("{did}#")), "{id}");
        assert_eq!(method["controller"], did.as_str());
        assert_eq!(method["type"], "Multikey");
        assert!(
            document["assertionMethod"]
                .as_array()
                .expect("a list")
                .contains(&value!(id))
        );
    }
}

#[test]
fn what_is_not_published_is_not_there() {
    let node = Node::shared();
    let office = node.office();
    let slug = &office.slug;
    for path in [
        "/issuers/nobody/did.json".to_owned(),
        "/issuers/nobody/jwks.json".to_owned(),
        "/.well-known/did.json".to_owned(),
        "/jwks.json".to_owned(),
        "/keys/key-1".to_owned(),
        format!("/issuers/{slug}/keys/key-2"),
        format!("/issuers/{slug}/keys/KEY-1"),
        format!("/issuers/{slug}/keys/%6bey-1"),
        format!("/issuers/{slug}/DID.json"),
        format!("/issuers/{slug}//did.json"),
        format!("/issuers/{slug}/../{slug}/did.json"),
        format!("//issuers/{slug}/did.json"),
        format!("/issuers/{slug}/did.json/"),
        "/issuers/%00/did.json".to_owned(),
    ] {
        node.get(&path).refused("not_found");
    }
}
