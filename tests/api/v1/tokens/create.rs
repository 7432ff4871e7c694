//! `POST /api/v1/issuers/{issuer}/tokens`.

use crate::{Node, Office, Request, rows};
use serde_json::{Value, json};

fn make(node: &Node, office: &Office, body: &Value) -> Request {
    node.post(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .json(body)
}

#[test]
fn a_token_is_shown_once_and_only_its_digest_is_kept() {
    let node = Node::shared();
    let office = node.office();
    let made = make(
        node,
        &office,
        &json!({ "role": "auditor", "name": "Moodle" }),
    )
    .expect(201);
    let token = made.word("token");
    assert!(token.starts_with("csk_"), "{token}");
    assert_eq!(made.header("cache-control"), "no-store");
    assert_eq!(made.word("expiresAt"), "2027-02-23T12:00:00Z");
    node.get(&office.path).token(&token).expect(200);
    let list = node
        .get(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .expect(200);
    assert!(!list.text().contains("csk_"));
    for row in rows::everything(node, |_, _| Some("1".to_owned())) {
        assert!(!row.contains(&token), "{row}");
        assert!(!row.contains(&token[4..40]), "{row}");
    }
    assert_eq!(rows::acts(node, &made.word("id")), ["token.created"]);
}

#[test]
fn each_request_makes_another_token() {
    let node = Node::shared();
    let office = node.office();
    let one = || {
        make(node, &office, &json!({ "role": "officer", "name": "A" }))
            .expect(201)
            .word("token")
    };
    assert_ne!(one(), one());
}

#[test]
fn what_is_no_token_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::entries_of(node, &office);
    for bad in [
        json!({}),
        json!({ "role": "officer" }),
        json!({ "role": "root", "name": "A" }),
        json!({ "role": "Officer", "name": "A" }),
        json!({ "role": "officer", "name": "" }),
        json!({ "role": "officer", "name": " " }),
        json!({ "role": "officer", "name": "n".repeat(101) }),
        json!({ "role": "officer", "name": "A", "days": 0 }),
        json!({ "role": "officer", "name": "A", "days": 366 }),
        json!({ "role": "officer", "name": "A", "days": -1 }),
        json!({ "role": "officer", "name": "A", "days": 1.5 }),
        json!({ "role": "officer", "name": "A", "days": "90" }),
        json!({ "role": "officer", "name": "A", "token": "csk_mine" }),
        json!({ "role": "officer", "name": "A", "issuer": "other" }),
        json!(["officer", "A", 90]),
    ] {
        make(node, &office, &bad).refused("schema_invalid");
    }
    make(node, &office, &json!({ "role": "operator", "name": "A" })).refused("not_allowed");
    assert_eq!(rows::entries_of(node, &office), before);
}
