//! Badges that need two people (SEC-56): what waits, and what gets past it.

use crate::{Node, Office, new_badge, rows};
use serde_json::json;

fn two_people(node: &Node) -> (Office, String) {
    let office = node.office_with(&json!({ "settings": { "twoPeople": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } }));
    (office, design)
}

#[test]
fn a_badge_waits_and_is_nothing_until_it_is_approved() {
    let node = Node::shared();
    let (office, design) = two_people(node);
    let asked = node.order(&office, &new_badge(&design)).expect(201).json();
    assert_eq!(asked["state"], "waiting");
    assert!(asked["credential"].is_null());
    let id = asked["id"].as_str().expect("an id");
    let about = |what: &str| {
        node.post(&format!("{}/credentials/{id}/{what}", office.path))
            .token(&office.officer)
    };
    about("shares")
        .json(&json!({ "kind": "link" }))
        .refused("state_conflict");
    about("renewal").text("{}").refused("state_conflict");
    about("revocation").text("{}").refused("not_found");
    node.get(&format!("{}/credentials/{id}/file", office.path))
        .token(&office.officer)
        .refused("state_conflict");
    assert_eq!(rows::acts(node, id), ["credential.requested"]);
}

/// Whoever may replace a badge may not hand out another one unseen.
#[test]
fn a_replacement_waits_as_well() {
    let node = Node::shared();
    let (office, design) = two_people(node);
    let free = node.design(&office);
    let badge = node.badge(&office, &free);
    let replaced = node
        .about(&office, &badge, "replacement")
        .json(&new_badge(&design))
        .expect(201)
        .json();
    assert_eq!(replaced["state"], "waiting");
    node.settle();
    node.hold_current(&badge.bytes);
    let id = replaced["id"].as_str().expect("an id");
    node.post(&format!("{}/credentials/{id}/approval", office.path))
        .token(&office.approver)
        .expect(200);
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
}

#[test]
fn without_the_setting_nobody_waits() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } }));
    let asked = node.order(&office, &new_badge(&design)).expect(201);
    assert_eq!(asked.word("state"), "issued");
}
