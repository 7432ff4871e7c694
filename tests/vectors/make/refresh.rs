//! A newer copy of a badge, and what is offered as one.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;
use super::seal::Seal;

const AT: &str = "https://northmarch.badges.example.org/refresh/7c1d";
const ONCE: &str =
    "Open Badges 3.0, OpenBadgeCredential Verification, refresh; Choices, A newer copy";

pub(super) fn cases() -> Vec<Case> {
    [taken(), refused(), not_asked()].concat()
}

/// A badge that offers a newer copy at `url`, without a proof.
fn offering(url: &str) -> Doc {
    badge().text("/@context/-", EXTENSIONS).with(
        "/refreshService",
        json(&format!(
            r#"{{"id":"{url}","type":"1EdTechCredentialRefresh"}}"#
        )),
    )
}

fn newer() -> Doc {
    badge()
        .text("/name", "Moving and handling people, second edition")
        .text("/validFrom", "2026-10-01T09:00:00Z")
        .text("/validUntil", "2028-03-02T09:00:00Z")
}

fn answered(case: fn(&'static str) -> Case, name: &'static str, copy: &Doc) -> Case {
    case(name)
        .badge(&seal(offering(AT)))
        .net(AT, copy)
        .finds("proof", "holds ok")
}

fn taken() -> Vec<Case> {
    let issuer = issuer();
    let withdrawn = newer()
        .with("/credentialStatus", super::status::entry("revocation", 41))
        .sealed(&Seal::by(&issuer));
    let again = offering("https://northmarch.badges.example.org/refresh/another")
        .text("/validFrom", "2026-10-01T09:00:00Z")
        .sealed(&Seal::by(&issuer));
    let ended = seal(offering(AT).text("/validUntil", "2026-10-31T09:00:00Z"));
    vec![
        answered(Case::accept, "refreshed", &seal(newer()))
            .because(
                "The newer copy is genuine, of the same badge and issuer, and takes its place.",
                ONCE,
                "A badge that was corrected would be shown uncorrected.",
            )
            .finds("refresh", "holds refreshed")
            .notes(&["refreshed"])
            .shows("valid_until", "2028-03-02T09:00:00Z"),
        answered(Case::not_current, "refreshed_and_withdrawn", &withdrawn)
            .net(
                super::status::LIST,
                &super::status::list_of(&issuer, "revocation", &[41]),
            )
            .because(
                "The newer copy was withdrawn.",
                ONCE,
                "An old copy would hide a withdrawal.",
            )
            .finds("refresh", "holds refreshed")
            .finds("status", "fails revoked")
            .outcome("withdrawn"),
        Case::accept("expired_and_renewed")
            .badge(&ended)
            .net(AT, &seal(newer()))
            .because(
                "The copy at hand has ended, the newer one has not.",
                ONCE,
                "A renewed badge would be turned away.",
            )
            .finds("refresh", "holds refreshed")
            .finds("dates", "holds ok")
            .outcome("current"),
        answered(Case::accept, "refreshed_only_once", &again)
            .because(
                "The newer copy offers another one, which is not asked for.",
                ONCE,
                "Copies that point to each other would keep the checker busy.",
            )
            .finds("refresh", "holds refreshed")
            .never("refresh", "unknown"),
    ]
}

fn refused() -> Vec<Case> {
    const SPOOFED: &str = "A badge could be exchanged for another one on its way to the checker.";
    let stranger = stranger();
    let by_stranger = newer()
        .text("/issuer/id", &stranger.id)
        .sealed(&Seal::by(&stranger));
    let other = seal(newer().text(
        "/id",
        "https://northmarch.badges.example.org/credentials/another",
    ));
    let older = seal(newer().text("/validFrom", "2026-01-01T09:00:00Z"));
    let changed = seal(newer()).text("/name", "Administering medicines");
    let unusable = |name, copy: &Doc| {
        answered(Case::accept, name, copy)
            .finds("refresh", "unknown refresh_not_usable")
            .shows("valid_until", "2027-03-02T09:00:00Z")
    };
    vec![
        unusable("refresh_by_another_issuer", &by_stranger).because(
            "What was offered is a genuine badge of somebody else; the copy at hand stands.",
            ONCE,
            SPOOFED,
        ),
        unusable("refresh_of_another_badge", &other).because(
            "What was offered is another badge of the issuer; the copy at hand stands.",
            ONCE,
            SPOOFED,
        ),
        unusable("refresh_with_an_older_copy", &older).because(
            "What was offered begins earlier; the copy at hand stands.",
            ONCE,
            "An old copy, from before a correction, could be put in the place of the new one.",
        ),
        unusable("refresh_with_a_changed_copy", &changed).because(
            "The seal of what was offered does not hold; the copy at hand stands.",
            ONCE,
            SPOOFED,
        ),
        unusable("refresh_with_an_unsigned_copy", &newer()).because(
            "Nobody signed what was offered; the copy at hand stands.",
            ONCE,
            SPOOFED,
        ),
        unusable("refresh_with_an_endorsement", &super::endorsements::endorsement(&issuer(), "urn:x:y").sealed(&Seal::by(&issuer()))).because(
            "What was offered is no copy of the badge.",
            ONCE,
            SPOOFED,
        ),
        Case::forged("changed_badge_with_a_good_newer_copy")
            .badge(&seal(offering(AT)).text("/name", "Administering medicines"))
            .net(AT, &seal(newer()))
            .because(
                "A newer copy is asked for only once the seal holds.",
                ONCE,
                "A forged badge could borrow the verdict of a good one, or make us ask any address.",
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .finds("refresh", "not_reached"),
    ]
}

fn not_asked() -> Vec<Case> {
    let council = council();
    let far = |url: &str| seal(offering(url));
    let other_kind = seal_jcs(badge().set(
        "/refreshService",
        r#"{"id":"https://northmarch.badges.example.org/refresh/7c1d","type":"VerifiableCredentialRefreshService2021"}"#,
    ));
    let unreachable_issuer = badge_of(&council).sealed(&Seal::by(&council));
    vec![
        Case::accept("refresh_unreachable")
            .badge(&far(AT))
            .because(
                "The newer copy could not be had; the copy at hand stands.",
                ONCE,
                "A good badge would be turned away while a host is down.",
            )
            .finds("refresh", "unknown refresh_unavailable")
            .outcome("current"),
        Case::accept("refresh_over_plain_http")
            .badge(&far("http://northmarch.badges.example.org/refresh/7c1d"))
            .because(
                "Plain http is not asked; the copy at hand stands.",
                "Limits, Asking for documents",
                "A badge could make us ask any address.",
            )
            .finds("refresh", "unknown refresh_unavailable"),
        Case::accept("refresh_of_another_kind")
            .badge(&other_kind)
            .net(AT, &seal(newer()))
            .because(
                "A service of another kind is not asked.",
                "Open Badges 3.0, RefreshService",
                "A protocol that we do not know would be guessed.",
            )
            .finds("refresh", "not_applicable no_refresh")
            .shows("valid_until", "2027-03-02T09:00:00Z"),
        answered(
            Case::accept,
            "refresh_with_a_copy_of_unknown_key",
            &unreachable_issuer,
        )
        .because(
            "The key of what was offered could not be had; the copy at hand stands.",
            ONCE,
            "A good badge would be turned away while a host is down.",
        )
        .finds("refresh", "unknown refresh_not_usable"),
    ]
}
