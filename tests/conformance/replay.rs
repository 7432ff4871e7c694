//! Runs a whole check, with a function for the rest of the world.

use crate::suite::unhex;
use countersign::clock::Moment;
use countersign::json;
use countersign::keys::SecretKey;
use countersign::proof::{Claims, Suite, create};
use countersign::verify::{
    Answer, Document, Outcome, Policy, Report, State, Step, Unavailable, Verification, Wanted,
};
use std::sync::Arc;

/// The moment of every check: after the fixtures were made, before they end.
pub fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

/// Checks `bytes`; `world` answers what is asked for, or does not have it.
pub fn check(
    bytes: &[u8],
    policy: Policy,
    world: &dyn Fn(&Wanted) -> Option<Vec<u8>>,
) -> Box<Report> {
    let mut check = Verification::new(bytes, now(), policy);
    loop {
        match check.step() {
            Step::Done(report) => return report,
            Step::Ask(wanted) => {
                let answer = match world(&wanted) {
                    Some(bytes) => Answer::Document(Arc::new(Document::new(bytes, Some(now())))),
                    None => Answer::Unavailable(Unavailable::Offline),
                };
                check.answer(wanted, answer);
            }
        }
    }
}

/// Nothing can be fetched.
pub fn offline(_: &Wanted) -> Option<Vec<u8>> {
    None
}

/// A report in a line: the conclusion, the headline, and each finding that is
/// neither good nor beside the point.
pub fn line(report: &Report) -> String {
    let findings: Vec<String> = report
        .findings()
        .filter(|(_, finding)| matches!(finding.state, State::Fails | State::Unknown))
        .map(|(check, finding)| format!("{} {} {}", check.id(), finding.state.id(), finding.code))
        .collect();
    format!(
        "{} {} [{}]",
        report.conclusion().id(),
        Outcome::of(report).id(),
        findings.join(", ")
    )
}

/// The key of the test vector in the implementation guide of Open Badges 3.0.
/// Most fixtures are sealed with it, and everybody has it.
pub fn published_key() -> SecretKey {
    let seed = unhex("6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4");
    SecretKey::from_ed25519_seed(&seed.try_into().expect("32 bytes"))
}

/// `document` with its proof replaced by one of the same method over what it
/// now says.
pub fn sealed_again(document: &serde_json::Value, key: &SecretKey) -> Vec<u8> {
    let text = document.to_string();
    let mut tree = json::parse(text.as_bytes()).expect("JSON");
    let method = tree
        .get("proof")
        .and_then(|proof| proof.one_or_many()[0].get("verificationMethod"))
        .and_then(json::Value::as_str)
        .expect("a method")
        .to_owned();
    let object = tree.as_object_mut().expect("an object");
    object.remove("proof");
    let claims = Claims {
        method: &method,
        purpose: "assertionMethod",
        created: now(),
        challenge: None,
        domain: None,
    };
    let proof = create(&tree, key, Suite::EddsaRdfc2022, &claims).expect("a proof");
    tree.as_object_mut().expect("an object").set("proof", proof);
    tree.to_json().into_bytes()
}
