//! The claims of a token, and the two editions of credentials in one.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::{DATA_INTEGRITY, badge, badge_1_1};
use super::good::other_credential;
use super::keys::*;
use super::tokens::*;

const CLAIMS: &str = "Open Badges 3.0, Verify a Credential VC-JWT Signature; Choices, Claims";

pub(super) fn cases() -> Vec<Case> {
    [claims(), claim_types(), ends(), versions()].concat()
}

fn claims() -> Vec<Case> {
    let rows = [
        (
            "jwt_iss_differs",
            "/iss",
            "\"did:web:severnhythe.badges.example.org\"",
        ),
        (
            "jwt_sub_differs",
            "/sub",
            "\"did:web:somebody.example.org\"",
        ),
        (
            "jwt_jti_differs",
            "/jti",
            "\"urn:uuid:0d9f7a52-0000-4000-8000-000000000001\"",
        ),
        ("jwt_nbf_differs", "/nbf", "1"),
        ("jwt_exp_differs", "/exp", "4102444800"),
    ];
    changed(
        &rows,
        "The claim says something else than the badge in the token.",
        "Software that goes by the claims and software that goes by the badge would see two badges.",
    )
}

fn claim_types() -> Vec<Case> {
    let rows = [
        ("jwt_nbf_is_a_text", "/nbf", "\"1772442000\""),
        ("jwt_exp_is_a_text", "/exp", "\"1803978000\""),
        ("jwt_exp_with_a_fraction", "/exp", "1803978000.5"),
        ("jwt_iss_is_a_list", "/iss", "[\"did:web:a.example\"]"),
        (
            "jwt_sub_is_an_object",
            "/sub",
            r#"{"id":"did:web:a.example"}"#,
        ),
        ("jwt_exp_is_a_truth_value", "/exp", "true"),
    ];
    changed(
        &rows,
        "A claim of the wrong type is not absent (CVE-2026-25537).",
        "An end that is passed over is no end.",
    )
}

/// A case for each row: its name, the claim, and what the claim says instead.
fn changed(
    rows: &[(&'static str, &str, &str)],
    what: &'static str,
    why: &'static str,
) -> Vec<Case> {
    let party = issuer();
    let with = |pointer: &str, text: &str| {
        token(
            &header(&party),
            &payload(&badge()).set(pointer, text),
            &party,
        )
    };
    rows.iter()
        .map(|(name, pointer, value)| {
            refused(name, &with(pointer, value), "fails jwt_claims_mismatch")
                .because(what, CLAIMS, why)
        })
        .collect()
}

fn ends() -> Vec<Case> {
    let party = issuer();
    let without_end = badge().remove("/validUntil");
    let with_exp = |exp: &str| {
        token(
            &header(&party),
            &payload(&without_end).set("/exp", exp),
            &party,
        )
    };
    let ended = badge().text("/validUntil", "2026-10-31T23:59:59Z");
    let letter = other_credential()
        .remove("/validFrom")
        .set("/nbf", "1796000000");
    vec![
        Case::not_current("jwt_nbf_in_the_future")
            .token(&token(&header(&party), &letter, &party))
            .because(
                "The credential has no beginning, and the token must not be accepted before nbf.",
                "RFC 7519 §4.1.5",
                "What is under embargo would be relied on.",
            )
            .finds("dates", "fails not_yet_valid")
            .outcome("not-started"),
        Case::not_current("jwt_expired")
            .token(&token_of(&ended, &party))
            .because(
                "The end of the badge in the token has passed.",
                CLAIMS,
                "Lapsed training would be relied on.",
            )
            .finds("dates", "fails expired")
            .outcome("expired"),
        Case::not_current("jwt_exp_without_valid_until")
            .token(&with_exp("1790000000"))
            .because(
                "exp ends the badge too, although the badge itself has no end.",
                "Open Badges 3.0, Verify a Credential (JWT); Choices, Claims",
                "Lapsed training would be relied on.",
            )
            .finds("dates", "fails expired"),
        accept("jwt_exp_to_come", &with_exp("1900000000"))
            .because(
                "The end that the token has is to come.",
                CLAIMS,
                "An honest badge would be turned away.",
            )
            .finds("dates", "holds ok")
            .outcome("current"),
    ]
}

fn versions() -> Vec<Case> {
    const VERSION: &str = "VC Data Model 1.1 §6.3.1; Choices, The vc claim";
    let party = issuer();
    let old = badge_1_1(&party, DATA_INTEGRITY).set(
        "/@context",
        r#"["https://www.w3.org/2018/credentials/v1","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]"#,
    );
    let outer = |inner: &Doc| {
        Doc::read(r#"{"nbf":1772442000,"exp":1803978000}"#)
            .text("/iss", &party.id)
            .text("/sub", &learner().id)
            .with("/jti", badge().at("/id"))
            .with("/vc", inner.0.clone())
    };
    let by_claims = old
        .clone()
        .remove("/id")
        .remove("/issuanceDate")
        .remove("/expirationDate");
    let signed = |payload: &Doc| token(&header(&party), payload, &party);
    let expired = outer(&by_claims).set("/exp", "1790000000");
    let bare_old = {
        let claims = outer(&old);
        let mut payload = old.clone();
        for claim in ["iss", "sub", "jti", "nbf", "exp"] {
            let pointer = format!("/{claim}");
            payload = payload.with(&pointer, claims.at(&pointer));
        }
        payload
    };
    let list = outer(&old).with("/vc", vec![json("1")]);
    vec![
        accept("jwt_vc_1_1", &signed(&outer(&old))).because("A badge of VC 1.1 under the claim vc.", VERSION, "Older tokens would be turned away."),
        accept("jwt_vc_1_1_members_from_claims", &signed(&outer(&by_claims)))
            .because(
                "What is left out under vc comes from the claims.",
                VERSION,
                "Older tokens would be turned away.",
            )
            .shows("valid_until", "2027-03-02T09:00:00Z"),
        Case::not_current("jwt_vc_1_1_expired_by_claim")
            .token(&signed(&expired))
            .because("The end comes from exp, and has passed.", VERSION, "Lapsed training would be relied on.")
            .finds("dates", "fails expired"),
        refused("jwt_vc_claim_with_2_0", &signed(&outer(&badge())), "fails jwt_claims_mismatch").because(
            "The claim vc is of VC 1.1; a badge of 2.0 is the payload itself.",
            "Open Badges 3.0, Verify a Credential (JWT); Choices, The vc claim",
            "Two readers would find two badges in one token.",
        ),
        refused("jwt_1_1_without_vc_claim", &signed(&bare_old), "fails jwt_claims_mismatch").because(
            "A badge of VC 1.1 lies under the claim vc; here it is the payload itself.",
            "Open Badges 3.0 implementation guide, version detection: presence of vc and first context must agree",
            "Two readers would find two badges in one token, or none.",
        ),
        refused("jwt_vc_claim_is_a_list", &signed(&list), "fails jwt_claims_mismatch").because(
            "The claim vc holds a list.",
            VERSION,
            "Readers would look elsewhere for the badge.",
        ),
    ]
}
