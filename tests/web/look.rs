//! What every page keeps to: the rules of the house for HTML, headers and words.

use crate::browser::Reply;
use crate::html::{self, Tag};
use std::collections::HashSet;

/// SEC-82, without scripts.
const POLICY: &str = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Words that stand in no main text (experience §6.4).
const BANNED: [&str; 37] = [
    "valid",
    "invalid",
    "verify",
    "verification",
    "verified",
    "authenticate",
    "credential",
    "assertion",
    "issuer",
    "recipient",
    "earner",
    "revoke",
    "revoked",
    "suspend",
    "suspended",
    "cryptographic",
    "signature",
    "proof",
    "did:",
    "json",
    "jwt",
    "key",
    "hash",
    "token",
    "registry",
    "federation",
    "please",
    "sorry",
    "simply",
    "just",
    "click here",
    "leverage",
    "robust",
    "seamless",
    "null",
    "undefined",
    "none(",
];

/// The headers of every page.
#[track_caller]
pub(crate) fn headers(reply: &Reply, path: &str) {
    assert_eq!(
        reply.header("content-type"),
        Some("text/html; charset=utf-8"),
        "{path}"
    );
    assert_eq!(
        reply.header("content-security-policy"),
        Some(POLICY),
        "{path}"
    );
    assert_eq!(reply.header("vary"), Some("Accept"), "{path}");
    assert_eq!(
        reply.header("x-content-type-options"),
        Some("nosniff"),
        "{path}"
    );
    assert_eq!(
        reply.header("referrer-policy"),
        Some("no-referrer"),
        "{path}"
    );
}

/// The structure of every page.
#[track_caller]
pub(crate) fn structure(page: &str, path: &str) {
    let tags = html::tags(page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    for (name, wanted) in [("h1", 1), ("main", 1), ("header", 1), ("footer", 1)] {
        assert_eq!(count(name), wanted, "{path}: {name}");
    }
    assert!(page.starts_with("<!DOCTYPE html>"), "{path}");
    let html = &tags[0];
    assert_eq!(html.get("lang"), Some("en"), "{path}");
    assert!(!html::title(page).trim().is_empty(), "{path}");
    headings_do_not_jump(&tags, path);
    ids_are_there_once(&tags, path);
    fields_have_labels(&tags, path);
    nothing_runs(page, &tags, path);
    pictures_are_ours(&tags, path);
}

#[track_caller]
fn headings_do_not_jump(tags: &[Tag], path: &str) {
    let mut before = 0;
    for tag in tags {
        let level = match tag.name.as_str() {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            _ => continue,
        };
        // The summary of errors stands above the h1.
        assert!(level <= before + 1 || before == 0, "{path}: h{level}");
        before = level;
    }
}

#[track_caller]
fn ids_are_there_once(tags: &[Tag], path: &str) {
    let mut seen = HashSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(seen.insert(id), "{path}: {id} is there twice");
    }
    for tag in tags {
        let described = tag.get("aria-describedby").unwrap_or_default();
        for id in described.split_whitespace() {
            assert!(seen.contains(id), "{path}: nothing has the id {id}");
        }
        let href = tag.get("href").unwrap_or_default();
        if let Some(id) = href.strip_prefix('#') {
            assert!(seen.contains(id), "{path}: nothing has the id {id}");
        }
    }
}

#[track_caller]
fn fields_have_labels(tags: &[Tag], path: &str) {
    let labels: HashSet<_> = tags
        .iter()
        .filter(|tag| tag.name == "label")
        .filter_map(|tag| tag.get("for"))
        .collect();
    for field in tags {
        let is_field = matches!(field.name.as_str(), "input" | "textarea" | "select");
        if is_field && field.get("type") != Some("hidden") {
            let id = field.get("id").expect("a field has an id");
            assert!(labels.contains(id), "{path}: {id} has no label");
        }
    }
}

#[track_caller]
fn nothing_runs(page: &str, tags: &[Tag], path: &str) {
    for name in [
        "script", "style", "iframe", "object", "embed", "base", "svg",
    ] {
        assert!(!tags.iter().any(|tag| tag.name == name), "{path}: {name}");
    }
    for tag in tags {
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on"), "{path}: {name}");
            assert_ne!(name, "style", "{path}");
            let is_script = value.trim().to_ascii_lowercase().starts_with("javascript:");
            assert!(!is_script || name == "value", "{path}: {value}");
        }
    }
    assert!(!page.to_ascii_lowercase().contains("<script"), "{path}");
}

#[track_caller]
fn pictures_are_ours(tags: &[Tag], path: &str) {
    for picture in tags.iter().filter(|tag| tag.name == "img") {
        let source = picture.get("src").expect("a source");
        assert!(
            source.starts_with("/achievements/") || source.starts_with("/files/"),
            "{path}: {source}"
        );
        assert!(picture.get("alt").is_some(), "{path}: {source}");
    }
}

/// The words of a page for people.
#[track_caller]
pub(crate) fn words(page: &str, path: &str) {
    let text = html::main_text(page).to_lowercase();
    for banned in BANNED {
        assert!(!has_word(&text, banned), "{path}: “{banned}” in: {text}");
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        !joins(before) && (!joins(after) || word.ends_with(':'))
    })
}

#[test]
fn every_page_with_made_up_content_keeps_the_rules() {
    let samples = countersign::web::samples().expect("every page renders");
    assert!(samples.len() >= 19);
    for (name, page) in &samples {
        structure(page, name);
        let is_for_programmers = ["developers", "problem-kind", "problem-kinds", "file"];
        if !is_for_programmers.contains(name) {
            words(page, name);
        }
    }
}

#[test]
fn a_banned_word_is_found_and_a_part_of_a_word_is_not() {
    assert!(has_word("this is valid.", "valid"));
    assert!(has_word("see did:web:x", "did:"));
    assert!(!has_word("invalidated", "valid"));
    assert!(!has_word("a keyboard", "key"));
}

#[test]
fn what_breaks_the_rules_is_found() {
    let good = "<!DOCTYPE html><html lang=\"en\"><title>x</title><body><header></header><main><h1>x</h1></main><footer></footer>";
    structure(good, "good");
    let broken = [
        good.replace("<h1>x</h1>", ""),
        good.replace("<h1>", "<h1>x</h1><h1>"),
        good.replace("</main>", "<h3>x</h3></main>"),
        good.replace("</main>", "<input id=\"a\" type=\"text\"></main>"),
        good.replace("</main>", "<script>x</script></main>"),
        good.replace("</main>", "<p style=\"x\"></p></main>"),
        good.replace("</main>", "<p onclick=\"x\"></p></main>"),
        good.replace("</main>", "<a href=\" JavaScript:x\"></a></main>"),
        good.replace(
            "</main>",
            "<img src=\"https://x.example/a.png\" alt=\"\"></main>",
        ),
        good.replace("</main>", "<img src=\"/files/1\"></main>"),
        good.replace("</main>", "<p id=\"a\"></p><p id=\"a\"></p></main>"),
        good.replace("</main>", "<a href=\"#b\"></a></main>"),
        good.replace(" lang=\"en\"", ""),
    ];
    for page in broken {
        let found = std::panic::catch_unwind(|| structure(&page, "broken"));
        assert!(found.is_err(), "{page}");
    }
}
