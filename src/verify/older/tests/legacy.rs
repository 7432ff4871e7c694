//! Badges of Open Badges 0.5, 1.0 and 1.1.

use super::keys::{P256_PUBLIC, RSA_PUBLIC};
use super::signed::sign;
use super::*;

/// Three documents without contexts, types and identifiers.
fn one_zero() -> Web {
    let mut web = Web::hosted();
    web.served.clear();
    web.serve(
        ASSERTION,
        r#"{"uid":"f2c20","recipient":{"type":"email","hashed":true,"salt":"Kosher",
          "identity":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"},
        "image":"https://badges.northmarch.example/a/1.png",
        "badge":"https://badges.northmarch.example/b/first-aid.json",
        "verify":{"type":"hosted","url":"https://badges.northmarch.example/a/1.json"},
        "issuedOn":1359217910}"#,
    );
    web.serve(
        DESIGN,
        r#"{"name":"First aid at work","description":"Three days of practice",
        "image":"https://badges.northmarch.example/b/first-aid.png",
        "criteria":"https://badges.northmarch.example/b/first-aid.html",
        "tags":["health"],"alignment":[{"name":"NOS","url":"https://x.example/nos"}],
        "issuer":"https://badges.northmarch.example/issuer.json"}"#,
    );
    web.serve(
        ISSUER,
        r#"{"name":"Northmarch County Council","url":"https://northmarch.example"}"#,
    );
    web
}

/// The same with contexts, types and identifiers.
fn one_one() -> Web {
    let mut web = one_zero();
    for (url, class) in [
        (ASSERTION, "Assertion"),
        (DESIGN, "BadgeClass"),
        (ISSUER, "Issuer"),
    ] {
        let with = format!(
            r#"{{"@context":"https://w3id.org/openbadges/v1","type":"{class}","id":"{url}","#
        );
        let text = web.text(url).replacen('{', &with, 1);
        web.serve(url, &text);
    }
    web
}

/// Everything in one document, which does not say where it lies.
fn beta() -> Web {
    let mut web = Web::hosted();
    web.served.clear();
    web.serve(
        ASSERTION,
        r#"{"recipient":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        "salt":"Kosher","evidence":"/evidence/1","issued_on":"2011-11-25","badge":{"version":"0.5.0",
        "name":"First aid at work","image":"/b/first-aid.png","description":"Three days of practice",
        "criteria":"/b/first-aid.html","issuer":{"origin":"https://badges.northmarch.example",
        "name":"Northmarch County Council","contact":"badges@northmarch.example"}}}"#,
    );
    web
}

#[track_caller]
fn check_good(web: &Web, version: &str, issued: &str) {
    let report = web.expect(GOOD_HOSTED);
    shows(&report, "First aid at work");
    let note = format!("made to Open Badges {version}");
    assert!(
        report.notes.iter().any(|it| it.text == note),
        "{:?}",
        report.notes
    );
    assert_eq!(
        report.verified.expect("content").awarded.as_deref(),
        Some(issued)
    );
    let mut web = web.clone();
    for (told, state) in [
        ("a@example.com", State::Holds),
        ("b@example.com", State::Fails),
    ] {
        web.policy.recipient = Some(told.to_owned());
        assert_eq!(web.report().finding(Check::Person).state, state);
    }
}

#[test]
fn hosted_badges_of_every_edition_are_accepted() {
    check_good(&one_zero(), "1.0", "2013-01-26T16:31:50Z");
    check_good(&one_one(), "1.1", "2013-01-26T16:31:50Z");
    check_good(&beta(), "0.5", "2011-11-25T00:00:00Z");
    let dated = |date| one_one().changed(ASSERTION, "1359217910", date);
    check_good(&dated("\"2013-01-26\""), "1.1", "2013-01-26T00:00:00Z");
    check_good(
        &dated("\"2013-01-26T16:31:50\""),
        "1.1",
        "2013-01-26T16:31:50Z",
    );
    check_good(&dated("\"1359217910\""), "1.1", "2013-01-26T16:31:50Z");
}

#[test]
fn of_json_only_the_hosted_address_is_believed() {
    for web in [one_zero(), one_one()] {
        let forged = web
            .text(ASSERTION)
            .replace("1359217910", "1")
            .replace("sha256$b5", "sha256$00");
        let report = web.expect_of(forged.as_bytes(), GOOD_HOSTED);
        assert_eq!(
            report.verified.expect("content").awarded.as_deref(),
            Some("2013-01-26T16:31:50Z")
        );
    }
    // The beta's document does not say where it lies.
    let web = beta();
    let (report, asked) = web.check(web.text(ASSERTION).as_bytes());
    assert_eq!(report.finding(Check::Proof).code, "hosted_address_missing");
    assert_eq!(report.conclusion(), Conclusion::Undecided);
    assert!(asked.is_empty());
}

#[test]
fn another_address_in_verify_is_followed_once() {
    let mut web = one_zero();
    web.change(
        ASSERTION,
        "\"https://badges.northmarch.example/a/1.json\"",
        "\"https://elsewhere.example/a\"",
    );
    web.expect(UNREACHABLE);
    let text = web.text(ASSERTION);
    web.serve("https://elsewhere.example/a", &text);
    // There it is not hosted where the issuer is.
    let report = web.expect((
        Outcome::Changed,
        Conclusion::Reject,
        Check::Issuer,
        State::Fails,
        "hosted_out_of_scope",
    ));
    has_note(&report, "hosted_moved");
}

#[test]
fn older_badges_need_their_members_too() {
    for (place, from, to) in [
        (ASSERTION, "\"recipient\"", "\"person\""),
        (ASSERTION, "\"verify\"", "\"check\""),
        (ASSERTION, "\"issuedOn\"", "\"issued\""),
        (ASSERTION, "\"badge\":\"https", "\"badge\":\"urn"),
        (DESIGN, "\"description\"", "\"about\""),
        (DESIGN, "\"criteria\"", "\"rules\""),
        (DESIGN, "\"issuer\"", "\"by\""),
        (ISSUER, "\"url\"", "\"site\""),
    ] {
        one_zero().changed(place, from, to).expect(SHAPE);
    }
    one_one()
        .changed(DESIGN, "\"BadgeClass\"", "\"Issuer\"")
        .expect(SHAPE);
    for (from, to) in [
        ("\"origin\"", "\"site\""),
        ("\"https://badges.northmarch.example\"", "\"northmarch\""),
        ("\"description\"", "\"about\""),
        ("\"criteria\"", "\"rules\""),
    ] {
        beta().changed(ASSERTION, from, to).expect(SHAPE);
    }
    one_zero()
        .changed(ASSERTION, "1359217910", "\"soon\"")
        .expect((
            Outcome::Changed,
            Conclusion::Reject,
            Check::Shape,
            State::Fails,
            "date_invalid",
        ));
}

#[test]
fn the_beta_must_lie_at_the_origin_of_its_issuer() {
    let web = beta().changed(
        ASSERTION,
        "//badges.northmarch.example",
        "//northmarch.example",
    );
    web.expect((
        Outcome::Changed,
        Conclusion::Reject,
        Check::Issuer,
        State::Fails,
        "hosted_out_of_scope",
    ));
}

#[test]
fn older_badges_expire_and_are_withdrawn() {
    let expired = (
        Outcome::Expired,
        Conclusion::Reject,
        Check::Dates,
        State::Fails,
        "expired",
    );
    let with = |web: &Web, member: &str| {
        web.changed(ASSERTION, "\"badge\"", &format!("{member},\"badge\""))
    };
    with(&one_zero(), "\"expires\":1390753910").expect(expired);
    with(&one_one(), "\"expires\":\"2014-01-26\"").expect(expired);
    with(&beta(), "\"expires\":\"2012-11-25\"").expect(expired);
    // A badge lasts to the end of its last day.
    with(&one_one(), "\"expires\":\"2026-11-25\"").expect(GOOD_HOSTED);
    with(&one_one(), "\"revoked\":true").expect(REVOKED);
    let mut web = one_zero();
    web.refuse(ASSERTION, Unavailable::Gone);
    web.expect(REVOKED);
}

const KEY: &str = "https://badges.northmarch.example/key.pem";

/// A signed badge of 1.0: the method's address is the key's.
fn signed() -> Web {
    let mut web = one_zero();
    web.change(
        ASSERTION,
        "{\"type\":\"hosted\",\"url\":\"https://badges.northmarch.example/a/1.json\"}",
        &format!("{{\"type\":\"signed\",\"url\":\"{KEY}\"}}"),
    );
    web.serve(KEY, RSA_PUBLIC);
    web.change(
        ISSUER,
        "\"name\"",
        "\"revocationList\":\"https://badges.northmarch.example/revoked.json\",\"name\"",
    );
    web.serve(
        "https://badges.northmarch.example/revoked.json",
        r#"{"qp8g1s":"Issued in error"}"#,
    );
    web
}

#[test]
fn a_signed_badge_of_one_is_accepted() {
    let web = signed();
    let token = sign(&web.text(ASSERTION));
    let report = web.expect_of(
        token.as_bytes(),
        (
            Outcome::OlderVersion,
            Conclusion::Accept,
            Check::Status,
            State::Holds,
            "ok",
        ),
    );
    shows(&report, "First aid at work");
    assert_eq!(
        report.verified.expect("content").id.as_deref(),
        Some("f2c20")
    );
}

#[test]
fn a_signed_badge_of_one_is_withdrawn_by_its_uid() {
    let web = signed().changed(
        "https://badges.northmarch.example/revoked.json",
        "qp8g1s",
        "f2c20",
    );
    let token = sign(&web.text(ASSERTION));
    let report = web.expect_of(token.as_bytes(), REVOKED);
    assert_eq!(report.finding(Check::Status).detail, "Issued in error");
}

#[test]
fn a_key_elsewhere_is_not_the_issuers() {
    let mut web = signed();
    let foreign = "https://elsewhere.example/key.pem";
    web.serve(foreign, RSA_PUBLIC);
    web.change(ASSERTION, KEY, foreign);
    let token = sign(&web.text(ASSERTION));
    web.expect_of(
        token.as_bytes(),
        (
            Outcome::Changed,
            Conclusion::Reject,
            Check::Proof,
            State::Fails,
            "verification_method_mismatch",
        ),
    );
    // The issuer's own key, which is another.
    let mut web = signed();
    web.serve(KEY, P256_PUBLIC);
    let token = sign(&web.text(ASSERTION));
    web.expect_of(
        token.as_bytes(),
        (
            Outcome::Changed,
            Conclusion::Reject,
            Check::Proof,
            State::Fails,
            "proof_algorithm_mismatch",
        ),
    );
    // Without its seal it is nothing.
    web.expect_of(
        web.text(ASSERTION).as_bytes(),
        (
            Outcome::Changed,
            Conclusion::Reject,
            Check::Proof,
            State::Fails,
            "proof_missing",
        ),
    );
}
