//! `GET /api/v1/issuers/{issuer}/credentials`.

use crate::{Node, Office};

fn walk(node: &Node, office: &Office, query: &str) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    for _ in 0..50 {
        let path = format!("{}/credentials?{query}{cursor}", office.path);
        let page = node.get(&path).token(&office.auditor).expect(200).json();
        let items = page["items"].as_array().expect("items").clone();
        assert!(items.iter().all(|item| item["credential"].is_null()));
        ids.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().expect("an id").to_owned()),
        );
        match page["next"].as_str() {
            None => return ids,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
    panic!("the pages have no end");
}

#[test]
fn pages_show_each_badge_once_oldest_first() {
    let node = Node::start();
    let office = node.office();
    let (one, other) = (node.design(&office), node.design(&office));
    let mut all = Vec::new();
    for number in 0..6 {
        let design = if number % 2 == 0 { &one } else { &other };
        all.push(node.badge(&office, design).id);
        node.pass(1);
    }
    for limit in [1, 2, 3, 6, 200] {
        assert_eq!(
            walk(&node, &office, &format!("limit={limit}")),
            all,
            "{limit}"
        );
    }
    let of_one: Vec<String> = all.iter().step_by(2).cloned().collect();
    assert_eq!(
        walk(&node, &office, &format!("limit=2&achievement={one}")),
        of_one
    );
    assert!(walk(&node, &office, "achievement=none").is_empty());
}

#[test]
fn badges_of_the_same_second_are_all_shown() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let mut all: Vec<String> = (0..5).map(|_| node.badge(&office, &design).id).collect();
    all.sort();
    assert_eq!(walk(node, &office, "limit=2"), all);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let node = Node::shared();
    let office = node.office();
    for query in [
        "cursor=a2V5",
        "cursor=%20",
        "cursor=AAAA",
        "limit=0",
        "limit=201",
        "limit=ten",
    ] {
        node.get(&format!("{}/credentials?{query}", office.path))
            .token(&office.auditor)
            .refused("schema_invalid");
    }
}
