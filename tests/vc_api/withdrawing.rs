//! Status entries and what becomes of them.

use crate::node::Node;
use crate::plain;
use serde_json::{Value, json};

fn with_status(purpose: &str) -> Value {
    json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": purpose}})
}

fn change(id: &Value, purpose: &str, status: Option<bool>) -> Value {
    let mut body = with_status(purpose);
    body["credentialId"] = id.clone();
    if let Some(status) = status {
        body["status"] = json!(status);
    }
    body
}

#[test]
fn a_withdrawn_credential_does_not_verify_until_it_is_taken_back() {
    let node = Node::dev();
    node.organisation("a");
    for (purpose, code) in [("revocation", "revoked"), ("suspension", "suspended")] {
        let made = node.issue(&plain(), &with_status(purpose));
        assert_eq!(made.status, 201, "{}", made.text);
        let entry = &made.body["credentialStatus"];
        assert_eq!(entry["type"], json!("BitstringStatusListEntry"));
        assert_eq!(entry["statusPurpose"], json!(purpose));
        assert_eq!(node.verify(&made.body).status, 200);
        let id = &made.body["id"];
        let set = node.post("/vc/credentials/status", &change(id, purpose, None));
        assert_eq!(set.status, 200, "{}", set.text);
        let refused = node.verify(&made.body);
        assert_eq!(refused.status, 400, "{}", refused.text);
        assert_eq!(refused.titles(), [code]);
        let back = node.post("/vc/credentials/status", &change(id, purpose, Some(false)));
        assert_eq!(back.status, 200, "{}", back.text);
        assert_eq!(node.verify(&made.body).status, 200);
    }
}

#[test]
fn no_two_credentials_share_a_position() {
    let node = Node::dev();
    node.organisation("a");
    let made: Vec<Value> = (0..5)
        .map(|_| node.issue(&plain(), &with_status("revocation")).body)
        .collect();
    let mut indexes: Vec<&str> = made
        .iter()
        .filter_map(|one| one["credentialStatus"]["statusListIndex"].as_str())
        .collect();
    indexes.sort_unstable();
    indexes.dedup();
    assert_eq!(indexes.len(), 5);
}

#[test]
fn what_was_not_signed_here_cannot_be_withdrawn() {
    let node = Node::strict();
    let first = node.organisation("a");
    let second = node.organisation("b");
    let (first, second) = (
        node.token(&first, "a", "tester"),
        node.token(&second, "b", "tester"),
    );
    let body = json!({"credential": plain(), "options": with_status("revocation")});
    let made = node.post_as(&first, "/vc/credentials/issue", &body);
    assert_eq!(made.status, 201, "{}", made.text);
    let withdraw = change(&made.body["id"], "revocation", None);
    for (token, body) in [
        (&second, withdraw.clone()),
        (&first, change(&made.body["id"], "suspension", None)),
        (
            &first,
            change(&json!("urn:uuid:nothing"), "revocation", None),
        ),
    ] {
        let refused = node.post_as(token, "/vc/credentials/status", &body);
        assert_eq!(refused.status, 404, "{}", refused.text);
    }
    for body in [
        json!({}),
        json!({"credentialId": 7}),
        change(&json!("urn:a"), "message", None),
    ] {
        let refused = node.post_as(&first, "/vc/credentials/status", &body);
        assert_eq!(refused.status, 422, "{}", refused.text);
    }
    let set = node.post_as(&first, "/vc/credentials/status", &withdraw);
    assert_eq!(set.status, 200, "{}", set.text);
}
