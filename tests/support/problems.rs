//! What every problem promises, looked at with every answer (SEC-74).

use super::client::Answer;
use countersign::edge::problem::Code;

/// Words of our insides that no answer may hold.
const INSIDES: [&str; 8] = [
    "SELECT ", "INSERT ", "diesel", "sqlite", "panicked", "src/", ".rs:", "rustc",
];

/// Holds an answer to the form of problems (RFC 9457).
#[track_caller]
pub fn hold(answer: &Answer, method: &str, path: &str, may_fail: bool) {
    let what = format!("{method} {path}: {} {}", answer.status, answer.text());
    assert!(may_fail || answer.status < 500, "{what}");
    assert_ne!(answer.header("x-request-id"), "", "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    if answer.status < 400 || method == "HEAD" || path.starts_with("/readyz") {
        return;
    }
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{what}"
    );
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    let body = answer.json();
    let code = body["code"].as_str().unwrap_or_default();
    let known = Code::ALL.iter().find(|known| known.name == code);
    let known = known.unwrap_or_else(|| panic!("an unknown code: {what}"));
    assert_eq!(known.status, answer.status, "{what}");
    assert_eq!(body["status"], answer.status, "{what}");
    assert_eq!(body["title"], known.title, "{what}");
    let kind = body["type"].as_str().unwrap_or_default();
    assert!(kind.starts_with("http"), "{what}");
    assert!(kind.ends_with(&format!("/problems/{code}")), "{what}");
    assert_eq!(body["requestId"], answer.header("x-request-id"), "{what}");
    for inside in INSIDES {
        assert!(!answer.text().contains(inside), "{inside}: {what}");
    }
}
