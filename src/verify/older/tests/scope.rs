//! Where an issuer says that its badges lie.

use super::*;

const OUT_OF_SCOPE: Expected = (
    Outcome::Changed,
    Conclusion::Reject,
    Check::Issuer,
    State::Fails,
    "hosted_out_of_scope",
);

/// The hosted badge, whose assertion lies at `assertion`, and whose issuer has
/// this member `verification`.
fn web(assertion: &str, verification: &str) -> Web {
    let mut web = Web::hosted();
    let text = web.text(ASSERTION).replace(ASSERTION, assertion);
    web.serve(assertion, &text);
    if !verification.is_empty() {
        web.change(
            ISSUER,
            "\"name\"",
            &format!("\"verification\":{verification},\"name\""),
        );
    }
    web
}

#[track_caller]
fn check(assertion: &str, verification: &str, expected: Expected) {
    let report = web(assertion, verification).expect_of(assertion.as_bytes(), expected);
    assert_eq!(report.verified.is_some(), expected == GOOD_HOSTED);
}

#[test]
fn by_default_badges_lie_where_the_issuer_does() {
    check(ASSERTION, "", GOOD_HOSTED);
    for elsewhere in [
        "https://elsewhere.example/a/1.json",
        "https://northmarch.example/a/1.json",
        "https://badges.northmarch.example:8443/a/1.json",
        "https://badges.northmarch.example.evil.example/a/1.json",
        "https://evil.example/badges.northmarch.example/a/1.json",
    ] {
        check(elsewhere, "", OUT_OF_SCOPE);
    }
}

#[test]
fn a_forger_cannot_borrow_an_issuer() {
    // The forger's own assertion and badge design, and the council's profile.
    let mut web = Web::hosted();
    let assertion = "https://forger.example/a.json";
    let design = "https://forger.example/b.json";
    let text = web.text(ASSERTION);
    web.serve(
        assertion,
        &text.replace(ASSERTION, assertion).replace(DESIGN, design),
    );
    let text = web.text(DESIGN);
    web.serve(design, &text.replace(DESIGN, design));
    web.expect_of(assertion.as_bytes(), OUT_OF_SCOPE);
    // A profile of the forger's that says it is the council's leads there.
    let issuer = "https://forger.example/i.json";
    web.change(design, ISSUER, issuer);
    let text = web.text(ISSUER);
    web.serve(issuer, &text);
    web.expect_of(assertion.as_bytes(), OUT_OF_SCOPE);
}

#[test]
fn allowed_origins_replace_the_default() {
    let both = r#"{"allowedOrigins":["a.example","badges.northmarch.example"]}"#;
    check(ASSERTION, both, GOOD_HOSTED);
    check("https://a.example/1.json", both, GOOD_HOSTED);
    check("https://a.example:8443/1.json", both, OUT_OF_SCOPE);
    check("https://b.a.example/1.json", both, OUT_OF_SCOPE);
    let one = r#"{"allowedOrigins":"a.example"}"#;
    check("https://a.example/1.json", one, GOOD_HOSTED);
    check(ASSERTION, one, OUT_OF_SCOPE);
    let origin = r#"{"allowedOrigins":["https://A.example/"]}"#;
    check("https://a.example/1.json", origin, GOOD_HOSTED);
    check(ASSERTION, origin, OUT_OF_SCOPE);
    let port = r#"{"allowedOrigins":["a.example:8443"]}"#;
    check("https://a.example:8443/1.json", port, GOOD_HOSTED);
    check("https://a.example/1.json", port, OUT_OF_SCOPE);
}

#[test]
fn a_badge_must_start_with_one_of_the_prefixes() {
    let here = r#"{"startsWith":"https://badges.northmarch.example/a/"}"#;
    check(ASSERTION, here, GOOD_HOSTED);
    check(
        "https://badges.northmarch.example/b/1.json",
        here,
        OUT_OF_SCOPE,
    );
    let many = r#"{"startsWith":["https://c.example/","https://badges.northmarch.example/a/"]}"#;
    check(ASSERTION, many, GOOD_HOSTED);
    check("https://c.example/1.json", many, GOOD_HOSTED);
    check("https://d.example/1.json", many, OUT_OF_SCOPE);
    let bare = r#"{"startsWith":"https://badges.northmarch.example"}"#;
    check(ASSERTION, bare, GOOD_HOSTED);
    check(
        "https://badges.northmarch.example.evil.example/1",
        bare,
        OUT_OF_SCOPE,
    );
}

#[test]
fn both_rules_must_hold() {
    let both = r#"{"allowedOrigins":["a.example"],"startsWith":["https://badges.northmarch.example/a/","https://a.example/x/"]}"#;
    check("https://a.example/x/1.json", both, GOOD_HOSTED);
    check("https://a.example/y/1.json", both, OUT_OF_SCOPE);
    check(ASSERTION, both, OUT_OF_SCOPE);
}

#[test]
fn an_empty_policy_is_the_default() {
    for empty in [
        "{}",
        "[{}]",
        r#"{"allowedOrigins":[],"startsWith":[]}"#,
        r#"{"type":"VerificationObject","verificationProperty":"id"}"#,
        "null",
    ] {
        check(ASSERTION, empty, GOOD_HOSTED);
        check("https://elsewhere.example/1.json", empty, OUT_OF_SCOPE);
    }
}

#[test]
fn a_malformed_policy_allows_nothing() {
    let malformed = (
        Outcome::Changed,
        Conclusion::Reject,
        Check::Issuer,
        State::Fails,
        "credential_shape",
    );
    for policy in [
        r#""hosted""#,
        "[{},{}]",
        r#"{"allowedOrigins":[7]}"#,
        r#"{"allowedOrigins":["badges.northmarch.example/a"]}"#,
        r#"{"startsWith":{"id":"https://badges.northmarch.example/"}}"#,
    ] {
        check(ASSERTION, policy, malformed);
    }
    check(
        ASSERTION,
        r#"{"verificationProperty":"image"}"#,
        (
            Outcome::Unsupported,
            Conclusion::Undecided,
            Check::Issuer,
            State::Unknown,
            "scope_unsupported",
        ),
    );
}
