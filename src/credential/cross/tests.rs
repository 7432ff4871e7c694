//! Tests of the checks across fields.

use super::*;
use crate::credential::sample::{full_badge, with, without};
use crate::json;

#[track_caller]
fn check_badge(badge: &Value<'_>, expected: &[&str]) {
    let now = Moment::parse("2026-11-25T12:00:00Z").expect("a moment");
    let faults = check(badge.as_object().expect("an object"), now, Mode::Check);
    let told: Vec<_> = faults
        .iter()
        .map(|fault| format!("{} {}", fault.pointer, fault.code()))
        .collect();
    assert_eq!(told, expected);
}

const RESULT: &str = "/credentialSubject/result";
const DESCRIPTION: &str = "/credentialSubject/achievement/resultDescription";

#[track_caller]
fn spoil(pointer: &str, value: &str, code: &str) {
    check_badge(&with(pointer, value), &[&format!("{pointer} {code}")]);
}

#[test]
fn the_full_badge_keeps_every_rule() {
    check_badge(&full_badge(), &[]);
}

#[test]
fn a_subject_is_someone() {
    let mut badge = without("/credentialSubject/id");
    check_badge(&badge, &[]);
    let subject = badge
        .as_object_mut()
        .and_then(|it| it.get_mut("credentialSubject"));
    let subject = subject.and_then(Value::as_object_mut).expect("a subject");
    subject.set("identifier", Vec::new());
    check_badge(&badge, &["/credentialSubject subject_unidentified"]);
    check_badge(&without("/credentialSubject/identifier"), &[]);
}

#[test]
fn results_point_to_descriptions_of_the_same_achievement() {
    spoil(
        &format!("{RESULT}/0/resultDescription"),
        r#""urn:uuid:elsewhere""#,
        "result_link_broken",
    );
    spoil(
        &format!("{RESULT}/0/achievedLevel"),
        r#""urn:uuid:elsewhere""#,
        "result_link_broken",
    );
    check_badge(&without(&format!("{RESULT}/1/resultDescription")), &[]);
}

#[test]
fn results_have_what_their_type_asks_for() {
    for (pointer, expected) in [
        ("0/achievedLevel", "result_incomplete"),
        ("2/status", "result_incomplete"),
    ] {
        let pointer = format!("{RESULT}/{pointer}");
        check_badge(&without(&pointer), &[&format!("{pointer} {expected}")]);
    }
}

#[test]
fn what_is_required_is_also_allowed() {
    let code = "result_value_not_allowed";
    spoil(&format!("{DESCRIPTION}/0/requiredValue"), r#""Fail""#, code);
    spoil(&format!("{DESCRIPTION}/1/requiredValue"), r#""101""#, code);
    spoil(&format!("{DESCRIPTION}/1/requiredValue"), r#""-0.1""#, code);
    spoil(
        &format!("{DESCRIPTION}/0/requiredLevel"),
        r#""urn:uuid:x""#,
        "result_link_broken",
    );
    check_badge(
        &with(&format!("{DESCRIPTION}/1/requiredValue"), r#""100""#),
        &[],
    );
    check_badge(
        &with(&format!("{DESCRIPTION}/1/requiredValue"), r#""B+""#),
        &[],
    );
    check_badge(
        &with(&format!("{DESCRIPTION}/1/valueMax"), r#""lots""#),
        &[],
    );
}

#[test]
fn values_are_in_the_list_or_in_the_range() {
    let code = "result_value_not_allowed";
    spoil(&format!("{RESULT}/0/value"), r#""merit""#, code);
    spoil(&format!("{RESULT}/1/value"), r#""100.5""#, code);
    spoil(&format!("{RESULT}/1/value"), r#""-1""#, code);
    for value in [r#""0""#, r#""1e2""#, r#""85 %""#, r#""NaN""#] {
        check_badge(&with(&format!("{RESULT}/1/value"), value), &[]);
    }
}

#[test]
fn dates_follow_each_other() {
    for end in [
        "2026-01-15T08:59:59Z",
        "2026-01-15T09:30:00+01:00",
        "2010-01-01T00:00:00Z",
    ] {
        spoil("/validUntil", &format!("\"{end}\""), "dates_out_of_order");
    }
    let mut badge = full_badge();
    let object = badge.as_object_mut().expect("an object");
    object.set("issuanceDate", "2026-01-01T00:00:00Z");
    object.set("expirationDate", "2025-01-01T00:00:00Z");
    check_badge(&badge, &["/expirationDate dates_out_of_order"]);
}

#[test]
fn what_ends_as_it_begins_is_read_but_not_issued() {
    let badge = with("/validUntil", r#""2026-01-15T10:00:00+01:00""#);
    let badge = badge.as_object().expect("an object");
    let now = Moment::parse("2026-11-25T12:00:00Z").expect("a moment");
    assert_eq!(check_dates(badge, now, Mode::Check), []);
    assert_eq!(check_dates(badge, now, Mode::ISSUE).len(), 1);
    assert_eq!(check(badge, now, Mode::ISSUE).len(), 1);
}

#[test]
fn nothing_is_awarded_in_the_future_but_for_clocks() {
    spoil(
        "/awardedDate",
        r#""2026-11-25T12:05:01Z""#,
        "awarded_in_future",
    );
    check_badge(&with("/awardedDate", r#""2026-11-25T12:05:00Z""#), &[]);
    check_badge(&with("/awardedDate", r#""nonsense""#), &[]);
}

#[test]
fn a_hash_is_a_hash() {
    let pointer = "/credentialSubject/identifier/0/identityHash";
    for hash in [
        "",
        "a@example.com",
        "sha256$",
        "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef39",
        "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef39g",
        "md5$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        "SHA256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        "sha1$0123456789012345678901234567890123456789",
        "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
    ] {
        spoil(pointer, &format!("\"{hash}\""), "identity_hash_malformed");
    }
    check_badge(
        &with(pointer, r#""md5$0123456789abcdefABCDEF0123456789""#),
        &[],
    );
    check_badge(
        &with(
            "/credentialSubject/identifier/1/identityHash",
            r#""anything""#,
        ),
        &[],
    );
}

#[test]
fn ids_are_absolute_also_where_the_tables_end() {
    for (value, place) in [
        (r#"{"id":"x"}"#, "/unknown/id"),
        (r#"[{"a":{"@id":"a b:c"}}]"#, "/unknown/0/a/@id"),
        (r#"{"id":["urn:x:y","/z"]}"#, "/unknown/id/1"),
    ] {
        check_badge(
            &with("/unknown", value),
            &[&format!("{place} iri_not_absolute")],
        );
    }
    check_badge(&with("/unknown", r#"{"ident":"x","id":1}"#), &[]);
    check_badge(&with("/@context/2", r#"{"id":"@id"}"#), &[]);
}

#[test]
fn thousands_of_results_are_no_burden() {
    let ids: Vec<String> = (0..2_000).map(|n| format!("\"v{n}\"")).collect();
    let descriptions = format!(r#"[{{"id":"urn:x:d","allowedValue":[{}]}}]"#, ids.join(","));
    let result = r#"{"resultDescription":"urn:x:d","value":"v1999"}"#;
    let results = vec![result; 3_000].join(",");
    let badge = format!(
        r#"{{"credentialSubject":{{"id":"urn:x:s","achievement":{{"resultDescription":{descriptions}}},"result":[{results}]}}}}"#
    );
    let badge = json::parse(badge.as_bytes()).expect("JSON");
    check_badge(&badge, &[]);
}

#[test]
fn without_a_word_about_status_it_is_completed() {
    for (result, status) in [
        (r#"{"value":"A"}"#, "Completed"),
        (r#"{"status":"InProgress"}"#, "InProgress"),
    ] {
        let result = json::parse(result.as_bytes()).expect("JSON");
        assert_eq!(result.as_object().map(result_status), Some(status));
    }
}

#[test]
fn designs_are_checked_without_an_award() {
    let badge = with(&format!("{DESCRIPTION}/0/requiredValue"), r#""Fail""#);
    let achievement = badge
        .get("credentialSubject")
        .and_then(|it| it.get("achievement"));
    let faults = check_achievement(achievement.and_then(Value::as_object).expect("one"));
    let told: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(told, ["/resultDescription/0/requiredValue"]);
}
