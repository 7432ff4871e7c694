//! The ways in which a good badge may name its issuer and its key.

use super::case::Case;
use super::doc::Doc;
use super::documents::*;
use super::keys::*;
use super::seal::Seal;
use countersign::proof::Suite;

const TURNED_AWAY: &str = "An honest badge would be turned away.";

pub(super) fn cases() -> Vec<Case> {
    [issuers(), https_issuers(), documents()].concat()
}

fn sealed_by(party: &Party) -> Doc {
    badge_of(party).sealed(&Seal::by(party))
}

fn issuers() -> Vec<Case> {
    let root = council();
    let path = Party::at(&format!("{COUNCIL}:issuers:care"), ed25519("care"));
    let port = Party::at("did:web:localhost%3A8443:care", ed25519("care"));
    let loopback = Party::at("did:web:localhost%3A8080:care", ed25519("care"));
    let jwk = Party::did_jwk(p256("issuer"));
    let jwk_badge = badge_of(&jwk).sealed(&Seal::by(&jwk).suite(Suite::EcdsaRdfc2019));
    let plain = issuer();
    let bare = badge_of(&plain)
        .sealed(&Seal::by(&plain).with("verificationMethod", &format!("\"{}\"", plain.id)));
    let case = |name| {
        Case::accept(name)
            .finds("issuer", "holds ok")
            .proofs(&["holds ok"])
    };
    vec![
        case("did_web_root")
            .because(
                "The council's own host lists the key.",
                "did:web, Read (Resolve)",
                TURNED_AWAY,
            )
            .badge(&sealed_by(&root))
            .net(COUNCIL_DOCUMENT, &root.document()),
        case("did_web_path")
            .because(
                "An issuer among several on one host has its document under its own path.",
                "did:web, Read (Resolve)",
                TURNED_AWAY,
            )
            .badge(&sealed_by(&path))
            .net(
                "https://northmarch.badges.example.org/issuers/care/did.json",
                &path.document(),
            ),
        case("did_web_port")
            .because(
                "The port stands in the DID as %3A and in the address as a colon.",
                "did:web, Method-Specific Identifier",
                TURNED_AWAY,
            )
            .badge(&sealed_by(&port))
            .net("https://localhost:8443/care/did.json", &port.document()),
        case("did_web_loopback_dev")
            .because(
                "In development, and only there, this machine is asked over plain http.",
                "Limits, Asking for documents",
                "Nobody could try the product on one machine.",
            )
            .dev()
            .badge(&sealed_by(&loopback))
            .net("http://localhost:8080/care/did.json", &loopback.document()),
        case("did_jwk")
            .because(
                "The identifier is the key, as a JWK.",
                "did:jwk",
                TURNED_AWAY,
            )
            .badge(&jwk_badge),
        case("did_key_without_fragment")
            .because(
                "A bare did:key as verification method names its one key.",
                "Choices, Small cases about documents",
                "Badges that the 1EdTech validator accepts would be turned away.",
            )
            .badge(&bare),
    ]
}

pub(super) const CARE: &str = "https://northmarch.badges.example.org/issuers/care";

fn https_issuers() -> Vec<Case> {
    let care = Party::at(CARE, ed25519("care"));
    let multibase = care.key.public().to_multibase().expect("multibase");
    let by_key = Party {
        id: CARE.to_owned(),
        method: format!("{CARE}#{multibase}"),
        key: ed25519("care"),
    };
    let profile = Doc::read(r#"{"type":["Profile"],"name":"Northmarch care academy"}"#)
        .text("/id", CARE)
        .text("/controller", CARE)
        .text("/publicKeyMultibase", &multibase);
    let own_address = "https://northmarch.badges.example.org/keys/7";
    let by_address = Party {
        id: CARE.to_owned(),
        method: own_address.to_owned(),
        key: ed25519("care"),
    };
    let key = Doc(multikey(own_address, CARE, &care.key));
    let vouching = care
        .document()
        .set("/verificationMethod", "[]")
        .set("/assertionMethod", &format!("[\"{own_address}\"]"));
    let case = |name| {
        Case::accept(name)
            .finds("issuer", "holds ok")
            .proofs(&["holds ok"])
    };
    vec![
        case("https_controller_document")
            .because(
                "The issuer's own address lists the key for making claims.",
                "Controlled Identifiers 1.0 §3.3",
                TURNED_AWAY,
            )
            .badge(&sealed_by(&care))
            .net(CARE, &care.document()),
        case("https_profile_that_holds_its_key")
            .because(
                "The fragment names the key, and the issuer's own address holds that very key.",
                "Open Badges 3.0, Dereferencing the Public Key",
                "Badges in the form of the certification samples would be turned away.",
            )
            .badge(&sealed_by(&by_key))
            .net(CARE, &profile),
        case("https_key_document_vouched_for")
            .because(
                "The key has an address of its own, and its controller's document lists it.",
                "Controlled Identifiers 1.0 §3.3; Choices, A key with a document of its own",
                TURNED_AWAY,
            )
            .badge(&sealed_by(&by_address))
            .net(own_address, &key)
            .net(CARE, &vouching),
    ]
}

/// Other ways to write the council's document.
fn documents() -> Vec<Case> {
    let council = council();
    let method = "/verificationMethod/0";
    let relative = council
        .document()
        .text(&format!("{method}/id"), "#key-1")
        .set("/assertionMethod", r##"["#key-1"]"##);
    let embedded = council.document().remove("/verificationMethod").with(
        "/assertionMethod",
        vec![multikey(&council.method, &council.id, &council.key)],
    );
    let of_2020 = council
        .document()
        .text(&format!("{method}/type"), "Ed25519VerificationKey2020");
    let jwk = council.document().with(
        method,
        json_web_key(&council.method, &council.id, &council.key),
    );
    let case = |name, document: &Doc| {
        Case::accept(name)
            .badge(&sealed_by(&council))
            .net(COUNCIL_DOCUMENT, document)
            .finds("issuer", "holds ok")
    };
    vec![
        case("did_document_with_relative_ids", &relative).because(
            "The document names its key by the fragment alone.",
            "DID Core 1.0 §3.2.2; Choices, Small cases about documents",
            TURNED_AWAY,
        ),
        case("did_document_with_an_embedded_method", &embedded).because(
            "The key stands in the list of its purpose itself.",
            "DID Core 1.0 §5.3; Choices, Small cases about documents",
            TURNED_AWAY,
        ),
        case("did_document_of_2020", &of_2020).because(
            "The type that keys of Ed25519 had before Multikey.",
            "Ed25519VerificationKey2020",
            TURNED_AWAY,
        ),
        case("did_document_with_a_jwk", &jwk).because(
            "The key is written as a JWK.",
            "Controlled Identifiers 1.0 §2.2.3",
            TURNED_AWAY,
        ),
    ]
}
