//! The issuer's list of withdrawn badges.

use super::signed::{GOOD, LIST, check, signed};
use super::*;

#[test]
fn a_withdrawn_badge_is_on_the_list() {
    let web = signed();
    for (id, reason) in [("urn:uuid:2", ""), ("urn:uuid:3", "")] {
        let report = check(&web.changed(ASSERTION, "urn:uuid:1", id), REVOKED);
        assert_eq!(report.finding(Check::Status).detail, reason);
        assert!(report.is_authentic());
    }
    let by_uid = web.changed(ASSERTION, "\"issuedOn\"", "\"uid\":\"u4\",\"issuedOn\"");
    check(&by_uid, REVOKED);
    let other_uid = web.changed(ASSERTION, "\"issuedOn\"", "\"uid\":\"u5\",\"issuedOn\"");
    check(&other_uid, GOOD);
    let with_reason = web.changed(
        LIST,
        "{\"id\":\"urn:uuid:3\"}",
        "{\"id\":\"urn:uuid:1\",\"revocationReason\":\"Issued in error\"}",
    );
    let report = check(&with_reason, REVOKED);
    assert_eq!(report.finding(Check::Status).detail, "Issued in error");
    // One entry need not be a list.
    let single = web.changed(
        LIST,
        "[\"urn:uuid:2\",{\"id\":\"urn:uuid:3\"},{\"uid\":\"u4\"}]",
        "\"urn:uuid:1\"",
    );
    check(&single, REVOKED);
}

#[test]
fn a_list_that_cannot_be_read_leaves_the_status_open() {
    let open = |code| {
        (
            Outcome::StatusUnreachable,
            Conclusion::Undecided,
            Check::Status,
            State::Unknown,
            code,
        )
    };
    for why in [
        Unavailable::Unreachable,
        Unavailable::Gone,
        Unavailable::TooLarge,
    ] {
        let mut web = signed();
        web.refuse(LIST, why);
        let report = check(&web, open("STATUS_RETRIEVAL_ERROR"));
        assert_eq!(
            report.finding(Check::Status).detail,
            format!("badges.northmarch.example: {}", why.code())
        );
    }
    for (from, to) in [
        ("\"RevocationList\"", "\"Issuer\""),
        (LIST, "https://forger.example/list"),
        (ISSUER, "https://forger.example/issuer"),
        ("\"urn:uuid:2\"", "7"),
        ("{\"id\":\"urn:uuid:3\"}", "{\"id\":7}"),
        ("{\"@context\"", "[{\"@context\""),
    ] {
        let web = signed().changed(LIST, from, to);
        check(&web, open("STATUS_VERIFICATION_ERROR"));
    }
    let plain = LIST.replace("https://", "http://");
    let web = signed().changed(ISSUER, LIST, &plain);
    check(&web, open("fetch_address_refused"));
    let web = signed().changed(ISSUER, &format!("\"{LIST}\""), "7");
    check(&web, open("STATUS_VERIFICATION_ERROR"));
}

#[test]
fn an_issuer_without_a_list_is_noted() {
    let web = signed().changed(ISSUER, "\"revocationList\"", "\"oldList\"");
    let report = check(&web, GOOD);
    has_note(&report, "no_status");
    assert_eq!(report.finding(Check::Status).state, State::NotApplicable);
}
