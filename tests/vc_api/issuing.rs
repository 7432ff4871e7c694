//! What is signed, and what is not.

use crate::node::Node;
use crate::plain;
use serde_json::{Value, json};

const SUITES: [&str; 5] = [
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-jcs-2019",
    "ecdsa-sd-2023",
];

fn changed(pointer: &str, new: Value) -> Value {
    let mut credential = plain();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = credential.pointer_mut(parent).expect("a place");
    match (parent, new) {
        (Value::Object(object), Value::Bool(false)) => drop(object.remove(name)),
        (parent, new) => parent[name] = new,
    }
    credential
}

#[test]
fn what_every_suite_signs_verifies_and_what_is_changed_does_not() {
    let node = Node::dev();
    node.organisation("a");
    for suite in SUITES {
        let made = node.issue(&plain(), &json!({"cryptosuite": suite}));
        assert_eq!(made.status, 201, "{suite}: {}", made.text);
        assert_eq!(made.body["issuer"], json!(node.did("a")));
        assert_eq!(made.body["proof"][0]["cryptosuite"], json!(suite));
        let good = node.verify(&made.body);
        assert_eq!(good.status, 200, "{suite}: {}", good.text);
        assert_eq!(good.body["verified"], json!(true));
        for (pointer, new) in [
            ("/credentialSubject/name", json!("Mallory")),
            ("/issuer", json!("did:example:somebody")),
            ("/proof/0/created", json!("2026-11-25T11:59:59Z")),
        ] {
            let mut bad = made.body.clone();
            *bad.pointer_mut(pointer).expect("a place") = new;
            let refused = node.verify(&bad);
            assert_eq!(refused.status, 400, "{suite} {pointer}");
            assert_eq!(refused.body["verified"], json!(false));
            assert!(!refused.titles().is_empty(), "{suite} {pointer}");
        }
    }
}

#[test]
fn a_key_may_sign_under_its_own_name() {
    let node = Node::dev();
    node.organisation("a");
    for (key, suite) in [
        ("key-1", "eddsa-rdfc-2022"),
        ("key-2", "ecdsa-rdfc-2019"),
        ("key-3", "ecdsa-rdfc-2019"),
        ("key-3", "ecdsa-jcs-2019"),
        ("key-2", "ecdsa-sd-2023"),
    ] {
        let multikey = node.multikey("a", key);
        let did = format!("did:key:{multikey}");
        let credential = changed("/issuer", json!({"id": did, "name": "A"}));
        let made = node.issue(&credential, &json!({"cryptosuite": suite}));
        assert_eq!(made.status, 201, "{key} {suite}: {}", made.text);
        assert_eq!(made.body["issuer"], json!({"id": did, "name": "A"}));
        let method = json!(format!("{did}#{multikey}"));
        assert_eq!(made.body["proof"][0]["verificationMethod"], method);
        assert_eq!(node.verify(&made.body).status, 200, "{key} {suite}");
    }
    // P-384 makes no selective disclosure.
    let did = format!("did:key:{}", node.multikey("a", "key-3"));
    let credential = changed("/issuer", json!(did));
    let refused = node.issue(&credential, &json!({"cryptosuite": "ecdsa-sd-2023"}));
    assert_eq!(refused.status, 409, "{}", refused.text);
}

#[test]
fn what_breaks_the_data_model_is_not_signed() {
    let node = Node::dev();
    node.organisation("a");
    for (pointer, new) in [
        ("/@context", json!([])),
        (
            "/@context",
            json!(["https://www.w3.org/2018/credentials/v1"]),
        ),
        (
            "/@context",
            json!([
                "https://www.w3.org/ns/credentials/v2",
                "https://a.example/c"
            ]),
        ),
        (
            "/@context",
            json!(["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:x:"}]),
        ),
        ("/type", json!(["VerifiableCredential", "Unmapped"])),
        ("/type", json!(["Unmapped"])),
        ("/type", json!([])),
        ("/type", json!(["VerifiablePresentation"])),
        ("/id", json!("not a url")),
        ("/id", json!(["urn:a", "urn:b"])),
        ("/issuer", Value::Null),
        ("/issuer", json!("not a url")),
        ("/issuer", json!({"id": null})),
        ("/issuer", json!(["did:example:a"])),
        ("/credentialSubject", json!(false)),
        ("/credentialSubject", json!({})),
        ("/credentialSubject", json!([])),
        ("/credentialSubject/unmapped", json!("a")),
        ("/credentialSubject/name", Value::Null),
        ("/validFrom", json!("2026-13-01T00:00:00Z")),
        ("/validFrom", json!("2026-01-01T00:00:00")),
        ("/validUntil", json!(7)),
        ("/credentialStatus", json!({"id": "urn:a"})),
        (
            "/credentialStatus",
            json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": true, "statusListCredential": "https://a.example/1"}),
        ),
        ("/credentialSchema", json!({"id": "https://a.example/s"})),
        ("/termsOfUse", json!({"id": "https://a.example/t"})),
        ("/evidence", json!({"id": "https://a.example/e"})),
        ("/refreshService", json!({"id": "https://a.example/r"})),
        ("/relatedResource", json!({"id": "https://a.example/r"})),
        ("/proof", json!({"cryptosuite": "eddsa-rdfc-2022"})),
        ("/proof", json!("x")),
        (
            "/relatedResource",
            json!([
                {"id": "https://a.example/r", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
                {"id": "https://a.example/r", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
            ]),
        ),
    ] {
        let refused = node.issue(&changed(pointer, new.clone()), &json!({}));
        assert_eq!(refused.status, 400, "{pointer} {new}: {}", refused.text);
        let kind = refused.body["type"].as_str().expect("a type");
        assert!(kind.starts_with("http"), "{pointer} {new}: {kind}");
    }
}

#[test]
fn a_request_that_cannot_be_read_is_refused() {
    let node = Node::dev();
    node.organisation("a");
    let deep = format!(
        "{{\"credential\":{}{}}}",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let twice = r#"{"credential":{"type":"VerifiableCredential","type":"A"}}"#;
    let large = format!("{{\"credential\":\"{}\"}}", "a".repeat(6 << 20));
    for body in [
        "",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        "\u{feff}{}",
        &deep,
        twice,
        &large,
        r#"{"credential":null}"#,
        r#"{"credential":[]}"#,
        r#"{"credential":"x"}"#,
        r#"{"credential":{}}"#,
        r#"{"credential":{},"options":7}"#,
        r#"{"credential":{"type":"VerifiableCredential"},"options":{"cryptosuite":7}}"#,
        r#"{"credential":{"type":"VerifiableCredential"},"options":{"cryptosuite":"bbs-2023"}}"#,
        r#"{"credential":{"type":"VerifiableCredential"},"options":{"cryptosuite":"Ed25519Signature2020"}}"#,
        r#"{"credential":{"type":"VerifiableCredential"},"options":{"credentialStatus":{"type":"A"}}}"#,
        r#"{"credential":{"type":"VerifiableCredential"},"options":{"credentialStatus":{"statusPurpose":"message"}}}"#,
    ] {
        let refused = node.send("POST", "/vc/credentials/issue", None, body.as_bytes());
        let shown = body.get(..60).unwrap_or(body);
        assert!(
            (400..500).contains(&refused.status),
            "{shown}: {}",
            refused.text
        );
    }
    let refused = node.send("POST", "/vc/credentials/issue", None, b"\xff\xfe{}");
    assert_eq!(refused.status, 400);
    let refused = node.send("GET", "/vc/credentials/issue", None, b"");
    assert_eq!(refused.status, 405);
}

#[test]
fn a_pointer_that_leads_nowhere_is_told() {
    let node = Node::dev();
    node.organisation("a");
    for pointer in ["name", "/nothing"] {
        let options = json!({"cryptosuite": "ecdsa-sd-2023", "mandatoryPointers": [pointer]});
        let refused = node.issue(&plain(), &options);
        assert_eq!(refused.status, 400, "{pointer}: {}", refused.text);
        let kind = &refused.body["type"];
        assert_eq!(
            *kind,
            json!("https://w3id.org/security#PROOF_GENERATION_ERROR")
        );
    }
}

#[test]
fn the_suite_may_stand_in_the_address() {
    let node = Node::dev();
    node.organisation("a");
    let body = json!({"credential": plain()});
    let made = node.post("/vc/credentials/issue?cryptosuite=eddsa-jcs-2022", &body);
    assert_eq!(
        made.body["proof"][0]["cryptosuite"],
        json!("eddsa-jcs-2022"),
        "{}",
        made.text
    );
    let body = json!({"credential": plain(), "options": {"cryptosuite": "ecdsa-jcs-2019"}});
    let made = node.post("/vc/credentials/issue?cryptosuite=eddsa-jcs-2022", &body);
    assert_eq!(
        made.body["proof"][0]["cryptosuite"],
        json!("ecdsa-jcs-2019"),
        "{}",
        made.text
    );
    let refused = node.post(
        "/vc/credentials/issue?cryptosuite=none",
        &json!({"credential": plain()}),
    );
    assert_eq!(refused.status, 422, "{}", refused.text);
}

#[test]
fn nobody_but_the_node_makes_its_status_lists() {
    let node = Node::dev();
    node.organisation("a");
    let mut list = plain();
    list["type"] = json!(["VerifiableCredential", "BitstringStatusListCredential"]);
    list["credentialSubject"] = json!({"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"});
    let refused = node.issue(&list, &json!({}));
    assert_eq!(refused.status, 400, "{}", refused.text);
}

#[test]
fn a_badge_keeps_the_rules_of_badges() {
    let node = Node::dev();
    node.organisation("a");
    let mut badge = plain();
    badge["@context"] = json!([
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    ]);
    badge["type"] = json!(["VerifiableCredential", "OpenBadgeCredential"]);
    badge["issuer"] = json!({"id": "did:example:a", "type": ["Profile"], "name": "A"});
    badge["validFrom"] = json!("2026-11-25T12:00:00Z");
    badge["credentialSubject"] = json!({
        "id": "did:example:alice",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:0d6b1f7c-6f2e-4b8e-9d5c-1a2b3c4d5e6f",
            "type": ["Achievement"],
            "name": "First aid",
            "description": "One day.",
            "criteria": {"narrative": "Attend the day."}
        }
    });
    let made = node.issue(&badge, &json!({}));
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(node.verify(&made.body).status, 200);
    badge["credentialSubject"]["achievement"]
        .as_object_mut()
        .expect("an achievement")
        .remove("criteria");
    assert_eq!(node.issue(&badge, &json!({})).status, 400);
}

#[test]
fn the_organisation_is_named_the_root_or_the_only_one() {
    let node = Node::dev();
    let nobody = node.issue(&plain(), &json!({}));
    assert_eq!(nobody.status, 422, "{}", nobody.text);
    node.organisation("a");
    node.organisation("b");
    let unclear = node.issue(&plain(), &json!({}));
    assert_eq!(unclear.status, 422, "{}", unclear.text);
    let named = node.issue(&changed("/issuer", json!(node.did("b"))), &json!({}));
    assert_eq!(named.body["issuer"], json!(node.did("b")), "{}", named.text);
}
