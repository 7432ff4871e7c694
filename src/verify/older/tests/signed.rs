//! Signed badges of Open Badges 2.0.

use super::keys::{
    P256_PUBLIC, P256_SECRET, PUBLISHED_KEY, PUBLISHED_TOKEN, RSA_1024_PUBLIC, RSA_PUBLIC,
    RSA_SECRET,
};
use super::*;
use crate::keys::{PublicKey, SecretKey, base64url};
use crate::proof::Jws;

const KEY: &str = "https://badges.northmarch.example/key.json";
const OTHER_KEY: &str = "https://badges.northmarch.example/key2.json";
pub(super) const LIST: &str = "https://badges.northmarch.example/revoked.json";

/// A badge that is sealed with the issuer's key.
pub(super) fn sign(payload: &str) -> String {
    sign_with(payload, RSA_SECRET, r#"{"alg":"RS256"}"#)
}

fn sign_with(payload: &str, secret: &str, header: &str) -> String {
    let key = SecretKey::from_pem(secret).expect("a key");
    let input = format!(
        "{}.{}",
        base64url::encode(header.as_bytes()),
        base64url::encode(payload.as_bytes())
    );
    let signature = key.sign(input.as_bytes()).expect("a signature");
    format!("{input}.{}", base64url::encode(&signature))
}

fn key_document(id: &str, owner: &str, pem: &str) -> String {
    format!(
        r#"{{"@context":"https://w3id.org/openbadges/v2","type":"CryptographicKey","id":"{id}",
        "owner":"{owner}","publicKeyPem":"{}"}}"#,
        pem.replace('\n', "\\n")
    )
}

/// A signed badge of Open Badges 2.0, as it should be. The assertion is not
/// served; it is kept at its own place to be changed.
pub(super) fn signed() -> Web {
    let mut web = Web::hosted();
    web.change(
        ASSERTION,
        "\"id\":\"https://badges.northmarch.example/a/1.json\"",
        "\"id\":\"urn:uuid:1\"",
    );
    web.change(
        ASSERTION,
        "\"HostedBadge\"",
        &format!("\"SignedBadge\",\"creator\":\"{KEY}\""),
    );
    web.change(
        ISSUER,
        "\"name\"",
        &format!("\"publicKey\":[\"{KEY}\"],\"revocationList\":\"{LIST}\",\"name\""),
    );
    web.serve(KEY, &key_document(KEY, ISSUER, RSA_PUBLIC));
    web.serve(
        LIST,
        &format!(
            r#"{{"@context":"https://w3id.org/openbadges/v2","type":"RevocationList","id":"{LIST}",
            "issuer":"{ISSUER}","revokedAssertions":["urn:uuid:2",{{"id":"urn:uuid:3"}},{{"uid":"u4"}}]}}"#
        ),
    );
    web
}

#[track_caller]
pub(super) fn check(web: &Web, expected: Expected) -> Report {
    let token = sign(&web.text(ASSERTION));
    let report = web.expect_of(token.as_bytes(), expected);
    let (_, asked) = web.check(token.as_bytes());
    assert!(!asked.contains(&ASSERTION.to_owned()), "{asked:?}");
    report
}

pub(super) const GOOD: Expected = (
    Outcome::OlderVersion,
    Conclusion::Accept,
    Check::Proof,
    State::Holds,
    "ok",
);

const fn fails(code: &'static str) -> Expected {
    (
        Outcome::Changed,
        Conclusion::Reject,
        Check::Proof,
        State::Fails,
        code,
    )
}

const FOREIGN: Expected = fails("verification_method_mismatch");

#[test]
fn a_signed_badge_is_accepted() {
    let report = check(&signed(), GOOD);
    shows(&report, "First aid at work");
    assert_eq!(report.finding(Check::Issuer).state, State::Holds);
    assert_eq!(report.finding(Check::Key).state, State::Holds);
    assert_eq!(report.finding(Check::Status).state, State::Holds);
    let proof = report.proofs.first().expect("a proof");
    assert_eq!(
        (proof.suite.as_str(), proof.method.as_str()),
        ("RS256", KEY)
    );
    assert!(proof.by_issuer);
    assert_eq!(
        report.verified.expect("content").id.as_deref(),
        Some("urn:uuid:1")
    );
}

#[test]
fn the_older_names_mean_the_same() {
    check(
        &signed().changed(ASSERTION, "\"SignedBadge\"", "\"signed\""),
        GOOD,
    );
    let web = signed().changed(ASSERTION, "\"verification\"", "\"verify\"");
    check(&web, GOOD);
}

#[test]
fn a_changed_badge_fails() {
    let web = signed();
    let token = sign(&web.text(ASSERTION));
    let (header, rest) = token.split_once('.').expect("a token");
    let (_, signature) = rest.split_once('.').expect("a token");
    let changed = web.text(ASSERTION).replace("2026-03-01", "2026-03-02");
    let forged = format!(
        "{header}.{}.{signature}",
        base64url::encode(changed.as_bytes())
    );
    let report = web.expect_of(forged.as_bytes(), fails("PROOF_VERIFICATION_ERROR"));
    assert!(report.verified.is_none());
    assert!(report.proofs.iter().all(|proof| !proof.by_issuer));
    // The seal of another badge.
    let other = sign(&changed);
    let (_, seal) = other.rsplit_once('.').expect("a token");
    let (input, _) = token.rsplit_once('.').expect("a token");
    web.expect_of(
        format!("{input}.{seal}").as_bytes(),
        fails("PROOF_VERIFICATION_ERROR"),
    );
}

#[test]
fn no_byte_of_a_token_can_be_changed() {
    let web = signed();
    let token = sign(&web.text(ASSERTION));
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let (report, _) = web.check(&changed);
        assert_ne!(report.conclusion(), Conclusion::Accept, "byte {at}");
        assert!(report.verified.is_none(), "byte {at}");
    }
}

#[test]
fn only_listed_keys_count() {
    // A key of somebody else, who vouches for themselves.
    let theirs = "https://forger.example/key.json";
    let mut web = signed().changed(ASSERTION, KEY, theirs);
    web.serve(theirs, &key_document(theirs, ISSUER, RSA_PUBLIC));
    check(&web, FOREIGN);
    // One that the issuer no longer lists, or never had any.
    let web = signed();
    check(&web.changed(ISSUER, KEY, OTHER_KEY), FOREIGN);
    check(
        &web.changed(ISSUER, "\"publicKey\"", "\"formerKey\""),
        FOREIGN,
    );
    // The key in the header is nobody's.
    let jwk = PublicKey::from_pem(P256_PUBLIC).expect("a key").to_jwk();
    let header = format!(
        r#"{{"alg":"ES256","jwk":{}}}"#,
        crate::json::Value::Object(jwk).to_json()
    );
    let token = sign_with(&web.text(ASSERTION), P256_SECRET, &header);
    web.expect_of(token.as_bytes(), fails("proof_algorithm_mismatch"));
}

#[test]
fn a_key_must_say_that_it_is_the_issuers() {
    let with = |document: &str| {
        let mut web = signed();
        web.serve(KEY, document);
        web
    };
    let good = key_document(KEY, ISSUER, RSA_PUBLIC);
    for (document, expected) in [
        (
            key_document(KEY, "https://forger.example/i", RSA_PUBLIC),
            FOREIGN,
        ),
        (good.replace("\"owner\"", "\"holder\""), FOREIGN),
        (key_document(OTHER_KEY, ISSUER, RSA_PUBLIC), FOREIGN),
        (good.replace("CryptographicKey", "Issuer"), FOREIGN),
        (
            good.replace("publicKeyPem", "pem"),
            fails("credential_shape"),
        ),
        (
            key_document(KEY, ISSUER, "-----BEGIN"),
            fails("key_malformed"),
        ),
        (
            key_document(KEY, ISSUER, RSA_1024_PUBLIC),
            fails("key_weak"),
        ),
        (
            key_document(KEY, ISSUER, P256_PUBLIC),
            fails("proof_algorithm_mismatch"),
        ),
        (good.replace("\"type\":\"CryptographicKey\",", ""), GOOD),
        (good.replace(&format!("\"id\":\"{KEY}\","), ""), GOOD),
    ] {
        check(&with(&document), expected);
    }
    // Open Badges 2 has no bare keys.
    check(&with(RSA_PUBLIC), UNREACHABLE);
}

#[test]
fn a_key_that_cannot_be_had_leaves_everything_open() {
    for why in [
        Unavailable::Unreachable,
        Unavailable::Refused,
        Unavailable::Gone,
        Unavailable::Offline,
    ] {
        let mut web = signed();
        web.refuse(KEY, why);
        let report = check(&web, UNREACHABLE);
        let expected = format!("badges.northmarch.example: {}", why.code());
        assert_eq!(report.finding(Check::Proof).detail, expected);
    }
    for place in [DESIGN, ISSUER] {
        let mut web = signed();
        web.refuse(place, Unavailable::Unreachable);
        check(&web, UNREACHABLE);
    }
    let mut web = signed();
    web.change(ISSUER, KEY, "http://badges.northmarch.example/key.json");
    web.change(ASSERTION, KEY, "http://badges.northmarch.example/key.json");
    check(&web, UNREACHABLE);
}

#[test]
fn a_key_may_lie_in_the_profile() {
    let embedded = key_document(KEY, ISSUER, RSA_PUBLIC);
    let mut web = signed();
    web.change(ISSUER, &format!("\"{KEY}\""), &embedded);
    web.refuse(KEY, Unavailable::Unreachable);
    check(&web, GOOD);
    web.change(
        ISSUER,
        &format!("\"owner\":\"{ISSUER}\""),
        "\"owner\":\"https://forger.example/i\"",
    );
    check(&web, FOREIGN);
    // Only named there, it is fetched.
    let mut web = signed();
    web.change(
        ISSUER,
        &format!("\"{KEY}\""),
        &format!("{{\"id\":\"{KEY}\"}}"),
    );
    check(&web, GOOD);
}

#[test]
fn a_badge_that_names_no_key_may_be_sealed_with_any_of_the_issuers() {
    let mut web = signed();
    web.change(ASSERTION, &format!(",\"creator\":\"{KEY}\""), "");
    check(&web, GOOD);
    web.change(
        ISSUER,
        &format!("[\"{KEY}\"]"),
        &format!("[\"{OTHER_KEY}\",\"{KEY}\"]"),
    );
    web.serve(OTHER_KEY, &key_document(OTHER_KEY, ISSUER, P256_PUBLIC));
    check(&web, GOOD);
    // The right key may be the one that could not be had.
    web.refuse(KEY, Unavailable::Unreachable);
    check(&web, UNREACHABLE);
    // None of them.
    web.serve(KEY, &key_document(KEY, ISSUER, P256_PUBLIC));
    check(&web, fails("proof_algorithm_mismatch"));
    let many: Vec<String> = (0..9)
        .map(|at| format!("\"https://x.example/{at}\""))
        .collect();
    web.change(
        ISSUER,
        &format!("[\"{OTHER_KEY}\",\"{KEY}\"]"),
        &format!("[{}]", many.join(",")),
    );
    check(
        &web,
        (
            Outcome::Unsupported,
            Conclusion::Undecided,
            Check::Proof,
            State::Unknown,
            "proof_too_many",
        ),
    );
}

#[test]
fn keys_of_other_kinds_are_supported() {
    let mut web = signed();
    web.serve(KEY, &key_document(KEY, ISSUER, P256_PUBLIC));
    let payload = web.text(ASSERTION);
    let token = sign_with(&payload, P256_SECRET, r#"{"alg":"ES256","typ":"JWT"}"#);
    web.expect_of(token.as_bytes(), GOOD);
    // The header cannot choose another way.
    let token = sign_with(&payload, P256_SECRET, r#"{"alg":"RS256"}"#);
    web.expect_of(token.as_bytes(), fails("proof_algorithm_mismatch"));
}

#[test]
fn tokens_that_prove_nothing_are_refused() {
    let web = signed();
    for (header, conclusion) in [
        (r#"{"alg":"none"}"#, Conclusion::Reject),
        (r#"{"alg":"HS256"}"#, Conclusion::Reject),
        (r#"{"alg":"RS256","crit":["x"]}"#, Conclusion::Reject),
        (
            r#"{"alg":"RS256","jku":"https://x.example"}"#,
            Conclusion::Reject,
        ),
        (r#"{"alg":"PS256"}"#, Conclusion::Undecided),
    ] {
        let token = sign_with(&web.text(ASSERTION), RSA_SECRET, header);
        let (report, asked) = web.check(token.as_bytes());
        assert_eq!(report.conclusion(), conclusion, "{header}");
        assert!(report.verified.is_none() && asked.is_empty(), "{header}");
    }
}

#[test]
fn an_embedded_issuer_is_not_believed() {
    // The forger writes the council's profile, with a key of their own.
    let forged_key = key_document(KEY, ISSUER, RSA_PUBLIC);
    let profile = format!(
        r#"{{"id":"{ISSUER}","type":"Issuer","name":"Northmarch County Council",
        "url":"https://northmarch.example","email":"x@x.example","publicKey":{forged_key}}}"#
    );
    let design = format!(
        r#"{{"type":"BadgeClass","name":"Brain surgery","description":"x",
        "criteria":{{"narrative":"x"}},"issuer":{profile}}}"#
    );
    let mut web = signed();
    web.change(ASSERTION, &format!("\"{DESIGN}\""), &design);
    web.change(
        ISSUER,
        &format!("[\"{KEY}\"]"),
        &format!("[\"{OTHER_KEY}\"]"),
    );
    check(&web, FOREIGN);
    // Without an address it is nobody's profile.
    let web = web.changed(
        ASSERTION,
        &format!("\"id\":\"{ISSUER}\",\"type\":\"Issuer\""),
        "\"id\":\"urn:uuid:9\",\"type\":\"Issuer\"",
    );
    let report = check(
        &web,
        (
            Outcome::Unsupported,
            Conclusion::Undecided,
            Check::Issuer,
            State::Unknown,
            "issuer_not_bound",
        ),
    );
    assert_eq!(report.finding(Check::Proof).state, State::NotReached);
}

#[test]
fn signed_badges_have_dates_and_a_name_too() {
    let expired = signed().changed(
        ASSERTION,
        "\"issuedOn\"",
        "\"expires\":\"2026-06-01T00:00:00Z\",\"issuedOn\"",
    );
    check(
        &expired,
        (
            Outcome::Expired,
            Conclusion::Reject,
            Check::Dates,
            State::Fails,
            "expired",
        ),
    );
    check(
        &signed().changed(ASSERTION, "\"id\":\"urn:uuid:1\",", ""),
        SHAPE,
    );
    check(
        &signed().changed(ASSERTION, "\"recipient\"", "\"person\""),
        SHAPE,
    );
    check(
        &signed().changed(ASSERTION, "\"SignedBadge\"", "\"Hearsay\""),
        SHAPE,
    );
    let revoked = signed().changed(ASSERTION, "\"issuedOn\"", "\"revoked\":true,\"issuedOn\"");
    check(&revoked, REVOKED);
}

#[test]
fn a_sealed_badge_that_says_it_is_hosted_is_hosted() {
    let web = Web::hosted();
    let forged = web.text(ASSERTION).replace("2026-03-01", "1999-03-01");
    let report = web.expect_of(sign(&forged).as_bytes(), GOOD_HOSTED);
    assert_eq!(
        report.verified.expect("content").awarded.as_deref(),
        Some("2026-03-01T09:00:00Z")
    );
}

#[test]
fn behind_an_address_may_lie_a_signed_badge() {
    let mut web = signed();
    let token = sign(&web.text(ASSERTION));
    web.serve("https://badges.northmarch.example/t", &token);
    let report = web.expect_of(b"https://badges.northmarch.example/t", GOOD);
    has_note(&report, "hosted_other_kind");
    // A token behind its own address says nothing new.
    let mut web = Web::hosted();
    let token = sign(&web.text(ASSERTION));
    web.serve(ASSERTION, &token);
    web.expect(UNREACHABLE);
}

#[test]
fn a_published_signed_badge_is_read() {
    let key = PublicKey::from_pem(PUBLISHED_KEY).expect("a key");
    let token = Jws::parse(PUBLISHED_TOKEN).expect("a token");
    assert_eq!(token.verify(&key), Ok(()));
    let mut web = signed();
    let issuer = "https://example.org/organization.json";
    let design = "https://example.org/robotics-badge.json";
    let text = web.text(DESIGN);
    web.serve(
        design,
        &text.replace(DESIGN, design).replace(ISSUER, issuer),
    );
    let key = "http://example.org/key1.json";
    let text = web.text(ISSUER);
    let text = text.replace(ISSUER, issuer).replace(KEY, key);
    web.serve(issuer, &text);
    // Its key lies at an address that is not fetched.
    web.expect_of(PUBLISHED_TOKEN.as_bytes(), UNREACHABLE);
    // In the profile it is found.
    let embedded = key_document(key, issuer, PUBLISHED_KEY);
    web.change(issuer, &format!("\"{key}\""), &embedded);
    web.change(issuer, "\"revocationList\"", "\"oldList\"");
    web.expect_of(PUBLISHED_TOKEN.as_bytes(), GOOD);
    // With the key of somebody else it fails.
    let other = key_document(key, issuer, RSA_PUBLIC);
    web.change(issuer, &embedded, &other);
    web.expect_of(
        PUBLISHED_TOKEN.as_bytes(),
        fails("PROOF_VERIFICATION_ERROR"),
    );
}
