//! Texts that are not JSON, or JSON that two readers would read differently.

use super::case::Case;
use super::documents::*;

const ONE_PARSE: &str = "Choices, Broken text";
const TWO_BADGES: &str = "The one who checks and the one who shows would see two badges.";

pub(super) fn cases() -> Vec<Case> {
    [
        broken(),
        duplicates(),
        numbers_and_nulls(),
        limits(),
        nothing(),
    ]
    .concat()
}

/// Bytes of which nothing is read.
fn unreadable(name: &'static str, bytes: impl Into<Vec<u8>>, finding: &'static str) -> Case {
    Case::forged(name)
        .file("badge.json", bytes)
        .finds("format", finding)
        .finds("proof", "not_reached")
        .outcome("changed")
}

fn good() -> String {
    signed().to_text()
}

/// The good badge with one text in place of another.
fn replaced(from: &str, to: &str) -> String {
    let text = good();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn broken() -> Vec<Case> {
    let mut latin = replaced("with and without", "w\u{1}with").into_bytes();
    let at = latin.iter().position(|byte| *byte == 1).expect("the mark");
    latin[at] = 0xe9;
    let marked = [b"\xEF\xBB\xBF", good().as_bytes()].concat();
    vec![
        unreadable("byte_order_mark", marked, "fails utf8_invalid").because(
            "The text begins with a byte order mark.",
            "RFC 8259 §8.1; Choices, Broken text",
            TWO_BADGES,
        ),
        unreadable("not_utf_8", latin, "fails utf8_invalid").because(
            "A byte of another encoding stands in the middle.",
            "RFC 8259 §8.1",
            TWO_BADGES,
        ),
        unreadable(
            "lone_surrogate",
            replaced("Moving", "\\uD800oving"),
            "fails json_syntax",
        )
        .because(
            "Half of a letter: readers replace it, drop it or stop.",
            "RFC 7493 §2.1",
            TWO_BADGES,
        ),
        unreadable(
            "nul_in_a_text",
            replaced("Moving", "\\u0000Moving"),
            "fails json_syntax",
        )
        .because("Some readers end a text at NUL.", ONE_PARSE, TWO_BADGES),
        unreadable(
            "raw_control_character",
            replaced("Moving", "\u{1}Moving"),
            "fails json_syntax",
        )
        .because(
            "Control characters must be escaped.",
            "RFC 8259 §7",
            TWO_BADGES,
        ),
        unreadable("text_after_the_badge", good() + "{}\n", "fails json_syntax").because(
            "A second value follows the first.",
            "RFC 8259 §2",
            TWO_BADGES,
        ),
        unreadable(
            "two_badges_in_one_text",
            good() + &good(),
            "fails json_syntax",
        )
        .because(
            "Two badges, one behind the other.",
            "RFC 8259 §2",
            TWO_BADGES,
        ),
        unreadable(
            "comment_in_the_json",
            replaced("{", "{ /* approved */"),
            "fails json_syntax",
        )
        .because("JSON has no comments.", "RFC 8259 §2", TWO_BADGES),
        unreadable(
            "not_a_number",
            replaced("\"Moving and handling people\"", "NaN"),
            "fails json_syntax",
        )
        .because("NaN is not JSON.", "RFC 8259 §6", TWO_BADGES),
        unreadable("cut_off", good()[..900].to_owned(), "fails json_syntax").because(
            "The end is missing.",
            "RFC 8259 §2",
            "Half a badge would be taken for a whole one.",
        ),
    ]
}

fn duplicates() -> Vec<Case> {
    let case = |name, text: String| {
        unreadable(name, text, "fails json_duplicate_key").because(
            "One object names a member twice: some readers take the first, some the last.",
            "RFC 7493 §2.3; Choices, Members named twice",
            TWO_BADGES,
        )
    };
    let end = "\"validUntil\": \"2027-03-02T09:00:00Z\",";
    let later = "\"validUntil\": \"2036-03-02T09:00:00Z\",";
    let escaped = "\"valid\\u0055ntil\": \"2036-03-02T09:00:00Z\",";
    vec![
        case(
            "member_named_twice",
            replaced(end, &format!("{end}{later}")),
        ),
        case(
            "member_named_twice_before",
            replaced(end, &format!("{later}{end}")),
        ),
        case(
            "member_named_twice_by_an_escape",
            replaced(end, &format!("{end}{escaped}")),
        ),
        case(
            "member_named_twice_further_down",
            replaced(
                "\"criteria\":",
                "\"name\": \"Administering medicines\", \"criteria\":",
            ),
        ),
        case(
            "member_named_twice_in_the_proof",
            replaced(
                "\"proofPurpose\":",
                "\"created\": \"2020-01-01T00:00:00Z\", \"proofPurpose\":",
            ),
        ),
    ]
}

fn numbers_and_nulls() -> Vec<Case> {
    let credits = |number: &str| {
        let text = seal(badge().set("/credentialSubject/creditsEarned", "2")).to_text();
        text.replace(
            "\"creditsEarned\": 2",
            &format!("\"creditsEarned\": {number}"),
        )
    };
    let null = |badge: &str| badge.to_owned();
    let under_rdf = seal(badge()).set("/description", "null");
    let under_jcs = seal_jcs(badge().set("/description", "null"));
    let in_a_list = seal_jcs(badge().set("/credentialSubject/achievement/tag", r#"["care",null]"#));
    let nulls = |name, text: String| {
        Case::forged(name)
            .text(&text)
            .finds("terms", "fails jsonld_shape_mismatch")
            .because(
                "Null says nothing to JSON-LD and is not signed, but some readers show it.",
                "Choices, Null; Open Badges 3.0, Serialization",
                "A member could be put into a signed badge.",
            )
    };
    vec![
        unreadable(
            "number_2_53_plus_1",
            credits("9007199254740993"),
            "fails json_number",
        )
        .because(
            "2^53 + 1 and 2^53 have one signature in software that rounds.",
            "RFC 7493 §2.2; Choices, Numbers",
            TWO_BADGES,
        ),
        unreadable("number_without_end", credits("1e400"), "fails json_number").because(
            "The number is infinite to some readers.",
            "RFC 7493 §2.2; Choices, Numbers",
            TWO_BADGES,
        ),
        unreadable(
            "number_that_becomes_zero",
            credits("1e-400"),
            "fails json_number",
        )
        .because(
            "The number is zero to some readers.",
            "RFC 7493 §2.2; Choices, Numbers",
            TWO_BADGES,
        ),
        unreadable(
            "number_with_leading_zero",
            credits("02"),
            "fails json_syntax",
        )
        .because("Leading zeros are not JSON.", "RFC 8259 §6", TWO_BADGES),
        nulls("null_member", null(&under_rdf.to_text())),
        nulls("null_member_jcs", null(&under_jcs.to_text())),
        nulls("null_in_a_list", null(&in_a_list.to_text())),
    ]
}

fn limits() -> Vec<Case> {
    const HANG: &str = "One text could end the process or keep it busy; an honest large badge would be called forged.";
    let deep = format!("{}1{}", "[".repeat(31), "]".repeat(31));
    let deep = good().replacen('{', &format!("{{\"deep\":{{\"er\":{deep}}},"), 1);
    let many: String = (0..513).map(|at| format!("\"m{at}\":{at},")).collect();
    let many = good().replacen('{', &format!("{{{many}"), 1);
    let limit = |name, text: String, finding: &'static str| {
        Case::undecided(name)
            .text(&text)
            .finds("format", finding)
            .outcome("unsupported")
    };
    vec![
        limit("nested_33_deep", deep, "unknown json_too_deep").because(
            "Nested deeper than 32: a limit, not a fault.",
            "Limits, L-02",
            HANG,
        ),
        limit("object_of_513_members", many, "unknown json_too_large").because(
            "More members than one object may have: a limit, not a fault.",
            "Limits, L-03",
            HANG,
        ),
    ]
}

fn nothing() -> Vec<Case> {
    const NOT_FOUND: &str = "A file without a badge would be called forged, or shown as checked.";
    let none = |name, text: &str| {
        Case::undecided(name)
            .text(text)
            .finds("format", "unknown no_badge_found")
            .outcome("no-badge-found")
    };
    vec![
        none("empty_file", "").because(
            "There is nothing in it.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none("plain_text", "Northmarch County Council\n").because(
            "Words, and no badge.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none("other_json", "{\"name\": \"Moving and handling people\"}\n").because(
            "JSON that does not call itself a badge.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none(
            "web_page",
            "<!doctype html><html><title>My badge</title></html>\n",
        )
        .because(
            "A saved page about a badge is no badge.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none("list_of_badges", &format!("[{}]\n", signed().0.to_json())).because(
            "A list is not one badge; which one should be judged?",
            "Open Badges 3.0, File Format",
            "The first could be shown and another be meant.",
        ),
    ]
}
