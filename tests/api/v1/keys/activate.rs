//! `POST …/keys/{id}/activation`: rotation (FED-06, FED-07).

use crate::{Badge, Node, Office, Request, method, proof, rows};
use serde_json::{Value, json};

fn new_key(node: &Node, office: &Office, kind: &str) -> String {
    node.post(&format!("{}/keys", office.path))
        .token(&office.administrator)
        .json(&json!({ "algorithm": kind }))
        .expect(201)
        .word("id")
}

fn activate(node: &Node, office: &Office, id: &str) -> Request {
    node.post(&format!("{}/keys/{id}/activation", office.path))
        .token(&office.administrator)
}

fn key(node: &Node, office: &Office, id: &str) -> Value {
    let keys = node
        .get(&format!("{}/keys", office.path))
        .token(&office.auditor)
        .expect(200)
        .json();
    let keys = keys["items"].as_array().expect("keys").clone();
    keys.into_iter()
        .find(|key| key["id"] == id)
        .expect("the key")
}

fn list_signer(node: &Node, office: &Office) -> String {
    let list = node
        .get(&format!("/issuers/{}/status/1", office.slug))
        .expect(200)
        .json();
    method(&list)
}

#[test]
fn a_key_signs_only_after_others_had_time_to_see_it() {
    let node = Node::start();
    let office = node.office();
    let id = new_key(&node, &office, "ed25519");
    let early = activate(&node, &office, &id).refused("state_conflict");
    assert_eq!(early.header("retry-after"), "300");
    node.pass(299);
    let early = activate(&node, &office, &id).refused("state_conflict");
    assert_eq!(early.header("retry-after"), "1");
    assert_eq!(key(&node, &office, "key-1")["state"], "active");
    node.pass(1);
    assert_eq!(
        activate(&node, &office, &id).expect(200).word("state"),
        "active"
    );
    assert_eq!(key(&node, &office, "key-1")["state"], "retired");
}

#[test]
fn a_key_of_another_kind_waits_as_well() {
    let node = Node::start();
    let office = node.office();
    let id = new_key(&node, &office, "p256");
    let early = activate(&node, &office, &id).refused("state_conflict");
    assert_eq!(early.header("retry-after"), "300");
    node.pass(300);
    activate(&node, &office, &id).expect(200);
    assert_eq!(key(&node, &office, "key-1")["state"], "active");
    node.request("PATCH", &office.path)
        .token(&office.administrator)
        .json(&json!({ "settings": { "seal": "ecdsa-rdfc-2019" } }))
        .expect(200);
    let design = node.design(&office);
    let badge = node.badge(&office, &design);
    assert_eq!(proof(&badge.json())["cryptosuite"], "ecdsa-rdfc-2019");
    node.hold_current(&badge.bytes);
}

#[test]
fn after_many_rotations_every_earlier_badge_holds() {
    let node = Node::start();
    for form in ["did", "https"] {
        let office = node.office_with(&json!({ "idForm": form }));
        let design = node.design(&office);
        let mut badges: Vec<Badge> = vec![node.badge(&office, &design)];
        for _ in 0..3 {
            let id = new_key(&node, &office, "ed25519");
            node.pass(300);
            activate(&node, &office, &id).expect(200);
            badges.push(node.badge(&office, &design));
            node.settle();
        }
        let mut methods: Vec<String> = badges.iter().map(|badge| method(&badge.json())).collect();
        methods.dedup();
        assert_eq!(methods.len(), 4, "each badge by another key");
        for badge in &badges {
            node.hold_current(&badge.bytes);
        }
        let place = if form == "did" { "/did.json" } else { "" };
        let document = node
            .get(&format!("/issuers/{}{place}", office.slug))
            .expect(200)
            .json();
        for method in document["verificationMethod"].as_array().expect("methods") {
            assert!(method.get("expires").is_none(), "{method}");
            assert!(method.get("revoked").is_none(), "{method}");
        }
    }
}

#[test]
fn the_private_half_of_a_retired_key_is_gone() {
    let node = Node::start();
    let office = node.office();
    let id = new_key(&node, &office, "ed25519");
    node.pass(300);
    activate(&node, &office, &id).expect(200);
    let left = rows::lines(
        &node,
        "SELECT id || ' ' || state || ' ' || (sealed IS NOT NULL) AS line FROM issuer_keys ORDER BY id",
    );
    assert_eq!(left, ["key-1 retired 0", "key-2 active 1"]);
}

#[test]
fn status_lists_are_signed_again_by_the_new_key() {
    let node = Node::start();
    let (office, _, badge) = node.given();
    assert!(list_signer(&node, &office).ends_with("#key-1"));
    let id = new_key(&node, &office, "ed25519");
    node.pass(300);
    activate(&node, &office, &id).expect(200);
    node.settle();
    assert!(list_signer(&node, &office).ends_with("#key-2"));
    node.hold_current(&badge.bytes);
}

#[test]
fn only_a_key_that_was_never_used_begins_to_sign() {
    let node = Node::start();
    let office = node.office();
    let id = new_key(&node, &office, "ed25519");
    node.pass(300);
    let first = activate(&node, &office, &id).key("a").expect(200);
    assert_eq!(
        activate(&node, &office, &id).key("a").expect(200).body,
        first.body
    );
    activate(&node, &office, &id).expect(200);
    activate(&node, &office, "key-1").refused("state_conflict");
    activate(&node, &office, "key-9").refused("not_found");
    activate(&node, &office, "%2e%2e").refused("not_found");
    let acts = rows::lines(
        &node,
        "SELECT object AS line FROM audit WHERE act = 'key.activated'",
    );
    assert_eq!(acts, ["key-2"]);
}

#[test]
fn a_key_that_badges_wait_for_does_not_retire() {
    let node = Node::start();
    let office = node.office_with(&json!({ "settings": { "twoPeople": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } }));
    let waiting = node
        .order(&office, &crate::new_badge(&design))
        .expect(201)
        .word("id");
    let id = new_key(&node, &office, "ed25519");
    node.pass(300);
    activate(&node, &office, &id).refused("state_conflict");
    node.post(&format!("{}/credentials/{waiting}/approval", office.path))
        .token(&office.approver)
        .expect(200);
    activate(&node, &office, &id).expect(200);
}
