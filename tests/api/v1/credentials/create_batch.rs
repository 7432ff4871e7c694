//! `POST /api/v1/issuers/{issuer}/credentials/batch`.

use crate::{Badge, Node, Office, Request, new_badge, rows};
use serde_json::{Value, json};

fn batch(node: &Node, office: &Office, all: &[Value]) -> Request {
    node.post(&format!("{}/credentials/batch", office.path))
        .token(&office.officer)
        .json(&json!({ "credentials": all }))
}

fn named(design: &str, name: &str) -> Value {
    json!({ "achievement": design, "subject": { "name": name } })
}

fn kept(node: &Node, design: &str) -> i64 {
    rows::count(
        node,
        &format!("credentials WHERE achievement_id = '{design}'"),
    )
}

#[test]
fn a_batch_is_given_in_the_order_it_was_asked_for() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let all: Vec<Value> = (0..20)
        .map(|n| named(&design, &format!("Person {n}")))
        .collect();
    let answer = batch(node, &office, &all).key("b").expect(201);
    let badges = Badge::all_of(&answer);
    assert_eq!(badges.len(), 20);
    for (number, badge) in badges.iter().enumerate() {
        let name = &badge.json()["credentialSubject"]["identifier"][0]["identityHash"];
        assert_eq!(*name, format!("Person {number}"));
    }
    node.hold_current(&badges[7].bytes);
    assert_eq!(
        batch(node, &office, &all).key("b").expect(201).body,
        answer.body
    );
    assert_eq!(kept(node, &design), 20);
}

#[test]
fn one_that_is_wrong_keeps_all_from_being_given() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let before = rows::entries_of(node, &office);
    let good = new_badge(&design);
    let mut bad = good.clone();
    bad["validUntil"] = json!("2020-01-01T00:00:00Z");
    batch(node, &office, &[good.clone(), bad.clone()]).refused("issue_refused");
    batch(node, &office, &[bad, good.clone()]).refused("issue_refused");
    batch(node, &office, &[good.clone(), new_badge("none")]).refused("not_found");
    batch(node, &office, &[good.clone(), json!({})]).refused("schema_invalid");
    batch(node, &office, &[]).refused("schema_invalid");
    assert_eq!(kept(node, &design), 0);
    assert_eq!(rows::entries_of(node, &office), before);
    let positions = format!(
        "status_entries WHERE issuer_id = (SELECT id FROM issuers WHERE slug = '{}')",
        office.slug
    );
    assert_eq!(rows::count(node, &positions), 0);
}

#[test]
fn a_batch_has_five_hundred_badges_at_most() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let answer = batch(node, &office, &vec![new_badge(&design); 501]).refused("batch_too_large");
    assert_eq!(answer.status, 413);
    assert_eq!(kept(node, &design), 0);
}

#[test]
fn badges_that_wait_keep_their_place_among_those_that_do_not() {
    let node = Node::shared();
    let office = node.office_with(&json!({ "settings": { "twoPeople": true } }));
    let (free, waits) = (
        node.design(&office),
        node.design_with(&office, &json!({ "policy": { "approvals": ["assessor"] } })),
    );
    let all = [
        named(&waits, "One"),
        named(&free, "Two"),
        named(&waits, "Three"),
    ];
    let answer = batch(node, &office, &all).key("mixed").expect(201);
    let designs: Vec<String> = answer.json()["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["achievement"].as_str().expect("a design").to_owned())
        .collect();
    assert_eq!(designs, [waits.clone(), free, waits]);
}
