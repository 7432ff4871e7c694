//! Badges of three sizes, signed with a fixed key.

use countersign::clock::Moment;
use countersign::json::{self, Object, Value};
use countersign::keys::SecretKey;
use countersign::proof::{Claims, Suite, create};

pub(crate) const ISSUER: &str = "did:web:northmarch.badges.example.org";

/// The key of every badge here; anybody may know it.
pub(crate) fn key() -> SecretKey {
    SecretKey::from_ed25519_seed(&[7; 32])
}

pub(crate) fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

/// About 4 KB and 100 statements: the course of the demo with a status entry.
pub(crate) fn typical() -> Value<'static> {
    let text = include_str!("../../src/cli/demo/course.json");
    let mut badge = json::parse(text.as_bytes()).expect("JSON").into_owned();
    let status = r#"{"id":"https://northmarch.badges.example.org/status/1#94567","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"94567","statusListCredential":"https://northmarch.badges.example.org/status/1"}"#;
    let status = json::parse(status.as_bytes()).expect("JSON").into_owned();
    badge
        .as_object_mut()
        .expect("an object")
        .set("credentialStatus", status);
    badge
}

/// About 1.5 KB: only what the standard asks for.
pub(crate) fn small() -> Value<'static> {
    let mut badge = typical();
    let object = badge.as_object_mut().expect("an object");
    for member in ["evidence", "awardedDate", "name", "validUntil"] {
        object.remove(member);
    }
    let issuer = object
        .get_mut("issuer")
        .and_then(Value::as_object_mut)
        .expect("an issuer");
    for member in ["email", "phone", "description", "image", "address"] {
        issuer.remove(member);
    }
    let subject = object
        .get_mut("credentialSubject")
        .and_then(Value::as_object_mut)
        .expect("a subject");
    for member in ["result", "activityStartDate", "activityEndDate"] {
        subject.remove(member);
    }
    let achievement = subject
        .get_mut("achievement")
        .and_then(Value::as_object_mut)
        .expect("an achievement");
    for member in [
        "resultDescription",
        "alignment",
        "related",
        "creator",
        "image",
        "tag",
        "otherIdentifier",
    ] {
        achievement.remove(member);
    }
    badge
}

/// About 60 KB: 40 results with their descriptions, and evidence.
pub(crate) fn large() -> Value<'static> {
    let mut badge = typical();
    let narrative = "Worked alongside an assessor on three visits and kept a record. ".repeat(14);
    let (mut results, mut descriptions, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..40 {
        let id = format!("urn:uuid:00000000-0000-4000-8000-0000000000{number:02}");
        let text = format!(
            r#"{{"id":"{id}","type":["ResultDescription"],"name":"Outcome {number}","resultType":"Percent","valueMin":"0","valueMax":"100","requiredValue":"40"}}"#
        );
        descriptions.push(json::parse(text.as_bytes()).expect("JSON").into_owned());
        let text = format!(
            r#"{{"type":["Result"],"resultDescription":"{id}","value":"{}"}}"#,
            50 + number
        );
        results.push(json::parse(text.as_bytes()).expect("JSON").into_owned());
        let text = format!(
            r#"{{"id":"https://northmarch.badges.example.org/evidence/{number}","type":["Evidence"],"name":"Visit {number}","narrative":"{narrative} {number}","genre":"record"}}"#
        );
        evidence.push(json::parse(text.as_bytes()).expect("JSON").into_owned());
    }
    let object = badge.as_object_mut().expect("an object");
    object.set("evidence", Value::Array(evidence));
    let subject = object
        .get_mut("credentialSubject")
        .and_then(Value::as_object_mut)
        .expect("a subject");
    subject.set("result", Value::Array(results));
    let achievement = subject
        .get_mut("achievement")
        .and_then(Value::as_object_mut)
        .expect("an achievement");
    achievement.set("resultDescription", Value::Array(descriptions));
    badge
}

/// The badge as it is handed out: signed, compact.
pub(crate) fn signed(badge: &Value<'static>, suite: Suite) -> String {
    let mut badge = badge.clone();
    let claims = Claims {
        method: "did:web:northmarch.badges.example.org#key-1",
        purpose: "assertionMethod",
        created: now(),
        challenge: None,
        domain: None,
    };
    let proof = create(&badge, &key(), suite, &claims).expect("a proof");
    badge
        .as_object_mut()
        .expect("an object")
        .set("proof", proof);
    badge.to_json()
}

/// The issuer's DID document.
pub(crate) fn did_document() -> String {
    let multibase = key().public().to_multibase().expect("a multikey");
    format!(
        r#"{{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],"id":"{ISSUER}","verificationMethod":[{{"id":"{ISSUER}#key-1","type":"Multikey","controller":"{ISSUER}","publicKeyMultibase":"{multibase}"}}],"assertionMethod":["{ISSUER}#key-1"]}}"#
    )
}

/// The issuer's status list, all clear.
pub(crate) fn status_list() -> String {
    use countersign::status::{Bitstring, EntrySize, ListDraft, Purpose};
    let bits = Bitstring::new(131_072, EntrySize::ONE).expect("a list");
    let draft = ListDraft {
        id: "https://northmarch.badges.example.org/status/1",
        issuer: ISSUER,
        purpose: &Purpose::Revocation,
        valid_from: Moment::parse("2026-11-25T00:00:00Z").expect("a moment"),
        valid_until: Moment::parse("2026-12-02T00:00:00Z").expect("a moment"),
        ttl: None,
    };
    let list: Object<'static> = draft.to_credential(&bits).expect("a list");
    signed(&Value::Object(list), Suite::EddsaRdfc2022)
}
