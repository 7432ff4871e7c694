//! `DELETE …/credentials/{id}/shares/{token}`.

use crate::{Node, Request, rows};
use serde_json::json;

#[test]
fn an_ended_share_shows_nothing_from_that_moment_on() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    let made = node
        .about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201);
    let (token, path) = (
        made.word("token"),
        node.path_of(&made.word("address")).to_owned(),
    );
    node.get(&path).expect(200);
    let end = |id: &str, token: &str| -> Request {
        node.request(
            "DELETE",
            &format!("{}/credentials/{id}/shares/{token}", office.path),
        )
        .token(&office.officer)
    };
    let other = node.badge(&office, &design);
    end(&other.id, &token).refused("not_found");
    end(&badge.id, "none").refused("not_found");
    node.get(&path).expect(200);
    end(&badge.id, &token).expect(204);
    node.get(&path).refused("not_found");
    node.get(node.path_of(&badge.address)).refused("not_found");
    end(&badge.id, &token).expect(204);
    assert_eq!(
        rows::acts(node, &badge.id),
        [
            "credential.issued",
            "credential.shared",
            "credential.unshared"
        ]
    );
}

#[test]
fn the_other_shares_of_a_badge_go_on() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let make = || {
        node.about(&office, &badge, "shares")
            .json(&json!({ "kind": "link" }))
            .expect(201)
    };
    let (one, other) = (make(), make());
    node.request(
        "DELETE",
        &format!(
            "{}/credentials/{}/shares/{}",
            office.path,
            badge.id,
            one.word("token")
        ),
    )
    .token(&office.officer)
    .expect(204);
    node.get(node.path_of(&other.word("address"))).expect(200);
    node.get(node.path_of(&badge.address)).expect(200);
    node.get(node.path_of(&one.word("address")))
        .refused("not_found");
}
