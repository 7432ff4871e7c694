//! `DELETE /api/v1/issuers/{issuer}/achievements/{id}`.

use crate::{Node, new_badge, rows};

#[test]
fn a_retired_design_gives_nothing_more_and_stays_to_be_seen() {
    let node = Node::shared();
    let (office, design, badge) = node.given();
    let path = format!("{}/achievements/{design}", office.path);
    let retire = || node.request("DELETE", &path).token(&office.officer);
    retire().expect(204);
    node.order(&office, &new_badge(&design))
        .refused("state_conflict");
    assert_eq!(
        node.get(&path)
            .token(&office.auditor)
            .expect(200)
            .word("state"),
        "retired"
    );
    node.get(&format!("/achievements/{design}")).expect(200);
    node.hold_current(&badge.bytes);
    retire().expect(204);
    assert_eq!(
        rows::acts(node, &design),
        ["achievement.created", "achievement.retired"]
    );
}

#[test]
fn what_is_not_there_is_not_retired() {
    let node = Node::shared();
    let office = node.office();
    for id in ["none", "..", "%00"] {
        node.request("DELETE", &format!("{}/achievements/{id}", office.path))
            .token(&office.officer)
            .refused("not_found");
    }
}
