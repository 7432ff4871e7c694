//! `POST …/credentials/{id}/approval`: two people (SEC-56).

use crate::{Badge, Node, Office, Request, new_badge, rows};
use serde_json::json;

fn waiting(node: &Node) -> (Office, String) {
    let office = node.office_with(&json!({ "settings": { "twoPeople": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } }));
    let asked = node.order(&office, &new_badge(&design)).expect(201);
    (office, asked.word("id"))
}

fn approve(node: &Node, office: &Office, id: &str) -> Request {
    node.post(&format!("{}/credentials/{id}/approval", office.path))
        .token(&office.approver)
}

#[test]
fn an_approved_badge_is_given() {
    let node = Node::shared();
    let (office, id) = waiting(node);
    let approved = approve(node, &office, &id).key("a").expect(200);
    assert_eq!(approved.word("state"), "issued");
    node.hold_current(&Badge::of(&approved).bytes);
    assert_eq!(
        approve(node, &office, &id).key("a").expect(200).body,
        approved.body
    );
    assert_eq!(approve(node, &office, &id).expect(200).body, approved.body);
    assert_eq!(
        rows::acts(node, &id),
        [
            "credential.requested",
            "credential.approved",
            "credential.issued"
        ]
    );
}

#[test]
fn nobody_approves_what_they_asked_for() {
    let node = Node::shared();
    let (office, id) = waiting(node);
    approve(node, &office, &id)
        .token(&office.officer)
        .refused("not_allowed");
    approve(node, &office, &id)
        .token(&office.administrator)
        .refused("not_allowed");
    approve(node, &office, "none").refused("not_found");
    approve(node, &office, &id)
        .without("Idempotency-Key")
        .refused("idempotency_missing");
    let read = node
        .get(&format!("{}/credentials/{id}", office.path))
        .token(&office.auditor);
    assert_eq!(read.expect(200).word("state"), "waiting");
}

#[test]
fn while_issuing_is_stopped_nothing_is_approved() {
    let node = Node::start();
    let (office, id) = waiting(&node);
    node.request("PUT", "/api/v1/stops/issue")
        .token(&node.operator)
        .json(&json!({ "reason": "a test" }))
        .expect(204);
    approve(&node, &office, &id)
        .may_fail()
        .refused("issue_stopped");
    let read = node
        .get(&format!("{}/credentials/{id}", office.path))
        .token(&office.auditor);
    assert_eq!(read.expect(200).word("state"), "waiting");
    node.request("DELETE", "/api/v1/stops/issue")
        .token(&node.operator)
        .expect(204);
    approve(&node, &office, &id).expect(200);
}

#[test]
fn many_approvals_at_once_give_one_badge() {
    let node = Node::shared();
    let (office, id) = waiting(node);
    let bodies: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| approve(node, &office, &id).expect(200).word("digest")))
            .collect();
        all.into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(
        rows::count(
            node,
            &format!("audit WHERE object = '{id}' AND act = 'credential.issued'")
        ),
        1
    );
}
