//! `POST /api/v1/issuers/{issuer}/closure`.

use crate::{Node, new_badge, rows};

#[test]
fn a_closed_organisation_gives_nothing_more_and_its_badges_hold() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    let close = || {
        node.post(&format!("{}/closure", office.path))
            .token(&office.administrator)
    };
    let closed = close().expect(200);
    assert_eq!(closed.word("state"), "closed");
    node.order(&office, &new_badge(&design))
        .refused("state_conflict");
    node.about(&office, &badge, "renewal")
        .refused("state_conflict");
    node.hold_current(&badge.bytes);
    let again = close().expect(200);
    assert_eq!(again.word("closedAt"), closed.word("closedAt"));
    let acts = rows::lines(
        node,
        &format!(
            "SELECT act AS line FROM audit WHERE act = 'issuer.closed' AND tenant = (SELECT id FROM issuers WHERE slug = '{}')",
            office.slug
        ),
    );
    assert_eq!(acts.len(), 1);
}

#[test]
fn badges_of_a_closed_organisation_can_be_withdrawn() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    node.post(&format!("{}/closure", office.path))
        .token(&office.administrator)
        .expect(200);
    node.about(&office, &badge, "revocation").expect(200);
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
}

#[test]
fn a_badge_that_waits_when_its_organisation_closes_is_not_handed_out() {
    let node = Node::shared();
    let office = node.office_with(&serde_json::json!({ "settings": { "twoPeople": true } }));
    let design = node.design_with(
        &office,
        &serde_json::json!({ "policy": { "approvals": ["assessor"] } }),
    );
    let waiting = node
        .order(&office, &new_badge(&design))
        .expect(201)
        .word("id");
    node.post(&format!("{}/closure", office.path))
        .token(&office.administrator)
        .expect(200);
    node.post(&format!("{}/credentials/{waiting}/approval", office.path))
        .token(&office.approver)
        .refused("state_conflict");
}
