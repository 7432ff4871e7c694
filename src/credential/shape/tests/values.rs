//! What single values must be, and how long they may be.

use super::{accept, only_read, refuse};

#[test]
fn values_are_what_the_standard_says() {
    for (pointer, value, code) in [
        ("/id", "credentials/1", "iri_not_absolute"),
        ("/id", "https://x.example/a b", "iri_not_absolute"),
        ("/issuer/id", "#me", "iri_not_absolute"),
        ("/issuer", "fake-issuer", "iri_not_absolute"),
        (
            "/proof/0/verificationMethod",
            "z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHi",
            "iri_not_absolute",
        ),
        (
            "/credentialSubject/achievement/alignment/0/targetUrl",
            "x",
            "iri_not_absolute",
        ),
        ("/validFrom", "2024-01-01T00:00:00", "date_invalid"),
        ("/validFrom", "2024-01-01", "date_invalid"),
        ("/validUntil", "2024-02-30T00:00:00Z", "date_invalid"),
        ("/awardedDate", "2024-01-01T24:00:00Z", "date_invalid"),
        (
            "/credentialSubject/activityEndDate",
            "2024-01-01T00:00:00",
            "date_invalid",
        ),
        ("/proof/0/created", "2024-01-01T00:00:00", "date_invalid"),
        ("/issuer/dateOfBirth", "1970-02-30", "date_invalid"),
        (
            "/credentialSubject/achievement/achievementType",
            "Foo",
            "schema_invalid",
        ),
        (
            "/credentialSubject/achievement/achievementType",
            "xxext:a b",
            "schema_invalid",
        ),
        (
            "/credentialSubject/achievement/alignment/0/targetType",
            "Foo",
            "schema_invalid",
        ),
        (
            "/credentialSubject/achievement/resultDescription/0/resultType",
            "Foo",
            "schema_invalid",
        ),
        (
            "/credentialSubject/result/2/status",
            "ext:Done",
            "schema_invalid",
        ),
        (
            "/credentialSubject/identifier/0/identityType",
            "email",
            "schema_invalid",
        ),
        (
            "/issuer/otherIdentifier/0/identifierType",
            "Foo",
            "schema_invalid",
        ),
        (
            "/credentialSubject/achievement/inLanguage",
            "english",
            "schema_invalid",
        ),
        ("/endorsementJwt/0", "a.b", "schema_invalid"),
        ("/endorsementJwt/0", "a.b.c.d", "schema_invalid"),
        ("/endorsementJwt/0", ".b.c", "schema_invalid"),
        ("/endorsementJwt/0", "a.b=.c", "schema_invalid"),
    ] {
        refuse(pointer, &format!("\"{value}\""), code);
    }
    accept("/credentialSubject/achievement/inLanguage", r#""cy""#);
    accept(
        "/credentialSubject/achievement/achievementType",
        r#""ext:foo""#,
    );
    accept("/issuer", r#""did:web:x.example""#);
}

#[test]
fn other_peoples_addresses_are_read_as_they_are() {
    for mail in ["", "no mail", "a@", "@b", "a@b@c", "a b@c", "ŵ@x.example"] {
        only_read("/issuer/email", &format!("\"{mail}\""), "schema_invalid");
    }
    for code in ["gb", "GBR", "", "Wales"] {
        only_read(
            "/issuer/address/addressCountryCode",
            &format!("\"{code}\""),
            "schema_invalid",
        );
    }
}

#[test]
fn texts_have_an_end_when_issuing() {
    for (pointer, longest) in [
        ("/name", 256),
        ("/credentialSubject/achievement/name", 256),
        ("/credentialSubject/achievement/description", 4 * 1024),
        (
            "/credentialSubject/achievement/criteria/narrative",
            16 * 1024,
        ),
        ("/credentialSubject/achievement/tag/0", 256),
    ] {
        let text = |length| format!("\"{}\"", "x".repeat(length));
        accept(pointer, &text(longest));
        only_read(pointer, &text(longest + 1), "field_too_long");
    }
    let url = format!("\"https://x.example/{}\"", "a".repeat(2 * 1024));
    only_read("/issuer/url", &url, "field_too_long");
    only_read(
        "/issuer/email",
        &format!("\"{}@x\"", "a".repeat(253)),
        "field_too_long",
    );
    accept(
        "/image/id",
        &format!("\"data:image/png;base64,{}\"", "A".repeat(60_000)),
    );
}

#[test]
fn criteria_say_something_when_issuing() {
    only_read(
        "/credentialSubject/achievement/criteria",
        "{}",
        "credential_shape",
    );
    accept(
        "/credentialSubject/achievement/criteria",
        r#"{"id":"https://x.example/c"}"#,
    );
}
