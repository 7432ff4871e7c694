//! Badges as tokens, and the traps of their headers and claims.

use super::case::Case;
use super::doc::Doc;
use super::documents::{badge, badge_of};
use super::keys::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::clock::Moment;
use countersign::json::Value;

pub const ANYBODY: &str = "Anybody could write a badge of the council.";

pub fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token with this header over this payload.
pub fn token(header: &str, payload: &Doc, by: &Party) -> String {
    let input = format!("{}.{}", encode(header), encode(&payload.0.to_json()));
    let signature = by.key.sign(input.as_bytes()).expect("a signature");
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub fn header(by: &Party) -> String {
    let alg = by.key.algorithm().jose();
    format!(r#"{{"alg":"{alg}","kid":"{}","typ":"JWT"}}"#, by.method)
}

/// The credential with the registered claims beside its members.
pub fn payload(credential: &Doc) -> Doc {
    let date = |pointer: &str| {
        let text = credential.at(pointer);
        let moment = Moment::parse(text.as_str().expect("a date")).expect("a date");
        moment.as_unix().to_string()
    };
    let mut payload = credential.clone();
    payload = payload
        .with("/iss", credential.at("/issuer/id"))
        .with("/sub", credential.at("/credentialSubject/id"))
        .with("/jti", credential.at("/id"))
        .set("/nbf", &date("/validFrom"));
    if credential.object().contains("validUntil") {
        payload = payload.set("/exp", &date("/validUntil"));
    }
    payload
}

/// A credential as a token.
pub fn token_of(credential: &Doc, by: &Party) -> String {
    token(&header(by), &payload(credential), by)
}

/// Another payload under the same header and signature.
pub fn with_payload(token: &str, payload: &Doc) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    format!("{}.{}.{}", parts[0], encode(&payload.0.to_json()), parts[2])
}

pub fn with_header(header: &str) -> String {
    token(header, &payload(&badge()), &issuer())
}

pub(super) fn cases() -> Vec<Case> {
    [good(), other_forms()].concat()
}

pub fn accept(name: &'static str, token: &str) -> Case {
    Case::accept(name)
        .token(token)
        .finds("proof", "holds ok")
        .finds("issuer", "holds ok")
}

fn good() -> Vec<Case> {
    const PROFILE: &str = "Open Badges 3.0, Proof Formats, VC-JWT";
    let rsa = Party::at(COUNCIL, rsa());
    let method = json_web_key(&rsa.method, &rsa.id, &rsa.key);
    let rsa_document = Doc::read("{}")
        .text("/id", &rsa.id)
        .with("/verificationMethod", vec![method])
        .with("/assertionMethod", vec![Value::from(rsa.method.clone())]);
    let by = |key| {
        let party = Party::did_key(key);
        token_of(&badge_of(&party), &party)
    };
    let away = "An honest badge would be turned away.";
    vec![
        accept("jwt_eddsa", &by(ed25519("issuer")))
            .outcome("current")
            .because("A token of Ed25519.", PROFILE, away),
        accept("jwt_es256", &by(p256("issuer"))).because("A token of P-256.", PROFILE, away),
        accept("jwt_es384", &by(p384("issuer"))).because("A token of P-384.", PROFILE, away),
        accept("jwt_rs256", &token_of(&badge_of(&rsa), &rsa))
            .net(COUNCIL_DOCUMENT, &rsa_document)
            .because("RS256 is the least that everybody supports.", PROFILE, away),
    ]
}

fn other_forms() -> Vec<Case> {
    let party = issuer();
    let bare = token(
        &format!(
            r#"{{"alg":"EdDSA","kid":"{}","typ":"vc+jwt"}}"#,
            party.method
        ),
        &badge(),
        &party,
    );
    let both = token_of(&super::documents::signed(), &party);
    let renamed = with_header(&format!(r#"{{"alg":"Ed25519","kid":"{}"}}"#, party.method));
    let nobody = badge().remove("/credentialSubject/id").set(
        "/credentialSubject/identifier",
        r#"[{"type":"IdentityObject","hashed":false,"identityHash":"L0042","identityType":"systemId"}]"#,
    );
    let without_sub = {
        let full = payload(&nobody.clone().text("/credentialSubject/id", "urn:x:y"));
        token(
            &header(&party),
            &full.remove("/sub").remove("/credentialSubject/id"),
            &party,
        )
    };
    let unmapped = token_of(&badge().set("/grade", "\"distinction\""), &party);
    vec![
        accept("vc_jose_cose", &bare)
            .because(
                "VC-JOSE-COSE needs no registered claims.",
                "Securing Verifiable Credentials using JOSE and COSE §3.1.1",
                "Tokens of newer software would be turned away.",
            )
            .notes(&["jwt_claim_missing"]),
        accept("jwt_around_an_embedded_proof", &both).because(
            "A badge with an embedded proof was put into a token.",
            "Open Badges 3.0, Proof Formats",
            "An honest badge would be turned away.",
        ),
        accept("jwt_alg_ed25519", &renamed).because(
            "The newer name of the algorithm.",
            "RFC 9864; Choices, Signatures",
            "Tokens of newer software would be turned away.",
        ),
        accept("jwt_without_sub", &without_sub)
            .notes(&["jwt_claim_missing"])
            .because(
                "A badge for somebody without an online identity has no sub.",
                "Choices, Claims",
                "Badges for people with an e-mail address only would be turned away.",
            ),
        accept("jwt_unmapped_term", &unmapped)
            .notes(&["unmapped_terms"])
            .because(
                "In a token the signature covers the member itself; the report says that it has no meaning.",
                "Choices, Members that no context maps",
                "Honest badges would be turned away.",
            ),
    ]
}

pub fn refused(name: &'static str, token: &str, finding: &'static str) -> Case {
    Case::forged(name)
        .token(token)
        .finds("format", finding)
        .finds("proof", "not_reached")
        .outcome("changed")
}
