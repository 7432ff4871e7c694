//! `PUT /api/v1/stops/{what}`.

use crate::{Node, Request, new_badge, rows};
use serde_json::json;

fn stop(node: &Node, what: &str) -> Request {
    node.request("PUT", &format!("/api/v1/stops/{what}"))
        .token(&node.operator)
        .json(&json!({ "reason": "a test" }))
}

#[test]
fn stopping_stops_for_everybody_and_is_safe_to_repeat() {
    let node = Node::start();
    let (office, design, badge) = node.given();
    stop(&node, "issue").expect(204);
    stop(&node, "issue").expect(204);
    stop(&node, "fetch").expect(204);
    node.order(&office, &new_badge(&design))
        .may_fail()
        .refused("issue_stopped");
    node.about(&office, &badge, "revocation").expect(200);
    node.settle();
    assert_eq!(node.outcome(&badge.bytes), "withdrawn");
    assert_eq!(rows::acts(&node, "issue"), ["stop.set"]);
}

#[test]
fn only_what_is_known_is_stopped() {
    let node = Node::start();
    for what in ["everything", "Issue", "..", "%00"] {
        stop(&node, what).refused("not_found");
    }
    for bad in [
        json!({}),
        json!({ "reason": 7 }),
        json!({ "reason": "r".repeat(257) }),
        json!({ "reason": "a", "until": 7 }),
    ] {
        stop(&node, "issue").json(&bad).refused("schema_invalid");
    }
    assert_eq!(rows::count(&node, "stops"), 0);
}
