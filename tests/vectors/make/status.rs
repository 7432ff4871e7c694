//! Withdrawn, paused or neither: entries, lists, and what may be wrong with
//! them.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::gzip::gzip;
use super::keys::*;
use super::seal::Seal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::json::Value;

pub const LIST: &str = "https://northmarch.badges.example.org/status/1";

/// The fewest bytes a list may have.
pub const BYTES: usize = 16 * 1024;

pub const BITSTRING: &str = "Bitstring Status List 1.0 §3.2";
pub const WITHDRAWN_PASSES: &str = "A withdrawn badge would be relied on.";

/// A status entry of the list.
pub fn entry(purpose: &str, index: u32) -> Value<'static> {
    Doc::read(r#"{"type":"BitstringStatusListEntry"}"#)
        .text("/statusPurpose", purpose)
        .text("/statusListIndex", &index.to_string())
        .text("/statusListCredential", LIST)
        .0
}

/// Zeros with these bits set, counted from the left.
pub fn bits(bytes: usize, set: &[usize]) -> Vec<u8> {
    let mut bits = vec![0; bytes];
    for at in set {
        bits[at / 8] |= 0x80 >> (at % 8);
    }
    bits
}

pub fn encoded(compressed: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(compressed))
}

/// A list credential of `party`, not signed.
pub fn unsigned_list(party: &Party, purpose: &str, encoded: &str) -> Doc {
    Doc::read(
        r#"{
          "@context": ["https://www.w3.org/ns/credentials/v2"],
          "id": "",
          "type": ["VerifiableCredential", "BitstringStatusListCredential"],
          "issuer": "",
          "validFrom": "2026-11-24T00:00:00Z",
          "validUntil": "2026-12-01T00:00:00Z",
          "credentialSubject": {"id": "", "type": "BitstringStatusList", "statusPurpose": "", "encodedList": ""}
        }"#,
    )
    .text("/id", LIST)
    .text("/issuer", &party.id)
    .text("/credentialSubject/id", &format!("{LIST}#list"))
    .text("/credentialSubject/statusPurpose", purpose)
    .text("/credentialSubject/encodedList", encoded)
}

pub fn seal_list(party: &Party, list: Doc) -> Doc {
    list.sealed(&Seal::by(party).with("created", "\"2026-11-24T00:00:00Z\""))
}

/// A signed list with these bits set.
pub fn list_of(party: &Party, purpose: &str, set: &[usize]) -> Doc {
    let encoded = encoded(&gzip(&bits(BYTES, set)));
    seal_list(party, unsigned_list(party, purpose, &encoded))
}

/// A badge of the council with these entries, and the council's document.
pub fn badge_with(name: (&'static str, fn(&'static str) -> Case), entries: Value<'static>) -> Case {
    let council = council();
    let badge = badge_of(&council)
        .with("/credentialStatus", entries)
        .sealed(&Seal::by(&council));
    name.1(name.0)
        .badge(&badge)
        .net(COUNCIL_DOCUMENT, &council.document())
        .finds("proof", "holds ok")
}

pub type Named = (&'static str, fn(&'static str) -> Case);

pub const fn accept(name: &'static str) -> Named {
    (name, Case::accept)
}

pub const fn not_current(name: &'static str) -> Named {
    (name, Case::not_current)
}

pub const fn undecided(name: &'static str) -> Named {
    (name, Case::undecided)
}

/// Entry 41 for revocation, looked up in `list`.
pub fn looked_up(name: Named, list: &Doc) -> Case {
    badge_with(name, entry("revocation", 41)).net(LIST, list)
}

pub(super) fn cases() -> Vec<Case> {
    [answers(), information(), other_party(), several()].concat()
}

fn answers() -> Vec<Case> {
    let council = council();
    vec![
        looked_up(accept("status_not_set"), &list_of(&council, "revocation", &[40, 42]))
            .because(
                "The entry is not set; its neighbours are.",
                BITSTRING,
                "An honest badge would be turned away.",
            )
            .finds("status", "holds ok")
            .outcome("current"),
        looked_up(not_current("status_revoked"), &list_of(&council, "revocation", &[41]))
            .because("The issuer withdrew the badge.", BITSTRING, WITHDRAWN_PASSES)
            .finds("status", "fails revoked")
            .outcome("withdrawn"),
        badge_with(not_current("status_suspended"), entry("suspension", 41))
            .net(LIST, &list_of(&council, "suspension", &[41]))
            .because(
                "The issuer paused the badge.",
                BITSTRING,
                "A badge would be relied on while a complaint is looked into.",
            )
            .finds("status", "fails suspended")
            .outcome("paused"),
        badge_with(not_current("status_first_entry_revoked"), entry("revocation", 0))
            .net(LIST, &list_of(&council, "revocation", &[0]))
            .because(
                "Entry 0 is the left-most bit of the first byte.",
                "Bitstring Status List 1.0 §2.2",
                WITHDRAWN_PASSES,
            )
            .finds("status", "fails revoked"),
        badge_with(not_current("status_last_entry_revoked"), entry("revocation", 131_071))
            .net(LIST, &list_of(&council, "revocation", &[131_071]))
            .because(
                "The last entry is in the list.",
                "Bitstring Status List 1.0 §2.2",
                WITHDRAWN_PASSES,
            )
            .finds("status", "fails revoked"),
        Case::accept("status_none")
            .badge(&signed())
            .because(
                "A badge without a status entry says so in a note; there is nothing to check.",
                "Open Badges 3.0, credentialStatus; Choices, Small cases about status",
                "An honest badge would be turned away, or one without a way to withdraw it look checked.",
            )
            .finds("status", "not_applicable no_status")
            .notes(&["no_status"]),
    ]
}

fn information() -> Vec<Case> {
    let council = council();
    let message = Doc(entry("message", 41))
        .set(
            "/statusMessage",
            r#"[{"status":"0x0","message":"no note"},{"status":"0x1","message":"a new edition of the course is out"}]"#,
        );
    let four = |purpose: &str| {
        Doc(entry(purpose, 41)).set("/statusSize", "2").set(
            "/statusMessage",
            r#"[{"status":"0x0","message":"in order"},{"status":"0x1","message":"under review"},{"status":"0x2","message":"replaced"},{"status":"0x3","message":"undefined"}]"#,
        )
    };
    let two_bits = |purpose: &str, set: &[usize]| {
        let encoded = encoded(&gzip(&bits(2 * BYTES, set)));
        seal_list(&council, unsigned_list(&council, purpose, &encoded))
    };
    let note = |case: Case| {
        case.finds("status", "holds ok")
            .notes(&["status_information"])
    };
    vec![
        note(
            badge_with(accept("status_message_set"), message.0)
                .net(LIST, &list_of(&council, "message", &[41])),
        )
        .because(
            "A message is information; the badge stays as it is.",
            "Bitstring Status List 1.0 §2.1; Choices, A list of another party",
            "A badge would be turned away for a remark.",
        ),
        note(
            badge_with(accept("status_refresh_set"), entry("refresh", 41))
                .net(LIST, &list_of(&council, "refresh", &[41])),
        )
        .because(
            "That a newer copy can be had does not make this one bad.",
            "Bitstring Status List 1.0 §2.1",
            "A badge would be turned away because there is a newer one.",
        ),
        note(
            badge_with(accept("status_of_two_bits"), four("message").0)
                .net(LIST, &two_bits("message", &[82])),
        )
        .because(
            "An entry of two bits is read from left to right: bits 82 and 83 say 2.",
            "Bitstring Status List 1.0 §3.2",
            "The entry of somebody else would be read.",
        ),
        badge_with(
            not_current("status_of_two_bits_revoked"),
            four("revocation").0,
        )
        .net(LIST, &two_bits("revocation", &[83]))
        .because(
            "Any value but 0 of a revocation entry is a withdrawal.",
            "Bitstring Status List 1.0 §3.2",
            WITHDRAWN_PASSES,
        )
        .finds("status", "fails revoked"),
        badge_with(
            undecided("status_of_two_bits_without_messages"),
            Doc(entry("message", 41)).set("/statusSize", "2").0,
        )
        .net(LIST, &two_bits("message", &[82]))
        .because(
            "Beyond one bit the entry must say what its values mean.",
            "Bitstring Status List 1.0 §2.1, statusMessage",
            "A value nobody explains would be taken for good.",
        )
        .finds("status", "unknown MALFORMED_VALUE_ERROR"),
        looked_up(accept("status_list_of_two_purposes"), &{
            let list = unsigned_list(&council, "", &encoded(&gzip(&bits(BYTES, &[]))));
            seal_list(
                &council,
                list.set(
                    "/credentialSubject/statusPurpose",
                    r#"["revocation","suspension"]"#,
                ),
            )
        })
        .because(
            "A list may be kept for several purposes; one of them is meant.",
            "Bitstring Status List 1.0 §2.2, statusPurpose",
            "An honest badge would stay undecided.",
        )
        .finds("status", "holds ok"),
    ]
}

fn other_party() -> Vec<Case> {
    const OTHERS: &str = "Choices, A list of another party";
    let keeper = stranger();
    let clear = list_of(&keeper, "revocation", &[]);
    let set = list_of(&keeper, "revocation", &[41]);
    vec![
        looked_up(accept("status_by_other_party"), &clear)
            .because(
                "The signed badge names the list, so a genuine list there counts, and the report says whose it is.",
                OTHERS,
                "Badges of issuers whose lists a service keeps would stay undecided.",
            )
            .finds("status", "holds ok")
            .notes(&["status_by_other_party"]),
        looked_up(not_current("status_by_other_party_revoked"), &set)
            .because("A set bit always counts, whoever keeps the list.", OTHERS, WITHDRAWN_PASSES)
            .finds("status", "fails revoked")
            .notes(&["status_by_other_party"]),
        looked_up(undecided("status_by_other_party_strict"), &clear)
            .own_status_lists_only()
            .because(
                "Who checks may ask for the issuer's own list; another's does not settle it then.",
                OTHERS,
                "Somebody else could keep a badge alive that its issuer withdrew.",
            )
            .finds("status", "unknown status_by_other_party"),
        looked_up(not_current("status_by_other_party_strict_revoked"), &set)
            .own_status_lists_only()
            .because("A set bit counts under the strict policy too.", OTHERS, WITHDRAWN_PASSES)
            .finds("status", "fails revoked"),
    ]
}

fn several() -> Vec<Case> {
    const ALL: &str = "Choices, Small cases about status; Open Badges 3.0, credentialStatus";
    const SECOND: &str = "https://northmarch.badges.example.org/status/2";
    let council = council();
    let second = Doc(entry("suspension", 7))
        .text("/statusListCredential", SECOND)
        .0;
    let pair = || Value::Array(vec![entry("revocation", 41), second.clone()]);
    let paused = |set: &[usize]| {
        let list = list_of(&council, "suspension", set).remove("/proof");
        seal_list(&council, list.text("/id", SECOND))
    };
    let clear = list_of(&council, "revocation", &[]);
    let revoked = list_of(&council, "revocation", &[41]);
    let unknown = json(
        r#"{"id":"https://northmarch.badges.example.org/status/9","type":"CredentialStatusList2017"}"#,
    );
    let with_unknown =
        || seal_unmapped(Value::Array(vec![unknown.clone(), entry("revocation", 41)]));
    let nine: Vec<Value<'static>> = (0..9).map(|at| entry("revocation", at)).collect();
    vec![
        badge_with(accept("status_two_entries"), pair())
            .net(LIST, &clear)
            .net(SECOND, &paused(&[]))
            .because(
                "Both entries are looked up, and neither is set.",
                ALL,
                "An honest badge would be turned away.",
            )
            .finds("status", "holds ok"),
        badge_with(not_current("status_second_entry_suspended"), pair())
            .net(LIST, &clear)
            .net(SECOND, &paused(&[7]))
            .because(
                "The second of two entries is set.",
                ALL,
                "A paused badge would be relied on, because only the first entry was read.",
            )
            .finds("status", "fails suspended")
            .outcome("paused"),
        badge_with(not_current("status_revoked_and_suspended"), pair())
            .net(LIST, &revoked)
            .net(SECOND, &paused(&[7]))
            .because(
                "Withdrawn is worse than paused.",
                ALL,
                "A withdrawn badge would look as if it might come back.",
            )
            .finds("status", "fails revoked")
            .outcome("withdrawn"),
        badge_with(undecided("status_second_list_unreachable"), pair())
            .net(LIST, &clear)
            .because(
                "One of two lists could not be had.",
                ALL,
                "A paused badge would be relied on while a host is down.",
            )
            .finds("status", "unknown STATUS_RETRIEVAL_ERROR")
            .outcome("status-unreachable"),
        badge_with(not_current("status_revoked_and_second_unreachable"), pair())
            .net(LIST, &revoked)
            .because(
                "A known bad fact beats an unknown.",
                "Choices, Verdicts",
                "A withdrawn badge would be undecided while a host is down.",
            )
            .finds("status", "fails revoked"),
        on_badge(
            undecided("status_unknown_type_beside_a_clear_one"),
            &with_unknown(),
        )
        .net(LIST, &clear)
        .because(
            "The entry of an unknown kind may say withdrawn.",
            ALL,
            "A withdrawn badge would be relied on, because one entry was passed over.",
        )
        .finds("status", "unknown status_type_unknown"),
        on_badge(
            not_current("status_unknown_type_beside_a_revoked_one"),
            &with_unknown(),
        )
        .net(LIST, &revoked)
        .because("The known entry is set.", ALL, WITHDRAWN_PASSES)
        .finds("status", "fails revoked"),
        on_badge(undecided("status_unknown_type"), &seal_unmapped(unknown))
            .because(
                "A kind of status that we do not know may say anything.",
                "Choices, Small cases about status",
                WITHDRAWN_PASSES,
            )
            .finds("status", "unknown status_type_unknown")
            .outcome("status-unreachable"),
        badge_with(undecided("status_nine_entries"), Value::Array(nine))
            .net(LIST, &clear)
            .because(
                "More entries than are looked up: a limit is not the badge's fault.",
                "Limits",
                "One badge could make the checker ask for any number of lists.",
            )
            .finds("status", "unknown status_too_many"),
    ]
}

/// A badge whose entry has a type that no context maps: signed as JSON.
pub fn seal_unmapped(entries: Value<'static>) -> Doc {
    let council = council();
    badge_of(&council)
        .with("/credentialStatus", entries)
        .sealed(&Seal::jcs(&council))
}

pub fn on_badge(name: Named, badge: &Doc) -> Case {
    name.1(name.0)
        .badge(badge)
        .net(COUNCIL_DOCUMENT, &council().document())
        .finds("proof", "holds ok")
}
