//! `PATCH /api/v1/issuers/{issuer}`.

use crate::{Node, Office, Request, rows};
use serde_json::{Value, json};

fn change(node: &Node, office: &Office, body: &Value) -> Request {
    node.request("PATCH", &office.path)
        .token(&office.administrator)
        .json(body)
}

#[test]
fn a_new_profile_is_published_at_once_and_stands_in_new_badges() {
    let node = Node::shared();
    let (office, design, old) = node.given();
    let profile =
        json!({ "profile": { "name": "Northmarch Council", "url": "https://new.example.org" } });
    let changed = change(node, &office, &profile).expect(200);
    assert_eq!(changed.header("etag"), "\"v2\"");
    assert_eq!(changed.word("name"), "Northmarch Council");
    let published = node.get(&format!("/issuers/{}", office.slug)).expect(200);
    assert_eq!(published.json()["url"], "https://new.example.org");
    let new = node.badge(&office, &design);
    assert_eq!(new.json()["issuer"]["name"], "Northmarch Council");
    node.hold_current(&new.bytes);
    node.hold_current(&old.bytes);
}

#[test]
fn a_change_to_an_old_version_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let body = json!({ "profile": { "name": "A" } });
    let by = |version: &str| change(node, &office, &body).header("If-Match", version);
    by("\"v1\"").expect(200);
    for stale in [
        "\"v1\"",
        "\"v3\"",
        "\"v0\"",
        "\"\"",
        "\"other\"",
        "v2",
        "W/\"v2\"",
    ] {
        assert_eq!(by(stale).refused("etag_mismatch").status, 412, "{stale}");
    }
    by("\"v2\"").expect(200);
    by("*").expect(200);
    by("\"v1\", \"v4\"").expect(200);
    change(node, &office, &body).expect(200);
}

#[test]
fn settings_that_no_key_can_serve_are_refused() {
    let node = Node::shared();
    let office = node.office();
    let seal = |name: &str| json!({ "settings": { "seal": name } });
    change(node, &office, &seal("ecdsa-rdfc-2019")).refused("state_conflict");
    change(node, &office, &seal("eddsa-jcs-2022")).expect(200);
    for bad in [
        json!({ "settings": { "seal": "md5" } }),
        json!({ "settings": { "unknown": 1 } }),
        json!({ "slug": "other" }),
        json!({ "id": "did:web:evil.example" }),
        json!({ "profile": { "name": 5 } }),
        json!([]),
        json!([null, null]),
        json!({ "settings": ["eddsa-rdfc-2022", true, true, true] }),
    ] {
        change(node, &office, &bad).refused("schema_invalid");
    }
}

#[test]
fn each_change_is_in_the_audit_once() {
    let node = Node::shared();
    let office = node.office();
    let before = rows::entries_of(node, &office);
    change(node, &office, &json!({ "profile": { "name": "B" } })).expect(200);
    assert_eq!(rows::entries_of(node, &office), before + 1);
}
