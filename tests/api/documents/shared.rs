//! Badges at their own address, by link, by code and by page: `v1/shares` has
//! what makes and ends them.

use crate::Node;
use serde_json::json;

#[test]
fn a_code_is_read_however_it_is_typed() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let code = node
        .about(&office, &badge, "shares")
        .json(&json!({ "kind": "code" }))
        .expect(201)
        .word("token");
    for typed in [code.clone(), code.to_uppercase(), code.replace('-', "")] {
        assert_eq!(
            node.get(&format!("/c/{typed}")).expect(200).body,
            badge.bytes,
            "{typed}"
        );
    }
}

#[test]
fn a_withdrawn_badge_can_still_be_fetched() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    node.about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201);
    node.about(&office, &badge, "revocation").expect(200);
    assert_eq!(
        node.get(node.path_of(&badge.address)).expect(200).body,
        badge.bytes
    );
}

#[test]
fn a_token_is_served_as_text() {
    let node = Node::shared();
    let office = node.office_with(&json!({ "settings": { "seal": "vc-jwt" } }));
    let design = node.design(&office);
    let badge = node.badge(&office, &design);
    node.about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201);
    let shown = node.get(node.path_of(&badge.address)).expect(200);
    assert_eq!(shown.header("content-type"), "text/plain");
    assert_eq!(shown.body, badge.bytes);
}

#[test]
fn nobody_finds_a_badge_by_guessing() {
    let node = Node::shared();
    let (_, _, badge) = node.given();
    let own = node.path_of(&badge.address);
    let private = node.get(own).refused("not_found");
    let none = node
        .get("/credentials/00000000000000000000000000")
        .refused("not_found");
    assert_eq!(private.word("detail"), none.word("detail"));
    assert_eq!(private.word("title"), none.word("title"));
    for path in [
        "/s/none",
        "/c/none",
        "/c/b7k-4pd-2hx",
        "/b/none",
        "/s/",
        "/credentials/",
        "/s/%00",
    ] {
        node.get(path).refused("not_found");
    }
}
