//! `POST /api/v1/issuers/{issuer}/credentials`.

use crate::{Badge, Node, Office, new_badge, proof, rows};
use serde_json::{Value, json};

/// The usual badge with these members.
fn with(design: &str, members: &Value) -> Value {
    let mut badge = new_badge(design);
    for (name, value) in members.as_object().expect("members") {
        badge[name] = value.clone();
    }
    badge
}

/// Nothing that an order could leave: no badge, no position, no audit.
fn traces(node: &Node, office: &Office) -> Vec<i64> {
    let of = |table: &str| {
        format!(
            "{table} WHERE issuer_id = (SELECT id FROM issuers WHERE slug = '{}')",
            office.slug
        )
    };
    vec![
        rows::count(node, &of("credentials")),
        rows::count(node, &of("status_entries")),
        rows::entries_of(node, office),
    ]
}

#[test]
fn a_badge_that_was_given_is_good_for_everybody() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    node.hold_current(&badge.bytes);
    assert_eq!(badge.answer["state"], "issued");
    assert_eq!(badge.answer["achievement"], design.as_str());
    let inside = badge.json();
    assert_eq!(inside["id"], badge.address.as_str());
    let authority = node.state.address.authority().replace(':', "%3A");
    let did = format!("did:web:{authority}:issuers:{}", office.slug);
    assert_eq!(inside["issuer"]["id"], did.as_str());
    assert_eq!(inside["validFrom"], crate::BEGIN);
    assert_eq!(inside["validUntil"], "2027-11-25T12:00:00Z");
    assert_eq!(inside["credentialStatus"]["statusPurpose"], "revocation");
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
}

#[test]
fn every_seal_makes_badges_that_hold() {
    let node = Node::shared();
    for seal in [
        "eddsa-rdfc-2022",
        "eddsa-jcs-2022",
        "ecdsa-rdfc-2019",
        "vc-jwt",
    ] {
        for form in ["did", "https"] {
            let settings = json!({ "idForm": form, "settings": { "seal": seal } });
            let office = node.office_with(&settings);
            let design = node.design(&office);
            let answer = node.order(&office, &new_badge(&design)).expect(201);
            let badge = Badge::of(&answer);
            node.hold_current(&badge.bytes);
            if seal == "vc-jwt" {
                assert!(answer.json()["credential"].is_null(), "{seal}");
                continue;
            }
            assert_eq!(proof(&badge.json())["cryptosuite"], seal);
            assert!(answer.json()["token"].is_null(), "{seal}");
            let id = badge.json()["issuer"]["id"]
                .as_str()
                .expect("an id")
                .to_owned();
            assert_eq!(id.starts_with("did:web:"), form == "did", "{id}");
        }
    }
}

#[test]
fn a_node_with_a_name_gives_badges_with_https_addresses() {
    let node = Node::unusual(&crate::Unusual {
        base: Some("https://badges.northmarch.example.org"),
        ..crate::Unusual::default()
    });
    for form in ["did", "https"] {
        let office = node.office_with(&json!({ "idForm": form }));
        let design = node.design(&office);
        let badge = node.badge(&office, &design);
        assert!(
            badge
                .address
                .starts_with("https://badges.northmarch.example.org/credentials/")
        );
        node.hold_current(&badge.bytes);
    }
}

#[test]
fn a_badge_holds_for_as_long_as_its_design_says() {
    let node = Node::shared();
    let office = node.office();
    for (months, from, until) in [
        (12, "2028-02-29T10:00:00Z", "2029-02-28T10:00:00Z"),
        (48, "2028-02-29T10:00:00Z", "2032-02-29T10:00:00Z"),
        (1, "2027-01-31T23:59:59Z", "2027-02-28T23:59:59Z"),
        (1, "2028-01-31T00:00:00Z", "2028-02-29T00:00:00Z"),
    ] {
        let design = node.design_with(&office, &json!({ "policy": { "validityMonths": months } }));
        let order = with(&design, &json!({ "validFrom": from }));
        let badge = Badge::of(&node.order(&office, &order).expect(201)).json();
        assert_eq!(badge["validFrom"], from);
        assert_eq!(badge["validUntil"], until, "{months} from {from}");
    }
    let design = node.design_with(&office, &json!({ "policy": { "validityMonths": null } }));
    let badge = node.badge(&office, &design);
    assert!(badge.json().get("validUntil").is_none());
    let own = with(&design, &json!({ "validUntil": "2026-12-24T00:00:00Z" }));
    let badge = Badge::of(&node.order(&office, &own).expect(201)).json();
    assert_eq!(badge["validUntil"], "2026-12-24T00:00:00Z");
}

#[test]
fn results_evidence_and_all_else_stand_in_the_badge_as_they_were_sent() {
    let node = Node::shared();
    let office = node.office();
    let achievement = json!({ "achievement": { "resultDescription": [{
        "id": "urn:uuid:5f0d6a0e-3a7c-4f6e-9a57-0c6a54b6a111",
        "type": ["ResultDescription"], "name": "Mark", "resultType": "Percent",
        "valueMin": "0", "valueMax": "100",
    }] } });
    let design = node.design_with(&office, &achievement);
    let order = with(
        &design,
        &json!({
            "subject": { "id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "name": "Ann Other" },
            "results": [{ "type": ["Result"], "resultDescription": "urn:uuid:5f0d6a0e-3a7c-4f6e-9a57-0c6a54b6a111", "value": "71" }],
            "evidence": [{ "type": ["Evidence"], "name": "A portfolio", "narrative": "Three pieces of work." }],
            "awardedDate": "2026-11-18T09:00:00Z",
            "creditsEarned": 2.5,
            "narrative": "Passed at the first attempt.",
        }),
    );
    let badge = Badge::of(&node.order(&office, &order).expect(201));
    node.hold_current(&badge.bytes);
    let inside = badge.json();
    let subject = &inside["credentialSubject"];
    assert_eq!(subject["id"], order["subject"]["id"]);
    assert_eq!(subject["result"], order["results"]);
    assert_eq!(inside["evidence"], order["evidence"]);
    assert_eq!(subject["creditsEarned"], 2.5);
    assert_eq!(subject["narrative"], order["narrative"]);
    assert_eq!(inside["awardedDate"], "2026-11-18T09:00:00Z");
    assert_eq!(subject["identifier"][0]["identityHash"], "Ann Other");
}

#[test]
fn what_the_rules_refuse_leaves_nothing() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let before = traces(node, &office);
    for (rule, members) in [
        (
            "validity_order",
            json!({ "validUntil": "2026-11-25T11:59:59Z" }),
        ),
        (
            "validity_order",
            json!({ "validFrom": "2027-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z" }),
        ),
        (
            "awarded_date",
            json!({ "awardedDate": "2027-06-01T00:00:00Z" }),
        ),
        ("blank_texts", json!({ "narrative": "  " })),
        (
            "bidi_controls",
            json!({ "subject": { "name": "a\u{202e}b" } }),
        ),
        ("control_characters", json!({ "narrative": "a\u{1}b" })),
        ("field_lengths", json!({ "narrative": "n".repeat(20_000) })),
        ("absolute_iris", json!({ "subject": { "id": "ann" } })),
        (
            "result_links",
            json!({ "results": [{ "type": ["Result"], "resultDescription": "urn:uuid:5f0d6a0e-3a7c-4f6e-9a57-0c6a54b6a112", "value": "1" }] }),
        ),
        (
            "safe_mode",
            json!({ "evidence": [{ "type": ["Evidence"], "name": "A", "colour": "red" }] }),
        ),
        (
            "shape",
            json!({ "evidence": [{ "type": ["Evidence"], "name": 7 }] }),
        ),
        (
            "enumerations",
            json!({ "results": [{ "type": ["Result"], "status": "Maybe" }] }),
        ),
    ] {
        let answer = node.order(&office, &with(&design, &members)).send();
        assert_eq!(answer.status, 422, "{rule}");
        assert_eq!(answer.code(), "issue_refused", "{rule}");
        let faults = answer.faults();
        assert!(
            faults.iter().any(|(at, _)| at == rule),
            "{rule}: {faults:?}"
        );
        assert!(
            faults.iter().all(|(_, detail)| !detail.is_empty()),
            "{faults:?}"
        );
        assert_eq!(traces(node, &office), before, "{rule}");
    }
}

#[test]
fn what_is_no_order_leaves_nothing() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let before = traces(node, &office);
    for bad in [
        json!({}),
        json!([]),
        json!(null),
        json!("badge"),
        json!({ "achievement": design }),
        json!({ "achievement": 7, "subject": {} }),
        with(&design, &json!({ "subject": "Ann" })),
        with(&design, &json!({ "subject": [null, "Ann", []] })),
        json!([design, {}]),
        with(&design, &json!({ "issuer": "did:web:evil.example" })),
        with(&design, &json!({ "credentialStatus": {} })),
        with(&design, &json!({ "proof": {} })),
        with(&design, &json!({ "results": {} })),
        with(&design, &json!({ "results": ["A"] })),
        with(&design, &json!({ "evidence": [[]] })),
        with(
            &design,
            &json!({ "subject": { "name": "A", "type": "Profile" } }),
        ),
        with(&design, &json!({ "validFrom": "yesterday" })),
        with(&design, &json!({ "validUntil": "2026-11-25" })),
        with(&design, &json!({ "awardedDate": "2026-02-30T00:00:00Z" })),
        with(&design, &json!({ "awardedDate": 7 })),
        with(&design, &json!({ "creditsEarned": "two" })),
    ] {
        let answer = node.order(&office, &bad).refused("schema_invalid");
        assert_eq!(answer.status, 422, "{bad}");
        assert_eq!(traces(node, &office), before, "{bad}");
    }
}

#[test]
fn a_design_that_is_not_there_or_retired_gives_nothing() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    for none in ["none", "", "..", "a/b", &"a".repeat(300)] {
        node.order(&office, &new_badge(none)).refused("not_found");
    }
    let before = traces(node, &office);
    node.request("DELETE", &format!("{}/achievements/{design}", office.path))
        .token(&office.officer)
        .expect(204);
    node.order(&office, &new_badge(&design))
        .refused("state_conflict");
    assert_eq!(traces(node, &office)[..2], before[..2]);
}

#[test]
fn while_issuing_is_stopped_nothing_is_given() {
    let node = Node::start();
    let (office, design, badge) = node.given();
    let stop = |method: &'static str| {
        node.request(method, "/api/v1/stops/issue")
            .token(&node.operator)
            .json(&json!({ "reason": "a test" }))
            .expect(204)
    };
    stop("PUT");
    let before = traces(&node, &office);
    let refused = node
        .order(&office, &new_badge(&design))
        .may_fail()
        .refused("issue_stopped");
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("retry-after"), "600");
    node.about(&office, &badge, "renewal")
        .may_fail()
        .refused("issue_stopped");
    assert_eq!(traces(&node, &office), before);
    stop("DELETE");
    node.order(&office, &new_badge(&design)).expect(201);
}

#[test]
fn positions_are_spread_over_the_whole_list() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let mut positions: Vec<u32> = (0..12)
        .map(|_| {
            let badge = node.badge(&office, &design).json();
            let index = badge["credentialStatus"]["statusListIndex"]
                .as_str()
                .expect("an index")
                .to_owned();
            index.parse().expect("a number")
        })
        .collect();
    let asked = positions.clone();
    positions.sort_unstable();
    assert_ne!(
        asked, positions,
        "in the order in which they were asked for"
    );
    positions.dedup();
    assert_eq!(positions.len(), 12);
    assert!(positions.iter().all(|position| *position < 131_072));
    assert!(positions[11] - positions[0] > 20_000, "{positions:?}");
}
