//! Withdrawn, paused or neither: entries, lists, and what may be wrong with
//! them.

use super::case::Case;
use super::doc::{Doc, json};
use super::documents::*;
use super::gzip::gzip;
use super::keys::*;
use super::seal::Seal;
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use countersign::json::Value;

pub const LIST: &str = "https://northmarch.badges.example.org/status/1";

/// The fewest bytes a list may have.
const BYTES: usize = 16 * 1024;

const BITSTRING: &str = "Bitstring Status List 1.0 §3.2";
const WITHDRAWN_PASSES: &str = "A withdrawn badge would be relied on.";

/// A status entry of the list.
pub fn entry(purpose: &str, index: u32) -> Value<'static> {
    Doc::read(r#"{"type":"BitstringStatusListEntry"}"#)
        .text("/statusPurpose", purpose)
        .text("/statusListIndex", &index.to_string())
        .text("/statusListCredential", LIST)
        .0
}

/// Zeros with these bits set, counted from the left.
fn bits(bytes: usize, set: &[usize]) -> Vec<u8> {
    let mut bits = vec![0; bytes];
    for at in set {
        bits[at / 8] |= 0x80 >> (at % 8);
    }
    bits
}

fn encoded(compressed: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(compressed))
}

/// A list credential of `party`, not signed.
fn unsigned_list(party: &Party, purpose: &str, encoded: &str) -> Doc {
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

fn seal_list(party: &Party, list: Doc) -> Doc {
    list.sealed(&Seal::by(party).with("created", "\"2026-11-24T00:00:00Z\""))
}

/// A signed list with these bits set.
pub fn list_of(party: &Party, purpose: &str, set: &[usize]) -> Doc {
    let encoded = encoded(&gzip(&bits(BYTES, set)));
    seal_list(party, unsigned_list(party, purpose, &encoded))
}

/// A badge of the council with these entries, and the council's document.
fn badge_with(name: (&'static str, fn(&'static str) -> Case), entries: Value<'static>) -> Case {
    let council = council();
    let badge = badge_of(&council)
        .with("/credentialStatus", entries)
        .sealed(&Seal::by(&council));
    name.1(name.0)
        .badge(&badge)
        .net(COUNCIL_DOCUMENT, &council.document())
        .finds("proof", "holds ok")
}

type Named = (&'static str, fn(&'static str) -> Case);

const fn accept(name: &'static str) -> Named {
    (name, Case::accept)
}

const fn not_current(name: &'static str) -> Named {
    (name, Case::not_current)
}

const fn undecided(name: &'static str) -> Named {
    (name, Case::undecided)
}

/// Entry 41 for revocation, looked up in `list`.
fn looked_up(name: Named, list: &Doc) -> Case {
    badge_with(name, entry("revocation", 41)).net(LIST, list)
}

pub(super) fn cases() -> Vec<Case> {
    [
        answers(),
        information(),
        other_party(),
        several(),
        broken_lists(),
        encodings(),
        broken_proofs(),
        unreachable(),
        indexes(),
        shapes(),
    ]
    .concat()
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
fn seal_unmapped(entries: Value<'static>) -> Doc {
    let council = council();
    badge_of(&council)
        .with("/credentialStatus", entries)
        .sealed(&Seal::jcs(&council))
}

fn on_badge(name: Named, badge: &Doc) -> Case {
    name.1(name.0)
        .badge(badge)
        .net(COUNCIL_DOCUMENT, &council().document())
        .finds("proof", "holds ok")
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
    vec![
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
                "Choices, Fails, or unknown; Limits, fetching",
                "An old copy of the list could be put in its place.",
            )
            .finds("status", "unknown fetch_address_refused"),
        badge_with(accept("status_list_on_loopback_dev"), at(loopback))
            .dev()
            .net(loopback, &list_at(loopback))
            .because(
                "In development this machine is asked over plain http.",
                "Choices, development mode",
                "Nobody could try withdrawal on one machine.",
            )
            .finds("status", "holds ok"),
        badge_with(undecided("status_list_on_loopback"), at(loopback))
            .net(loopback, &list_at(loopback))
            .because(
                "Outside development a badge may not make us ask this machine.",
                "Limits, fetching",
                "A badge could reach services inside our network.",
            )
            .finds("status", "unknown fetch_address_refused"),
        badge_with(
            undecided("status_list_in_a_file"),
            at("file:///etc/status/1"),
        )
        .because(
            "Only https is asked.",
            "Limits, fetching",
            "A badge could make us read our own files.",
        )
        .finds("status", "unknown fetch_address_refused"),
        badge_with(
            undecided("status_list_with_a_password"),
            at("https://admin:secret@northmarch.badges.example.org/status/1"),
        )
        .because(
            "An address with a user name in it is not asked.",
            "Limits, fetching",
            "A badge could make us log in somewhere.",
        )
        .finds("status", "unknown fetch_address_refused"),
    ]
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
