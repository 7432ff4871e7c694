//! `DELETE …/credentials/{id}/suspension`.

use super::pausable;
use crate::{Badge, Node, Office, Request, rows};

fn resume(node: &Node, office: &Office, badge: &Badge) -> Request {
    node.request(
        "DELETE",
        &format!("{}/credentials/{}/suspension", office.path, badge.id),
    )
    .token(&office.officer)
}

#[test]
fn a_resumed_badge_is_good_again() {
    let node = Node::start();
    let (office, _, badge) = pausable(&node);
    for _ in 0..2 {
        node.about(&office, &badge, "suspension").expect(200);
        node.settle();
        assert_eq!(node.outcome(&badge.bytes), "paused");
        let resumed = resume(&node, &office, &badge).expect(200).json();
        assert!(resumed["standing"]["pausedAt"].is_null());
        node.settle();
        node.hold_current(&badge.bytes);
    }
    resume(&node, &office, &badge).expect(200);
    assert_eq!(
        rows::count(&node, "audit WHERE act = 'credential.resumed'"),
        2
    );
}

#[test]
fn what_was_never_paused_or_cannot_be_stays_as_it_is() {
    let node = Node::shared();
    let (office, _, badge) = pausable(node);
    resume(node, &office, &badge).expect(200);
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
    let (office, _, badge) = node.given();
    resume(node, &office, &badge).refused("state_conflict");
    resume(node, &office, &badge)
        .without("Idempotency-Key")
        .refused("idempotency_missing");
}

/// Resuming ends a pause, never a withdrawal.
#[test]
fn a_withdrawn_badge_is_not_resumed() {
    let node = Node::shared();
    let (office, _, badge) = pausable(node);
    node.about(&office, &badge, "revocation").expect(200);
    resume(node, &office, &badge).expect(200);
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
}
