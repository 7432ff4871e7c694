//! Credentials of VC 2.0 that are no badges.

use super::*;
use crate::issue::lint::Broken;

const PLAIN: &str = r#"{
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": "VerifiableCredential",
    "issuer": "did:web:badges.example.org",
    "validFrom": "2026-01-01T00:00:00.5Z",
    "name": [{"@value": "Pass", "@language": "en"}, {"@value": "Ausweis", "@language": "de"}],
    "credentialSubject": {"id": "did:example:alice", "name": "Alice"}
}"#;

fn linted(text: &str) -> Result<Ready, Vec<Broken>> {
    let draft = Draft::parse_any(text.as_bytes()).expect("a draft");
    lint(draft, &settings(DID, RDFC), samples::now()).map(|(ready, _)| ready)
}

#[track_caller]
fn refused(pointer: &str, new: &str, place: &str) {
    let mut document = samples::value(PLAIN);
    let new = (!new.is_empty()).then(|| samples::value(new));
    samples::edit(&mut document, pointer, new);
    let broken = linted(&document.to_json()).expect_err("a rule is broken");
    let found = broken
        .iter()
        .flat_map(|one| &one.places)
        .any(|found| found.pointer == place);
    assert!(found, "{pointer} broke {broken:#?}");
}

#[test]
fn a_plain_credential_is_signed_as_it_is() {
    let key = golden_key();
    let made = sign(
        linted(PLAIN).expect("ready"),
        &key,
        &method(RDFC, &format!("{DID}#key-1")),
    );
    let text = made.expect("a credential").text().into_owned();
    let mut document = json::parse(text.as_bytes()).expect("JSON").into_owned();
    document.as_object_mut().expect("an object").remove("proof");
    assert_eq!(document, samples::value(PLAIN));
}

#[test]
fn a_plain_credential_keeps_the_rules_of_the_standard() {
    refused("/issuer", "\"did:web:other.example\"", "/issuer");
    refused("/issuer", "null", "/issuer");
    refused("/credentialSubject", "", "/credentialSubject");
    refused("/credentialSubject", "{}", "/credentialSubject");
    refused("/validFrom", "\"yesterday\"", "/validFrom");
    refused("/validUntil", "\"2025-01-01T00:00:00Z\"", "/validUntil");
    refused("/id", "\"not a url\"", "/id");
    refused("/name", "null", "/name");
    refused("/name/0/@language", "\"no language\"", "/name/0");
    refused(
        "/credentialStatus",
        "{\"id\": \"urn:a\"}",
        "/credentialStatus/type",
    );
    refused("/colour", "\"green\"", "/colour");
    refused("/type", "[\"VerifiableCredential\", \"Pass\"]", "/type/1");
    refused(
        "/@context/-",
        "\"https://example.org/context\"",
        "/@context/1",
    );
    refused(
        "/@context/-",
        "{\"a\": \"https://example.org/a\"}",
        "/@context/1",
    );
    refused(
        "/@context/0",
        "\"https://www.w3.org/2018/credentials/v1\"",
        "/@context/0",
    );
}
