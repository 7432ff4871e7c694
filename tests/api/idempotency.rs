//! A request that is sent twice acts once (REL-03).

use crate::{Badge, Node, fresh_key, new_badge, rows};
use countersign::edge::idempotency::Once;
use countersign::edge::problem::Problem;
use serde_json::json;

fn badges(node: &Node, design: &str) -> i64 {
    rows::count(
        node,
        &format!("credentials WHERE achievement_id = '{design}'"),
    )
}

#[test]
fn a_request_that_gives_needs_a_name() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let long = "k".repeat(256);
    for bad in [
        None,
        Some(""),
        Some("  "),
        Some(long.as_str()),
        Some("schl\u{fc}ssel"),
    ] {
        let order = node
            .order(&office, &new_badge(&design))
            .without("Idempotency-Key");
        let order = match bad {
            None => order,
            Some(key) => order.key(key),
        };
        assert_eq!(order.refused("idempotency_missing").status, 400);
    }
    assert_eq!(badges(node, &design), 0);
    let order = node.order(&office, &new_badge(&design));
    order.key(&"k".repeat(255)).expect(201);
}

#[test]
fn the_same_request_gets_the_same_answer_byte_for_byte() {
    let node = Node::start();
    let office = node.office();
    let design = node.design(&office);
    let order = || node.order(&office, &new_badge(&design)).key("once");
    let first = order().expect(201);
    node.pass(3_600);
    assert_eq!(order().expect(201).body, first.body);
    let badge = Badge::of(&first);
    node.about(&office, &badge, "revocation").expect(200);
    assert_eq!(order().expect(201).body, first.body);
    node.about(&office, &badge, "renewal").send();
    assert_eq!(order().expect(201).body, first.body);
    assert_eq!(
        rows::count(&node, &format!("credentials WHERE id = '{}'", badge.id)),
        1
    );
}

#[test]
fn a_design_that_is_retired_meanwhile_does_not_change_the_answer() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let order = || node.order(&office, &new_badge(&design)).key("once");
    let first = order().expect(201);
    node.request("DELETE", &format!("{}/achievements/{design}", office.path))
        .token(&office.officer)
        .expect(204);
    assert_eq!(order().expect(201).body, first.body);
}

#[test]
fn the_same_name_for_something_else_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let badge = Badge::of(
        &node
            .order(&office, &new_badge(&design))
            .key("k")
            .expect(201),
    );
    let other = json!({ "achievement": design, "subject": { "name": "Somebody Else" } });
    node.order(&office, &other)
        .key("k")
        .refused("idempotency_mismatch");
    let mut spaced = new_badge(&design).to_string();
    spaced.push(' ');
    node.order(&office, &json!(null))
        .text(&spaced)
        .key("k")
        .refused("idempotency_mismatch");
    for what in ["renewal", "revocation"] {
        node.about(&office, &badge, what)
            .key("k")
            .refused("idempotency_mismatch");
    }
    assert_eq!(badges(node, &design), 1);
    assert_eq!(rows::acts(node, &badge.id), ["credential.issued"]);
}

#[test]
fn two_organisations_may_use_the_same_name() {
    let node = Node::shared();
    for _ in 0..2 {
        let office = node.office();
        let design = node.design(&office);
        node.order(&office, &new_badge(&design))
            .key("same")
            .expect(201);
    }
}

#[test]
fn sixteen_at_the_same_time_get_one_badge() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let order = || node.order(&office, &new_badge(&design)).key("crowd");
    let answers: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|_| scope.spawn(|| order().send())).collect();
        all.into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    });
    let last = order().expect(201);
    for answer in &answers {
        match answer.status {
            201 => assert_eq!(answer.body, last.body),
            409 => {
                assert_eq!(answer.code(), "idempotency_in_progress");
                assert_eq!(answer.header("retry-after"), "1");
            }
            _ => panic!("{}", answer.text()),
        }
    }
    assert!(answers.iter().any(|answer| answer.status == 201));
    assert_eq!(badges(node, &design), 1);
    let id = last.word("id");
    assert_eq!(rows::acts(node, &id), ["credential.issued"]);
    assert_eq!(
        rows::count(
            node,
            &format!("status_entries WHERE credential_id = '{id}'")
        ),
        1
    );
}

#[test]
fn sixteen_at_the_same_time_make_one_organisation_and_one_key() {
    let node = Node::shared();
    let slug = crate::fresh("crowd");
    let (key, issuer) = (fresh_key(), crate::new_issuer(&slug));
    let found = |ask: &(dyn Fn() -> crate::Answer + Sync)| -> Vec<u16> {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
            all.into_iter()
                .map(|one| one.join().expect("an answer").status)
                .collect()
        })
    };
    let made = found(&|| {
        node.post("/api/v1/issuers")
            .token(&node.operator)
            .json(&issuer)
            .key(&key)
            .send()
    });
    assert!(
        made.iter().all(|status| [201, 409].contains(status)),
        "{made:?}"
    );
    assert_eq!(
        rows::count(node, &format!("issuers WHERE slug = '{slug}'")),
        1
    );
    let office = node.office();
    let made = found(&|| {
        node.post(&format!("{}/keys", office.path))
            .token(&office.administrator)
            .text("{}")
            .key("one")
            .send()
    });
    assert!(
        made.iter().all(|status| [201, 409].contains(status)),
        "{made:?}"
    );
    let keys = node
        .get(&format!("{}/keys", office.path))
        .token(&office.auditor)
        .expect(200);
    assert_eq!(keys.json()["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_still_runs_is_not_begun_again() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let badge = new_badge(&design);
    let tenant = rows::lines(
        node,
        &format!(
            "SELECT id AS line FROM issuers WHERE slug = '{}'",
            office.slug
        ),
    );
    let route = format!("POST {}/credentials", office.path);
    let once = Once::new(
        &tenant[0],
        Some("slow"),
        &route,
        badge.to_string().as_bytes(),
    );
    let once = once.expect("a name");
    let now = node.clock.unix();
    let begun: Result<(), Problem> = node
        .state
        .store
        .write_blocking(move |tx| once.begin(tx.conn, now));
    begun.expect("begun");
    let answer = node
        .order(&office, &badge)
        .key("slow")
        .refused("idempotency_in_progress");
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(badges(node, &design), 0);
}

#[test]
fn a_request_that_was_refused_leaves_its_name_free() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    node.order(&office, &new_badge("no-such-design"))
        .key("free")
        .refused("not_found");
    let mut bad = new_badge(&design);
    bad["validUntil"] = json!("2020-01-01T00:00:00Z");
    node.order(&office, &bad)
        .key("free")
        .refused("issue_refused");
    node.order(&office, &new_badge(&design))
        .key("free")
        .expect(201);
}

#[test]
fn a_name_is_kept_for_thirty_days_and_then_forgotten() {
    const DAY: i64 = 86_400;
    let node = Node::start();
    let office = node.office();
    let design = node.design(&office);
    let order = || node.order(&office, &new_badge(&design)).key("kept");
    let first = order().expect(201);
    node.pass(29 * DAY);
    node.round();
    assert_eq!(order().expect(201).body, first.body);
    node.pass(2 * DAY);
    node.until(|| rows::count(&node, "idempotency_keys WHERE key = 'kept'") == 0);
    assert_ne!(order().expect(201).word("id"), first.word("id"));
    assert_eq!(badges(&node, &design), 2);
}

#[test]
fn withdrawing_twice_under_one_name_is_answered_alike() {
    let node = Node::start();
    let (office, _, badge) = node.given();
    let withdraw = || node.about(&office, &badge, "revocation").key("w");
    let first = withdraw().expect(200);
    node.pass(60);
    assert_eq!(withdraw().expect(200).body, first.body);
}
