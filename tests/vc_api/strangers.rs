//! What others made: it verifies or it does not, and never makes us fail.

use crate::node::Node;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const VERIFY: [(&str, &str); 2] = [
    ("/vc/credentials/verify", "verifiableCredential"),
    ("/vc/presentations/verify", "verifiablePresentation"),
];

#[test]
fn whatever_is_sent_to_be_checked_is_answered_with_400() {
    let node = Node::dev();
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    for (path, member) in VERIFY {
        for value in [
            "null",
            "true",
            "7",
            "1e999",
            "\"\"",
            "\"a.b.c\"",
            "[]",
            "{}",
            "[{}]",
            r#"{"type":"VerifiableCredential"}"#,
            r#"{"type":["NonconformingDocument"]}"#,
            r#"{"type":"VerifiableCredential","type":"VerifiableCredential"}"#,
            r#"{"@context":{"a":{"@context":{}}},"type":"VerifiableCredential","proof":[null]}"#,
            r#"{"type":"VerifiablePresentation","verifiableCredential":[1,"a",null,{}]}"#,
            r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1"}"#,
            &deep,
        ] {
            let body = format!("{{\"{member}\":{value}}}");
            let answer = node.send("POST", path, None, body.as_bytes());
            let shown = value.get(..60).unwrap_or(value);
            assert_eq!(answer.status, 400, "{path} {shown}: {}", answer.text);
            assert_eq!(answer.body["verified"], json!(false), "{path} {shown}");
            assert!(!answer.titles().is_empty(), "{path} {shown}");
        }
        for body in [
            "",
            "{",
            "[]",
            "7",
            "null",
            "{}",
            r#"{"other":{}}"#,
            &format!(r#"{{"{member}":{{}},"{member}":{{}}}}"#),
            &format!(r#"{{"{member}":{{}},"options":{{"challenge":7}}}}"#),
            &format!(r#"{{"{member}":{{}},"options":"all"}}"#),
        ] {
            let answer = node.send("POST", path, None, body.as_bytes());
            assert_eq!(answer.status, 400, "{path} {body}: {}", answer.text);
        }
        let answer = node.send("POST", path, None, b"{\"a\":\"\xff\"}");
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
    }
}

/// The folder of the shared data, where it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("COUNTERSIGN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {name} is not here");
    None
}

fn documents(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            let text = std::fs::read_to_string(&path).expect("text");
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    found
}

/// No context of its own, and no address of one that we don't know.
fn brings_known_contexts(text: &str) -> bool {
    let body: Value = serde_json::from_str(text).expect("JSON");
    let contexts = body["@context"].as_array().cloned().unwrap_or_default();
    contexts
        .iter()
        .all(|context| context == "https://www.w3.org/ns/credentials/v2")
}

/// Unsigned bodies of the W3C: none verifies, those that are in order are
/// signed unless they bring a context we do not know, and nothing is a 5xx.
#[test]
fn the_bodies_of_the_w3c_are_signed_or_refused() {
    let Some(folder) = shared("vectors/vc-data-model-2.0/tests/input") else {
        return;
    };
    let node = Node::dev();
    node.organisation("a");
    let mut signed = 0;
    for (name, text) in documents(&folder) {
        for (path, member) in VERIFY {
            let body = format!("{{\"{member}\":{text}}}");
            let answer = node.send("POST", path, None, body.as_bytes());
            assert_eq!(answer.status, 400, "{name}: {}", answer.text);
        }
        let body = format!("{{\"credential\":{text}}}");
        let answer = node.send("POST", "/vc/credentials/issue", None, body.as_bytes());
        if answer.status == 201 {
            signed += 1;
            assert!(!name.contains("-fail."), "{name} was signed");
            let again = node.verify(&answer.body);
            assert!(again.status < 500, "{name}: {}", again.text);
        } else {
            assert_eq!(answer.status, 400, "{name}: {}", answer.text);
            let is_good = name.contains("-ok.") && !name.contains("presentation-");
            // A direction of writing is in no statement, so no seal covers it.
            let is_known = brings_known_contexts(&text)
                && !text.contains("DATE")
                && !text.contains("@direction");
            assert!(
                !(is_good && is_known),
                "{name} was refused: {}",
                answer.text
            );
        }
    }
    assert!(signed > 30, "only {signed} were signed");
}

/// Every file of the suites' vectors, as a credential: 200 or 400.
#[test]
fn the_vectors_of_the_w3c_are_checked() {
    let node = Node::dev();
    let mut good = Vec::new();
    for suite in ["vectors/vc-di-eddsa", "vectors/vc-di-ecdsa"] {
        let Some(folder) = shared(suite) else { return };
        for (name, text) in documents(&folder) {
            let Ok(document) = serde_json::from_str::<Value>(&text) else {
                continue;
            };
            let answer = node.verify(&document);
            assert!(
                matches!(answer.status, 200 | 400),
                "{name}: {}",
                answer.text
            );
            if answer.status == 200 {
                good.push(name);
            }
        }
    }
    // Their contexts or issuers are not ours to accept, but for few.
    println!("{good:#?}");
}

#[test]
fn a_credential_in_a_text_is_none() {
    let node = Node::dev();
    node.organisation("a");
    let made = node.issue(&crate::plain(), &json!({}));
    assert_eq!(node.verify(&made.body).status, 200);
    let as_text = Value::String(made.body.to_string());
    assert_eq!(node.verify(&as_text).status, 400);
    assert_eq!(node.verify(&json!([made.body])).status, 400);
}
