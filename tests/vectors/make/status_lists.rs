//! Lists that are out of date, broken, forged, or could not be had.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::gzip::gzip;
use super::keys::*;
use super::seal::Seal;
use super::status::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;

pub(super) fn cases() -> Vec<Case> {
    [broken_lists(), encodings(), broken_proofs(), unreachable()].concat()
}

fn unknown(name: &'static str, list: &Doc, finding: &'static str) -> Case {
    looked_up(undecided(name), list).finds("status", finding)
}

fn broken_lists() -> Vec<Case> {
    const STALE: &str =
        "An old copy of a list, from before the withdrawal, could be served for ever.";
    let council = council();
    let clear = list_of(&council, "revocation", &[]);
    let dated = |from: &str, until: &str| {
        let list = clear.clone().remove("/proof");
        seal_list(
            &council,
            list.text("/validFrom", from).text("/validUntil", until),
        )
    };
    let other_id = {
        let list = clear.clone().remove("/proof");
        seal_list(
            &council,
            list.text("/id", "https://northmarch.badges.example.org/status/2"),
        )
    };
    let no_id = seal_list(&council, clear.clone().remove("/proof").remove("/id"));
    let stale_and_set = {
        let list = list_of(&council, "revocation", &[41]).remove("/proof");
        let list = list
            .text("/validFrom", "2026-11-01T00:00:00Z")
            .text("/validUntil", "2026-11-08T00:00:00Z");
        seal_list(&council, list)
    };
    vec![
        unknown("status_list_expired_with_the_bit_set", &stale_and_set, "unknown status_list_expired")
            .never("status", "holds")
            .because(
                "The list is out of date, so what it says may have been taken back; it is never good either.",
                "Bitstring Status List 1.0 §2.2, validUntil",
                "A withdrawn badge would be relied on, or one that was given back be turned away.",
            ),
        unknown(
            "status_list_expired",
            &dated("2026-11-01T00:00:00Z", "2026-11-08T00:00:00Z"),
            "unknown status_list_expired",
        )
        .because(
            "The list is out of date.",
            "Bitstring Status List 1.0 §2.2, validUntil",
            STALE,
        ),
        unknown(
            "status_list_not_begun",
            &dated("2026-11-26T00:00:00Z", "2026-12-03T00:00:00Z"),
            "unknown status_list_expired",
        )
        .because(
            "The list is not valid yet.",
            "Bitstring Status List 1.0 §2.2, validFrom",
            "A list made in advance would hide what was withdrawn meanwhile.",
        ),
        unknown(
            "status_list_of_other_address",
            &other_id,
            "unknown STATUS_VERIFICATION_ERROR",
        )
        .because(
            "The list says that it is the one of another address.",
            "Choices, A list without an id, or of another address",
            "A list of the same issuer for other badges could be served in its place.",
        ),
        looked_up(accept("status_list_without_id"), &no_id)
            .because(
                "The standard lets a list have no id; then its address says which it is.",
                "Bitstring Status List 1.0 §2.2",
                "An honest badge would stay undecided.",
            )
            .finds("status", "holds ok"),
        unknown(
            "status_list_for_other_purpose",
            &list_of(&council, "suspension", &[]),
            "unknown STATUS_VERIFICATION_ERROR",
        )
        .because(
            "The entry asks for a withdrawal, the list is about pauses.",
            BITSTRING,
            "A clear bit of another list would be taken for not withdrawn.",
        ),
        unknown(
            "status_list_is_a_badge",
            &badge_of(&council)
                .text("/id", LIST)
                .sealed(&Seal::by(&council)),
            "unknown STATUS_VERIFICATION_ERROR",
        )
        .because(
            "A genuine credential of the issuer, but no list.",
            BITSTRING,
            "Anything the issuer signed would be taken for a list.",
        ),
        looked_up(undecided("status_list_is_not_json"), &clear)
            .net_bytes(LIST, "<!doctype html><title>Not found</title>")
            .because(
                "Many hosts answer with a page when there is nothing.",
                "Choices, Fails, or unknown",
                WITHDRAWN_PASSES,
            )
            .finds("status", "unknown STATUS_VERIFICATION_ERROR"),
    ]
}

fn encodings() -> Vec<Case> {
    let council = council();
    let list = |encoded: &str| seal_list(&council, unsigned_list(&council, "revocation", encoded));
    let good = gzip(&bits(BYTES, &[]));
    let bomb = gzip(&vec![0; 4 * 1024 * 1024 + 1]);
    let uneven = (1..).map(|more| gzip(&bits(BYTES + more, &[])));
    let uneven = uneven.into_iter().find(|file| file.len() % 3 != 0);
    let padded = format!("u{}", URL_SAFE.encode(uneven.expect("a length")));
    const TWO_READERS: &str = "Two readers would see two lists, and one of them a clear bit.";
    let case = |name, encoded: &str, finding| unknown(name, &list(encoded), finding);
    vec![
        case(
            "status_list_too_short",
            &encoded(&gzip(&bits(8 * 1024, &[]))),
            "unknown STATUS_LIST_LENGTH_ERROR",
        )
        .because(
            "65,536 entries are fewer than the least a list must have.",
            BITSTRING,
            "Whoever keeps the list could see whose badge is being checked.",
        ),
        case(
            "status_list_bomb",
            &encoded(&bomb),
            "unknown status_list_bomb",
        )
        .because(
            "The list inflates to more than 4 MiB.",
            "Limits, L-12",
            "A small file could fill the checker's memory.",
        ),
        case(
            "status_list_of_two_gzip_members",
            &encoded(&[&good[..], &good[..]].concat()),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "Some readers take the first member, some both.",
            "Choices, Small cases about status",
            TWO_READERS,
        ),
        case(
            "status_list_with_bytes_behind",
            &encoded(&[&good[..], b"\0"].concat()),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "A byte behind the end of the list.",
            "Choices, Small cases about status",
            TWO_READERS,
        ),
        case(
            "status_list_cut_short",
            &encoded(&good[..good.len() - 9]),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "The compressed list ends too early, and its checksum is missing.",
            "RFC 1952 §2.3",
            "A list that was cut off in transit would be taken for clear.",
        ),
        case(
            "status_list_with_wrong_checksum",
            &encoded(&{
                let mut changed = good.clone();
                let at = changed.len() - 5;
                changed[at] ^= 1;
                changed
            }),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "The checksum is not that of the bits.",
            "RFC 1952 §2.3.1",
            "A damaged list would be taken for clear.",
        ),
        case(
            "status_list_padded",
            &padded,
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "Multibase u is base64url without padding.",
            "Controlled Identifiers 1.0 §2.4",
            TWO_READERS,
        ),
        case(
            "status_list_without_multibase_prefix",
            &encoded(&good)[1..],
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "The list says no base.",
            "Bitstring Status List 1.0 §2.2, encodedList",
            TWO_READERS,
        ),
        case(
            "status_list_not_compressed",
            &encoded(&[0; 64]),
            "unknown MALFORMED_VALUE_ERROR",
        )
        .because(
            "What is encoded is not gzip.",
            "Bitstring Status List 1.0 §2.2, encodedList",
            WITHDRAWN_PASSES,
        ),
    ]
}

fn broken_proofs() -> Vec<Case> {
    const FORGED_LIST: &str = "Whoever can answer for the host could keep a withdrawn badge alive.";
    let council = council();
    let stranger = stranger();
    let clear = list_of(&council, "revocation", &[]);
    let changed = list_of(&council, "revocation", &[41]).with(
        "/credentialSubject/encodedList",
        clear.at("/credentialSubject/encodedList"),
    );
    let bare = unsigned_list(&council, "revocation", &encoded(&gzip(&bits(BYTES, &[]))));
    let foreign = bare.clone().sealed(&Seal::by(&stranger));
    let old_key = Party::at("did:web:lists.example.net", ed25519("lists"));
    let kept = list_of(&old_key, "revocation", &[]);
    let revoked_key = old_key
        .document()
        .text("/verificationMethod/0/revoked", "2026-11-01T00:00:00Z");
    let case = |name, list: &Doc| unknown(name, list, "unknown STATUS_VERIFICATION_ERROR");
    vec![
        case("status_list_changed", &changed).because(
            "The bit was cleared after the list was signed.",
            BITSTRING,
            FORGED_LIST,
        ),
        case("status_list_unsigned", &bare).because(
            "Nobody signed the list.",
            BITSTRING,
            FORGED_LIST,
        ),
        case("status_list_signed_by_somebody_else", &foreign).because(
            "The list calls itself the council's and is signed with another key.",
            BITSTRING,
            FORGED_LIST,
        ),
        case("status_list_of_a_revoked_key", &kept)
            .net(
                "https://lists.example.net/.well-known/did.json",
                &revoked_key,
            )
            .because(
                "The key of the list was withdrawn, so anybody may have made the list.",
                "Choices, Small cases about status",
                FORGED_LIST,
            ),
        case("status_list_whose_key_is_unreachable", &kept).because(
            "The document that lists the key of the list could not be had.",
            "Choices, Fails, or unknown",
            FORGED_LIST,
        ),
        // A bit that was set by a stranger proves no more than a clear one.
        case("status_list_with_a_forged_bit", &{
            let set = encoded(&gzip(&bits(BYTES, &[41])));
            unsigned_list(&council, "revocation", &set).sealed(&Seal::by(&stranger))
        })
        .never("status", "fails revoked")
        .because(
            "A list that is not genuine withdraws nothing either.",
            BITSTRING,
            "Anybody between us and the host could withdraw somebody's badge.",
        ),
    ]
}

fn unreachable() -> Vec<Case> {
    let council = council();
    let at = |url: &str| {
        Doc(entry("revocation", 41))
            .text("/statusListCredential", url)
            .0
    };
    let plain = "http://northmarch.badges.example.org/status/1";
    let loopback = "http://localhost:8080/status/1";
    let expired = badge_of(&council)
        .text("/validUntil", "2026-10-01T00:00:00Z")
        .with("/credentialStatus", entry("revocation", 41))
        .sealed(&Seal::by(&council));
    let list_at = |url: &str| {
        let list = list_of(&council, "revocation", &[]).remove("/proof");
        seal_list(&council, list.text("/id", url))
    };
    vec![
        badge_with(
            undecided("status_list_unreachable"),
            entry("revocation", 41),
        )
        .because(
            "The list could not be had: not checked is neither good nor withdrawn.",
            "Choices, Fails, or unknown",
            "A withdrawn badge would be relied on while a host is down.",
        )
        .finds("status", "unknown STATUS_RETRIEVAL_ERROR")
        .finds("dates", "holds ok")
        .outcome("status-unreachable"),
        on_badge(not_current("expired_and_status_unreachable"), &expired)
            .because(
                "An outage never hides an expiry.",
                "Choices, Verdicts",
                "Lapsed training would look undecided.",
            )
            .finds("dates", "fails expired")
            .finds("status", "unknown STATUS_RETRIEVAL_ERROR")
            .outcome("expired"),
        badge_with(undecided("status_list_over_plain_http"), at(plain))
            .net(plain, &list_at(plain))
            .because(
                "Anybody on the way can answer over plain http.",
                "Choices, Fails, or unknown; Limits, Asking for documents",
                "An old copy of the list could be put in its place.",
            )
            .finds("status", "unknown fetch_address_refused"),
        badge_with(accept("status_list_on_loopback_dev"), at(loopback))
            .dev()
            .net(loopback, &list_at(loopback))
            .because(
                "In development this machine is asked over plain http.",
                "Limits, Asking for documents",
                "Nobody could try withdrawal on one machine.",
            )
            .finds("status", "holds ok"),
        badge_with(undecided("status_list_on_loopback"), at(loopback))
            .net(loopback, &list_at(loopback))
            .because(
                "Outside development a badge may not make us ask this machine.",
                "Limits, Asking for documents",
                "A badge could reach services inside our network.",
            )
            .finds("status", "unknown fetch_address_refused"),
        badge_with(
            undecided("status_list_in_a_file"),
            at("file:///etc/status/1"),
        )
        .because(
            "Only https is asked.",
            "Limits, Asking for documents",
            "A badge could make us read our own files.",
        )
        .finds("status", "unknown fetch_address_refused"),
        badge_with(
            undecided("status_list_with_a_password"),
            at("https://admin:secret@northmarch.badges.example.org/status/1"),
        )
        .because(
            "An address with a user name in it is not asked.",
            "Limits, Asking for documents",
            "A badge could make us log in somewhere.",
        )
        .finds("status", "unknown fetch_address_refused"),
    ]
}
