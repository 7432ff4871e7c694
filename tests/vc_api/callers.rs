//! Who may call.

use crate::node::Node;
use crate::plain;
use serde_json::json;

const PATHS: [&str; 4] = [
    "/vc/credentials/issue",
    "/vc/credentials/status",
    "/vc/credentials/verify",
    "/vc/presentations/verify",
];

#[test]
fn a_stranger_is_turned_away_unless_the_node_is_for_trying_out() {
    let node = Node::strict();
    node.organisation("a");
    for path in PATHS {
        let refused = node.post(path, &json!({"credential": plain()}));
        assert_eq!(refused.status, 401, "{path}: {}", refused.text);
        let refused = node.post_as("csk_nonsense", path, &json!({"credential": plain()}));
        assert_eq!(refused.status, 401, "{path}: {}", refused.text);
    }
}

#[test]
fn only_the_role_for_it_may_use_the_profile() {
    let node = Node::strict();
    let administrator = node.organisation("a");
    let mut others = vec![administrator.clone(), node.operator().to_owned()];
    for role in ["officer", "approver", "auditor"] {
        others.push(node.token(&administrator, "a", role));
    }
    for path in PATHS {
        for other in &others {
            let refused = node.post_as(other, path, &json!({"credential": plain()}));
            assert_eq!(refused.status, 403, "{path}: {}", refused.text);
        }
    }
    let tester = node.token(&administrator, "a", "tester");
    let made = node.post_as(&tester, PATHS[0], &json!({"credential": plain()}));
    assert_eq!(made.status, 201, "{}", made.text);
    let checked = node.post_as(
        &tester,
        PATHS[2],
        &json!({"verifiableCredential": made.body}),
    );
    assert_eq!(checked.status, 200, "{}", checked.text);
}

#[test]
fn a_token_signs_for_its_own_organisation_only() {
    let node = Node::strict();
    let administrator = node.organisation("a");
    node.organisation("b");
    let tester = node.token(&administrator, "a", "tester");
    for other in [
        node.did("b"),
        format!("did:key:{}", node.multikey("b", "key-1")),
    ] {
        let mut credential = plain();
        credential["issuer"] = json!(other);
        let made = node.post_as(&tester, PATHS[0], &json!({"credential": credential}));
        assert_eq!(made.status, 201, "{}", made.text);
        assert_eq!(made.body["issuer"], json!(node.did("a")));
    }
}

#[test]
fn a_token_that_does_not_work_is_refused_where_none_is_needed() {
    let node = Node::dev();
    node.organisation("a");
    let refused = node.post_as("csk_nonsense", PATHS[0], &json!({"credential": plain()}));
    assert_eq!(refused.status, 401, "{}", refused.text);
}

#[test]
fn while_issuing_is_stopped_nothing_is_signed() {
    let node = Node::dev();
    node.organisation("a");
    let operator = node.operator().to_owned();
    let stop = br#"{"reason":"test"}"#;
    let stopped = node.send("PUT", "/api/v1/stops/issue", Some(&operator), stop);
    assert_eq!(stopped.status, 204, "{}", stopped.text);
    let refused = node.issue(&plain(), &json!({}));
    assert_eq!(refused.status, 503, "{}", refused.text);
    node.send("DELETE", "/api/v1/stops/issue", Some(&operator), b"");
    assert_eq!(node.issue(&plain(), &json!({})).status, 201);
}
