//! `POST /api/v1/checks`.

use crate::{Node, rows};
use serde_json::{Value, json};

#[test]
fn a_badge_is_checked_in_every_form_it_can_be_sent_in() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let text = String::from_utf8(badge.bytes.clone()).expect("text");
    let ask = || node.post("/api/v1/checks").without("Idempotency-Key");
    let shared = node
        .about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201)
        .word("address");
    let code = node
        .about(&office, &badge, "shares")
        .json(&json!({ "kind": "code" }))
        .expect(201)
        .word("token");
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    for request in [
        ask().text(&format!("{{\"credential\": {text}}}")),
        ask().json(&json!({ "text": text })),
        ask().json(&json!({ "link": shared })),
        ask().json(&json!({ "link": code })),
        ask().json(&json!({ "link": code.to_uppercase().replace('-', " ") })),
        ask().text(&text),
        ask().bytes("application/vc+ld+json", text.as_bytes()),
        ask().bytes("application/vc", text.as_bytes()),
        ask().bytes("text/plain; charset=utf-8", text.as_bytes()),
        ask().bytes("multipart/form-data; boundary=x", form.as_bytes()),
    ] {
        let report = request.expect(200);
        assert_eq!(report.json()["conclusion"], "accept", "{}", report.text());
        assert_eq!(report.header("cache-control"), "no-store");
    }
}

#[test]
fn whatever_is_wrong_with_the_badge_is_in_the_report() {
    let node = Node::shared();
    let (_, _, badge) = node.given();
    let text = String::from_utf8(badge.bytes.clone()).expect("text");
    for (bad, conclusion) in [
        (text.replace("Saffron", "Saffrom"), "reject"),
        (text.replacen('{', "{\"a\":1,\"a\":1,", 1), "reject"),
        (text[..text.len() - 1].to_owned(), "reject"),
        (format!("\u{feff}{text}"), "reject"),
        ("{}".to_owned(), "undecided"),
        ("nonsense".to_owned(), "undecided"),
        ("[".repeat(100_000), "undecided"),
        (String::new(), "undecided"),
    ] {
        let report = node.check(bad.as_bytes());
        let start: String = bad.chars().take(60).collect();
        assert_ne!(report["conclusion"], "accept", "{start}");
        if conclusion == "reject" {
            assert_eq!(report["conclusion"], "reject", "{start}: {report}");
        }
        assert!(
            report["credential"].is_null(),
            "nothing is shown as fact: {start}"
        );
    }
}

#[test]
fn a_link_to_a_private_badge_shows_nothing_of_it() {
    let node = Node::shared();
    let (_, _, badge) = node.given();
    let report = node
        .post("/api/v1/checks")
        .json(&json!({ "link": badge.address }))
        .expect(200);
    assert_eq!(report.word("outcome"), "private");
    assert!(!report.text().contains("Saffron"));
    let none = format!("{}/credentials/none", node.base());
    let report = node
        .post("/api/v1/checks")
        .json(&json!({ "link": none }))
        .expect(200);
    assert_eq!(report.word("outcome"), "not-found");
}

#[test]
fn what_is_no_request_is_refused() {
    let node = Node::shared();
    let ask = |body: &Value| node.post("/api/v1/checks").json(body);
    for bad in [
        json!({}),
        json!([]),
        json!("badge"),
        json!([{}, null, null, null, null, null, null, false, null]),
        json!({ "credential": {}, "text": "x" }),
        json!({ "link": 7 }),
        json!({ "text": "x", "unknown": 1 }),
        json!({ "text": "x", "at": "yesterday" }),
        json!({ "text": "x", "maxStatusAge": -1 }),
        json!({ "text": "x", "maxStatusAge": 86_401 }),
        json!({ "text": "x", "recipient": "r".repeat(513) }),
        json!({ "text": "x", "challenge": "c".repeat(513) }),
        json!({ "text": "x", "ownReference": "r".repeat(129), "keep": true }),
        json!({ "link": "l".repeat(3_000) }),
        json!({ "link": "ftp://example.org/a" }),
        json!({ "link": "javascript:alert(1)" }),
    ] {
        ask(&bad).refused("schema_invalid");
    }
    for bad in ["", "{", "{\"text\": \"x\"} x", "{'text': 1}"] {
        node.post("/api/v1/checks").text(bad).refused("json_syntax");
    }
    node.post("/api/v1/checks").refused("bad_request");
    node.post("/api/v1/checks")
        .bytes("application/pdf", b"%PDF")
        .refused("media_type");
    node.post("/api/v1/checks")
        .bytes("image/gif", b"GIF")
        .refused("media_type");
}

#[test]
fn a_check_is_kept_only_if_that_was_asked_for() {
    let node = Node::start();
    let (_, _, badge) = node.given();
    let text = String::from_utf8(badge.bytes.clone()).expect("text");
    node.check(&badge.bytes);
    assert_eq!(rows::count(&node, "saved_checks"), 0);
    let kept = json!({ "text": text, "keep": true, "ownReference": "case 7" });
    let report = node.post("/api/v1/checks").json(&kept).expect(200);
    let row = rows::lines(
        &node,
        "SELECT reference || '|' || outcome || '|' || badge_id || '|' || own_reference AS line FROM saved_checks",
    );
    assert_eq!(
        row,
        [format!(
            "{}|{}|{}|case 7",
            report.word("reference"),
            report.word("outcome"),
            badge.address
        )]
    );
}
