//! When, to whom, by whom: what is said about a badge that is genuine.

use super::*;
use crate::trust::TrustFile;

#[test]
fn dates_are_compared_with_the_moment_of_the_check() {
    let current = |outcome, code| {
        (
            outcome,
            Conclusion::Reject,
            Check::Dates,
            State::Fails,
            code,
        )
    };
    let expires = |date: &str| {
        Web::hosted().changed(
            ASSERTION,
            "\"issuedOn\"",
            &format!("\"expires\":\"{date}\",\"issuedOn\""),
        )
    };
    let lasting = expires("2027-03-01T09:00:00Z").expect(GOOD_HOSTED);
    assert!(lasting.finding(Check::Dates).at.is_some());
    expires("2026-11-25T12:00:00Z").expect(GOOD_HOSTED);
    expires("2026-11-25T11:59:59Z").expect(current(Outcome::Expired, "expired"));
    // Expired before it was issued.
    expires("2026-02-01T09:00:00Z").expect(current(Outcome::Expired, "date_invalid"));
    let issued = |date| Web::hosted().changed(ASSERTION, "2026-03-01T09:00:00Z", date);
    issued("2026-11-25T12:04:00Z").expect(GOOD_HOSTED);
    issued("2026-11-25T12:06:00Z").expect(current(Outcome::NotStarted, "not_yet_valid"));
}

#[test]
fn the_person_is_compared_but_does_not_decide() {
    for (told, state) in [
        ("a@example.com", State::Holds),
        ("A@Example.com", State::Holds),
        ("b@example.com", State::Fails),
        ("urn:person:1", State::Fails),
    ] {
        let mut web = Web::hosted();
        web.policy.recipient = Some(told.to_owned());
        let report = web.expect(GOOD_HOSTED);
        assert_eq!(report.finding(Check::Person).state, state, "{told}");
    }
}

#[test]
fn other_kinds_of_recipients_are_compared_as_written() {
    let mut web = Web::hosted();
    let from = web.text(ASSERTION);
    let recipient = from
        .split_once("\"recipient\":")
        .and_then(|(_, rest)| rest.split_once(",\n            \"badge\""))
        .expect("a recipient")
        .0
        .to_owned();
    for (kind, identity, told, state) in [
        (
            "url",
            "https://alex.example",
            "https://alex.example",
            State::Holds,
        ),
        (
            "url",
            "https://alex.example",
            "https://sam.example",
            State::Fails,
        ),
        ("telephone", "01632 960001", "01632 960001", State::Holds),
        ("id", "urn:person:1", "urn:person:1", State::Holds),
        (
            "email",
            "Alex@Example.org",
            "alex@example.org",
            State::Holds,
        ),
        (
            "email",
            "alex@example.org",
            "ALEX@example.org",
            State::Holds,
        ),
        ("email", "alex@example.org", "sam@example.org", State::Fails),
    ] {
        let plain = format!(r#"{{"type":"{kind}","hashed":false,"identity":"{identity}"}}"#);
        web.serve(ASSERTION, &from.replace(&recipient, &plain));
        web.policy.recipient = Some(told.to_owned());
        let report = web.expect(GOOD_HOSTED);
        assert_eq!(report.finding(Check::Person).state, state, "{kind} {told}");
    }
}

#[test]
fn an_issuer_that_gives_itself_a_badge_is_shown_as_such() {
    let mut web = Web::hosted();
    web.change(
        ASSERTION,
        "\"email\",\"hashed\":true",
        "\"id\",\"hashed\":false",
    );
    web.change(
        ASSERTION,
        "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        ISSUER,
    );
    web.expect((
        Outcome::SelfIssued,
        Conclusion::Accept,
        Check::Proof,
        State::Holds,
        "hosted",
    ));
}

#[test]
fn the_trust_file_knows_issuers_by_the_address_of_their_profile() {
    let with = |status: &str, id: &str| {
        let mut web = Web::hosted();
        let file = format!(
            r#"{{"entries":[{{"issuer":"NCC","did":"{id}","nameInOurList":"Northmarch County Council","status":"{status}"}}]}}"#
        );
        web.policy.trust = Some(TrustFile::parse(file.as_bytes()).expect("a trust file"));
        web
    };
    let finding = |web: &Web| web.report().finding(Check::Recognition).code;
    assert_eq!(finding(&with("trusted", ISSUER)), "issuer_recognised");
    with("blocked", ISSUER).expect((
        Outcome::BlockedIssuer,
        Conclusion::Reject,
        Check::Recognition,
        State::Fails,
        "issuer_blocked",
    ));
    // The name of one on the list, at another address.
    with("trusted", "https://other.example/issuer").expect((
        Outcome::NameClash,
        Conclusion::Accept,
        Check::Recognition,
        State::Fails,
        "issuer_name_clash",
    ));
}

#[test]
fn endorsements_and_extensions_are_named_as_not_checked() {
    let web = Web::hosted().changed(
        ASSERTION,
        "\"issuedOn\"",
        r#""endorsement":"https://elsewhere.example/e","extensions:x":{"type":["Extension","x"]},"issuedOn""#,
    );
    let report = web.expect(GOOD_HOSTED);
    has_note(&report, "endorsements_not_checked");
    has_note(&report, "extensions_not_checked");
    assert_eq!(report.finding(Check::Endorsements).state, State::Unknown);
    let (_, asked) = web.check(ASSERTION.as_bytes());
    assert_eq!(asked.len(), 3);
}
