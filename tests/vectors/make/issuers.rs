//! Keys that are not the issuer's, documents that are somebody else's, and
//! documents that could not be had.

use super::case::Case;
use super::controllers::CARE;
use super::doc::{Doc, json};
use super::documents::*;
use super::keys::*;
use super::seal::Seal;

const RETRIEVE: &str = "Controlled Identifiers 1.0 §3.3, Retrieve Verification Method";
pub(super) const ANYBODY: &str = "Anybody could sign a badge of the council.";
const DOWN: &str = "An honest badge would be called forged while a host is down.";

pub(super) fn cases() -> Vec<Case> {
    [documents(), fragments(), unreachable(), identifiers()].concat()
}

/// A badge of the council, signed with its key, and a document of its host.
pub(super) fn answered(case: fn(&'static str) -> Case, name: &'static str, document: &Doc) -> Case {
    let council = council();
    case(name)
        .badge(&badge_of(&council).sealed(&Seal::by(&council)))
        .net(COUNCIL_DOCUMENT, document)
}

fn mismatch(name: &'static str, document: &Doc) -> Case {
    answered(Case::forged, name, document)
        .finds("proof", "fails verification_method_mismatch")
        .finds("issuer", "not_reached")
        .outcome("changed")
}

fn documents() -> Vec<Case> {
    let council = council();
    let document = council.document();
    let other_key = multikey(&council.method, &council.id, &ed25519("another"));
    let purpose = document
        .clone()
        .moved("/assertionMethod", "/authentication");
    let embedded_elsewhere = document
        .clone()
        .set("/verificationMethod", "[]")
        .set("/assertionMethod", "[]")
        .with(
            "/authentication",
            vec![multikey(&council.method, &council.id, &council.key)],
        );
    let tenant = Party::at(&format!("{COUNCIL}:issuers:care"), ed25519("care"));
    let hostile = badge_of(&council)
        .sealed(&Seal::by(&tenant).with("verificationMethod", &format!("\"{}\"", tenant.method)));
    let claims_root = tenant
        .document()
        .text("/id", COUNCIL)
        .text("/verificationMethod/0/controller", COUNCIL);
    let mut cases = vec![
        mismatch(
            "key_not_for_claims",
            &document.clone().set("/assertionMethod", "[]"),
        )
        .because(
            "The document lists the key, but for no purpose.",
            RETRIEVE,
            "A key that was put out of use would still make badges.",
        ),
        mismatch("key_for_another_purpose", &purpose).because(
            "The document lists the key for log-ins only.",
            RETRIEVE,
            "What signs log-ins would make badges.",
        ),
        mismatch("key_embedded_for_another_purpose", &embedded_elsewhere).because(
            "The key stands in the list for log-ins itself, and is for that only.",
            "Controlled Identifiers 1.0 §2.3",
            "What signs log-ins would make badges.",
        ),
        mismatch(
            "key_of_that_name_missing",
            &document
                .clone()
                .text("/verificationMethod/0/id", &format!("{COUNCIL}#key-2")),
        )
        .because(
            "The document has no key of the name that the proof gives.",
            RETRIEVE,
            ANYBODY,
        ),
        mismatch(
            "key_controlled_by_somebody_else",
            &document.clone().text(
                "/verificationMethod/0/controller",
                "did:web:severnhythe.badges.example.org",
            ),
        )
        .because(
            "The key says that somebody else controls it.",
            RETRIEVE,
            "A key of one organisation would make badges of another.",
        ),
        mismatch(
            "document_of_somebody_else",
            &document
                .clone()
                .text("/id", "did:web:severnhythe.badges.example.org"),
        )
        .because(
            "The document at the address calls itself another's.",
            RETRIEVE,
            "A copy of a document in the wrong place would count.",
        ),
        mismatch(
            "two_keys_of_one_name",
            &document.clone().with("/verificationMethod/-", other_key),
        )
        .because(
            "Two different keys have one name; which one is meant?",
            "Choices, Small cases about documents",
            "Readers would take the key that suits the forger.",
        ),
    ];
    cases.push(
        Case::forged("tenant_that_signs_for_its_host")
            .badge(&hostile)
            .net("https://northmarch.badges.example.org/issuers/care/did.json", &claims_root)
            .net(COUNCIL_DOCUMENT, &document)
            .because(
                "A tenant's document calls itself the council's, and its key signs for the council.",
                RETRIEVE,
                "Whoever has a page on a host could sign for the host.",
            )
            .finds("proof", "fails verification_method_mismatch"),
    );
    let urn = badge()
        .text(
            "/issuer/id",
            "urn:uuid:0d9f7a52-0000-4000-8000-00000000000a",
        )
        .sealed(&Seal::by(&issuer()));
    cases.push(
        Case::forged("issuer_that_is_not_the_key")
            .badge(&urn)
            .because(
                "The issuer is a urn that nobody holds the key of; the proof is by a did:key.",
                "Choices, Whose key it is",
                "Anybody could sign a badge with the name of anybody.",
            )
            .finds("proof", "holds ok")
            .finds("issuer", "fails verification_method_mismatch"),
    );
    cases
}

fn fragments() -> Vec<Case> {
    const FRAGMENT: &str =
        "Choices, Whose key it is; Open Badges 3.0, Dereferencing the Public Key";
    let care = Party::at(CARE, ed25519("care"));
    let thief = ed25519("thief");
    let multibase = thief.public().to_multibase().expect("multibase");
    let forger = Party {
        id: CARE.to_owned(),
        method: format!("{CARE}#{multibase}"),
        key: thief,
    };
    let badge = badge_of(&forger).sealed(&Seal::by(&forger));
    let key_at = |controller: &str| {
        Doc(multikey(
            "https://attacker.example.net/keys/1",
            controller,
            &ed25519("thief"),
        ))
    };
    let elsewhere = Party {
        id: CARE.to_owned(),
        method: "https://attacker.example.net/keys/1".to_owned(),
        key: ed25519("thief"),
    };
    let claimed = badge_of(&elsewhere).sealed(&Seal::by(&elsewhere));
    vec![
        Case::forged("key_in_the_fragment")
            .badge(&badge)
            .net(CARE, &care.document())
            .because(
                "The forger's key stands in the fragment of the issuer's address, and the issuer's document does not list it.",
                FRAGMENT,
                ANYBODY,
            )
            .finds("proof", "fails verification_method_mismatch"),
        Case::undecided("key_in_the_fragment_of_an_unreachable_address")
            .badge(&badge)
            .because(
                "The address has to be asked, and did not answer; some checkers believe the fragment.",
                FRAGMENT,
                ANYBODY,
            )
            .finds("proof", "unknown key_unreachable")
            .outcome("key-unreachable"),
        Case::forged("key_elsewhere_that_claims_the_issuer")
            .badge(&claimed)
            .net("https://attacker.example.net/keys/1", &key_at(CARE))
            .net(CARE, &care.document())
            .because(
                "A key on the forger's host names the issuer as its controller, and the issuer does not list it.",
                "Choices, A key with a document of its own",
                ANYBODY,
            )
            .finds("proof", "fails verification_method_mismatch"),
        Case::forged("key_elsewhere_of_its_own")
            .badge(&claimed)
            .net("https://attacker.example.net/keys/1", &key_at("https://attacker.example.net/keys/1"))
            .net(CARE, &care.document())
            .because(
                "The key on the forger's host is its own controller: genuine, and not the issuer's.",
                "Choices, Whose key it is",
                ANYBODY,
            )
            .finds("issuer", "fails verification_method_mismatch"),
    ]
}

fn unreachable() -> Vec<Case> {
    const UNKNOWN: &str = "Choices, Fails, or unknown";
    let council = council();
    let badge = badge_of(&council).sealed(&Seal::by(&council));
    let token = super::tokens::token_of(&badge_of(&council), &council);
    let page = |name, bytes: &str, finding: &'static str| {
        Case::undecided(name)
            .badge(&badge)
            .net_bytes(COUNCIL_DOCUMENT, bytes)
            .finds("proof", finding)
    };
    let text = council.document().to_text();
    let twice = text.replacen(
        '{',
        "{\"id\": \"did:web:severnhythe.badges.example.org\",",
        1,
    );
    let changed = badge.clone().text("/name", "Administering medicines");
    vec![
        Case::undecided("key_document_unreachable")
            .badge(&badge)
            .because("The issuer's document could not be had.", UNKNOWN, DOWN)
            .finds("proof", "unknown key_unreachable")
            .outcome("key-unreachable"),
        Case::undecided("key_document_unreachable_jwt")
            .token(&token)
            .because("The issuer's document could not be had.", UNKNOWN, DOWN)
            .finds("proof", "unknown key_unreachable")
            .outcome("key-unreachable"),
        Case::undecided("changed_and_key_document_unreachable")
            .badge(&changed)
            .because(
                "Without the key nobody can say whether the badge was changed.",
                UNKNOWN,
                "A changed badge would be shown as genuine while a host is down.",
            )
            .never("proof", "holds")
            .finds("proof", "unknown key_unreachable"),
        page(
            "key_document_is_a_web_page",
            "<!doctype html><title>Welcome</title>",
            "unknown json_syntax",
        )
        .because(
            "Many hosts answer with a page when there is nothing: no sign of forgery.",
            UNKNOWN,
            DOWN,
        ),
        page(
            "key_document_is_a_list",
            "[]",
            "unknown INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
        )
        .because(
            "What lies at the address is no document of keys.",
            UNKNOWN,
            DOWN,
        ),
        page(
            "key_document_without_id",
            r#"{"verificationMethod":[]}"#,
            "unknown INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
        )
        .because(
            "The document does not say whose it is.",
            RETRIEVE,
            "A document that says nobody's would count for everybody.",
        ),
        page(
            "key_document_names_its_id_twice",
            &twice,
            "unknown json_duplicate_key",
        )
        .because(
            "Two readers would see two owners.",
            "Choices, Members named twice",
            "The document of one organisation would count for another.",
        ),
    ]
}

fn identifiers() -> Vec<Case> {
    const METHODS: &str = "Choices, Fails, or unknown; Choices, Small cases about documents";
    let by = |id: &str| {
        let party = Party {
            id: id.to_owned(),
            method: format!("{id}#key-1"),
            key: ed25519("council"),
        };
        badge_of(&party).sealed(&Seal::by(&party))
    };
    let unknown = |name, id: &str, finding: &'static str| {
        Case::undecided(name).badge(&by(id)).finds("proof", finding)
    };
    let bad = |name, id: &str, finding: &'static str| {
        Case::forged(name)
            .badge(&by(id))
            .finds("proof", finding)
            .outcome("changed")
    };
    let plain = "http://northmarch.badges.example.org/issuers/care";
    let listed = Doc::read("{}")
        .text("/id", plain)
        .with(
            "/verificationMethod",
            vec![multikey(
                &format!("{plain}#key-1"),
                plain,
                &ed25519("council"),
            )],
        )
        .with("/assertionMethod", json(&format!("[\"{plain}#key-1\"]")));
    vec![
        unknown("did_method_unknown", "did:ion:EiAnKD8-jfdd0MDcZUjAbRgaThBrMxPTFOxcnfJhI7Ukaw", "unknown did_method_unsupported")
            .outcome("unsupported")
            .because(
                "A DID method that we do not know is never asked of a resolver service.",
                METHODS,
                "An honest badge would be called forged, or a stranger's service be believed.",
            ),
        bad("did_web_of_an_ip_address", "did:web:127.0.0.1", "fails did_invalid").because(
            "did:web stands on the name of a host.",
            "did:web, Method-Specific Identifier; Choices, Small cases about documents",
            "A badge could make us ask machines inside our network.",
        ),
        bad("did_web_of_a_number", "did:web:2130706433", "fails did_invalid").because(
            "The number is another spelling of 127.0.0.1.",
            "Choices, Small cases about documents",
            "A badge could make us ask machines inside our network.",
        ),
        bad("did_web_that_goes_upwards", "did:web:northmarch.badges.example.org:..:admin", "fails did_invalid").because(
            "The path leaves its folder.",
            "Choices, Small cases about documents",
            "A document could be found where its issuer did not put it.",
        ),
        bad("did_web_with_a_slash_in_it", "did:web:northmarch.badges.example.org:a%2Fb", "fails did_invalid").because(
            "An encoded slash is two paths to two readers.",
            "Choices, Small cases about documents",
            "A tenant could stand for another.",
        ),
        unknown(
            "issuer_of_2100_letters",
            &format!("did:web:northmarch.badges.example.org:{}", "a".repeat(2_060)),
            "unknown identifier_too_long",
        )
        .because(
            "The identifier is longer than we read: a limit, not a fault.",
            "Limits, Asking for documents",
            "An honest badge would be called forged.",
        ),
        unknown("issuer_at_plain_http", plain, "unknown")
            .net(plain, &listed)
            .because(
                "We do not ask over plain http, so nothing can be said; old honest badges have such issuers.",
                "Choices, Fails, or unknown: honest foreign badges are never called forged",
                "An honest old badge would be called changed; or anybody on the way could answer for the issuer.",
            )
            .never("proof", "holds"),
    ]
}
