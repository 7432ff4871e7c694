//! `POST /api/v1/issuers/{issuer}/credentials`.

use crate::{Badge, Node, new_badge, rows};
use serde_json::json;

#[test]
fn a_badge_that_was_given_is_good_for_everybody() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    node.hold_current(&badge.bytes);
    assert_eq!(badge.answer["state"], "issued");
    assert_eq!(badge.answer["achievement"], design.as_str());
    let inside = badge.json();
    assert_eq!(inside["id"], badge.address.as_str());
    assert_eq!(
        inside["issuer"]["id"],
        format!("did:web:{}:issuers:{}", node.state.address.authority().replace(':', "%3A"), office.slug)
    );
    assert_eq!(inside["validFrom"], crate::BEGIN);
    assert_eq!(inside["validUntil"], "2027-11-25T12:00:00Z");
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
}

#[test]
fn every_seal_makes_badges_that_hold() {
    let node = Node::shared();
    for (seal, form) in [
        ("eddsa-rdfc-2022", "did"),
        ("eddsa-jcs-2022", "did"),
        ("ecdsa-rdfc-2019", "did"),
        ("vc-jwt", "did"),
        ("eddsa-rdfc-2022", "https"),
        ("eddsa-jcs-2022", "https"),
        ("ecdsa-rdfc-2019", "https"),
        ("vc-jwt", "https"),
    ] {
        let office = node.office_with(&json!({ "idForm": form, "settings": { "seal": seal } }));
        let design = node.design(&office);
        let answer = node.order(&office, &new_badge(&design)).expect(201);
        let badge = Badge::of(&answer);
        node.hold_current(&badge.bytes);
        if seal == "vc-jwt" {
            assert!(answer.json()["credential"].is_null(), "{seal}");
        } else {
            assert_eq!(badge.json()["proof"]["cryptosuite"], seal);
        }
    }
}
