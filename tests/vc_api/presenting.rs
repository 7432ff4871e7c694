//! Presentations: somebody shows what was signed.

use crate::node::{NOW, Node};
use crate::plain;
use countersign::clock::Moment;
use countersign::did;
use countersign::json;
use countersign::keys::SecretKey;
use countersign::proof::{self, Claims, Suite};
use serde_json::{Value, json};

fn holder() -> SecretKey {
    SecretKey::from_ed25519_seed(&[8; 32])
}

fn presented(credentials: &[Value], challenge: &str, domain: &str) -> Value {
    let key = holder();
    let bare = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": did::key::did(key.public()),
        "verifiableCredential": credentials
    });
    let text = bare.to_string();
    let mut document = json::parse(text.as_bytes()).expect("JSON");
    let claims = Claims {
        method: &did::key::method_id(key.public()).expect("a method"),
        purpose: "authentication",
        created: Moment::parse(NOW).expect("a moment"),
        challenge: Some(challenge),
        domain: Some(domain),
    };
    let proof = proof::create(&document, &key, Suite::EddsaRdfc2022, &claims).expect("a proof");
    document
        .as_object_mut()
        .expect("an object")
        .set("proof", proof);
    serde_json::from_str(&document.to_json()).expect("JSON")
}

fn verify(node: &Node, presentation: &Value, options: &Value) -> crate::node::Answer {
    let body = json!({"verifiablePresentation": presentation, "options": options});
    node.post("/vc/presentations/verify", &body)
}

#[test]
fn a_presentation_answers_our_challenge_and_is_for_us() {
    let node = Node::dev();
    node.organisation("a");
    let credential = node.issue(&plain(), &json!({})).body;
    let shown = presented(&[credential], "c-1", "a.example");
    for (options, expected) in [
        (json!({}), 200),
        (json!({"challenge": "c-1"}), 200),
        (json!({"challenge": "c-1", "domain": "a.example"}), 200),
        (json!({"challenge": "c-2", "domain": "a.example"}), 400),
        (json!({"challenge": "c-1", "domain": "b.example"}), 400),
        (json!({"challenge": ""}), 400),
    ] {
        let answer = verify(&node, &shown, &options);
        assert_eq!(answer.status, expected, "{options}: {}", answer.text);
    }
    let mut changed = shown.clone();
    changed["holder"] = json!("did:example:mallory");
    assert_eq!(verify(&node, &changed, &json!({})).status, 400);
}

#[test]
fn a_bad_credential_in_a_good_presentation_is_told() {
    let node = Node::dev();
    node.organisation("a");
    let good = node.issue(&plain(), &json!({})).body;
    let mut bad = good.clone();
    bad["credentialSubject"]["name"] = json!("Mallory");
    let answer = verify(&node, &presented(&[good, bad], "c", "d"), &json!({}));
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(answer.titles(), ["PROOF_VERIFICATION_ERROR"]);
    let at = answer.body["errors"][0]["at"].as_str().expect("a place");
    assert!(at.starts_with("/verifiableCredential/1"), "{at}");
}

#[test]
fn a_credential_is_no_presentation_and_the_other_way_round() {
    let node = Node::dev();
    node.organisation("a");
    let credential = node.issue(&plain(), &json!({})).body;
    let shown = presented(std::slice::from_ref(&credential), "c", "d");
    assert_eq!(verify(&node, &credential, &json!({})).status, 400);
    assert_eq!(node.verify(&shown).status, 400);
}

#[test]
fn a_presentation_of_nothing_is_a_log_in_if_it_is_signed() {
    let node = Node::dev();
    let shown = presented(&[], "c-1", "a.example");
    let options = json!({"challenge": "c-1", "domain": "a.example"});
    let answer = verify(&node, &shown, &options);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        verify(&node, &shown, &json!({"challenge": "c-2"})).status,
        400
    );
    let mut unsigned = shown.clone();
    unsigned.as_object_mut().expect("an object").remove("proof");
    assert_eq!(verify(&node, &unsigned, &options).status, 400);
    let mut changed = shown;
    changed["id"] = json!("urn:uuid:another");
    assert_eq!(verify(&node, &changed, &options).status, 400);
    // Where badges are checked, nothing is presented then.
    let body = json!({"credential": presented(&[], "c-1", "a.example")});
    let checked = node.post("/api/v1/checks", &body);
    assert_eq!(
        checked.body["conclusion"],
        json!("reject"),
        "{}",
        checked.text
    );
}
