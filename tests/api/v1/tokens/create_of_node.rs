//! `POST /api/v1/tokens`.

use crate::{Node, Request, rows};
use serde_json::{Value, json};

fn make(node: &Node, body: &Value) -> Request {
    node.post("/api/v1/tokens").token(&node.operator).json(body)
}

#[test]
fn an_operator_names_operators_and_administrators() {
    let node = Node::shared();
    let office = node.office();
    let made = make(node, &json!({ "role": "operator", "name": "Second" }))
        .expect(201)
        .word("token");
    node.get("/api/v1/issuers").token(&made).expect(200);
    let head = json!({ "role": "administrator", "issuer": office.slug, "name": "Head" });
    let head = make(node, &head).expect(201).word("token");
    node.get(&format!("{}/tokens", office.path))
        .token(&head)
        .expect(200);
}

#[test]
fn an_operator_gives_nobody_rights_over_badges() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::count(node, "tokens");
    for role in ["officer", "approver", "auditor", "tester", "operator"] {
        make(
            node,
            &json!({ "role": role, "issuer": office.slug, "name": "A" }),
        )
        .refused("not_allowed");
    }
    for role in ["officer", "administrator"] {
        make(node, &json!({ "role": role, "name": "A" })).refused("not_allowed");
    }
    let nobody = json!({ "role": "administrator", "issuer": "nobody", "name": "A" });
    make(node, &nobody).refused("not_found");
    assert!(rows::count(node, "tokens") >= before);
    assert_eq!(
        rows::entries_of(node, &office),
        rows::entries_of(node, &office)
    );
}

#[test]
fn what_is_no_token_is_refused() {
    let node = Node::shared();
    for bad in [
        json!({}),
        json!({ "role": "operator" }),
        json!({ "role": "operator", "name": "" }),
        json!({ "role": "operator", "name": "A", "days": 400 }),
        json!({ "role": "operator", "name": "A", "issuer": 7 }),
        json!({ "role": "operator", "name": "A", "unknown": true }),
        json!({ "role": "operator", "name": "A", "digest": "00" }),
    ] {
        make(node, &bad).refused("schema_invalid");
    }
}
