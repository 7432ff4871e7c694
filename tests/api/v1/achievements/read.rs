//! `GET /api/v1/issuers/{issuer}/achievements/{id}`.

use crate::Node;

#[test]
fn a_design_is_read_with_its_policy() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let path = format!("{}/achievements/{design}", office.path);
    let read = node.get(&path).token(&office.auditor).expect(200);
    assert_eq!(read.header("etag"), "\"v1\"");
    assert_eq!(read.json()["policy"]["validityMonths"], 12);
    assert_eq!(
        node.get(&path).token(&office.approver).expect(200).body,
        read.body
    );
    node.get(&path).token(&office.administrator).expect(200);
}

#[test]
fn what_is_no_design_is_not_there() {
    let node = Node::shared();
    let office = node.office();
    for id in ["none", "..", "%00", "A"] {
        node.get(&format!("{}/achievements/{id}", office.path))
            .token(&office.auditor)
            .refused("not_found");
    }
}
