//! `GET /api/v1/issuers`.

use crate::Node;

fn walk(node: &Node, limit: usize) -> Vec<String> {
    let (mut slugs, mut cursor) = (Vec::new(), String::new());
    for _ in 0..50 {
        let path = format!("/api/v1/issuers?limit={limit}{cursor}");
        let page = node.get(&path).token(&node.operator).expect(200).json();
        let items = page["items"].as_array().expect("items").clone();
        assert!(items.len() <= limit);
        slugs.extend(
            items
                .iter()
                .map(|item| item["slug"].as_str().expect("a slug").to_owned()),
        );
        match page["next"].as_str() {
            None => return slugs,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
    panic!("the pages have no end");
}

#[test]
fn pages_show_each_organisation_once() {
    let node = Node::start();
    let mut all: Vec<String> = (0..5).map(|_| node.office().slug).collect();
    all.sort();
    for limit in [1, 2, 5, 200] {
        assert_eq!(walk(&node, limit), all, "{limit}");
    }
}

#[test]
fn a_page_that_cannot_be_is_refused() {
    let node = Node::shared();
    for query in [
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=x",
        "limit=9e9",
        "cursor=!",
        "cursor=%ff",
        "limit=1&limit=2",
    ] {
        node.get(&format!("/api/v1/issuers?{query}"))
            .token(&node.operator)
            .refused("schema_invalid");
    }
}
