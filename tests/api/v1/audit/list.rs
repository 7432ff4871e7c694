//! `GET …/audit`.

use crate::Node;

#[test]
fn an_organisation_reads_its_own_acts_and_no_others() {
    let node = Node::start();
    let (office, _, badge) = node.given();
    let (_, _, other) = node.given();
    let (mut acts, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{}/audit?limit=3{cursor}", office.path);
        let page = node.get(&path).token(&office.auditor).expect(200);
        assert!(!page.text().contains(&other.id));
        let page = page.json();
        for item in page["items"].as_array().expect("items") {
            acts.push(format!(
                "{} {}",
                item["act"].as_str().expect("an act"),
                item["object"].as_str().expect("an object")
            ));
            assert_eq!(item["at"], crate::BEGIN);
            assert_ne!(item["request"], "");
            assert_ne!(item["actor"], "");
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(
        acts.first(),
        Some(&format!("issuer.created {}", office.slug))
    );
    assert_eq!(
        acts.last(),
        Some(&format!("credential.issued {}", badge.id))
    );
    assert_eq!(acts.len(), 8, "{acts:#?}");
}

#[test]
fn an_operator_reads_everything() {
    let node = Node::start();
    node.given();
    let page = node
        .get("/api/v1/audit?limit=200")
        .token(&node.operator)
        .expect(200)
        .json();
    let items = page["items"].as_array().expect("items");
    let seqs: Vec<u64> = items
        .iter()
        .map(|item| item["seq"].as_u64().expect("a place"))
        .collect();
    assert_eq!(seqs, (1..=items.len() as u64).collect::<Vec<_>>());
    assert_eq!(items[0]["actor"], "system");
}

#[test]
fn no_name_of_a_person_is_in_the_audit() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    node.about(&office, &badge, "revocation").expect(200);
    let text = node
        .get(&format!("{}/audit", office.path))
        .token(&office.auditor)
        .expect(200)
        .text();
    for word in ["Saffron", "csk_", "Velvetine"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_cursor_that_is_no_place_is_refused() {
    let node = Node::shared();
    let office = node.office();
    for query in ["cursor=YQ", "cursor=!", "limit=0"] {
        node.get(&format!("{}/audit?{query}", office.path))
            .token(&office.auditor)
            .refused("schema_invalid");
        node.get(&format!("/api/v1/audit?{query}"))
            .token(&node.operator)
            .refused("schema_invalid");
    }
}
