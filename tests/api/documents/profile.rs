//! The profile of an organisation (FED-03), and its logo.

use super::fetched;
use crate::Node;
use serde_json::json;

#[test]
fn a_profile_is_json_for_programs_and_a_page_for_people() {
    let node = Node::shared();
    let office = node.office();
    let path = format!("/issuers/{}", office.slug);
    let profile = fetched(node, &path, "application/ld+json", "public, max-age=300");
    for accept in [
        "application/json",
        "application/ld+json",
        "*/*",
        "application/ld+json, text/html;q=0.5",
    ] {
        let answer = node.get(&path).header("Accept", accept).expect(200);
        assert_eq!(
            answer.header("content-type"),
            "application/ld+json",
            "{accept}"
        );
        assert_eq!(answer.header("vary"), "Accept", "{accept}");
        assert_eq!(answer.body, profile.body);
    }
    let page = node
        .get(&path)
        .header("Accept", "text/html,*/*;q=0.8")
        .expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("vary"), "Accept");
}

#[test]
fn the_https_form_is_a_controller_document_too() {
    let node = Node::shared();
    let office = node.office_with(&json!({ "idForm": "https" }));
    let base = format!("{}/issuers/{}", node.base(), office.slug);
    let profile = node
        .get(&format!("/issuers/{}", office.slug))
        .expect(200)
        .json();
    assert_eq!(profile["id"], base.as_str());
    assert_eq!(profile["controller"], base.as_str());
    let method = &profile["verificationMethod"][0];
    assert_eq!(method["controller"], base.as_str());
    assert_eq!(profile["assertionMethod"][0], method["id"]);
    assert_eq!(profile["publicKeyMultibase"], method["publicKeyMultibase"]);
    let plain = node.office();
    let plain = node
        .get(&format!("/issuers/{}", plain.slug))
        .expect(200)
        .json();
    assert!(plain["verificationMethod"].is_null());
    assert!(plain["id"].as_str().expect("an id").starts_with("did:web:"));
}

#[test]
fn the_nodes_own_address_belongs_to_its_root_organisation() {
    let node = Node::start();
    node.get("/")
        .header("Accept", "application/json")
        .refused("not_found");
    node.get("/logo.svg").refused("not_found");
    let office = node.office_with(&json!({ "root": true }));
    fetched(&node, "/", "application/ld+json", "public, max-age=300");
    assert_eq!(
        node.get("/logo.svg").expect(200).header("content-type"),
        "image/svg+xml"
    );
    node.get(&format!("/issuers/{}", office.slug))
        .refused("not_found");
}

#[test]
fn a_logo_is_a_picture_and_nothing_else() {
    let node = Node::shared();
    let office =
        node.office_with(&json!({ "profile": { "name": "<script>alert(1)</script> & Co" } }));
    let logo = node
        .get(&format!("/issuers/{}/logo.svg", office.slug))
        .expect(200);
    assert_eq!(
        logo.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    );
    assert!(!logo.text().contains("<script"), "{}", logo.text());
    node.get("/issuers/nobody/logo.svg").refused("not_found");
    node.get("/issuers/nobody").refused("not_found");
}
