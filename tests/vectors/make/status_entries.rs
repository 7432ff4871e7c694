//! Indexes that could be read in two ways, and entries that lack a member.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use super::status::*;
use countersign::json::Value;

pub(super) fn cases() -> Vec<Case> {
    [indexes(), shapes()].concat()
}

fn indexes() -> Vec<Case> {
    const SOMEBODY_ELSE: &str = "The entry of somebody else would be read.";
    let clear = list_of(&council(), "revocation", &[]);
    let set = list_of(&council(), "revocation", &[41]);
    let index = |text: &str| Doc(entry("revocation", 0)).set("/statusListIndex", text).0;
    let case = |name: Named, text: &str, list: &Doc| badge_with(name, index(text)).net(LIST, list);
    let jcs =
        |name: Named, text: &str| on_badge(name, &seal_unmapped(index(text))).net(LIST, &clear);
    let shape = |name, text: &str| {
        let council = council();
        let badge = badge_of(&council)
            .with("/credentialStatus", index(text))
            .sealed(&Seal::jcs(&council));
        Case::forged(name)
            .badge(&badge)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(LIST, &clear)
            .finds("shape", "fails schema_invalid")
            .because(
                "The index is no number: a member of the badge is malformed.",
                "Bitstring Status List 1.0 §2.1, statusListIndex; Choices, An index written 007",
                SOMEBODY_ELSE,
            )
    };
    vec![
        case(undecided("status_index_out_of_range"), "\"131072\"", &clear)
            .because("The list ends before that entry.", BITSTRING, "An entry that is not there would be taken for clear.")
            .finds("status", "unknown RANGE_ERROR"),
        jcs(undecided("status_index_beyond_64_bits"), "\"99999999999999999999999999\"")
            .because(
                "The standard says an integer of any size, and the list ends before it: out of range, not malformed.",
                "Bitstring Status List 1.0 §2.1, statusListIndex",
                "A badge with a wrong index would be called forged, or the number be cut down to an entry of somebody else.",
            )
            .finds("status", "unknown RANGE_ERROR"),
        case(undecided("status_index_007"), "\"007\"", &clear)
            .because(
                "Leading zeros: octal to some readers.",
                "Choices, An index written 007",
                SOMEBODY_ELSE,
            )
            .finds("status", "unknown MALFORMED_VALUE_ERROR"),
        case(accept("status_index_as_number"), "40", &set)
            .because(
                "Published badges have the index as a JSON number.",
                "Choices, An index written 007",
                "Honest badges would stay undecided.",
            )
            .finds("status", "holds ok"),
        case(not_current("status_index_as_number_revoked"), "41", &set)
            .because("The same number, and its entry is set.", BITSTRING, WITHDRAWN_PASSES)
            .finds("status", "fails revoked"),
        shape("status_index_41abc", "\"41abc\""),
        shape("status_index_41_9", "41.9"),
        shape("status_index_41_9_as_text", "\"41.9\""),
        shape("status_index_negative", "\"-41\""),
        shape("status_index_empty", "\"\""),
        shape("status_index_with_a_blank", "\" 41\""),
    ]
}

fn shapes() -> Vec<Case> {
    let council = council();
    let clear = list_of(&council, "revocation", &[]);
    let shape = |name: Named, entry: Value<'static>| {
        on_badge(name, &seal_unmapped(entry)).net(LIST, &clear)
    };
    let without = |member: &str| Doc(entry("revocation", 41)).remove(member).0;
    let broken = |name, entry: Value<'static>| {
        let badge = badge_of(&council)
            .with("/credentialStatus", entry)
            .sealed(&Seal::jcs(&council));
        Case::forged(name)
            .badge(&badge)
            .net(COUNCIL_DOCUMENT, &council.document())
            .net(LIST, &clear)
            .finds("shape", "fails credential_shape")
            .because(
                "The entry of the signed badge lacks a member that it must have, or has it in another form.",
                "Bitstring Status List 1.0 §2.1",
                "A status that cannot be looked up would be passed over.",
            )
    };
    let both = Doc(entry("revocation", 41)).set(
        "/type",
        r#"["BitstringStatusListEntry","StatusList2021Entry"]"#,
    );
    vec![
        broken(
            "status_entry_without_list",
            without("/statusListCredential"),
        ),
        broken("status_entry_without_purpose", without("/statusPurpose")),
        broken("status_entry_without_index", without("/statusListIndex")),
        broken("status_entry_without_type", without("/type")),
        broken("status_is_text", Value::from(LIST)),
        shape(undecided("status_entry_of_two_kinds"), both.0)
            .because(
                "An entry that claims to be of two kinds could be looked up in two ways.",
                "Choices, Small cases about status",
                "Two readers would look in two places.",
            )
            .finds("status", "unknown MALFORMED_VALUE_ERROR"),
    ]
}
