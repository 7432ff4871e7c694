//! `POST /api/v1/issuers/{issuer}/achievements`.

use crate::{Node, Office, Request, fresh, new_design, rows};
use serde_json::{Value, json};

fn make(node: &Node, office: &Office, design: &Value) -> Request {
    node.post(&format!("{}/achievements", office.path))
        .token(&office.officer)
        .json(design)
}

#[test]
fn a_design_is_kept_as_it_was_given_with_an_id_of_ours() {
    let node = Node::shared();
    let office = node.office();
    let slug = fresh("made");
    let mut design = new_design(&slug);
    design["achievement"]["id"] = json!("https://evil.example/achievements/1");
    let made = make(node, &office, &design).expect(201);
    assert_eq!(made.header("etag"), "\"v1\"");
    let body = made.json();
    let id = format!("{}/achievements/{slug}", node.base());
    assert_eq!(body["id"], id.as_str());
    assert_eq!(body["achievement"]["id"], id.as_str());
    assert_eq!(
        body["achievement"]["criteria"],
        design["achievement"]["criteria"]
    );
    assert_eq!(body["policy"], design["policy"]);
    assert_eq!(body["state"], "published");
    assert_eq!(rows::acts(node, &slug), ["achievement.created"]);
    node.get(&format!("/achievements/{slug}")).expect(200);
}

#[test]
fn the_same_request_makes_one_and_a_taken_path_is_refused() {
    let node = Node::shared();
    let (office, other) = (node.office(), node.office());
    let design = new_design(&fresh("made"));
    let first = make(node, &office, &design).key("d").expect(201);
    assert_eq!(
        make(node, &office, &design).key("d").expect(201).body,
        first.body
    );
    make(node, &office, &design).refused("state_conflict");
    make(node, &other, &design).refused("state_conflict");
    let mut nameless = design.clone();
    nameless.as_object_mut().expect("an object").remove("slug");
    let one = make(node, &office, &nameless).expect(201).word("slug");
    let other = make(node, &office, &nameless).expect(201).word("slug");
    assert_ne!(one, other);
}

#[test]
fn what_is_no_design_is_refused_with_everything_that_is_wrong() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::entries_of(node, &office);
    let design = new_design(&fresh("bad"));
    let with = |pointer: &str, value: Value| {
        let mut design = design.clone();
        *design.pointer_mut(pointer).expect("a member") = value;
        design
    };
    for bad in [
        with("/slug", json!("Not A Slug")),
        with("/slug", json!("keys")),
        with("/slug", json!(7)),
        with("/achievement", json!({})),
        with("/achievement", json!([])),
        with("/achievement", json!("A")),
        with("/achievement/name", json!(7)),
        with("/achievement/description", json!(["a"])),
        with("/achievement/criteria", json!("Do it.")),
        with("/policy", json!([])),
        with("/policy", json!({ "validityMonths": "12" })),
        with("/policy", json!({ "validityMonths": -1 })),
        with("/policy", json!({ "approvals": "assessor" })),
    ] {
        make(node, &office, &bad).refused("schema_invalid");
    }
    let mut unknown = design.clone();
    unknown["state"] = json!("retired");
    make(node, &office, &unknown).refused("schema_invalid");
    let two = with(
        "/achievement",
        json!({ "name": 7, "description": 8, "criteria": {} }),
    );
    assert!(
        make(node, &office, &two)
            .refused("schema_invalid")
            .faults()
            .len()
            >= 2
    );
    assert_eq!(rows::entries_of(node, &office), before);
}
