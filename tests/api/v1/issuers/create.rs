//! `POST /api/v1/issuers`.

use crate::{Node, Request, fresh, new_issuer, rows};
use serde_json::{Value, json};

fn make(node: &Node, issuer: &Value) -> Request {
    node.post("/api/v1/issuers")
        .token(&node.operator)
        .json(issuer)
}

#[test]
fn an_organisation_begins_with_a_key_and_a_list() {
    let node = Node::shared();
    let slug = fresh("new");
    let made = make(node, &new_issuer(&slug)).expect(201);
    assert_eq!(made.header("etag"), "\"v1\"");
    let body = made.json();
    let base = format!("{}/issuers/{slug}", node.base());
    assert_eq!(body["base"], base.as_str());
    assert_eq!(body["id"], body["did"]);
    assert_eq!(body["state"], "open");
    for path in ["/did.json", "/jwks.json", "", "/status/1", "/keys/key-1"] {
        node.get(&format!("/issuers/{slug}{path}")).expect(200);
    }
    assert_eq!(rows::acts(node, &slug), ["issuer.created"]);
}

#[test]
fn the_same_request_makes_one() {
    let node = Node::shared();
    let issuer = new_issuer(&fresh("again"));
    let first = make(node, &issuer).key("issuer").expect(201);
    let second = make(node, &issuer).key("issuer").expect(201);
    assert_eq!(first.body, second.body);
    make(node, &issuer).refused("state_conflict");
    make(node, &new_issuer(&fresh("other")))
        .key("issuer")
        .refused("idempotency_mismatch");
}

#[test]
fn only_one_organisation_has_the_nodes_own_address() {
    let node = Node::start();
    let mut issuer = new_issuer("root");
    issuer["root"] = json!(true);
    let made = make(&node, &issuer).expect(201);
    assert_eq!(made.word("base"), node.base());
    for path in [
        "/.well-known/did.json",
        "/jwks.json",
        "/",
        "/status/1",
        "/keys/key-1",
    ] {
        node.get(path).expect(200);
    }
    issuer["slug"] = json!("second");
    make(&node, &issuer).refused("state_conflict");
    assert_eq!(rows::count(&node, "issuers"), 1);
}

#[test]
fn what_cannot_be_an_organisation_is_refused() {
    let node = Node::shared();
    let good = new_issuer(&fresh("bad"));
    let before = rows::count(node, "issuers WHERE slug LIKE 'bad-%'");
    let with = |pointer: &str, value: Value| {
        let mut issuer = good.clone();
        *issuer.pointer_mut(pointer).expect("a member") = value;
        issuer
    };
    for slug in [
        "",
        "UPPER",
        "a b",
        "-a",
        "a--b",
        "keys",
        "..",
        "é",
        &"a".repeat(65),
    ] {
        let answer = make(node, &with("/slug", json!(slug))).refused("schema_invalid");
        assert_eq!(answer.faults()[0].0, "/slug", "{slug}");
    }
    for profile in [
        json!({}),
        json!({ "name": "" }),
        json!({ "name": "  " }),
        json!({ "name": "n".repeat(300) }),
        json!({ "name": ["a"] }),
        json!({ "name": "A", "url": 7 }),
        json!({ "name": "A", "image": "not a url" }),
        json!([]),
        json!("A"),
        json!(null),
    ] {
        make(node, &with("/profile", profile)).refused("schema_invalid");
    }
    for (name, value) in [
        ("id", json!("did:web:evil.example")),
        ("state", json!("closed")),
        ("idForm", json!("key")),
        ("root", json!("yes")),
        ("settings", json!({ "seal": "none" })),
        ("settings", json!({ "twopeople": true })),
        ("settings", json!(["eddsa-rdfc-2022"])),
        ("settings", json!(null)),
    ] {
        let mut issuer = good.clone();
        issuer[name] = value;
        make(node, &issuer).refused("schema_invalid");
    }
    assert_eq!(rows::count(node, "issuers WHERE slug LIKE 'bad-%'"), before);
}

/// Whose badges these are is not the caller's to say.
#[test]
fn a_profile_does_not_choose_its_own_id_or_keys() {
    let node = Node::shared();
    let slug = fresh("forger");
    let mut issuer = new_issuer(&slug);
    issuer["profile"]["id"] = json!("did:web:victim.example");
    issuer["profile"]["verificationMethod"] = json!([]);
    issuer["profile"]["assertionMethod"] = json!([]);
    issuer["profile"]["controller"] = json!("did:web:victim.example");
    make(node, &issuer).expect(201);
    let profile = node.get(&format!("/issuers/{slug}")).expect(200);
    assert!(
        !profile.text().contains("victim.example"),
        "{}",
        profile.text()
    );
}
