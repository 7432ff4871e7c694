//! `GET /api/v1/issuers/{issuer}`.

use crate::Node;

#[test]
fn everybody_of_an_organisation_sees_it() {
    let node = Node::shared();
    let office = node.office();
    let read = |token: &str| node.get(&office.path).token(token).expect(200);
    let first = read(&office.administrator);
    assert_eq!(first.word("slug"), office.slug);
    assert_eq!(first.json()["settings"]["seal"], "eddsa-rdfc-2022");
    for token in [&office.officer, &office.approver, &office.auditor] {
        assert_eq!(read(token).body, first.body);
    }
}

#[test]
fn nothing_secret_is_shown() {
    let node = Node::shared();
    let office = node.office();
    let text = node
        .get(&office.path)
        .token(&office.auditor)
        .expect(200)
        .text();
    for word in ["dataKey", "data_key", "sealed", "csk_"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_path_that_is_no_name_leads_nowhere() {
    let node = Node::shared();
    let office = node.office();
    for slug in ["..", "%2e%2e", "%00", "a%2Fb", "%ff", "x'--"] {
        node.get(&format!("/api/v1/issuers/{slug}"))
            .token(&office.auditor)
            .refused("not_found");
    }
}
