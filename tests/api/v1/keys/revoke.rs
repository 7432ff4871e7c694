//! `POST …/keys/{id}/revocation`: a key may be in other hands (FED-08).

use crate::{Node, Office, Request, method, rows};
use serde_json::json;

fn revoke(node: &Node, office: &Office, since: &str) -> Request {
    node.post(&format!("{}/keys/key-1/revocation", office.path))
        .token(&office.administrator)
        .json(&json!({ "since": since }))
}

#[test]
fn badges_of_a_revoked_key_no_longer_count() {
    let node = Node::start();
    let (office, design, badge) = node.given();
    node.pass(60);
    let revoked = revoke(&node, &office, "2026-11-25T11:00:00Z").expect(200);
    assert_eq!(revoked.word("state"), "revoked");
    assert_eq!(revoked.word("revokedFrom"), "2026-11-25T11:00:00Z");
    let document = node
        .get(&format!("/issuers/{}/did.json", office.slug))
        .expect(200)
        .json();
    assert_eq!(
        document["verificationMethod"][0]["revoked"],
        "2026-11-25T11:00:00Z"
    );
    node.order(&office, &crate::new_badge(&design))
        .refused("state_conflict");

    node.post(&format!("{}/keys", office.path))
        .token(&office.administrator)
        .text("{}")
        .expect(201);
    node.pass(300);
    node.post(&format!("{}/keys/key-2/activation", office.path))
        .token(&office.administrator)
        .expect(200);
    node.settle();
    let list = node
        .get(&format!("/issuers/{}/status/1", office.slug))
        .expect(200)
        .json();
    assert!(method(&list).ends_with("#key-2"));

    let report = node.check(&badge.bytes);
    assert_eq!(report["conclusion"], "reject", "{report}");
    assert_eq!(
        report["current"]["code"], "key_revoked_time_unproven",
        "{report}"
    );
    let new = node.badge(&office, &design);
    node.hold_current(&new.bytes);
}

#[test]
fn the_private_half_is_gone_and_the_earliest_moment_stays() {
    let node = Node::start();
    let office = node.office();
    revoke(&node, &office, "2026-11-20T00:00:00Z").expect(200);
    assert_eq!(
        rows::count(&node, "issuer_keys WHERE sealed IS NOT NULL"),
        0
    );
    let later = revoke(&node, &office, "2026-11-22T00:00:00Z").expect(200);
    assert_eq!(later.word("revokedFrom"), "2026-11-20T00:00:00Z");
    let earlier = revoke(&node, &office, "2026-11-10T00:00:00Z").expect(200);
    assert_eq!(earlier.word("revokedFrom"), "2026-11-10T00:00:00Z");
    let acts = rows::count(&node, "audit WHERE act = 'key.revoked'");
    assert_eq!(acts, 2);
}

#[test]
fn a_moment_that_is_to_come_is_now() {
    let node = Node::start();
    let office = node.office();
    let revoked = revoke(&node, &office, "2030-01-01T00:00:00Z").expect(200);
    assert_eq!(revoked.word("revokedFrom"), crate::BEGIN);
}

#[test]
fn what_is_no_moment_is_refused() {
    let node = Node::shared();
    let office = node.office();
    for bad in [
        "",
        "yesterday",
        "2026-11-20",
        "2026-02-30T00:00:00Z",
        "2026-11-20T00:00:00",
    ] {
        let answer = revoke(node, &office, bad).refused("schema_invalid");
        assert_eq!(answer.faults()[0].0, "/since", "{bad}");
    }
    node.post(&format!("{}/keys/key-1/revocation", office.path))
        .token(&office.administrator)
        .text("{}")
        .refused("schema_invalid");
    node.post(&format!("{}/keys/key-7/revocation", office.path))
        .token(&office.administrator)
        .json(&json!({ "since": "2026-11-20T00:00:00Z" }))
        .refused("not_found");
    let keys = node
        .get(&format!("{}/keys", office.path))
        .token(&office.auditor)
        .expect(200)
        .json();
    assert_eq!(keys["items"][0]["state"], "active");
}
