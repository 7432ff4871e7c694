//! Whose badge it is, and who vouches for its issuer: neither makes a good
//! badge bad, unless the issuer is blocked.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::good::other_credential;
use super::keys::*;
use super::seal::Seal;
use sha2::{Digest, Sha256};

pub(super) fn cases() -> Vec<Case> {
    [
        matches(),
        no_matches(),
        recognised(),
        not_recognised(),
        orders(),
    ]
    .concat()
}

const HASH: &str = "Open Badges 3.0, Verify the Recipient Using an Identifier; Choices, The person";
const NOT_THEIRS: &str = "A badge of somebody else would be taken for that of the person.";
const TURNED_AWAY: &str = "A badge would be turned away because the person gave another address.";

fn identity(hashed: bool, value: &str, kind: &str, salt: &str) -> Doc {
    Doc::read(r#"{"type":"IdentityObject"}"#)
        .set("/hashed", if hashed { "true" } else { "false" })
        .text("/identityHash", value)
        .text("/identityType", kind)
        .text("/salt", salt)
}

/// A badge for the person with this identity only.
fn for_person(identity: &Doc) -> Doc {
    seal(
        badge()
            .remove("/credentialSubject/id")
            .with("/credentialSubject/identifier", vec![identity.0.clone()]),
    )
}

fn sha256(value: &str) -> String {
    let digest = Sha256::digest(value);
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256${digits}")
}

fn asked(name: &'static str, identity: &Doc, told: &str, finding: &'static str) -> Case {
    Case::accept(name)
        .badge(&for_person(identity))
        .recipient(told)
        .finds("person", finding)
        .finds("proof", "holds ok")
}

/// The MD5 of `jo@example.org`.
const MD5: &str = "md5$2c8f86700a53a302065c70f4099789fd";

const SALT: &str = "7f3c9d0e5b1a4c68a1d27b5e90f3c4d6";

fn hashed() -> Doc {
    identity(
        true,
        &sha256(&format!("jo@example.org{SALT}")),
        "emailAddress",
        SALT,
    )
}

fn matches() -> Vec<Case> {
    let holds: &'static str = "holds person-match";
    let md5 = identity(true, MD5, "emailAddress", "");
    let upper = {
        let hash = sha256(&format!("jo@example.org{SALT}"));
        let (_, digits) = hash.split_once('$').expect("a hash");
        identity(
            true,
            &format!("sha256${}", digits.to_uppercase()),
            "emailAddress",
            SALT,
        )
    };
    let two = seal(badge().with(
        "/credentialSubject/identifier",
        vec![identity(false, "L0042", "systemId", "").0, hashed().0],
    ));
    vec![
        asked(
            "person_by_hashed_address",
            &hashed(),
            "jo@example.org",
            holds,
        )
        .because(
            "The hash of address and salt is the one in the badge.",
            HASH,
            TURNED_AWAY,
        ),
        asked(
            "person_by_hashed_address_in_capitals",
            &hashed(),
            "Jo@Example.org",
            holds,
        )
        .because(
            "The address is tried as entered and in lower case.",
            HASH,
            TURNED_AWAY,
        ),
        asked(
            "person_by_hash_in_capitals",
            &upper,
            "jo@example.org",
            holds,
        )
        .because(
            "The digits of a hash may be of either case.",
            HASH,
            TURNED_AWAY,
        ),
        asked("person_by_md5_without_salt", &md5, "jo@example.org", holds).because(
            "Old hashes are read, and never issued.",
            HASH,
            TURNED_AWAY,
        ),
        asked(
            "person_by_plain_number",
            &identity(false, "L0042", "systemId", ""),
            "L0042",
            holds,
        )
        .because(
            "An identifier in the open is compared as it is.",
            HASH,
            TURNED_AWAY,
        ),
        Case::accept("person_by_identifier")
            .badge(&signed())
            .recipient(&learner().id)
            .because(
                "The person's own identifier is that of the subject.",
                HASH,
                TURNED_AWAY,
            )
            .finds("person", holds),
        Case::accept("person_by_the_second_identity")
            .badge(&two)
            .recipient("jo@example.org")
            .because("Every identity in the badge is tried.", HASH, TURNED_AWAY)
            .finds("person", holds),
    ]
}

fn no_matches() -> Vec<Case> {
    let letter = other_credential().set("/credentialSubject", r#"{"name":"Letter"}"#);
    let fails: &'static str = "fails person-no-match";
    let wrong_salt = identity(true, &sha256("jo@example.orgother"), "emailAddress", SALT);
    let salt_first = identity(
        true,
        &sha256(&format!("{SALT}jo@example.org")),
        "emailAddress",
        SALT,
    );
    let plain_marked_hashed = identity(true, "jo@example.org", "emailAddress", "");
    let hash_in_the_open = identity(false, &sha256("jo@example.org"), "emailAddress", "");
    vec![
        asked("person_is_another", &hashed(), "sam@example.org", fails).because(
            "The badge is for another address; that is told, and the badge stays good.",
            HASH,
            NOT_THEIRS,
        ),
        asked(
            "person_with_another_salt",
            &wrong_salt,
            "jo@example.org",
            fails,
        )
        .because("The hash was made with another salt.", HASH, NOT_THEIRS),
        asked(
            "person_with_salt_first",
            &salt_first,
            "jo@example.org",
            fails,
        )
        .because("The value comes first, then the salt.", HASH, NOT_THEIRS),
        asked(
            "person_address_marked_as_hash",
            &plain_marked_hashed,
            "jo@example.org",
            fails,
        )
        .notes(&["identity_hash_malformed"])
        .because(
            "What is marked as a hash is compared as a hash.",
            HASH,
            NOT_THEIRS,
        ),
        asked(
            "person_hash_not_marked",
            &hash_in_the_open,
            "jo@example.org",
            fails,
        )
        .because(
            "What is not marked as a hash is compared as it is.",
            HASH,
            NOT_THEIRS,
        ),
        asked(
            "person_number_as_address",
            &identity(false, "jo@example.org", "userName", ""),
            "jo@example.org",
            fails,
        )
        .because(
            "An address is compared with addresses only.",
            HASH,
            NOT_THEIRS,
        ),
        Case::accept("person_not_named")
            .badge(&seal(letter))
            .recipient("jo@example.org")
            .because(
                "A credential that names nobody is about nobody in particular; that is not a match.",
                HASH,
                "Anybody could show the credential as their own.",
            )
            .finds("person", "unknown person-not-named"),
        Case::accept("person_not_asked")
            .badge(&signed())
            .because(
                "Nobody asked whose it is, and nothing is said.",
                HASH,
                "A badge would seem to be about the person who sent it.",
            )
            .finds("person", "not_reached person-not-checked"),
        Case::not_current("person_matches_and_expired")
            .badge(&seal(badge().text("/validUntil", "2026-06-01T00:00:00Z")))
            .recipient(&learner().id)
            .because(
                "That the person matches does not make up for the end.",
                HASH,
                "Lapsed training would be relied on.",
            )
            .finds("person", "holds person-match")
            .finds("dates", "fails expired"),
    ]
}

/// What one council has written down about others.
const TRUST: &str = r#"{
  "viewpoint": "NCC",
  "entries": [
    {"issuer": "NCC", "did": "did:web:northmarch.badges.example.org", "nameInOurList": "Northmarch County Council workforce development", "status": "own", "since": "2024-09-01", "reviewDue": null, "howChecked": "This is us"},
    {"issuer": "VCC", "did": "did:web:severnhythe.badges.example.org", "nameInOurList": "Severnhythe County Council", "status": "trusted", "since": "2025-03-04", "reviewDue": "2027-03-04", "howChecked": "Phone call"},
    {"issuer": "TWC", "did": "did:web:temewater.badges.example.org", "nameInOurList": "Temewater College", "status": "trusted", "since": "2025-05-12", "reviewDue": "2026-05-12", "howChecked": "Review is overdue"},
    {"issuer": "BLT", "did": "did:web:brightlantern.badges.example.org", "nameInOurList": "Bright Lantern Training", "status": "trusted-for-some", "limitedTo": ["moving"], "since": "2025-06-01", "reviewDue": "2027-06-01", "howChecked": "Only for moving and handling"},
    {"issuer": "MCA", "did": "did:web:marchlands.badges.example.org", "nameInOurList": "Marchlands Care Association", "status": "known-through-list", "since": "2025-07-01", "reviewDue": null, "howChecked": "On a list"},
    {"issuer": "STC", "did": "did:web:strathlorn.badges.example.org", "nameInOurList": "Strathlorn Council", "status": "known", "since": "2026-01-15", "reviewDue": null, "howChecked": "Not mapped to our courses"},
    {"issuer": "FTP", "did": "did:web:fenmoor.badges.example.org", "nameInOurList": "Fenmoor Training Partnership (closed)", "status": "closed", "since": "2024-07-31", "reviewDue": null, "howChecked": "Records kept by us"},
    {"issuer": "XNC", "did": "did:web:northmarch-badges.example.net", "nameInOurList": null, "status": "blocked", "since": "2026-10-02", "reviewDue": null, "howChecked": "Pretends to be us"},
    {"issuer": "XQC", "did": "did:web:quickcert.example.net", "nameInOurList": "QuickCert Online", "status": "unknown", "since": null, "reviewDue": null, "howChecked": "Nobody has checked it"}
  ],
  "lists": [
    {"name": "County circle", "publisher": "VCC", "members": ["MCA"], "updated": "2026-11-01", "subscribed": true}
  ]
}
"#;

/// A good badge of an organisation on the web, checked with the trust file.
fn by_host(
    case: fn(&'static str) -> Case,
    name: &'static str,
    host: &str,
    change: fn(Doc) -> Doc,
) -> Case {
    let party = Party::at(&format!("did:web:{host}"), ed25519(host));
    let badge = change(badge_of(&party)).sealed(&Seal::by(&party));
    case(name)
        .badge(&badge)
        .net(
            &format!("https://{host}/.well-known/did.json"),
            &party.document(),
        )
        .file("trust.json", TRUST)
        .finds("proof", "holds ok")
}

fn named(badge: Doc) -> Doc {
    badge.text("/issuer/name", "Willow Bank Home Care")
}

const LISTED: &str = "Choices, Recognition; trust file of the one who checks";

fn recognised() -> Vec<Case> {
    const DOUBTED: &str = "A badge of a recognised organisation would be doubted.";
    let case = |name, host| by_host(Case::accept, name, host, named);
    vec![
        case("issuer_own", "northmarch.badges.example.org")
            .because("It is ours.", LISTED, DOUBTED)
            .finds("recognition", "holds issuer_own")
            .outcome("current"),
        case("issuer_trusted", "severnhythe.badges.example.org")
            .because("Somebody of ours made sure who it is.", LISTED, DOUBTED)
            .finds("recognition", "holds issuer_recognised")
            .outcome("current"),
        case(
            "issuer_trusted_review_overdue",
            "temewater.badges.example.org",
        )
        .because(
            "A review that is overdue is a note; the answer stays.",
            LISTED,
            DOUBTED,
        )
        .finds("recognition", "holds issuer_recognised")
        .notes(&["review_overdue"]),
        case(
            "issuer_trusted_through_a_list",
            "marchlands.badges.example.org",
        )
        .because(
            "A list of an organisation we recognise has it.",
            LISTED,
            DOUBTED,
        )
        .finds("recognition", "holds issuer_recognised"),
        case(
            "issuer_trusted_for_this",
            "brightlantern.badges.example.org",
        )
        .because(
            "Recognised for some badges, and this is one of them.",
            LISTED,
            DOUBTED,
        )
        .finds("recognition", "holds issuer_recognised_for_this")
        .outcome("current"),
        case("issuer_closed", "fenmoor.badges.example.org")
            .because(
                "The organisation was recognised and has closed; what it issued stays good.",
                LISTED,
                DOUBTED,
            )
            .finds("recognition", "holds issuer_closed")
            .outcome("issuer-closed"),
    ]
}

fn other_achievement(badge: Doc) -> Doc {
    named(badge).text(
        "/credentialSubject/achievement/id",
        "https://brightlantern.example.org/achievements/medicines",
    )
}

fn in_our_name(badge: Doc) -> Doc {
    badge.text("/issuer/name", "Northmarch  COUNTY C0uncil Ltd")
}

fn not_recognised() -> Vec<Case> {
    const BELIEVED: &str = "Genuine would be read as recognised.";
    vec![
        by_host(
            Case::accept,
            "issuer_not_listed",
            "letters.example.net",
            named,
        )
        .because(
            "The organisation is not in the file; the badge is genuine all the same.",
            LISTED,
            BELIEVED,
        )
        .finds("recognition", "unknown issuer_not_listed")
        .outcome("unknown-issuer"),
        by_host(
            Case::accept,
            "issuer_listed_as_unknown",
            "quickcert.example.net",
            named,
        )
        .because("Nobody has checked it.", LISTED, BELIEVED)
        .finds("recognition", "unknown issuer_not_listed")
        .outcome("unknown-issuer"),
        by_host(
            Case::accept,
            "issuer_known",
            "strathlorn.badges.example.org",
            named,
        )
        .because(
            "A real organisation, whose badges mean nothing here.",
            LISTED,
            BELIEVED,
        )
        .finds("recognition", "unknown issuer_known")
        .outcome("unknown-issuer"),
        by_host(
            Case::accept,
            "issuer_limited",
            "brightlantern.badges.example.org",
            other_achievement,
        )
        .because(
            "Recognised for other badges than this one.",
            LISTED,
            "A provider would be trusted for what it is not trusted for.",
        )
        .finds("recognition", "unknown issuer_limited")
        .outcome("limited-issuer"),
        by_host(
            Case::accept,
            "issuer_name_clash",
            "northmarch.letters.example.net",
            in_our_name,
        )
        .because(
            "A stranger goes by nearly the name of the council; the headline warns.",
            "Choices, Trust files",
            "A look-alike would pass for the council.",
        )
        .finds("recognition", "fails issuer_name_clash")
        .outcome("name-clash"),
        by_host(
            Case::not_current,
            "issuer_blocked",
            "northmarch-badges.example.net",
            in_our_name,
        )
        .because(
            "The file blocks the issuer: the one answer here that rejects.",
            "Choices, Recognition",
            "A known impostor's badge would be accepted.",
        )
        .finds("recognition", "fails issuer_blocked")
        .outcome("blocked-issuer"),
        Case::accept("nobody_asked_who_vouches")
            .badge(&signed())
            .because(
                "Without a trust file nobody was asked, which is no answer.",
                "Choices, Recognition",
                "Silence would be read as recognition.",
            )
            .finds("recognition", "not_reached not_asked")
            .outcome("current"),
    ]
}

/// What comes first when several things are to be said.
fn orders() -> Vec<Case> {
    const ORDER: &str = "Outcomes, order of precedence";
    fn ended(badge: Doc) -> Doc {
        named(badge).text("/validUntil", "2026-06-01T00:00:00Z")
    }
    let https = {
        let id = "https://northmarch-badges.example.net";
        let party = Party::at(id, ed25519("impostor"));
        let badge = badge_of(&party).sealed(&Seal::by(&party));
        Case::not_current("issuer_blocked_under_its_https_name")
            .badge(&badge)
            .net(
                "https://northmarch-badges.example.net/index",
                &party.document(),
            )
            .file("trust.json", TRUST)
            .finds("proof", "holds ok")
    };
    let case =
        |name, host| by_host(Case::not_current, name, host, ended).finds("dates", "fails expired");
    vec![
        case("unknown_issuer_and_expired", "letters.example.net")
            .because(
                "Genuine is never said of an organisation that we do not recognise; the date still says expired.",
                ORDER,
                "An expired badge of a stranger would be called genuine.",
            )
            .outcome("unknown-issuer"),
        case("issuer_closed_and_expired", "fenmoor.badges.example.org")
            .because("The end of the badge comes before the end of its issuer.", ORDER, "Lapsed training would be relied on.")
            .outcome("expired"),
        https
            .because(
                "Blocking looks past how an id is spelled: the https form is the same host.",
                "Choices, Trust files",
                "A blocked impostor would only have to write its name otherwise.",
            )
            .finds("recognition", "fails issuer_blocked")
            .outcome("blocked-issuer"),
    ]
}
