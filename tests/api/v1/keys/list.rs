//! `GET /api/v1/issuers/{issuer}/keys`.

use crate::Node;

#[test]
fn the_first_key_signs_from_the_beginning() {
    let node = Node::shared();
    let office = node.office();
    let keys = node
        .get(&format!("{}/keys", office.path))
        .token(&office.auditor)
        .expect(200);
    let keys = keys.json()["items"].clone();
    assert_eq!(keys[0]["id"], "key-1");
    assert_eq!(keys[0]["state"], "active");
    assert_eq!(keys[0]["algorithm"], "ed25519");
    assert_eq!(keys[0]["activatedAt"], crate::BEGIN);
    assert!(keys[1].is_null());
}

#[test]
fn no_private_half_is_shown() {
    let node = Node::shared();
    let office = node.office();
    let text = node
        .get(&format!("{}/keys", office.path))
        .token(&office.auditor)
        .expect(200)
        .text();
    for word in ["sealed", "\"d\"", "private", "hardware"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}
