//! `POST …/credentials/{id}/renewal`.

use crate::{Badge, Node, new_badge};
use serde_json::json;

#[test]
fn a_renewed_badge_keeps_the_date_of_the_first_award() {
    let node = Node::start();
    let office = node.office();
    let policy = json!({ "policy": { "validityMonths": 12, "renewal": { "validityMonths": 24 } } });
    let design = node.design_with(&office, &policy);
    let mut order = new_badge(&design);
    order["subject"]["id"] = json!("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
    order["awardedDate"] = json!("2026-11-18T09:00:00Z");
    order["creditsEarned"] = json!(2.5);
    order["narrative"] = json!("Passed.");
    order["evidence"] = json!([{ "type": ["Evidence"], "name": "Portfolio" }]);
    let first = Badge::of(&node.order(&office, &order).expect(201));
    node.pass(30 * 86_400);
    let answer = node.about(&office, &first, "renewal").key("r").expect(201);
    let second = Badge::of(&answer);
    assert_eq!(second.answer["follows"], first.id.as_str());
    assert_eq!(second.answer["followsAs"], "renewal");
    let (old, new) = (first.json(), second.json());
    assert_eq!(new["awardedDate"], "2026-11-18T09:00:00Z");
    assert_eq!(new["validFrom"], "2026-12-25T12:00:00Z");
    assert_eq!(new["validUntil"], "2028-12-25T12:00:00Z");
    assert_eq!(new["credentialSubject"], old["credentialSubject"]);
    assert_eq!(new["evidence"], old["evidence"]);
    assert_ne!(new["id"], old["id"]);
    node.round();
    node.hold_current(&second.bytes);
    node.hold_current(&first.bytes);
    assert_eq!(
        node.about(&office, &first, "renewal")
            .key("r")
            .expect(201)
            .body,
        answer.body
    );
    let read = node
        .get(&format!("{}/credentials/{}", office.path, first.id))
        .token(&office.auditor);
    assert_eq!(
        read.expect(200).json()["standing"]["followedBy"],
        second.id.as_str()
    );
}

#[test]
fn without_an_award_date_the_first_day_counts() {
    let node = Node::start();
    let (office, _, first) = node.given();
    node.pass(86_400);
    let second = Badge::of(&node.about(&office, &first, "renewal").expect(201));
    node.pass(86_400);
    let third = Badge::of(&node.about(&office, &second, "renewal").expect(201));
    assert_eq!(third.json()["awardedDate"], crate::BEGIN);
    let until = json!({ "validUntil": "2027-01-01T00:00:00Z" });
    let fourth = Badge::of(
        &node
            .about(&office, &third, "renewal")
            .json(&until)
            .expect(201),
    );
    assert_eq!(fourth.json()["validUntil"], "2027-01-01T00:00:00Z");
}

#[test]
fn a_badge_is_renewed_once() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    node.about(&office, &badge, "renewal").expect(201);
    node.about(&office, &badge, "renewal")
        .refused("state_conflict");
    node.about(&office, &badge, "replacement")
        .json(&new_badge(&design))
        .refused("state_conflict");
    let found = crate::rows::count(
        node,
        &format!("credentials WHERE achievement_id = '{design}'"),
    );
    assert_eq!(found, 2);
}

#[test]
fn every_seal_can_be_renewed() {
    let node = Node::shared();
    for seal in ["eddsa-jcs-2022", "ecdsa-rdfc-2019", "vc-jwt"] {
        let office = node.office_with(&json!({ "settings": { "seal": seal } }));
        let design = node.design(&office);
        let badge = node.badge(&office, &design);
        let renewed = Badge::of(&node.about(&office, &badge, "renewal").expect(201));
        node.hold_current(&renewed.bytes);
    }
}

/// A new badge would undo the withdrawal.
#[test]
fn a_withdrawn_or_paused_badge_is_not_renewed() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    node.about(&office, &badge, "revocation").expect(200);
    node.about(&office, &badge, "renewal")
        .refused("state_conflict");
    let (office, _, badge) = super::pausable(node);
    node.about(&office, &badge, "suspension").expect(200);
    node.about(&office, &badge, "renewal")
        .refused("state_conflict");
}

#[test]
fn what_is_no_renewal_is_refused() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    for bad in [
        json!({ "validUntil": "soon" }),
        json!({ "validFrom": "2026-12-01T00:00:00Z" }),
        json!([]),
        json!({ "validUntil": 7 }),
    ] {
        node.about(&office, &badge, "renewal")
            .json(&bad)
            .refused("schema_invalid");
    }
    let past = json!({ "validUntil": "2020-01-01T00:00:00Z" });
    node.about(&office, &badge, "renewal")
        .json(&past)
        .refused("issue_refused");
    node.request("DELETE", &format!("{}/achievements/{design}", office.path))
        .token(&office.officer)
        .expect(204);
    node.about(&office, &badge, "renewal")
        .refused("state_conflict");
    node.post(&format!("{}/credentials/none/renewal", office.path))
        .token(&office.officer)
        .text("{}")
        .refused("not_found");
}
