//! `PUT /api/v1/issuers/{issuer}/achievements/{id}`.

use crate::{Node, Office, Request, new_design, rows};
use serde_json::{Value, json};

fn change(node: &Node, office: &Office, design: &str, body: &Value) -> Request {
    node.request("PUT", &format!("{}/achievements/{design}", office.path))
        .token(&office.officer)
        .json(body)
}

fn named(name: &str) -> Value {
    let mut body = json!({ "achievement": new_design("x")["achievement"] });
    body["achievement"]["name"] = json!(name);
    body
}

#[test]
fn badges_keep_the_version_they_were_given_from() {
    let node = Node::shared();
    let (office, design, old) = node.given();
    let changed = change(
        node,
        &office,
        &design,
        &named("Safeguarding, second edition"),
    )
    .expect(200);
    assert_eq!(changed.header("etag"), "\"v2\"");
    assert_eq!(
        changed.json()["policy"]["validityMonths"],
        12,
        "the policy stays"
    );
    let new = node.badge(&office, &design);
    assert_eq!(new.answer["achievementVersion"], 2);
    assert_eq!(new.json()["name"], "Safeguarding, second edition");
    assert_eq!(old.json()["name"], "Safeguarding basics");
    node.hold_current(&old.bytes);
    node.hold_current(&new.bytes);
    assert_eq!(
        rows::acts(node, &design),
        ["achievement.created", "achievement.changed"]
    );
}

#[test]
fn a_change_to_an_old_version_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let by =
        |version: &str| change(node, &office, &design, &named("A")).header("If-Match", version);
    by("\"v1\"").expect(200);
    for stale in ["\"v1\"", "\"v3\"", "\"\"", "v2", "W/\"v2\"", "\"v2"] {
        by(stale).refused("etag_mismatch");
    }
    by("\"v2\"").expect(200);
    by("*").expect(200);
}

#[test]
fn many_at_once_each_make_a_version_or_are_refused() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let made = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|n| {
                let (office, design) = (&office, &design);
                scope.spawn(move || {
                    change(node, office, design, &named(&format!("N{n}")))
                        .send()
                        .status
                })
            })
            .collect();
        all.into_iter()
            .map(|one| one.join().expect("a status"))
            .filter(|status| *status == 200)
            .count()
    });
    let versions = rows::count(
        node,
        &format!("achievement_versions WHERE achievement_id = '{design}'"),
    );
    assert_eq!(versions, 1 + i64::try_from(made).expect("a count"));
}

#[test]
fn what_is_no_version_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    for bad in [
        json!({}),
        json!({ "achievement": {} }),
        json!({ "achievement": 7 }),
        json!({ "achievement": new_design("x")["achievement"], "slug": "y" }),
    ] {
        change(node, &office, &design, &bad).refused("schema_invalid");
    }
    change(node, &office, "none", &named("A")).refused("not_found");
    assert_eq!(rows::acts(node, &design), ["achievement.created"]);
}
