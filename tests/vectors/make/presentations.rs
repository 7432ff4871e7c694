//! Somebody shows badges.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::tokens;
use countersign::json::Value;

const PRESENTING: &str = "VC Data Model 2.0 §4.13; Choices, Presentations";
const REPLAYED: &str =
    "A presentation made for somebody else could be shown to us by whoever got hold of it.";
const CHALLENGE: &str = "n-0S6_WzA2Mj";
const DOMAIN: &str = "https://jobs.example.org";

pub(super) fn cases() -> Vec<Case> {
    [
        good(),
        for_others(),
        proofs(),
        inner(),
        empty(),
        in_tokens(),
    ]
    .concat()
}

/// A presentation of these credentials, without a proof.
pub fn presenting(credentials: Vec<Value<'static>>) -> Doc {
    Doc::read(
        r#"{
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "type": ["VerifiablePresentation"],
          "holder": ""
        }"#,
    )
    .text("/holder", &learner().id)
    .with("/verifiableCredential", credentials)
}

fn shown_by<'p>(holder: &'p Party) -> Seal<'p> {
    Seal::by(holder)
        .with("created", "\"2026-11-25T11:59:00Z\"")
        .with("proofPurpose", "\"authentication\"")
}

fn for_us<'p>(holder: &'p Party) -> Seal<'p> {
    shown_by(holder)
        .with("challenge", &format!("\"{CHALLENGE}\""))
        .with("domain", &format!("\"{DOMAIN}\""))
}

fn asked(case: Case) -> Case {
    case.challenge(CHALLENGE).domain(DOMAIN)
}

fn one() -> Doc {
    presenting(vec![signed().0])
}

fn good() -> Vec<Case> {
    let holder = learner();
    let enveloped = {
        let token = tokens::token_of(&badge(), &issuer());
        let envelope = Doc::read(r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EnvelopedVerifiableCredential"]}"#)
            .text("/id", &format!("data:application/vc+jwt,{token}"));
        presenting(vec![envelope.0])
    };
    let stranger = stranger();
    let lent = one()
        .text("/holder", &stranger.id)
        .sealed(&shown_by(&stranger));
    let case = |name, presentation: &Doc| {
        Case::accept(name)
            .presentation(presentation)
            .finds("proof", "holds ok")
            .credentials(&["accept"])
    };
    const AWAY: &str = "A learner could not show a badge.";
    vec![
        asked(case("presentation_for_us", &one().sealed(&for_us(&holder))))
            .finds("issuer", "holds ok")
            .because("The holder answers our challenge, for us.", PRESENTING, AWAY),
        case("presentation_nobody_asked_for", &one().sealed(&shown_by(&holder)))
            .because("Without a challenge of ours there is none to answer.", PRESENTING, AWAY),
        case("presentation_that_asserts", &one().sealed(&Seal::by(&holder).with("created", "\"2026-11-25T11:59:00Z\"")))
            .because("Some wallets say that they assert.", PRESENTING, AWAY),
        case("presentation_of_a_token", &enveloped.sealed(&shown_by(&holder).lax()))
            .because("A badge as a token lies in an envelope.", "VC Data Model 2.0 §4.13.1", AWAY),
        case("presentation_by_somebody_else", &lent)
            .notes(&["holder_not_subject"])
            .because(
                "Who shows the badge is not the person of the badge: told, not refused.",
                PRESENTING,
                "A manager could not show the badges of a team; or a borrowed badge would look like one's own.",
            ),
    ]
}

fn for_others() -> Vec<Case> {
    let holder = learner();
    let thief = stranger();
    let other_challenge = one().sealed(
        &shown_by(&holder)
            .with("challenge", "\"another\"")
            .with("domain", &format!("\"{DOMAIN}\"")),
    );
    let other_domain = one().sealed(
        &shown_by(&holder)
            .with("challenge", &format!("\"{CHALLENGE}\""))
            .with("domain", "\"https://elsewhere.example.net\""),
    );
    let unanswered = one().sealed(&shown_by(&holder));
    let replayed = other_challenge.clone().sealed(&for_us(&thief));
    let split = one()
        .sealed(&shown_by(&holder).with("challenge", &format!("\"{CHALLENGE}\"")))
        .sealed(&shown_by(&holder).with("domain", &format!("\"{DOMAIN}\"")));
    let written_in = other_challenge
        .clone()
        .text("/proof/0/challenge", CHALLENGE);
    let not_us = |name, presentation: &Doc| {
        asked(Case::forged(name).presentation(presentation))
            .finds("proof", "fails presentation_not_for_us")
            .credentials(&["accept"])
    };
    vec![
        not_us("presentation_of_another_challenge", &other_challenge).because("It answers another challenge.", PRESENTING, REPLAYED),
        not_us("presentation_for_another_domain", &other_domain).because("It is for somebody else.", PRESENTING, REPLAYED),
        not_us("presentation_without_challenge", &unanswered).because("It answers no challenge.", PRESENTING, REPLAYED),
        not_us("presentation_answered_in_two_halves", &split).because(
            "One proof answers the challenge, another names us: neither is made for us.",
            PRESENTING,
            REPLAYED,
        ),
        not_us("presentation_replayed_beside_another_proof", &replayed).because(
            "The holder's proof is for somebody else; a thief added a proof of their own that answers our challenge.",
            "VC Data Integrity 1.0, Proof Sets: members of a set are independent; Choices, Presentations",
            REPLAYED,
        ),
        asked(Case::forged("presentation_with_the_challenge_written_in").presentation(&written_in))
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .because("The challenge was exchanged after signing.", PRESENTING, REPLAYED),
    ]
}

fn proofs() -> Vec<Case> {
    let holder = learner();
    let thief = stranger();
    let by_thief = one().sealed(&shown_by(&thief));
    let added = one().sealed(&shown_by(&holder)).with(
        "/verifiableCredential/-",
        seal(
            badge()
                .text("/id", "urn:uuid:0d9f7a52-0000-4000-8000-0000000000b3")
                .text("/name", "Another"),
        )
        .0,
    );
    let web = Party::at("did:web:jo.example.org", ed25519("jo"));
    let assertion_only = {
        let document = web.document();
        let presentation = one().text("/holder", &web.id).sealed(&shown_by(&web));
        Case::forged("presentation_key_not_for_log_ins")
            .presentation(&presentation)
            .net("https://jo.example.org/.well-known/did.json", &document)
    };
    let nobodys = one().remove("/holder").sealed(&for_us(&thief));
    let within =
        presenting(vec![one().sealed(&shown_by(&holder)).0]).sealed(&shown_by(&holder).lax());
    let future = one().sealed(&shown_by(&holder).with("created", "\"2026-11-25T13:00:00Z\""));
    vec![
        Case::forged("presentation_signed_by_somebody_else")
            .presentation(&by_thief)
            .because(
                "The presentation names its holder, and somebody else's key made the proof.",
                PRESENTING,
                "Anybody could present badges as somebody else.",
            )
            .finds("proof", "holds ok")
            .finds("issuer", "fails verification_method_mismatch")
            .credentials(&["accept"]),
        Case::forged("badge_added_to_a_presentation")
            .presentation(&added)
            .because(
                "A badge was added after the holder signed.",
                PRESENTING,
                "Badges could be slipped under somebody's name.",
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .credentials(&["accept", "accept"]),
        assertion_only
            .because(
                "The holder's document does not list the key for log-ins.",
                "Controlled Identifiers 1.0 §3.3",
                "A key that signs badges would show badges.",
            )
            .finds("proof", "fails verification_method_mismatch"),
        asked(Case::accept("presentation_without_holder_by_somebody_else"))
            .presentation(&nobodys)
            .credentials(&["accept"])
            .notes(&["holder_not_subject"])
            .because(
                "The presentation names no holder, and its key is not that of the person of the badge: told, not refused.",
                PRESENTING,
                "A thief would only have to leave the holder out to go unnoticed.",
            )
            .finds("proof", "holds ok"),
        Case::forged("presentation_in_a_presentation")
            .presentation(&within)
            .because(
                "What is presented is another presentation, not a credential.",
                PRESENTING,
                "A presentation made for somebody else could be shown inside one of one's own.",
            )
            .finds("proof", "not_reached"),
        Case::forged("presentation_from_the_future")
            .presentation(&future)
            .because(
                "The proof says it was made in an hour.",
                "Choices, Dates",
                "Presentations could be made in advance and kept.",
            )
            .finds("proof", "fails proof_in_future"),
    ]
}

fn inner() -> Vec<Case> {
    let holder = learner();
    let show = |badge: Doc| presenting(vec![badge.0]).sealed(&shown_by(&holder));
    let changed = show(signed().text("/name", "Administering medicines"));
    let expired = show(seal(badge().text("/validUntil", "2026-06-01T00:00:00Z")));
    let unknown = show(badge_of(&council()).sealed(&Seal::by(&council())));
    let worse = |case: fn(&'static str) -> Case, name, presentation: &Doc, conclusion| {
        case(name)
            .presentation(presentation)
            .concludes("accept")
            .credentials(&[conclusion])
            .finds("proof", "holds ok")
    };
    let both = presenting(vec![
        signed().0,
        signed()
            .text("/id", "urn:uuid:0d9f7a52-0000-4000-8000-0000000000b4")
            .0,
    ])
    .sealed(&shown_by(&holder));
    vec![
        worse(
            Case::forged,
            "presentation_of_a_changed_badge",
            &changed,
            "reject",
        )
        .because(
            "The holder's proof holds, the badge in it was changed.",
            PRESENTING,
            "A forged badge would be accepted because its holder is genuine.",
        ),
        worse(
            Case::not_current,
            "presentation_of_an_expired_badge",
            &expired,
            "reject",
        )
        .because(
            "The badge in it has ended.",
            PRESENTING,
            "Lapsed training would be relied on.",
        ),
        worse(
            Case::undecided,
            "presentation_of_a_badge_of_unknown_key",
            &unknown,
            "undecided",
        )
        .because(
            "The key of the badge in it could not be had.",
            PRESENTING,
            "An unchecked badge would be accepted because its holder is genuine.",
        ),
        Case::forged("presentation_of_a_good_and_a_changed_badge")
            .presentation(&both)
            .concludes("accept")
            .credentials(&["accept", "reject"])
            .because(
                "Each badge has a report of its own, and the worst counts.",
                PRESENTING,
                "A forged badge would hide behind a good one.",
            )
            .finds("proof", "holds ok"),
    ]
}

fn empty() -> Vec<Case> {
    let holder = learner();
    let unsigned = one();
    let nothing = presenting(Vec::new()).sealed(&shown_by(&holder));
    let none = presenting(Vec::new())
        .remove("/verifiableCredential")
        .sealed(&shown_by(&holder));
    vec![
        Case::forged("presentation_unsigned")
            .presentation(&unsigned)
            .credentials(&["accept"])
            .because(
                "Nobody shows it; the badge in it still has its own report.",
                PRESENTING,
                "Anybody could present badges as somebody else.",
            )
            .finds("proof", "fails proof_missing"),
        Case::forged("presentation_of_an_empty_list")
            .presentation(&nothing)
            .because(
                "Nothing is presented.",
                PRESENTING,
                "An empty presentation would pass a check that asks for accepted.",
            )
            .finds("shape", "fails presentation_empty"),
        Case::forged("presentation_of_nothing")
            .presentation(&none)
            .because(
                "Nothing is presented.",
                PRESENTING,
                "An empty presentation would pass a check that asks for accepted.",
            )
            .finds("shape", "fails presentation_empty"),
    ]
}

/// A presentation as a token of the holder.
fn in_tokens() -> Vec<Case> {
    const JOSE: &str =
        "Securing Verifiable Credentials using JOSE and COSE §3.1.2; Choices, Presentations";
    let holder = learner();
    let envelope = |token: &str| {
        Doc::read(r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EnvelopedVerifiableCredential"]}"#)
            .text("/id", &format!("data:application/vc+jwt,{token}"))
            .0
    };
    let of = |badge: Value<'static>, nonce: &str, audience: &str| {
        presenting(vec![badge])
            .text("/iss", &holder.id)
            .text("/nonce", nonce)
            .text("/aud", audience)
    };
    let payload = |nonce: &str, audience: &str| of(signed().0, nonce, audience);
    let enveloped = of(
        envelope(&tokens::token_of(&badge(), &issuer())),
        CHALLENGE,
        DOMAIN,
    );
    let changed = of(signed().text("/name", "Diploma").0, CHALLENGE, DOMAIN);
    let token = |payload: &Doc, by: &Party| {
        let header = format!(r#"{{"alg":"EdDSA","kid":"{}","typ":"vp+jwt"}}"#, by.method);
        tokens::token(&header, payload, by)
    };
    let good = payload(CHALLENGE, DOMAIN);
    let thief = stranger();
    let case = |case: Case, payload: &Doc| asked(case.token(&token(payload, &holder)));
    vec![
        case(Case::accept("presentation_token_for_us"), &good)
            .credentials(&["accept"])
            .because(
                "The holder's token answers our challenge, for us.",
                JOSE,
                "A learner could not show a badge.",
            )
            .finds("proof", "holds ok"),
        case(
            Case::forged("presentation_token_of_another_challenge"),
            &payload("another", DOMAIN),
        )
        .because("It answers another challenge.", JOSE, REPLAYED)
        .finds("proof", "fails presentation_not_for_us"),
        case(
            Case::forged("presentation_token_for_another_domain"),
            &payload(CHALLENGE, "https://elsewhere.example.net"),
        )
        .because("It is for somebody else.", JOSE, REPLAYED)
        .finds("proof", "fails presentation_not_for_us"),
        case(
            Case::forged("presentation_token_by_another_issuer"),
            &good.clone().text("/iss", &thief.id),
        )
        .because(
            "The token says that it is of somebody else than its holder.",
            JOSE,
            "Anybody could present badges as somebody else.",
        )
        .finds("format", "fails jwt_claims_mismatch"),
        asked(
            Case::forged("presentation_token_signed_by_somebody_else").token(&token(&good, &thief)),
        )
        .because(
            "Somebody else's key signed the token.",
            JOSE,
            "Anybody could present badges as somebody else.",
        )
        .finds("proof", "fails verification_method_mismatch"),
        case(
            Case::not_current("presentation_token_expired"),
            &good.clone().set("/exp", "1790000000"),
        )
        .because("The token has ended.", "RFC 7519 §4.1.4", REPLAYED)
        .finds("dates", "fails expired"),
        case(Case::accept("presentation_token_of_a_token"), &enveloped)
            .credentials(&["accept"])
            .because(
                "A token that shows a token.",
                "VC Data Model 2.0 §4.13.1; Securing Verifiable Credentials using JOSE and COSE",
                "A learner could not show a badge.",
            )
            .finds("proof", "holds ok"),
        case(
            Case::forged("presentation_token_of_a_changed_badge"),
            &changed,
        )
        .concludes("accept")
        .credentials(&["reject"])
        .because(
            "The holder's token holds, the badge in it was changed.",
            JOSE,
            "A forged badge would be accepted because its holder is genuine.",
        )
        .finds("proof", "holds ok"),
    ]
}
