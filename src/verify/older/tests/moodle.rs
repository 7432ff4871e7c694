//! Badges as Moodle writes them: hosted, `verify`, addresses with a query,
//! nested documents, and recipients of its own kind.

use super::*;

const MOODLE: &str =
    "https://moodle.northmarch.example/badges/json/assertion.php?b=0a1b2c3d&obversion=v2p0";
const CLASS: &str = "https://moodle.northmarch.example/badges/json/badge.php?id=7&obversion=v2p0";
const SITE: &str = "https://moodle.northmarch.example/badges/json/issuer.php?badgeid=7";

fn moodle() -> Web {
    let mut web = Web::hosted();
    web.served.clear();
    let issuer = format!(
        r#"{{"@context":"https://w3id.org/openbadges/v2","type":"Issuer","id":"{SITE}",
        "name":"Northmarch Learning","url":"https://moodle.northmarch.example",
        "email":"learning@northmarch.example"}}"#
    );
    let class = format!(
        r#"{{"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass","id":"{CLASS}",
        "name":"Manual handling","description":"Lifts safely","@language":"en",
        "image":"https://moodle.northmarch.example/pluginfile.php/1/badges/badgeimage/7/f3",
        "criteria":{{"id":"https://moodle.northmarch.example/badges/badgeclass.php?id=7","narrative":"Finish the course"}},
        "alignment":[{{"targetName":"Lifting","targetUrl":"https://x.example/1"}}],
        "related":[{{"id":"https://moodle.northmarch.example/badges/json/badge.php?id=8","@language":"cy"}}],
        "issuer":{issuer}}}"#
    );
    // sha256("Alex.Archer@northmarch.example" + "sitesalt")
    let assertion = format!(
        r#"{{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"{MOODLE}",
        "recipient":{{"identity":"{HASH}","type":"email","hashed":true,"salt":"sitesalt"}},
        "verify":{{"type":"hosted","url":"{MOODLE}"}},
        "issuedOn":"2024-05-27T12:00:00+01:00",
        "evidence":"https://moodle.northmarch.example/badges/badge.php?hash=0a1b2c3d",
        "badge":{class},"tags":["health"]}}"#
    );
    web.serve(MOODLE, &assertion);
    web.serve(CLASS, &class);
    web.serve(SITE, &issuer);
    web
}

const HASH: &str = "sha256$9a9df8ce87f3ba2a95ba751c853048e4ab496f647978de1049bedb18334c8e23";

#[test]
fn a_badge_of_moodle_is_accepted() {
    let web = moodle();
    let input = web.text(MOODLE);
    for input in [MOODLE, &input] {
        let report = web.expect_of(input.as_bytes(), GOOD_HOSTED);
        shows(&report, "Manual handling");
        let verified = report.verified.expect("content");
        assert_eq!(verified.id.as_deref(), Some(MOODLE));
        assert_eq!(verified.issuer_id.as_deref(), Some(SITE));
        assert_eq!(verified.awarded.as_deref(), Some("2024-05-27T11:00:00Z"));
    }
    let (_, asked) = web.check(input.as_bytes());
    assert_eq!(asked, [MOODLE, CLASS, SITE]);
}

#[test]
fn the_query_is_part_of_the_address() {
    // The same without the query is another address, and not the badge's.
    let mut web = moodle();
    let short = "https://moodle.northmarch.example/badges/json/assertion.php?b=0a1b2c3d";
    let text = web.text(MOODLE);
    web.serve(short, &text);
    has_note(
        &web.expect_of(short.as_bytes(), GOOD_HOSTED),
        "hosted_moved",
    );
    web.refuse(MOODLE, Unavailable::Refused);
    web.expect_of(short.as_bytes(), UNREACHABLE);
    // In another order it is another address too.
    web.change(
        short,
        "?b=0a1b2c3d&obversion=v2p0",
        "?obversion=v2p0&b=0a1b2c3d",
    );
    web.expect_of(short.as_bytes(), UNREACHABLE);
}

#[test]
fn a_forged_copy_shows_what_the_site_says() {
    let web = moodle();
    let forged = web
        .text(MOODLE)
        .replace("Manual handling", "Nursing degree")
        .replace("Northmarch Learning", "University of Aldermere")
        .replace(HASH, "someone@else.example");
    let report = web.expect_of(forged.as_bytes(), GOOD_HOSTED);
    shows(&report, "Manual handling");
    let verified = report.verified.expect("content");
    assert_eq!(verified.issuer_name.as_deref(), Some("Northmarch Learning"));
}

#[test]
fn a_page_to_log_in_is_no_answer() {
    for place in [MOODLE, CLASS, SITE] {
        let mut web = moodle();
        web.serve(
            place,
            "<!DOCTYPE html>\n<html><title>Log in to the site</title></html>",
        );
        web.expect_of(MOODLE.as_bytes(), UNREACHABLE);
    }
}

#[track_caller]
fn check_person(web: &Web, told: &str, state: State) -> Report {
    let mut web = web.clone();
    web.policy.recipient = Some(told.to_owned());
    let report = web.expect_of(MOODLE.as_bytes(), GOOD_HOSTED);
    assert_eq!(report.finding(Check::Person).state, state, "{told}");
    report
}

#[test]
fn an_address_is_hashed_as_the_person_wrote_it() {
    let web = moodle();
    check_person(&web, "Alex.Archer@northmarch.example", State::Holds);
    check_person(&web, "  Alex.Archer@northmarch.example ", State::Holds);
    // Nobody can tell from the hash that only the case differs.
    check_person(&web, "alex.archer@northmarch.example", State::Fails);
    check_person(&web, "sam.shaw@northmarch.example", State::Fails);
    let other_salt = web.changed(MOODLE, "sitesalt", "othersalt");
    check_person(&other_salt, "Alex.Archer@northmarch.example", State::Fails);
}

#[test]
fn a_hash_that_is_none_is_compared_as_written() {
    let web = moodle().changed(MOODLE, HASH, "Alex.Archer@northmarch.example");
    let web = web.changed(MOODLE, ",\"salt\":\"sitesalt\"", "");
    let report = check_person(&web, "alex.archer@northmarch.example", State::Holds);
    has_note(&report, "recipient_plain");
    check_person(&web, "ALEX.ARCHER@northmarch.example", State::Holds);
    check_person(&web, "sam.shaw@northmarch.example", State::Fails);
    check_person(&web, "northmarch.example", State::Fails);
}
