//! A node with two organisations and badges in every state.

use crate::council::{Badge, Issuer};
use crate::site::Node;
use serde_json::json;

/// The node and what is on it.
pub(crate) struct World {
    pub(crate) node: Node,
    pub(crate) council: Issuer,
    pub(crate) badge: Badge,
}

/// A node with a root organisation, a design and a badge of it.
pub(crate) fn world() -> World {
    let node = Node::start();
    let council = node.issuer_with(&json!({
        "slug": "northmarch",
        "root": true,
        "profile": {
            "type": "Profile",
            "name": "Northmarch County Council",
            "url": "https://northmarch.example.org/",
            "email": "badges@northmarch.example.org",
            "phone": "01632 960000",
            "description": "We train everybody who cares for people in Northmarch: in homes, in hospitals and in the community.",
        },
        "settings": { "allowPausing": true },
    }));
    council.design_with(
        "moving",
        &moving(&node.base),
        &json!({
            "validityMonths": 12,
            "assessmentMethod": "observed-practice",
            "whatItDoesNotMean": "It is not a qualification.",
            "mayBePaused": true,
        }),
    );
    let badge = council.give_with(&json!({
        "achievement": "moving",
        "subject": { "name": "Saffron Velvetine", "identifiers": [email("saffron@example.org")] },
        "results": [{ "type": ["Result"], "resultDescription": "urn:uuid:466a7ead-54aa-587a-9103-cf1e0e5fffad",
                      "achievedLevel": "urn:uuid:88db9a3a-3370-571c-9ac5-d5872681c837" }],
    }));
    World {
        node,
        council,
        badge,
    }
}

/// A design with everything that a page shows.
fn moving(base: &str) -> serde_json::Value {
    json!({
        "name": "Moving and handling people: practical check",
        "description": "Can help people move safely using the right technique and equipment. Checked every year.",
        "achievementType": "Certification",
        "criteria": { "id": format!("{base}/achievements/moving/criteria"),
            "narrative": "To get this badge you need to:\n\n- Attend the practical day or the half-day refresher.\n- Pass a practical check with a hoist, a slide sheet and a standing aid." },
        "image": { "id": format!("{base}/achievements/moving/image.svg"), "type": "Image",
            "caption": "A green badge for moving and handling people" },
        "alignment": [{ "type": ["Alignment"], "targetName": "Health and safety",
            "targetUrl": "https://frameworks.example.org/cc/13", "targetFramework": "Care Certificate standards" }],
        "resultDescription": [{ "id": "urn:uuid:466a7ead-54aa-587a-9103-cf1e0e5fffad",
            "type": ["ResultDescription"], "name": "Observed practice", "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                { "id": "urn:uuid:f1dada78-6dbd-5b63-ac96-b14af3f1e264", "type": ["RubricCriterionLevel"], "name": "Safe with support" },
                { "id": "urn:uuid:88db9a3a-3370-571c-9ac5-d5872681c837", "type": ["RubricCriterionLevel"], "name": "Safe and independent" },
            ] }],
    })
}

/// A hashed e-mail address, as badges carry it.
pub(crate) fn email(address: &str) -> serde_json::Value {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(format!("{address}00112233445566778899aabbccddeeff"));
    json!({ "type": "IdentityObject", "hashed": true, "salt": "00112233445566778899aabbccddeeff",
        "identityHash": format!("sha256${}", countersign::text::hex(&digest)),
        "identityType": "emailAddress" })
}

/// A badge in which one letter was changed.
pub(crate) fn changed(badge: &Badge) -> String {
    let text = badge.text.replace("Saffron", "Safrron");
    assert_ne!(text, badge.text);
    text
}
