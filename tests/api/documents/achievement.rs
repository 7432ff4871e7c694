//! A badge design as others fetch it.

use super::fetched;
use crate::Node;

#[test]
fn a_design_is_json_for_programs_and_a_page_for_people() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let path = format!("/achievements/{design}");
    let fetched = fetched(node, &path, "application/ld+json", "public, max-age=300");
    assert_eq!(fetched.header("vary"), "Accept");
    let body = fetched.json();
    assert_eq!(body["id"], format!("{}{path}", node.base()));
    assert_eq!(body["name"], "Safeguarding basics");
    assert!(
        body["policy"].is_null(),
        "how we treat it is nobody's business"
    );
    let page = node.get(&path).header("Accept", "text/html").expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[test]
fn a_design_without_a_picture_has_a_drawn_one() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let path = format!("/achievements/{design}/image.svg");
    let picture = fetched(node, &path, "image/svg+xml", "public, max-age=86400");
    assert_eq!(
        picture.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    );
}

#[test]
fn what_is_no_design_is_not_there() {
    let node = Node::shared();
    for path in [
        "/achievements/none",
        "/achievements/none/image.svg",
        "/achievements/",
        "/achievements/%2e%2e",
        "/achievements/%00",
    ] {
        node.get(path).refused("not_found");
    }
}
