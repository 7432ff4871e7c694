//! `POST /api/v1/issuers/{issuer}/keys`.

use crate::{Node, Office, Request, rows};
use serde_json::{Value, json};

fn make(node: &Node, office: &Office, body: &Value) -> Request {
    node.post(&format!("{}/keys", office.path))
        .token(&office.administrator)
        .json(body)
}

#[test]
fn a_new_key_is_seen_by_others_before_it_signs() {
    let node = Node::shared();
    let office = node.office();
    let kinds = [
        ("ed25519", "Multikey"),
        ("p256", "Multikey"),
        ("p384", "Multikey"),
        ("rsa", "JsonWebKey"),
    ];
    for (number, (kind, shape)) in kinds.iter().enumerate() {
        let made = make(node, &office, &json!({ "algorithm": kind }))
            .expect(201)
            .json();
        let id = format!("key-{}", number + 2);
        assert_eq!(made["id"], id.as_str());
        assert_eq!(made["state"], "pre-published");
        assert!(made["activatedAt"].is_null());
        let document = node
            .get(&format!("/issuers/{}/did.json", office.slug))
            .expect(200)
            .json();
        let method = &document["verificationMethod"][number + 1];
        assert_eq!(method["id"], made["verificationMethod"]);
        assert_eq!(method["type"], *shape);
        assert!(
            document["assertionMethod"]
                .as_array()
                .expect("a list")
                .contains(&made["verificationMethod"])
        );
    }
}

#[test]
fn the_same_request_makes_one_key() {
    let node = Node::shared();
    let office = node.office();
    let first = make(node, &office, &json!({})).key("k").expect(201);
    let second = make(node, &office, &json!({})).key("k").expect(201);
    assert_eq!(first.body, second.body);
    assert_eq!(
        make(node, &office, &json!({})).expect(201).word("id"),
        "key-3"
    );
    make(node, &office, &json!({ "algorithm": "p256" }))
        .key("k")
        .refused("idempotency_mismatch");
}

#[test]
fn what_is_no_key_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::entries_of(node, &office);
    for bad in [
        json!({ "algorithm": "dsa" }),
        json!({ "algorithm": null }),
        json!({ "secret": "x" }),
        json!({ "hardware": "yes" }),
        json!([1]),
    ] {
        make(node, &office, &bad).refused("schema_invalid");
    }
    make(node, &office, &json!({ "hardware": true })).refused("state_conflict");
    make(node, &office, &json!({}))
        .without("Idempotency-Key")
        .refused("idempotency_missing");
    assert_eq!(rows::entries_of(node, &office), before);
}

#[test]
fn secret_halves_are_sealed_in_the_database() {
    let node = Node::shared();
    let office = node.office();
    make(node, &office, &json!({ "algorithm": "p256" })).expect(201);
    let sealed = rows::lines(
        node,
        "SELECT quote(sealed) AS line FROM issuer_keys WHERE sealed IS NOT NULL",
    );
    assert!(!sealed.is_empty());
    let mut distinct = sealed.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), sealed.len());
}
