//! Beginnings and ends.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;

const STEP: &str =
    "Open Badges 3.0, OpenBadgeCredential Verification, dates; VC Data Model 2.0 §4.9";
const LAPSED: &str = "Lapsed training would be relied on.";
const ZONES: &str = "Choices, Dates";

pub(super) fn cases() -> Vec<Case> {
    [ends(), begins(), zones(), malformed(), old_form()].concat()
}

fn until(text: &str) -> Doc {
    seal(badge().text("/validUntil", text))
}

fn from(text: &str) -> Doc {
    seal(
        badge()
            .text("/validFrom", text)
            .text("/validUntil", "2030-01-01T00:00:00Z"),
    )
}

fn expired(name: &'static str, badge: &Doc) -> Case {
    Case::not_current(name)
        .badge(badge)
        .finds("proof", "holds ok")
        .finds("dates", "fails expired")
        .outcome("expired")
}

fn current(name: &'static str, badge: &Doc) -> Case {
    Case::accept(name)
        .badge(badge)
        .finds("dates", "holds ok")
        .outcome("current")
}

fn ends() -> Vec<Case> {
    let backwards = seal(badge().text("/validUntil", "2026-02-01T00:00:00Z"));
    vec![
        expired("expired", &until("2026-10-31T23:59:59Z"))
            .because("The end has passed.", STEP, LAPSED)
            .shows("valid_until", "2026-10-31T23:59:59Z"),
        expired("expired_a_second_ago", &until("2026-11-25T11:59:59Z")).because(
            "There is no tolerance at the end.",
            ZONES,
            LAPSED,
        ),
        current("ends_this_very_second", &until("2026-11-25T12:00:00Z")).because(
            "At the very moment of its end a badge is still valid.",
            STEP,
            "A badge would end a second before its issuer says.",
        ),
        expired("expired_at_a_later_check", &signed())
            .at("2027-06-01T00:00:00Z")
            .because("The same badge, checked after its end.", STEP, LAPSED),
        Case::forged("checked_before_it_was_made")
            .badge(&signed())
            .at("2026-02-01T00:00:00Z")
            .because(
                "As of that day the proof was not made yet.",
                "Choices, Dates",
                "What somebody had on a day in the past could be claimed after the fact.",
            )
            .finds("proof", "fails proof_in_future"),
        Case::not_current("ends_before_it_begins")
            .badge(&backwards)
            .because(
                "The end lies before the beginning.",
                "VC Data Model 2.0 §4.9",
                "A badge that was never valid would be relied on.",
            )
            .finds("dates", "fails date_invalid"),
    ]
}

fn begins() -> Vec<Case> {
    const EARLY: &str = "An award under embargo would be relied on before it counts.";
    let early = |name, badge: &Doc| {
        Case::not_current(name)
            .badge(badge)
            .finds("dates", "fails not_yet_valid")
            .outcome("not-started")
    };
    vec![
        early("not_started", &from("2026-12-04T18:00:00Z")).because(
            "The badge begins later.",
            STEP,
            EARLY,
        ),
        early("begins_in_301_seconds", &from("2026-11-25T12:05:01Z")).because(
            "Beyond how far clocks may differ.",
            ZONES,
            EARLY,
        ),
        current("begins_in_300_seconds", &from("2026-11-25T12:05:00Z")).because(
            "Clocks may differ by five minutes at the beginning.",
            ZONES,
            "A badge would be turned away in its first minutes.",
        ),
    ]
}

fn zones() -> Vec<Case> {
    vec![
        expired(
            "expired_in_its_own_zone",
            &until("2026-11-25T13:30:00+02:00"),
        )
        .because(
            "13:30 two hours east is 11:30 UTC: half an hour ago.",
            "RFC 3339 §4.1",
            LAPSED,
        ),
        current(
            "current_in_its_own_zone",
            &until("2026-11-25T11:30:00-02:00"),
        )
        .because(
            "11:30 two hours west is 13:30 UTC: in an hour and a half.",
            "RFC 3339 §4.1",
            "An honest badge would be turned away.",
        ),
        current("end_with_a_fraction", &until("2026-11-25T12:00:00.5Z")).because(
            "Fractions of a second are read.",
            "RFC 3339 §5.6",
            "An honest badge would be turned away.",
        ),
    ]
}

fn malformed() -> Vec<Case> {
    let rows = [
        ("end_without_zone", "2027-03-02T09:00:00"),
        ("end_at_24_hours", "2027-03-02T24:00:00Z"),
        ("end_in_a_leap_second", "2027-06-30T23:59:60Z"),
        ("end_on_30_february", "2027-02-30T00:00:00Z"),
        ("end_without_time", "2027-03-02"),
        ("end_with_a_blank", "2027-03-02 09:00:00Z"),
        ("end_in_lower_case", "2027-03-02t09:00:00z"),
        ("end_in_the_year_zero", "0000-03-02T09:00:00Z"),
        ("end_in_the_year_10000", "10000-03-02T09:00:00Z"),
        ("end_in_words", "never"),
    ];
    let mut cases: Vec<Case> = rows
        .into_iter()
        .map(|(name, text)| {
            Case::forged(name)
                .badge(&until(text))
                .finds("shape", "fails date_invalid")
                .because(
                    "Not a date and time with a zone that every reader takes for the same moment.",
                    "Open Badges 3.0, DateTimeZ; Choices, Dates",
                    "Garbage in place of an end would pass for no end.",
                )
        })
        .collect();
    cases.push(
        Case::forged("award_without_zone")
            .badge(&seal(badge().text("/awardedDate", "2026-02-27T00:00:00")))
            .because(
                "The day of an award depends on the zone.",
                "Open Badges 3.0, DateTimeZ",
                "Two readers would show two days.",
            )
            .finds("shape", "fails date_invalid"),
    );
    cases
}

fn old_form() -> Vec<Case> {
    let party = issuer();
    let old = || badge_1_1(&party, DATA_INTEGRITY);
    let ended = old()
        .text("/expirationDate", "2026-10-31T23:59:59Z")
        .sealed(&Seal::by(&party));
    let both = old()
        .text("/expirationDate", "2030-01-01T00:00:00Z")
        .text("/validUntil", "2026-10-31T23:59:59Z")
        .sealed(&Seal::by(&party));
    let later = old()
        .text("/issuanceDate", "2026-12-04T18:00:00Z")
        .sealed(&Seal::by(&party));
    vec![
        expired("vc_1_1_expired", &ended).because(
            "expirationDate has passed.",
            "VC Data Model 1.1 §4.6",
            LAPSED,
        ),
        expired("vc_1_1_with_two_ends", &both).because(
            "With an end of each edition the earlier one counts.",
            "Choices, Dates",
            "A later end could be put beside the one that counts.",
        ),
        Case::not_current("vc_1_1_not_started")
            .badge(&later)
            .because(
                "issuanceDate is in the future.",
                "VC Data Model 1.1 §4.6",
                "An award under embargo would count.",
            )
            .finds("dates", "fails not_yet_valid"),
    ]
}
