//! `DELETE /api/v1/stops/{what}`.

use crate::{Node, new_badge, rows};
use serde_json::json;

#[test]
fn what_was_stopped_goes_on() {
    let node = Node::start();
    let (office, design, _) = node.given();
    let ask = |method: &'static str| {
        node.request(method, "/api/v1/stops/issue")
            .token(&node.operator)
            .json(&json!({ "reason": "a test" }))
    };
    ask("PUT").expect(204);
    ask("DELETE").expect(204);
    node.order(&office, &new_badge(&design)).expect(201);
    ask("DELETE").expect(204);
    assert_eq!(rows::acts(&node, "issue"), ["stop.set", "stop.lifted"]);
}

#[test]
fn what_is_unknown_is_not_there() {
    let node = Node::shared();
    node.request("DELETE", "/api/v1/stops/everything")
        .token(&node.operator)
        .refused("not_found");
}
