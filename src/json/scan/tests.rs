//! What the scanner lets through, and what it stops.

use super::*;

#[track_caller]
fn check(input: &str, code: &str) {
    let outcome = scan(input.as_bytes()).map_err(|error| error.code());
    assert_eq!(outcome.err().unwrap_or("fine"), code, "{input:.60}");
}

#[test]
fn json_is_let_through() {
    for input in [
        "{}",
        "[]",
        "null",
        "\"\"",
        "0",
        "-0",
        "1.5e-3",
        " [1, {\"a\": [true]}]\n",
        r#"{"a":"\ud83d\ude00 \n \" \\"}"#,
        "9007199254740991",
        "1e308",
        "5e-324",
        "0e-999",
        r#"{"a":{"b":1},"b":{"a":1}}"#,
    ] {
        check(input, "fine");
    }
}

#[test]
fn what_is_not_json_is_refused() {
    for input in [
        "",
        " ",
        "{",
        "[1,]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1 2]",
        "{} {}",
        "nul",
        "NaN",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "// c\n1",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u00g0\"",
        "]",
        "[}",
        "{]",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\u0000\"",
        "\"abc",
        "'a'",
        "-",
    ] {
        check(input, "json_syntax");
    }
}

#[test]
fn duplicate_members_are_refused_however_they_are_spelled() {
    check(r#"{"a":1,"a":1}"#, "json_duplicate_key");
    check(r#"{"a":1,"\u0061":1}"#, "json_duplicate_key");
    check(r#"[{"x":{"a":1,"b":2,"a":3}}]"#, "json_duplicate_key");
}

#[test]
fn numbers_that_round_are_refused() {
    for input in [
        "9007199254740992",
        "-9007199254740992",
        "1e309",
        "-1e400",
        "1e-400",
        "123456789012345678901",
    ] {
        check(input, "json_number");
    }
}

#[test]
fn marks_and_broken_text_are_refused() {
    assert_eq!(scan(b"\xEF\xBB\xBF{}"), Err(Error::Utf8));
    assert_eq!(scan(b"\"\xff\""), Err(Error::Utf8));
    assert_eq!(scan(b"\"\xed\xa0\x80\""), Err(Error::Utf8));
}

#[test]
fn limits_end_the_scan_whatever_the_size() {
    for depth in [33, 128, 50_000, 1_000_000] {
        check(&"[".repeat(depth), "json_too_deep");
        check(&"{\"a\":".repeat(depth), "json_too_deep");
    }
    let deepest = format!(
        "{}{}",
        "[".repeat(limits::JSON_DEPTH),
        "]".repeat(limits::JSON_DEPTH)
    );
    check(&deepest, "fine");
    check(
        &format!("[{}0]", "0,".repeat(limits::JSON_NODES)),
        "json_too_large",
    );
    let members: Vec<String> = (0..=limits::JSON_MEMBERS)
        .map(|n| format!("\"k{n}\":0"))
        .collect();
    check(&format!("{{{}}}", members.join(",")), "json_too_large");
}

#[test]
fn only_pictures_and_status_lists_may_be_long() {
    let long = "x".repeat(limits::JSON_STRING_BYTES + 1);
    check(&format!("{{\"a\":\"{long}\"}}"), "json_too_large");
    check(&format!("{{\"encodedList\":\"{long}\"}}"), "fine");
    check(&format!("{{\"a\":\"data:{long}\"}}"), "fine");
    check(&format!("{{\"{long}\":1}}"), "json_too_large");
}
