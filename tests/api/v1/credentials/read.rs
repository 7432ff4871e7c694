//! `GET /api/v1/issuers/{issuer}/credentials/{id}`.

use crate::Node;

#[test]
fn a_badge_is_read_byte_for_byte_with_its_standing() {
    let node = Node::shared();
    let (office, _, badge) = node.given();
    let path = format!("{}/credentials/{}", office.path, badge.id);
    let read = node.get(&path).token(&office.auditor).expect(200);
    assert_eq!(read.header("cache-control"), "no-store");
    let text = String::from_utf8(badge.bytes.clone()).expect("text");
    assert_eq!(read.json()["credential"], badge.json());
    assert!(read.text().contains(&text), "the very bytes");
    assert!(read.json()["standing"]["withdrawnAt"].is_null());
    assert_eq!(
        node.get(&path).token(&office.auditor).expect(200).body,
        read.body
    );
}

#[test]
fn what_is_no_badge_is_not_there() {
    let node = Node::shared();
    let office = node.office();
    let long = "a".repeat(3_000);
    for id in ["none", "..", "%00", "%2Fetc", "*", long.as_str()] {
        node.get(&format!("{}/credentials/{id}", office.path))
            .token(&office.officer)
            .refused("not_found");
    }
}
