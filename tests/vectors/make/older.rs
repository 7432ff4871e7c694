//! Badges of Open Badges 1 and 2.

use super::case::Case;
use super::doc::Doc;
use super::keys::rsa;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const HOST: &str = "https://badges.northmarch.example.org";
const ASSERTION: &str = "https://badges.northmarch.example.org/a/1";
const DESIGN: &str = "https://badges.northmarch.example.org/b/first-aid";
const ISSUER: &str = "https://badges.northmarch.example.org/issuer";
const HOSTED: &str = "Open Badges 2.0, Verification of Hosted Badges";
const SIGNED: &str = "Open Badges 2.0, Verification of Signed Badges";
const WRITTEN: &str = "Anybody could write a badge of the council.";
const AWAY: &str = "Honest badges of older software would be turned away.";

fn assertion() -> Doc {
    Doc::read(
        r#"{
          "@context": "https://w3id.org/openbadges/v2",
          "type": "Assertion",
          "id": "",
          "recipient": {"type": "email", "hashed": true, "salt": "Kosher", "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"},
          "badge": "",
          "verification": {"type": "HostedBadge"},
          "issuedOn": "2026-03-01T09:00:00Z"
        }"#,
    )
    .text("/id", ASSERTION)
    .text("/badge", DESIGN)
}

fn design() -> Doc {
    Doc::read(
        r#"{
          "@context": "https://w3id.org/openbadges/v2",
          "type": "BadgeClass",
          "id": "",
          "name": "First aid at work",
          "description": "Three days of practice.",
          "image": "https://badges.northmarch.example.org/b/first-aid.png",
          "criteria": {"narrative": "Pass the practical."},
          "issuer": ""
        }"#,
    )
    .text("/id", DESIGN)
    .text("/issuer", ISSUER)
}

fn issuer() -> Doc {
    Doc::read(
        r#"{
          "@context": "https://w3id.org/openbadges/v2",
          "type": "Issuer",
          "id": "",
          "name": "Northmarch County Council",
          "url": "https://northmarch.example.org",
          "email": "badges@northmarch.example.org"
        }"#,
    )
    .text("/id", ISSUER)
}

/// What the host serves: the assertion, the design and the issuer.
fn served(case: Case, assertion: &Doc) -> Case {
    case.net(ASSERTION, assertion)
        .net(DESIGN, &design())
        .net(ISSUER, &issuer())
}

fn hosted(case: Case) -> Case {
    served(case.badge(&assertion()), &assertion())
}

pub(super) fn cases() -> Vec<Case> {
    [hosted_good(), hosted_bad(), hosted_unknown(), signed()].concat()
}

fn hosted_good() -> Vec<Case> {
    let claimed = assertion().text("/badge", "https://attacker.example.net/b/diploma");
    let moodle = {
        let at = format!("{HOST}/badges/assertion.php?b=7c1d&obversion=v2p0");
        let assertion = assertion()
            .text("/id", &at)
            .moved("/verification", "/verify")
            .set("/verify/type", "\"hosted\"")
            .text("/verify/url", &at)
            .set(
                "/recipient",
                r#"{"type":"email","hashed":true,"identity":"jo@example.org"}"#,
            );
        let path =
            "net/badges.northmarch.example.org/badges/assertion.php%3Fb=7c1d&obversion=v2p0.json";
        Case::accept("older_moodle")
            .badge(&assertion)
            .file(path, assertion.to_bytes())
            .net(DESIGN, &design())
            .net(ISSUER, &issuer())
            .recipient("jo@example.org")
    };
    let accept = |case: Case| {
        case.finds("proof", "holds hosted")
            .finds("issuer", "holds")
            .outcome("older-version")
    };
    vec![
        accept(hosted(Case::accept("older_hosted")))
            .because("The host serves the badge, and the issuer says that its badges are there.", HOSTED, AWAY)
            .shows("name", "First aid at work"),
        accept(served(Case::accept("older_by_its_address").text(&format!("{ASSERTION}\n")), &assertion()))
            .because("The address of a hosted badge is enough.", HOSTED, AWAY),
        accept(served(Case::accept("older_hosted_with_other_words").badge(&claimed), &assertion()))
            .because(
                "Of what was handed in only the address is believed; what the host serves takes its place.",
                HOSTED,
                "A learner could write any badge design into the file.",
            )
            .shows("name", "First aid at work"),
        accept(moodle)
            .because(
                "Moodle writes verify, an address with a query, and sometimes an address in plain where it says hashed.",
                "Open Badges 2.0; Moodle",
                AWAY,
            )
            .finds("person", "holds person-match")
            .notes(&["recipient_plain"]),
    ]
}

fn hosted_bad() -> Vec<Case> {
    let withdrawn = Doc::read(r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","revoked":true,"revocationReason":"Issued in error"}"#)
        .text("/id", ASSERTION);
    let ended = assertion().text("/expires", "2026-06-01T00:00:00Z");
    let elsewhere = issuer().text("/id", "https://council.example.net/issuer");
    let design_of_other = design().text("/issuer", "https://council.example.net/issuer");
    let no_recipient = assertion().remove("/recipient");
    vec![
        served(Case::not_current("older_hosted_withdrawn").badge(&assertion()), &withdrawn)
            .because("The host says that the badge was withdrawn.", HOSTED, "A withdrawn badge would be relied on.")
            .finds("status", "fails revoked")
            .outcome("withdrawn"),
        served(Case::not_current("older_hosted_expired").badge(&assertion()), &ended)
            .because("The badge that the host serves has ended.", HOSTED, "Lapsed training would be relied on.")
            .finds("dates", "fails expired")
            .outcome("expired"),
        Case::forged("older_hosted_on_another_host")
            .badge(&assertion())
            .net(ASSERTION, &assertion())
            .net(DESIGN, &design_of_other)
            .net("https://council.example.net/issuer", &elsewhere)
            .because(
                "The badge lies on a host that its issuer does not name: anybody can put one there.",
                "Open Badges 2.0, VerificationObject of an issuer",
                WRITTEN,
            )
            .finds("issuer", "fails hosted_out_of_scope"),
        served(Case::forged("older_hosted_without_recipient").badge(&assertion()), &no_recipient)
            .because("The badge that the host serves names nobody.", "Open Badges 2.0, Assertion", "Anybody could show the badge as their own.")
            .finds("shape", "fails credential_shape"),
    ]
}

fn hosted_unknown() -> Vec<Case> {
    const DOWN: &str = "Choices, Fails, or unknown";
    let nowhere = issuer().text("/id", "urn:uuid:0d9f7a52-0000-4000-8000-0000000000c2");
    let embedding = design().with("/issuer", nowhere.0);
    vec![
        Case::undecided("older_issuer_without_an_address")
            .badge(&assertion())
            .net(ASSERTION, &assertion())
            .net(DESIGN, &embedding)
            .because(
                "The issuer has no web address of its own, so nothing shows who it is.",
                "Open Badges 2.0, Profile; Choices, Older badges",
                WRITTEN,
            )
            .finds("issuer", "unknown issuer_not_bound"),
        Case::undecided("older_hosted_unreachable")
            .badge(&assertion())
            .because(
                "The host did not answer.",
                DOWN,
                "A badge that was withdrawn or never was would be relied on.",
            )
            .finds("proof", "unknown key_unreachable")
            .outcome("key-unreachable"),
        Case::undecided("older_hosted_issuer_unreachable")
            .badge(&assertion())
            .net(ASSERTION, &assertion())
            .net(DESIGN, &design())
            .because(
                "The issuer's profile could not be had.",
                DOWN,
                "Nobody would have said whose badge it is.",
            )
            .finds("proof", "unknown key_unreachable"),
        Case::undecided("older_badge_design")
            .badge(&design())
            .because(
                "A badge design is no badge that somebody has.",
                "Open Badges 2.0, BadgeClass",
                "A design would be taken for an award.",
            )
            .finds("format", "unknown no_badge_found")
            .outcome("no-badge-found"),
    ]
}

const KEY: &str = "https://badges.northmarch.example.org/key";

fn token(assertion: &Doc) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let input = format!(
        "{}.{}",
        encode(r#"{"alg":"RS256"}"#),
        encode(&assertion.0.to_json())
    );
    let signature = rsa().sign(input.as_bytes()).expect("a signature");
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn signed() -> Vec<Case> {
    let assertion = assertion()
        .text("/id", "urn:uuid:0d9f7a52-0000-4000-8000-0000000000c1")
        .set("/verification", r#"{"type":"SignedBadge"}"#)
        .text("/verification/creator", KEY);
    let listing = issuer().text("/publicKey", KEY);
    let key =
        Doc::read(r#"{"@context":"https://w3id.org/openbadges/v2","type":"CryptographicKey"}"#)
            .text("/id", KEY)
            .text("/owner", ISSUER)
            .text("/publicKeyPem", include_str!("rsa-2048.public.pem"));
    let good = token(&assertion);
    let changed = super::tokens::with_payload(
        &good,
        &assertion
            .clone()
            .text("/badge", "https://badges.northmarch.example.org/b/diploma"),
    );
    let diploma = design()
        .text("/id", "https://badges.northmarch.example.org/b/diploma")
        .text("/name", "Diploma");
    let list = "https://badges.northmarch.example.org/revoked";
    let with_list = listing.clone().text("/revocationList", list);
    let revoked = Doc::read(r#"{"@context":"https://w3id.org/openbadges/v2","type":"RevocationList","revokedAssertions":["urn:uuid:0d9f7a52-0000-4000-8000-0000000000c1"]}"#)
        .text("/id", list)
        .text("/issuer", ISSUER);
    let case = |case: Case, token: &str, issuer: &Doc, key: &Doc| {
        case.token(token)
            .net(DESIGN, &design())
            .net(ISSUER, issuer)
            .net(KEY, key)
    };
    vec![
        case(Case::accept("older_signed"), &good, &listing, &key)
            .because(
                "The seal is by a key that the issuer's own profile lists.",
                SIGNED,
                AWAY,
            )
            .finds("proof", "holds ok")
            .outcome("older-version"),
        case(
            Case::forged("older_signed_changed"),
            &changed,
            &listing,
            &key,
        )
        .net("https://badges.northmarch.example.org/b/diploma", &diploma)
        .because(
            "The payload was exchanged under the seal.",
            SIGNED,
            "A learner could rename a badge.",
        )
        .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
        case(
            Case::forged("older_signed_with_an_unlisted_key"),
            &good,
            &issuer(),
            &key,
        )
        .because(
            "The issuer's profile does not list the key.",
            SIGNED,
            WRITTEN,
        )
        .finds("proof", "fails verification_method_mismatch"),
        case(
            Case::forged("older_signed_with_somebody_elses_key"),
            &good,
            &listing,
            &key.clone()
                .text("/owner", "https://council.example.net/issuer"),
        )
        .because("The key says that it is somebody else's.", SIGNED, WRITTEN)
        .finds("proof", "fails verification_method_mismatch"),
        case(
            Case::not_current("older_signed_withdrawn"),
            &good,
            &with_list,
            &key,
        )
        .net(list, &revoked)
        .because(
            "The issuer's list names the badge.",
            SIGNED,
            "A withdrawn badge would be relied on.",
        )
        .finds("status", "fails revoked")
        .outcome("withdrawn"),
        case(
            Case::undecided("older_signed_list_unreachable"),
            &good,
            &with_list,
            &key,
        )
        .because(
            "The issuer's list could not be had.",
            "Choices, Fails, or unknown",
            "A withdrawn badge would be relied on while a host is down.",
        )
        .finds("status", "unknown STATUS_RETRIEVAL_ERROR"),
        Case::forged("older_signed_without_its_seal")
            .badge(&assertion)
            .because(
                "The badge says that it is sealed, and comes without a seal.",
                SIGNED,
                WRITTEN,
            )
            .finds("proof", "fails proof_missing"),
    ]
}
