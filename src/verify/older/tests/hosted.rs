//! Hosted badges of Open Badges 2.0: what is believed, and what is not.

use super::*;

#[test]
fn a_hosted_badge_is_what_its_host_serves() {
    let report = Web::hosted().expect(GOOD_HOSTED);
    shows(&report, "First aid at work");
    has_note(&report, "hosted_not_sealed");
    has_note(&report, "older_version");
    let verified = report.verified.expect("content");
    assert_eq!(verified.id.as_deref(), Some(ASSERTION));
    assert_eq!(verified.issuer_id.as_deref(), Some(ISSUER));
    assert_eq!(
        verified.issuer_name.as_deref(),
        Some("Northmarch County Council")
    );
    assert_eq!(verified.achievement_id.as_deref(), Some(DESIGN));
    assert_eq!(verified.criteria.as_deref(), Some("Pass the practical"));
    assert_eq!(verified.awarded.as_deref(), Some("2026-03-01T09:00:00Z"));
    assert_eq!(verified.valid_until.as_deref(), None);
}

#[test]
fn every_check_has_a_finding_that_is_good_or_not_asked() {
    let report = Web::hosted().report();
    for (check, finding) in report.findings() {
        let nobody_asked = matches!(check, Check::Person | Check::Recognition);
        let expected = match check {
            Check::Format | Check::Shape | Check::Proof | Check::Issuer => State::Holds,
            Check::Status | Check::Dates => State::Holds,
            _ if nobody_asked => State::NotReached,
            _ => State::NotApplicable,
        };
        assert_eq!(finding.state, expected, "{}", check.id());
    }
}

#[test]
fn of_json_only_the_address_is_believed() {
    let web = Web::hosted();
    let forged = web
        .text(ASSERTION)
        .replace("2026-03-01", "1999-01-01")
        .replace("sha256$b5", "sha256$00")
        .replace("b/first-aid.json", "b/surgery.json")
        .replace("HostedBadge", "SignedBadge");
    let report = web.expect_of(forged.as_bytes(), GOOD_HOSTED);
    shows(&report, "First aid at work");
    let verified = report.verified.expect("content");
    assert_eq!(verified.awarded.as_deref(), Some("2026-03-01T09:00:00Z"));
    let (_, asked) = web.check(forged.as_bytes());
    assert_eq!(asked, [ASSERTION, DESIGN, ISSUER]);
}

#[test]
fn embedded_documents_with_an_address_are_fetched_again() {
    let web = Web::hosted().changed(
        ASSERTION,
        r#""https://badges.northmarch.example/b/first-aid.json""#,
        r#"{"id":"https://badges.northmarch.example/b/first-aid.json","type":"BadgeClass",
           "name":"Brain surgery","issuer":{"id":"https://elsewhere.example/i"}}"#,
    );
    shows(&web.expect(GOOD_HOSTED), "First aid at work");
    // Also when they are forged in the input alone.
    let forged = Web::hosted().text(ASSERTION).replace(
        r#""https://badges.northmarch.example/b/first-aid.json""#,
        r#"{"name":"Brain surgery"}"#,
    );
    let report = Web::hosted().expect_of(forged.as_bytes(), GOOD_HOSTED);
    shows(&report, "First aid at work");
}

#[test]
fn a_badge_design_without_an_address_is_taken_as_it_is_with_a_note() {
    for id in ["", r#""id":"urn:uuid:1","#] {
        let embedded = format!(
            r#"{{{id}"type":"BadgeClass","name":"First aid","description":"x",
            "criteria":"https://northmarch.example/c","issuer":"{ISSUER}"}}"#
        );
        // Open Badges 2 wants an identifier, but a badge design proves nothing.
        let web = Web::hosted().changed(ASSERTION, &format!("\"{DESIGN}\""), &embedded);
        let report = web.expect(GOOD_HOSTED);
        has_note(&report, "older_embedded");
        shows(&report, "First aid");
    }
}

#[test]
fn an_issuer_without_an_address_is_nobody() {
    for id in [
        "",
        r#""id":"urn:uuid:2","#,
        r#""id":"did:key:z6Mk","#,
        r#""id":"ftp://badges.northmarch.example/i","#,
    ] {
        let embedded = format!(
            r#"{{{id}"type":"Issuer","name":"Northmarch County Council",
            "url":"https://northmarch.example","email":"x@northmarch.example"}}"#
        );
        let web = Web::hosted().changed(DESIGN, &format!("\"{ISSUER}\""), &embedded);
        let report = web.expect((
            Outcome::Unsupported,
            Conclusion::Undecided,
            Check::Issuer,
            State::Unknown,
            "issuer_not_bound",
        ));
        assert!(report.verified.is_none());
    }
}

#[test]
fn a_host_that_says_gone_has_withdrawn_the_badge() {
    let mut web = Web::hosted();
    let input = web.text(ASSERTION);
    web.refuse(ASSERTION, Unavailable::Gone);
    for input in [ASSERTION, &input] {
        let report = web.expect_of(input.as_bytes(), REVOKED);
        assert!(report.verified.is_none());
        assert!(report.finding(Check::Status).detail.contains("gone"));
    }
}

#[test]
fn a_host_that_says_revoked_has_withdrawn_the_badge() {
    let short = format!(
        r#"{{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"{ASSERTION}",
        "revoked":true,"revocationReason":"Issued in error"}}"#
    );
    let full = Web::hosted()
        .text(ASSERTION)
        .replace("\"issuedOn\"", "\"revoked\":true,\"issuedOn\"");
    for (body, reason) in [
        (short.as_str(), "Issued in error"),
        (full.as_str(), ""),
        (r#"{"revoked":true}"#, ""),
        (r#"{"revoked":{"@value":true}}"#, ""),
    ] {
        let mut web = Web::hosted();
        web.serve(ASSERTION, body);
        // A known bad fact does not wait for documents that can't be had.
        web.refuse(ISSUER, Unavailable::Unreachable);
        let report = web.expect(REVOKED);
        assert_eq!(report.finding(Check::Status).detail, reason);
        assert!(report.verified.is_none());
    }
}

#[test]
fn only_true_means_revoked() {
    let with = |value: &str| {
        Web::hosted().changed(
            ASSERTION,
            "\"issuedOn\"",
            &format!("\"revoked\":{value},\"issuedOn\""),
        )
    };
    with("false").expect(GOOD_HOSTED);
    with("null").expect(GOOD_HOSTED);
}

#[test]
fn a_document_that_cannot_be_had_leaves_everything_open() {
    for url in [ASSERTION, DESIGN, ISSUER] {
        for why in [
            Unavailable::Unreachable,
            Unavailable::Refused,
            Unavailable::Offline,
            Unavailable::TooLarge,
            Unavailable::Gone,
        ] {
            if (url, why) == (ASSERTION, Unavailable::Gone) {
                continue;
            }
            let mut web = Web::hosted();
            web.refuse(url, why);
            let report = web.expect(UNREACHABLE);
            let expected = format!("badges.northmarch.example: {}", why.code());
            assert_eq!(report.finding(Check::Proof).detail, expected);
        }
    }
}

#[test]
fn a_host_that_answers_with_something_else_is_as_good_as_down() {
    for url in [ASSERTION, DESIGN, ISSUER] {
        for body in [
            "<!DOCTYPE html><title>Log in</title>",
            "",
            "[]",
            r#"{"error":"not found"}"#,
            r#"{"name":"a","name":"b"}"#,
            "\u{feff}{}",
        ] {
            let mut web = Web::hosted();
            web.serve(url, body);
            web.expect(UNREACHABLE);
        }
    }
}

#[test]
fn a_limit_is_not_an_outage() {
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    let web = Web::hosted().changed(DESIGN, "\"First aid at work\"", &deep);
    web.expect((
        Outcome::Unsupported,
        Conclusion::Undecided,
        Check::Proof,
        State::Unknown,
        "json_too_deep",
    ));
}

#[test]
fn an_address_that_is_not_https_is_refused() {
    for url in [
        "http://badges.northmarch.example/a/1.json",
        "http://localhost:8080/a/1.json",
        "https://user:secret@badges.northmarch.example/a/1.json",
    ] {
        let mut web = Web::hosted();
        let text = web.text(ASSERTION).replace(ASSERTION, url);
        web.serve(url, &text);
        for input in [url, &text] {
            let report = web.expect_of(input.as_bytes(), UNREACHABLE);
            let detail = &report.finding(Check::Proof).detail;
            assert!(detail.ends_with("fetch_address_refused"), "{detail}");
        }
    }
    for (place, url) in [(ASSERTION, DESIGN), (DESIGN, ISSUER)] {
        let plain = url.replace("https://", "http://");
        let web = Web::hosted().changed(place, url, &plain);
        web.expect(UNREACHABLE);
    }
}

#[test]
fn an_address_leads_on_once() {
    let moved = "https://badges.northmarch.example/new/1.json";
    for place in [ASSERTION, DESIGN, ISSUER] {
        let mut web = Web::hosted();
        let there = web.text(place).replace(
            &format!("\"id\":\"{place}\""),
            &format!("\"id\":\"{moved}\""),
        );
        web.serve(place, &there);
        web.serve(moved, &there);
        has_note(&web.expect(GOOD_HOSTED), "hosted_moved");
        // What lies there says that it is a third.
        web.change(
            moved,
            moved,
            "https://badges.northmarch.example/newer/1.json",
        );
        web.expect((
            Outcome::Changed,
            Conclusion::Reject,
            Check::Proof,
            State::Fails,
            "hosted_id_mismatch",
        ));
        // It does not lie there.
        web.refuse(moved, Unavailable::Refused);
        web.expect(UNREACHABLE);
    }
}

#[test]
fn a_badge_that_says_it_is_another_fails() {
    for id in [
        "urn:uuid:1",
        "ftp://badges.northmarch.example/a/1.json",
        "a/1.json",
    ] {
        let web = Web::hosted().changed(
            ASSERTION,
            &format!("\"id\":\"{ASSERTION}\""),
            &format!("\"id\":\"{id}\""),
        );
        web.expect((
            Outcome::Changed,
            Conclusion::Reject,
            Check::Proof,
            State::Fails,
            "hosted_id_mismatch",
        ));
    }
}

#[test]
fn a_borrowed_address_shows_the_badge_that_lies_there() {
    // The address of somebody else's host, which names a genuine badge.
    let mut web = Web::hosted();
    let genuine = web.text(ASSERTION);
    web.serve("https://elsewhere.example/mine.json", &genuine);
    let report = web.expect_of(b"https://elsewhere.example/mine.json", GOOD_HOSTED);
    has_note(&report, "hosted_moved");
    assert_eq!(
        report.verified.expect("content").id.as_deref(),
        Some(ASSERTION)
    );
}

#[test]
fn a_seal_that_is_said_to_be_there_must_be_there() {
    let web = Web::hosted().changed(ASSERTION, "HostedBadge", "SignedBadge");
    let missing = (
        Outcome::Changed,
        Conclusion::Reject,
        Check::Proof,
        State::Fails,
        "proof_missing",
    );
    web.expect(missing);
    let signed = web.text(ASSERTION).replace(ASSERTION, "urn:uuid:1");
    web.expect_of(signed.as_bytes(), missing);
    // Hosted, and it doesn't say where.
    let hosted = signed.replace("SignedBadge", "HostedBadge");
    web.expect_of(
        hosted.as_bytes(),
        (
            Outcome::Unsupported,
            Conclusion::Undecided,
            Check::Proof,
            State::Unknown,
            "hosted_address_missing",
        ),
    );
}

#[test]
fn parts_of_an_older_badge_are_no_badge() {
    let web = Web::hosted();
    for place in [DESIGN, ISSUER] {
        let input = web.text(place);
        let (report, asked) = web.check(input.as_bytes());
        assert_eq!(Outcome::of(&report), Outcome::NoBadgeFound);
        assert_eq!(report.conclusion(), Conclusion::Undecided);
        assert!(asked.is_empty());
    }
    // An address of one is a wrong address.
    web.expect_of(DESIGN.as_bytes(), SHAPE);
}

#[test]
fn behind_an_address_may_lie_a_newer_badge() {
    let mut web = Web::hosted();
    web.serve(
        ASSERTION,
        r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"]}"#,
    );
    let report = web.report();
    assert_eq!(report.subject, crate::verify::Subject::Credential);
    assert_eq!(report.conclusion(), Conclusion::Reject);
    has_note(&report, "hosted_other_kind");
}

#[test]
fn an_address_that_serves_addresses_ends() {
    let mut web = Web::hosted();
    web.serve("https://a.example/1", ASSERTION);
    has_note(
        &web.expect_of(b"https://a.example/1", GOOD_HOSTED),
        "hosted_moved",
    );
    web.serve("https://a.example/2", "https://a.example/1");
    web.expect_of(b"https://a.example/2", UNREACHABLE);
    web.serve("https://a.example/3", "https://a.example/3");
    web.expect_of(b"https://a.example/3", UNREACHABLE);
}

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let length = u32::try_from(data.len()).expect("a length");
    let sum = crc32fast::hash(&body);
    [&length.to_be_bytes()[..], &body, &sum.to_be_bytes()].concat()
}

/// A picture with one text in it.
fn picture(text: &str) -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        chunk(b"tEXt", format!("openbadges\0{text}").as_bytes()),
        chunk(b"IDAT", &[120, 156, 99, 96, 0, 0, 0, 2, 0, 1]),
        chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn a_picture_is_the_address_in_it() {
    let web = Web::hosted();
    let report = web.expect_of(&picture(ASSERTION), GOOD_HOSTED);
    shows(&report, "First aid at work");
    let forged = web.text(ASSERTION).replace("2026-03-01", "1999-03-01");
    let report = web.expect_of(&picture(&forged), GOOD_HOSTED);
    assert_eq!(
        report.verified.expect("content").awarded.as_deref(),
        Some("2026-03-01T09:00:00Z")
    );
    let plain = ASSERTION.replace("https://", "http://");
    web.expect_of(&picture(&plain), UNREACHABLE);
    let mut web = web;
    web.refuse(ASSERTION, Unavailable::Gone);
    web.expect_of(&picture(ASSERTION), REVOKED);
}

#[test]
fn a_host_that_serves_a_picture_leads_on_once() {
    let mut web = Web::hosted();
    let baked = "https://badges.northmarch.example/a/1.png";
    for inside in [ASSERTION.to_owned(), web.text(ASSERTION)] {
        web.served
            .insert(baked.to_owned(), Served::Bytes(picture(&inside)));
        let report = web.expect_of(baked.as_bytes(), GOOD_HOSTED);
        has_note(&report, "hosted_moved");
    }
    // Only a picture of itself, or nothing in it.
    for inside in [baked, "hello"] {
        web.served
            .insert(baked.to_owned(), Served::Bytes(picture(inside)));
        web.expect_of(baked.as_bytes(), UNREACHABLE);
    }
}

#[test]
fn half_a_document_is_never_accepted() {
    let web = Web::hosted();
    for place in [ASSERTION, DESIGN, ISSUER] {
        let text = web.text(place);
        for end in 0..text.len() {
            let mut web = web.clone();
            web.serve(place, &text[..end]);
            let report = web.report();
            assert_ne!(report.conclusion(), Conclusion::Accept, "{place} {end}");
            assert!(report.verified.is_none(), "{place} {end}");
        }
    }
}
