//! `POST …/credentials/{id}/suspension`.

use super::pausable;
use crate::{Node, rows};
use serde_json::json;

#[test]
fn a_paused_badge_is_paused_for_everybody() {
    let node = Node::start();
    let (office, design, badge) = pausable(&node);
    let entries = badge.json()["credentialStatus"].clone();
    assert_eq!(entries[0]["statusPurpose"], "revocation");
    assert_eq!(entries[1]["statusPurpose"], "suspension");
    node.hold_current(&badge.bytes);
    let other = node.badge(&office, &design);
    let reason = json!({ "reason": "licence under review" });
    let paused = node
        .about(&office, &badge, "suspension")
        .json(&reason)
        .expect(200)
        .json();
    assert_eq!(paused["standing"]["pausedAt"], crate::BEGIN);
    assert!(paused["standing"]["withdrawnAt"].is_null());
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "paused");
    assert_eq!(node.check(&badge.bytes)["current"]["code"], "suspended");
    node.hold_current(&other.bytes);
    node.pass(60);
    let again = node.about(&office, &badge, "suspension").expect(200).json();
    assert_eq!(again["standing"], paused["standing"]);
    assert_eq!(
        rows::count(&node, "audit WHERE act = 'credential.paused'"),
        1
    );
}

#[test]
fn a_badge_without_a_place_for_it_cannot_be_paused() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let answer = node
        .about(&office, &badge, "suspension")
        .refused("state_conflict");
    assert_eq!(answer.status, 409);
    for (pausing, may) in [(true, false), (false, true)] {
        let office = node.office_with(&json!({ "settings": { "allowPausing": pausing } }));
        let design = node.design_with(&office, &json!({ "policy": { "mayBePaused": may } }));
        let badge = node.badge(&office, &design);
        node.about(&office, &badge, "suspension")
            .refused("state_conflict");
    }
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
}

#[test]
fn a_badge_can_be_paused_and_withdrawn() {
    let node = Node::shared();
    let (office, _, badge) = pausable(node);
    node.about(&office, &badge, "suspension").expect(200);
    node.about(&office, &badge, "revocation").expect(200);
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
}
