//! Contexts: unknown ones, unused ones, and those that somebody wrote into the
//! badge.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::json_ld::{HIDDEN, bad};
use super::keys::*;
use super::seal::Seal;

pub(super) fn cases() -> Vec<Case> {
    [inline(), lists_of_contexts(), further_in()].concat()
}

/// Contexts that somebody wrote into the badge.
fn inline() -> Vec<Case> {
    const OWN: &str = "Choices, Contexts written into the badge";
    let hide = signed()
        .with("/@context/-", json(r#"{"gueltigBis":{"@id":"https://www.w3.org/2018/credentials#validUntil","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}}"#))
        .moved("/validUntil", "/gueltigBis");
    let council = council();
    let status = badge_of(&council)
        .with("/credentialStatus", super::status::entry("revocation", 41))
        .sealed(&Seal::by(&council))
        .with(
            "/@context/-",
            json(r#"{"zustand":"https://www.w3.org/2018/credentials#credentialStatus"}"#),
        )
        .moved("/credentialStatus", "/zustand");
    let swapped = signed().with(
        "/@context/1",
        json(r#"{"name":"https://schema.org/description","description":"https://schema.org/name","Achievement":{"@id":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"}}"#),
    );
    let import = signed().with(
        "/@context/-",
        json(r#"{"@import":"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}"#),
    );
    let further_down = signed().with(
        "/credentialSubject/achievement/@context",
        json(r#"{"name":"https://schema.org/alternateName"}"#),
    );
    let address_further_down = signed().text(
        "/credentialSubject/achievement/@context",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    );
    let undecided = |name, badge: &Doc| {
        Case::undecided(name)
            .badge(badge)
            .finds("contexts", "unknown context_not_allowed")
            .finds("proof", "not_reached")
            .outcome("unsupported")
    };
    vec![
        undecided("end_hidden_by_an_inline_context", &hide).because(
            "A context of its own gives validUntil another name; the statements and the signature stay.",
            OWN,
            HIDDEN,
        ),
        undecided("status_hidden_by_an_inline_context", &status)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(super::status::LIST, &super::status::list_of(&council, "revocation", &[41]))
            .because(
                "A context of its own gives credentialStatus another name; the statements and the signature stay.",
                OWN,
                "A withdrawn badge would look good.",
            ),
        undecided("context_replaced_by_an_inline_copy", &swapped).because(
            "The context of Open Badges was replaced by a copy with two terms exchanged.",
            OWN,
            "Name and description would be read the other way round.",
        ),
        undecided("inline_import", &import).because(
            "@import brings in a context under other rules.",
            OWN,
            "Protected terms could be given another meaning.",
        ),
        bad("inline_context_further_down", &further_down, "fails jsonld_keyword").because(
            "A context in the middle of a badge changes what its terms mean from there on.",
            OWN,
            "One achievement could be shown and another one be signed.",
        ),
        bad("context_address_further_down", &address_further_down, "fails jsonld_keyword").because(
            "Also a known context has no place in the middle of a badge.",
            OWN,
            "Terms would mean one thing above and another below.",
        ),
    ]
}

fn lists_of_contexts() -> Vec<Case> {
    const ORDER: &str = "VC Data Model 2.0 §4.3; Open Badges 3.0, @context";
    const OTHER_MEANING: &str =
        "The terms would mean something else, and a signature be read over another badge.";
    let contexts = |text: &str| signed().set("/@context", text);
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let ob = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    let fails = |name, badge: &Doc, finding| {
        Case::forged(name)
            .badge(badge)
            .finds("contexts", finding)
            .outcome("changed")
    };
    let unknown = |name, badge: &Doc, finding| {
        Case::undecided(name)
            .badge(badge)
            .finds("contexts", finding)
            .outcome("unsupported")
    };
    vec![
        fails("contexts_turned_round", &contexts(&format!("[\"{ob}\",\"{v2}\"]")), "fails context_order")
            .because("The context of verifiable credentials comes first.", ORDER, OTHER_MEANING),
        fails("no_contexts", &signed().remove("/@context"), "fails context_missing")
            .because("Without contexts no term has a meaning.", ORDER, OTHER_MEANING),
        fails("no_open_badges_context", &contexts(&format!("[\"{v2}\"]")), "fails context_missing")
            .because("A badge needs the context of Open Badges.", ORDER, OTHER_MEANING),
        unknown("unknown_context", &signed().text("/@context/-", "https://skills.example.org/context.json"), "unknown context_not_allowed")
            .because(
                "A context that we do not know is never fetched; the badge may be honest.",
                "Choices, Which contexts",
                "Whoever owns the address could change the badge, or see who is checked.",
            ),
        unknown("unused_context", &signed().text("/@context/-", EXTENSIONS), "unknown context_unused")
            .finds("proof", "holds ok")
            .because(
                "A known context of which nothing is used was put behind the others; the signature still holds.",
                "Choices, A context that nothing uses",
                "A context that adds nothing can only hide something.",
            ),
        unknown("undefined_terms_context", &signed().text("/@context/-", "https://www.w3.org/ns/credentials/undefined-terms/v2"), "unknown context_not_allowed")
            .because(
                "With that context every misspelt term is signed and means nothing.",
                "Choices, A context that is left out on purpose",
                "A misspelt end date would be no end date.",
            ),
        unknown("nine_contexts", &contexts(&format!("[\"{v2}\",\"{ob}\",{}]", vec![format!("\"{EXTENSIONS}\""); 7].join(","))), "unknown context_not_allowed")
            .because(
                "More contexts than are read: a limit is not the badge's fault.",
                "Limits, L-05",
                "One badge could keep the checker busy.",
            ),
    ]
}

/// Contexts of what lies within a badge, in spellings that address libraries
/// take for others, or stumble over.
fn further_in() -> Vec<Case> {
    let with = |name, address: &str| {
        let endorsement = super::endorsements::endorsement(&stranger(), super::endorsements::BADGE)
            .sealed(&Seal::by(&stranger()))
            .text("/@context/0", address);
        let badge = signed().with("/endorsement", vec![endorsement.0]);
        Case::undecided(name)
            .badge(&badge)
            .finds("terms", "unknown context_not_allowed")
            .finds("proof", "not_reached")
            .outcome("unsupported")
    };
    vec![
        with("inner_context_escapes_no_character", "https://www.w3.org/ns/cre%dentials/v2").because(
            "The address of a context within the badge escapes a byte that is no character.",
            "RFC 3987 §3.1; Choices, Which contexts",
            "A library that takes it for text ends the checker: one badge could keep everybody from checking any.",
        ),
        with("inner_context_spelled_otherwise", "https://www.w3.org/ns/%63redentials/v2").because(
            "The address of a context within the badge is a known one, with a letter escaped.",
            "JSON-LD 1.1 API §4.1; Choices, Which contexts",
            "Software that compares addresses as text would read other statements.",
        ),
    ]
}
