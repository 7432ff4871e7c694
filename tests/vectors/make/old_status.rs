//! Lists in other forms: tokens, `StatusList2021`, `1EdTechRevocationList`.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::{status, tokens};

const LIST: &str = status::LIST;
const WITHDRAWN_PASSES: &str = "A withdrawn badge would be relied on.";

pub(super) fn cases() -> Vec<Case> {
    [
        list_tokens(),
        of_2021(),
        revocation_lists(),
        broken_revocation_lists(),
    ]
    .concat()
}

fn list_tokens() -> Vec<Case> {
    const JOSE: &str = "Bitstring Status List 1.0 §2.2; Securing Verifiable Credentials using JOSE and COSE §3.1.1";
    let council = council();
    let badge = badge_of(&council)
        .with("/credentialStatus", status::entry("revocation", 41))
        .sealed(&Seal::by(&council));
    let header = format!(
        r#"{{"alg":"EdDSA","kid":"{}","typ":"vc+jwt"}}"#,
        council.method
    );
    let list = |set: &[usize]| status::list_of(&council, "revocation", set).remove("/proof");
    let token = |payload: &Doc, by: &Party| tokens::token(&header, payload, by);
    let case = |case: Case, token: &str| {
        case.badge(&badge)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net_bytes(LIST, token)
    };
    let wrapped = Doc::read("{}")
        .text("/iss", &council.id)
        .with("/vc", list(&[]).0);
    vec![
        case(
            Case::accept("status_list_token"),
            &token(&list(&[]), &council),
        )
        .because(
            "The list is a token of the issuer.",
            JOSE,
            "An honest badge would stay undecided.",
        )
        .finds("status", "holds ok"),
        case(
            Case::not_current("status_list_token_revoked"),
            &token(&list(&[41]), &council),
        )
        .because(
            "The list is a token of the issuer, and the bit is set.",
            JOSE,
            WITHDRAWN_PASSES,
        )
        .finds("status", "fails revoked"),
        case(
            Case::undecided("status_list_token_of_somebody_else"),
            &token(&list(&[]), &stranger()),
        )
        .because(
            "Somebody else's key signed the token.",
            JOSE,
            "Whoever can answer for the host could keep a withdrawn badge alive.",
        )
        .finds("status", "unknown STATUS_VERIFICATION_ERROR"),
        case(
            Case::undecided("status_list_token_with_vc_claim"),
            &token(&wrapped, &council),
        )
        .because(
            "A list of VC 2.0 does not lie under the claim vc.",
            JOSE,
            "Two readers would find two lists in one token.",
        )
        .finds("status", "unknown STATUS_VERIFICATION_ERROR"),
    ]
}

fn of_2021() -> Vec<Case> {
    const DRAFT: &str = "StatusList2021, draft of 27 April 2023; Choices, StatusList2021";
    const CONTEXT: &str = "https://w3id.org/vc/status-list/2021/v1";
    let council = council();
    let entry = Doc::read(
        r#"{"type":"StatusList2021Entry","statusPurpose":"revocation","statusListIndex":"41"}"#,
    )
    .text("/id", &format!("{LIST}#41"))
    .text("/statusListCredential", LIST);
    let badge = badge_1_1(&council, DATA_INTEGRITY)
        .text("/@context/-", CONTEXT)
        .with("/credentialStatus", entry.0)
        .sealed(&Seal::by(&council));
    let list = |set: &[usize], prefix: bool| {
        let newer = status::list_of(&council, "revocation", set);
        let encoded = newer.at("/credentialSubject/encodedList");
        let encoded = encoded.as_str().expect("a list").to_owned();
        let encoded = if prefix {
            encoded
        } else {
            encoded[1..].to_owned()
        };
        newer
            .remove("/proof")
            .set("/@context", r#"["https://www.w3.org/2018/credentials/v1"]"#)
            .text("/@context/-", CONTEXT)
            .text("/@context/-", DATA_INTEGRITY)
            .set(
                "/type",
                r#"["VerifiableCredential","StatusList2021Credential"]"#,
            )
            .moved("/validFrom", "/issuanceDate")
            .moved("/validUntil", "/expirationDate")
            .text("/credentialSubject/type", "StatusList2021")
            .text("/credentialSubject/encodedList", &encoded)
            .sealed(&Seal::by(&council))
    };
    let case = |case: Case, list: &Doc| {
        case.badge(&badge)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(LIST, list)
            .finds("proof", "holds ok")
    };
    vec![
        case(Case::accept("status_2021_not_set"), &list(&[], false))
            .because(
                "A list of the draft before Bitstring Status List.",
                DRAFT,
                "Older badges would stay undecided.",
            )
            .finds("status", "holds ok"),
        case(
            Case::not_current("status_2021_revoked"),
            &list(&[41], false),
        )
        .because(
            "The entry of the older list is set.",
            DRAFT,
            WITHDRAWN_PASSES,
        )
        .finds("status", "fails revoked"),
        case(
            Case::not_current("status_2021_with_multibase_prefix"),
            &list(&[41], true),
        )
        .because(
            "Some writers put a multibase prefix in front.",
            DRAFT,
            WITHDRAWN_PASSES,
        )
        .finds("status", "fails revoked"),
        case(
            Case::undecided("status_2021_answered_by_a_newer_list"),
            &status::list_of(&council, "revocation", &[]),
        )
        .because(
            "The entry is of one standard, the list of another.",
            DRAFT,
            "Two readers would look in two places.",
        )
        .finds("status", "unknown MALFORMED_VALUE_ERROR"),
    ]
}

const REVOKED: &str = "https://northmarch.badges.example.org/revoked";

fn revocation_list(entries: &str) -> Doc {
    Doc::read("{}")
        .text("/id", REVOKED)
        .text("/issuer", COUNCIL)
        .set("/revokedCredential", entries)
}

fn by_list(case: Case, url: &str, list: Option<&Doc>) -> Case {
    let council = council();
    let entry = Doc::read(r#"{"type":"1EdTechRevocationList"}"#)
        .text("/id", url)
        .0;
    let badge = badge_of(&council)
        .text("/@context/-", EXTENSIONS)
        .with("/credentialStatus", entry)
        .sealed(&Seal::by(&council));
    let case = case
        .badge(&badge)
        .net(COUNCIL_DOCUMENT, &council.document())
        .finds("proof", "holds ok");
    match list {
        Some(list) => case.net(url, list),
        None => case,
    }
}

const OLD: &str =
    "1EdTech Verifiable Credentials Revocation List 1.0; Choices, Small cases about status";
const THIS: &str = super::endorsements::BADGE;

fn revocation_lists() -> Vec<Case> {
    let other = r#"[{"id":"https://northmarch.badges.example.org/credentials/another"}]"#;
    let this = format!(r#"[{{"id":"{THIS}","revocationReason":"Issued in error"}}]"#);
    let taken_back = format!(r#"[{{"id":"{THIS}","revoked":false}}]"#);
    vec![
        by_list(
            Case::accept("revocation_list_without_this_badge"),
            REVOKED,
            Some(&revocation_list(other)),
        )
        .because(
            "The issuer's own list names another badge.",
            OLD,
            "Older badges would stay undecided.",
        )
        .finds("status", "holds ok"),
        by_list(
            Case::not_current("revocation_list_with_this_badge"),
            REVOKED,
            Some(&revocation_list(&this)),
        )
        .because(
            "The list names this badge; without the member revoked it is.",
            OLD,
            WITHDRAWN_PASSES,
        )
        .finds("status", "fails revoked")
        .outcome("withdrawn"),
        by_list(
            Case::accept("revocation_list_that_took_it_back"),
            REVOKED,
            Some(&revocation_list(&taken_back)),
        )
        .because(
            "The list names this badge, and says that it is not revoked.",
            OLD,
            "An honest badge would be turned away.",
        )
        .finds("status", "holds ok"),
    ]
}

fn broken_revocation_lists() -> Vec<Case> {
    const UNSIGNED: &str =
        "The list has no signature: whoever can serve one could keep a withdrawn badge alive.";
    let elsewhere = "https://lists.example.net/revoked";
    let moved = revocation_list("[]").text("/id", elsewhere);
    let of_other = revocation_list("[]").text("/issuer", "did:web:severnhythe.badges.example.org");
    let of_other_place =
        revocation_list("[]").text("/id", "https://northmarch.badges.example.org/other");
    let unreadable = revocation_list(r#"[{"reason":"lost"}]"#);
    let undecided = |name, url: &str, list: Option<&Doc>, finding| {
        by_list(Case::undecided(name), url, list).finds("status", finding)
    };
    const WRONG: &str = "unknown STATUS_VERIFICATION_ERROR";
    vec![
        undecided("revocation_list_elsewhere", elsewhere, Some(&moved), WRONG).because(
            "An unsigned list counts from the issuer's own host only.",
            OLD,
            UNSIGNED,
        ),
        undecided(
            "revocation_list_of_another_issuer",
            REVOKED,
            Some(&of_other),
            WRONG,
        )
        .because("The list says that it is of somebody else.", OLD, UNSIGNED),
        undecided(
            "revocation_list_of_another_address",
            REVOKED,
            Some(&of_other_place),
            WRONG,
        )
        .because(
            "The list says that it is the one of another address.",
            OLD,
            UNSIGNED,
        ),
        undecided(
            "revocation_list_with_an_unreadable_entry",
            REVOKED,
            Some(&unreadable),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "The entry that cannot be read might be this badge.",
            OLD,
            WITHDRAWN_PASSES,
        ),
        undecided(
            "revocation_list_unreachable",
            REVOKED,
            None,
            "unknown STATUS_RETRIEVAL_ERROR",
        )
        .because(
            "The list could not be had.",
            "Choices, Fails, or unknown",
            WITHDRAWN_PASSES,
        )
        .outcome("status-unreachable"),
    ]
}
