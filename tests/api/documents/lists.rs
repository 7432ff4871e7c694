//! Status lists as others fetch them.

use super::fetched;
use crate::{Node, method};

#[test]
fn a_list_is_fetched_by_everybody_and_kept_for_a_while() {
    let node = Node::start();
    let (office, _, badge) = node.given();
    let path = format!("/issuers/{}/status/1", office.slug);
    let list = fetched(
        &node,
        &path,
        "application/vc+ld+json",
        "public, max-age=300",
    );
    let body = list.json();
    assert_eq!(body["id"], format!("{}{path}", node.base()));
    assert_eq!(body["credentialSubject"]["ttl"], 300_000);
    assert_eq!(body["validUntil"], "2026-12-02T12:00:00Z");
    assert!(method(&body).ends_with("#key-1"));
    node.about(&office, &badge, "revocation").expect(200);
    node.settle();
    let etag = list.header("etag").to_owned();
    let newer = node.get(&path).header("If-None-Match", &etag).expect(200);
    assert_ne!(newer.header("etag"), etag);
}

#[test]
fn a_list_is_signed_again_long_before_it_ends() {
    const DAY: i64 = 86_400;
    let node = Node::start();
    let (office, _, badge) = node.given();
    let until = || {
        let list = node
            .get(&format!("/issuers/{}/status/1", office.slug))
            .expect(200)
            .json();
        list["validUntil"].as_str().expect("a moment").to_owned()
    };
    for day in ["2026-12-03T12:00:01Z", "2026-12-04T12:00:02Z"] {
        node.pass(DAY + 1);
        node.round();
        assert_eq!(until(), day);
        node.hold_current(&badge.bytes);
    }
}

#[test]
fn what_is_no_list_is_not_there() {
    let node = Node::shared();
    let office = node.office();
    for number in [
        "0",
        "2",
        "01",
        "-1",
        "x",
        "1x",
        "%31",
        "99999999999999999999",
    ] {
        node.get(&format!("/issuers/{}/status/{number}", office.slug))
            .refused("not_found");
    }
    node.get("/status/1").refused("not_found");
}
