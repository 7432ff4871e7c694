//! `GET …/tokens`.

use crate::Node;
use serde_json::json;

#[test]
fn an_organisation_sees_its_tokens_and_no_others() {
    let node = Node::start();
    let (office, _other) = (node.office(), node.office());
    let mut roles = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("{}/tokens?limit=2{cursor}", office.path);
        let page = node
            .get(&path)
            .token(&office.administrator)
            .expect(200)
            .json();
        for item in page["items"].as_array().expect("items") {
            assert!(item["token"].is_null());
            roles.push(item["role"].as_str().expect("a role").to_owned());
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    roles.sort();
    assert_eq!(
        roles,
        ["administrator", "approver", "auditor", "officer", "tester"]
    );
    let of_node = node
        .get("/api/v1/tokens")
        .token(&node.operator)
        .expect(200)
        .json();
    assert_eq!(of_node["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(of_node["items"][0]["name"], "first start");
}

#[test]
fn when_a_token_was_used_is_told() {
    let node = Node::start();
    let office = node.office();
    node.pass(3_600);
    node.get(&office.path).token(&office.auditor).expect(200);
    let list = node
        .get(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .expect(200)
        .json();
    let items = list["items"].as_array().expect("items");
    let auditor = items
        .iter()
        .find(|item| item["role"] == "auditor")
        .expect("the auditor");
    assert_eq!(auditor["lastUsedAt"], "2026-11-25T13:00:00Z");
    let officer = items
        .iter()
        .find(|item| item["role"] == "officer")
        .expect("the officer");
    assert_eq!(officer["lastUsedAt"], json!(null));
}
