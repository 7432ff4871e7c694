//! `POST …/credentials/{id}/shares`.

use crate::{Badge, Node, Office, Request, rows};
use serde_json::json;

fn share(node: &Node, office: &Office, badge: &Badge, kind: &str) -> Request {
    node.about(office, badge, "shares")
        .json(&json!({ "kind": kind }))
}

#[test]
fn a_shared_badge_is_there_byte_for_byte_and_before_that_it_is_not() {
    let node = Node::shared();
    for (kind, letter) in [("link", "s"), ("code", "c"), ("page", "b")] {
        let (office, _, badge) = node.given();
        let own = node.path_of(&badge.address).to_owned();
        node.get(&own).refused("not_found");
        let made = share(node, &office, &badge, kind).expect(201);
        let address = made.word("address");
        assert_eq!(
            address,
            format!("{}/{letter}/{}", node.base(), made.word("token"))
        );
        for path in [node.path_of(&address), own.as_str()] {
            let shown = node.get(path).expect(200);
            assert_eq!(shown.body, badge.bytes, "{path}");
            assert_eq!(shown.header("content-type"), "application/vc+ld+json");
            assert_eq!(shown.header("cache-control"), "no-store");
        }
        assert_eq!(
            rows::acts(node, &badge.id),
            ["credential.issued", "credential.shared"]
        );
    }
}

#[test]
fn the_token_of_one_kind_is_none_of_another() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let token = share(node, &office, &badge, "link")
        .expect(201)
        .word("token");
    for letter in ["b", "c"] {
        node.get(&format!("/{letter}/{token}")).refused("not_found");
    }
    node.get(&format!("/s/{}", badge.id)).refused("not_found");
}

#[test]
fn the_audit_never_holds_a_link() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let token = share(node, &office, &badge, "link")
        .expect(201)
        .word("token");
    let audit = node
        .get(&format!("{}/audit", office.path))
        .token(&office.auditor)
        .expect(200);
    assert!(!audit.text().contains(&token));
}

#[test]
fn a_share_stops_when_it_was_said_to() {
    let node = Node::start();
    let (office, _, badge) = node.given();
    let body = json!({ "kind": "link", "stopsAt": "2026-11-25T12:01:00Z" });
    let made = node
        .about(&office, &badge, "shares")
        .json(&body)
        .expect(201);
    let path = node.path_of(&made.word("address")).to_owned();
    node.pass(59);
    node.get(&path).expect(200);
    node.pass(1);
    node.get(&path).refused("not_found");
    node.get(node.path_of(&badge.address)).refused("not_found");
}

#[test]
fn what_is_no_share_is_refused() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    for bad in [
        json!({}),
        json!({ "kind": "mail" }),
        json!({ "kind": "link", "token": "mine" }),
        json!({ "kind": "link", "stopsAt": "soon" }),
        json!({ "kind": "link", "stopsAt": 7 }),
        json!({ "kind": "link", "stopsAt": "2026-11-25T11:00:00Z" }),
        json!([]),
    ] {
        node.about(&office, &badge, "shares")
            .json(&bad)
            .refused("schema_invalid");
    }
    node.post(&format!("{}/credentials/none/shares", office.path))
        .token(&office.officer)
        .json(&json!({ "kind": "link" }))
        .refused("not_found");
    assert_eq!(
        rows::count(
            node,
            &format!("shares WHERE credential_id = '{}'", badge.id)
        ),
        0
    );
}
