//! `POST …/credentials/{id}/replacement`.

use crate::{Badge, Node, new_badge, rows};
use serde_json::json;

#[test]
fn a_replaced_badge_is_withdrawn_when_the_new_one_is_given() {
    let node = Node::start();
    let (office, design, old) = node.given();
    let mut corrected = new_badge(&design);
    corrected["subject"]["name"] = json!("Saffron Velvetine-Hart");
    let replace = || {
        node.about(&office, &old, "replacement")
            .json(&corrected)
            .key("r")
    };
    let answer = replace().expect(201);
    let new = Badge::of(&answer);
    assert_eq!(new.answer["followsAs"], "replacement");
    node.settle();
    node.hold_current(&new.bytes);
    assert_eq!(node.outcome(&old.bytes), "withdrawn");
    let read = node
        .get(&format!("{}/credentials/{}", office.path, old.id))
        .token(&office.auditor)
        .expect(200)
        .json();
    assert_eq!(read["standing"]["withdrawnReason"], "replaced");
    assert_eq!(read["standing"]["followedBy"], new.id.as_str());
    assert_eq!(replace().expect(201).body, answer.body);
    assert_eq!(
        rows::acts(&node, &old.id),
        ["credential.issued", "credential.withdrawn"]
    );
    node.about(&office, &old, "replacement")
        .json(&corrected)
        .refused("state_conflict");
    let requests = rows::lines(
        &node,
        "SELECT request AS line FROM audit WHERE act = 'credential.withdrawn'",
    );
    assert_ne!(requests[0], "", "the audit names the request");
}

#[test]
fn a_replacement_that_is_refused_leaves_the_old_badge_good() {
    let node = Node::shared();
    let (office, design, old) = node.given();
    let mut bad = new_badge(&design);
    bad["validUntil"] = json!("2020-01-01T00:00:00Z");
    node.about(&office, &old, "replacement")
        .json(&bad)
        .refused("issue_refused");
    node.about(&office, &old, "replacement")
        .json(&json!({}))
        .refused("schema_invalid");
    node.about(&office, &old, "replacement")
        .json(&new_badge("none"))
        .refused("not_found");
    node.settle();
    node.hold_current(&old.bytes);
}
