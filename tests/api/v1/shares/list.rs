//! `GET …/credentials/{id}/shares`.

use crate::Node;
use serde_json::json;

#[test]
fn the_shares_of_a_badge_are_listed_and_of_no_other() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    let other = node.badge(&office, &design);
    let make = |badge, kind: &str| {
        node.about(&office, badge, "shares")
            .json(&json!({ "kind": kind }))
            .expect(201)
            .word("token")
    };
    let mut made = [
        make(&badge, "link"),
        make(&badge, "code"),
        make(&badge, "page"),
    ];
    make(&other, "link");
    let path = format!("{}/credentials/{}/shares", office.path, badge.id);
    let list = node.get(&path).token(&office.officer).expect(200).json();
    let items = list["items"].as_array().expect("items");
    let mut listed: Vec<&str> = items
        .iter()
        .map(|item| item["token"].as_str().expect("a token"))
        .collect();
    listed.sort_unstable();
    made.sort();
    assert_eq!(listed, made);
}

#[test]
fn what_is_not_there_has_no_shares() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let list = |id: &str| {
        node.get(&format!("{}/credentials/{id}/shares", office.path))
            .token(&office.officer)
    };
    assert_eq!(list(&badge.id).expect(200).json()["items"], json!([]));
    list("none").refused("not_found");
}
