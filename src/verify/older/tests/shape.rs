//! The members that each class needs, and the ways they may be written.

use super::*;

#[track_caller]
fn check(place: &str, from: &str, to: &str, expected: Expected) {
    Web::hosted().changed(place, from, to).expect(expected);
}

const DATE: Expected = (
    Outcome::Changed,
    Conclusion::Reject,
    Check::Shape,
    State::Fails,
    "date_invalid",
);

#[test]
fn an_assertion_needs_its_members() {
    for (from, to) in [
        ("\"type\":\"Assertion\"", "\"type\":\"Badge\""),
        ("\"type\":\"Assertion\"", "\"kind\":\"Assertion\""),
        (
            "\"id\":\"https://badges.northmarch.example/a/1.json\"",
            "\"uid\":\"1\"",
        ),
        (
            "\"id\":\"https",
            "\"@id\":\"https://x.example\",\"id\":\"https",
        ),
        ("\"recipient\"", "\"person\""),
        ("\"type\":\"email\"", "\"type\":7"),
        ("\"type\":\"email\",", ""),
        ("\"hashed\":true,", ""),
        ("\"hashed\":true", "\"hashed\":\"true\""),
        ("\"identity\":", "\"identityHash\":"),
        ("\"salt\":\"Kosher\"", "\"salt\":7"),
        ("\"badge\":", "\"design\":"),
        ("\"badge\":\"https", "\"badge\":\"urn:https"),
        (
            "\"badge\":\"https://badges.northmarch.example/b/first-aid.json\"",
            "\"badge\":[{},{}]",
        ),
        (
            "\"badge\":\"https://badges.northmarch.example/b/first-aid.json\"",
            "\"badge\":{}",
        ),
        ("\"verification\":", "\"proof\":"),
        ("\"HostedBadge\"", "\"Hearsay\""),
        ("{\"type\":\"HostedBadge\"}", "\"hosted\""),
        ("\"issuedOn\"", "\"awardedOn\""),
        ("\"issuedOn\"", "\"image\":7,\"issuedOn\""),
        (
            "\"issuedOn\"",
            "\"image\":\"data:text/html,x\",\"issuedOn\"",
        ),
        ("\"issuedOn\"", "\"image\":\"javascript:x\",\"issuedOn\""),
    ] {
        check(ASSERTION, from, to, SHAPE);
    }
}

#[test]
fn dates_of_two_have_a_time_and_a_zone() {
    for date in [
        "\"2026-03-01\"",
        "1772355600",
        "\"1772355600\"",
        "\"2026-03-01T09:00:00\"",
        "\"soon\"",
    ] {
        check(ASSERTION, "\"2026-03-01T09:00:00Z\"", date, DATE);
        let expires = format!("\"expires\":{date},\"issuedOn\"");
        check(ASSERTION, "\"issuedOn\"", &expires, DATE);
    }
}

#[test]
fn a_badge_design_needs_its_members() {
    for (from, to) in [
        ("\"type\":\"BadgeClass\"", "\"type\":\"Badge\""),
        ("\"type\":\"BadgeClass\",", ""),
        (
            "\"id\":\"https://badges.northmarch.example/b/first-aid.json\",",
            "",
        ),
        ("\"name\":\"First aid at work\"", "\"name\":\" \""),
        ("\"name\":\"First aid at work\"", "\"name\":[\"a\",\"b\"]"),
        ("\"description\"", "\"about\""),
        ("\"criteria\"", "\"rules\""),
        ("{\"narrative\":\"Pass the practical\"}", "{}"),
        ("{\"narrative\":\"Pass the practical\"}", "\"\""),
        ("{\"narrative\":\"Pass the practical\"}", "7"),
        ("\"issuer\":\"", "\"by\":\""),
        ("\"issuer\":\"https", "\"issuer\":\"mailto"),
        (
            "\"https://badges.northmarch.example/b/first-aid.png\"",
            "\"first-aid.png\"",
        ),
    ] {
        check(DESIGN, from, to, SHAPE);
    }
}

#[test]
fn an_issuer_needs_its_members() {
    for (from, to) in [
        ("\"type\":\"Issuer\"", "\"type\":\"BadgeClass\""),
        ("\"type\":\"Issuer\",", ""),
        (
            "\"id\":\"https://badges.northmarch.example/issuer.json\",",
            "",
        ),
        ("\"name\":\"Northmarch County Council\"", "\"name\":\"\""),
        ("\"url\"", "\"website\""),
        ("\"https://northmarch.example\"", "\"northmarch.example\""),
        ("\"https://northmarch.example\"", "\"https://\""),
        ("\"email\"", "\"mail\""),
    ] {
        check(ISSUER, from, to, SHAPE);
    }
}

/// Where, what, and another way to write it.
const WAYS: [(&str, &str, &str); 21] = [
    (ASSERTION, "\"verification\"", "\"verify\""),
    (ASSERTION, "\"HostedBadge\"", "\"hosted\""),
    (
        ASSERTION,
        "\"HostedBadge\"",
        "[\"VerificationObject\",\"HostedBadge\"]",
    ),
    (
        ASSERTION,
        "{\"type\":\"HostedBadge\"}",
        "[{\"type\":\"hosted\"}]",
    ),
    (
        ASSERTION,
        "\"type\":\"Assertion\"",
        "\"type\":[\"Assertion\"]",
    ),
    (
        ASSERTION,
        "\"https://w3id.org/openbadges/v2\"",
        "[\"https://w3id.org/openbadges/v2\",{\"x\":\"https://x.example/x\"}]",
    ),
    (
        ASSERTION,
        "\"https://w3id.org/openbadges/v2\"",
        "\"https://openbadgespec.org/v2/context.json\"",
    ),
    (
        ASSERTION,
        "\"https://w3id.org/openbadges/v2\"",
        "\"https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld\"",
    ),
    (
        ASSERTION,
        "\"badge\":\"https://badges.northmarch.example/b/first-aid.json\"",
        "\"badge\":[{\"id\":\"https://badges.northmarch.example/b/first-aid.json\"}]",
    ),
    (
        ASSERTION,
        "\"issuedOn\":\"2026-03-01T09:00:00Z\"",
        "\"issuedOn\":{\"@type\":\"xsd:dateTime\",\"@value\":\"2026-03-01T09:00:00Z\"}",
    ),
    (
        ASSERTION,
        "\"issuedOn\"",
        "\"expires\":null,\"narrative\":null,\"evidence\":[],\"issuedOn\"",
    ),
    (
        DESIGN,
        "\"type\":\"BadgeClass\"",
        "\"@type\":\"obi:BadgeClass\"",
    ),
    (DESIGN, "\"id\":\"https", "\"@id\":\"https"),
    (
        DESIGN,
        "\"First aid at work\"",
        "{\"@value\":\"First aid at work\",\"@language\":\"en\"}",
    ),
    (
        DESIGN,
        "{\"narrative\":\"Pass the practical\"}",
        "\"https://northmarch.example/criteria\"",
    ),
    (
        DESIGN,
        "\"image\":\"https://badges.northmarch.example/b/first-aid.png\",",
        "",
    ),
    (
        DESIGN,
        "\"https://badges.northmarch.example/b/first-aid.png\"",
        "{\"id\":\"data:image/svg+xml;base64,AAAA\",\"caption\":\"x\"}",
    ),
    (
        DESIGN,
        "\"name\"",
        "\"@language\":\"en\",\"related\":{\"id\":\"https://x.example/b\",\"@language\":\"cy\"},\"name\"",
    ),
    (ISSUER, "\"type\":\"Issuer\"", "\"type\":\"Profile\""),
    (
        ISSUER,
        "\"type\":\"Issuer\"",
        "\"type\":[\"https://w3id.org/openbadges#Issuer\",\"https://schema.org/Organization\"]",
    ),
    (
        ISSUER,
        "\"https://northmarch.example\"",
        "{\"id\":\"https://northmarch.example\"}",
    ),
];

#[test]
fn members_may_be_written_in_the_ways_of_json_ld() {
    for (place, from, to) in WAYS {
        let report = Web::hosted().changed(place, from, to).expect(GOOD_HOSTED);
        shows(&report, "First aid at work");
    }
}

#[test]
fn the_content_is_shown_in_the_words_of_three() {
    let mut web = Web::hosted();
    web.change(
        ASSERTION,
        "\"issuedOn\"",
        r#""evidence":["https://x.example/e1",{"narrative":"Saved a life"},7],"narrative":"Well done","expires":"2030-01-01T00:00:00Z","issuedOn""#,
    );
    web.change(
        DESIGN,
        "\"name\"",
        r#""tags":["health","safety",7],"alignment":[{"targetName":"NOS","targetUrl":"https://x.example/nos"},
        {"name":"older","url":"https://x.example/old"},{"targetName":"no address"}],"@language":"en","name""#,
    );
    web.change(
        ISSUER,
        "\"name\"",
        "\"telephone\":\"01632 960001\",\"name\"",
    );
    let report = web.expect(GOOD_HOSTED);
    let verified = report.verified.expect("content");
    let credential = crate::json::Value::Object(verified.older.expect("the content"));
    for (path, expected) in [
        ("/issuer/phone", "\"01632 960001\""),
        ("/issuer/url", "\"https://northmarch.example\""),
        ("/validUntil", "\"2030-01-01T00:00:00Z\""),
        ("/credentialSubject/narrative", "\"Well done\""),
        ("/credentialSubject/achievement/inLanguage", "\"en\""),
        (
            "/credentialSubject/achievement/tag",
            "[\"health\",\"safety\"]",
        ),
        (
            "/credentialSubject/achievement/image",
            r#"{"id":"https://badges.northmarch.example/b/first-aid.png","type":"Image"}"#,
        ),
        (
            "/credentialSubject/achievement/alignment",
            r#"[{"type":"Alignment","targetName":"NOS","targetUrl":"https://x.example/nos"},{"type":"Alignment","targetName":"older","targetUrl":"https://x.example/old"}]"#,
        ),
        (
            "/evidence",
            r#"[{"id":"https://x.example/e1","type":"Evidence"},{"type":"Evidence","narrative":"Saved a life"}]"#,
        ),
        (
            "/credentialSubject/identifier",
            r#"[{"type":"IdentityObject","hashed":true,"identityHash":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399","identityType":"emailAddress","salt":"Kosher"}]"#,
        ),
    ] {
        let found = path
            .split('/')
            .skip(1)
            .try_fold(&credential, |value, member| value.get(member));
        assert_eq!(
            found.map(crate::json::Value::to_json).as_deref(),
            Some(expected),
            "{path}"
        );
    }
    // It cannot be taken for a credential.
    assert!(credential.get("@context").is_none() && credential.get("type").is_none());
}
