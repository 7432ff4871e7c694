//! `POST …/credentials/{id}/revocation`.

use crate::{Node, rows};
use serde_json::json;

#[test]
fn a_withdrawn_badge_is_withdrawn_for_everybody_and_for_ever() {
    let node = Node::start();
    let (office, design, badge) = node.given();
    let other = node.badge(&office, &design);
    let reason = json!({ "reason": "issued in error" });
    let first = node
        .about(&office, &badge, "revocation")
        .json(&reason)
        .expect(200)
        .json();
    assert_eq!(first["standing"]["withdrawnAt"], crate::BEGIN);
    assert_eq!(first["standing"]["withdrawnReason"], "issued in error");
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
    node.hold_current(&other.bytes);
    node.pass(3_600);
    let again = json!({ "reason": "another reason" });
    let second = node
        .about(&office, &badge, "revocation")
        .json(&again)
        .expect(200)
        .json();
    assert_eq!(second["standing"], first["standing"]);
    assert_eq!(
        rows::acts(&node, &badge.id),
        ["credential.issued", "credential.withdrawn"]
    );
    assert_eq!(rows::count(&node, "status_changes"), 1);
}

#[test]
fn an_approver_may_withdraw_too() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    node.about(&office, &badge, "revocation")
        .token(&office.approver)
        .expect(200);
}

#[test]
fn what_is_no_reason_is_refused_and_changes_nothing() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    for bad in [
        json!({ "reason": 7 }),
        json!({ "reason": "r".repeat(257) }),
        json!({ "why": "x" }),
        json!([7]),
        json!("x"),
    ] {
        node.about(&office, &badge, "revocation")
            .json(&bad)
            .refused("schema_invalid");
    }
    node.about(&office, &badge, "revocation")
        .without("Idempotency-Key")
        .refused("idempotency_missing");
    let none = node.post(&format!("{}/credentials/none/revocation", office.path));
    none.token(&office.officer).text("{}").refused("not_found");
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
}

#[test]
fn many_at_once_are_all_withdrawn() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let badges: Vec<_> = (0..24).map(|_| node.badge(&office, &design)).collect();
    std::thread::scope(|scope| {
        for badge in &badges {
            scope.spawn(|| node.about(&office, badge, "revocation").expect(200));
        }
    });
    node.settle();
    for badge in &badges {
        assert_eq!(node.outcome(&badge.bytes), "withdrawn");
    }
}
