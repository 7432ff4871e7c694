//! `GET /api/v1/issuers/{issuer}/achievements`.

use crate::Node;

#[test]
fn pages_show_each_design_once_and_those_of_no_other() {
    let node = Node::shared();
    let (office, other) = (node.office(), node.office());
    node.design(&other);
    let mut all: Vec<String> = (0..5).map(|_| node.design(&office)).collect();
    all.sort();
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{}/achievements?limit=2{cursor}", office.path);
        let page = node.get(&path).token(&office.auditor).expect(200).json();
        let items = page["items"].as_array().expect("items");
        found.extend(
            items
                .iter()
                .map(|item| item["slug"].as_str().expect("a slug").to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, all);
}

#[test]
fn a_page_that_cannot_be_is_refused() {
    let node = Node::shared();
    let office = node.office();
    for query in ["limit=0", "limit=x", "cursor=%ff", "cursor=!!"] {
        node.get(&format!("{}/achievements?{query}", office.path))
            .token(&office.auditor)
            .refused("schema_invalid");
    }
}
