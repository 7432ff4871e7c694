//! An act and its audit entry are kept together or not at all (SEC-70): while no
//! entry can be written, nothing is done.
//!
//! A process of its own, since a failpoint is one for a whole process.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]
#![expect(unreachable_pub, reason = "one binary of several files")]

#[expect(dead_code, unused_imports, reason = "another binary needs the rest")]
mod support;

use support::{Answer, Node, Request, acts, rows};

#[test]
fn what_cannot_be_noted_is_not_done() {
    let node = Node::start();
    for act in acts::all() {
        let what = format!("{} {}", act.method, act.path);
        let request = (act.prepare)(&node);
        let before = rows::acted(&node);
        fail::cfg("store.audit", "return").expect("a failpoint");
        let answer = request.clone().may_fail().send();
        fail::remove("store.audit");
        assert_eq!(answer.status, 500, "{what}: {}", answer.text());
        assert_eq!(answer.code(), "internal", "{what}");
        rows::hold(&rows::acted(&node), &before, &what);
        let answer = sealed_later(&node, request);
        assert!(
            (200..300).contains(&answer.status),
            "{what}: {}",
            answer.text()
        );
        assert_ne!(rows::acted(&node), before, "{what}");
    }
}

/// A badge that was reserved is sealed a minute later, and the same request
/// finds it.
fn sealed_later(node: &Node, request: Request) -> Answer {
    let answer = request.clone().send();
    if answer.code_or_empty() != "idempotency_in_progress" {
        return answer;
    }
    node.pass(121);
    node.until(|| rows::count(node, "credentials WHERE state = 'reserved'") == 0);
    request.send()
}
