//! Two nodes on this machine, each a process of its own, over real HTTP: a
//! council gives badges, a university checks them; the council withdraws,
//! changes its key, goes away.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "what other tests need of the shared files is not needed here"
)]

#[path = "../faults/client.rs"]
mod client;
#[path = "../faults/node.rs"]
mod node;

use node::{Node, Place, wait_until};
use serde_json::{Value, json};

const BADGES: &str = "/api/v1/issuers/council/credentials";
/// Badges of the design have no end.
const GOOD: &str = "current-no-expiry";

struct Pair {
    council: Place,
    council_node: Option<Node>,
    university: Place,
    _university_node: Node,
}

impl Pair {
    fn new(name: &str) -> Self {
        let (council, council_node) = Place::new(&format!("{name}-council"));
        let (university, university_node) = Place::new(&format!("{name}-university"));
        Self {
            council,
            council_node: Some(council_node),
            university,
            _university_node: university_node,
        }
    }

    fn give(&self, key: &str) -> Value {
        let order = json!({"achievement": "first-aid", "subject": {"name": "Saffron Velvetine"}});
        self.council
            .post(&self.council.officer, BADGES, key, &order)
    }

    /// What the university says of a badge.
    fn check(&self, badge: &Value, max_status_age: Option<u32>) -> Value {
        let mut check = json!({"credential": badge["credential"]});
        if let Some(age) = max_status_age {
            check["maxStatusAge"] = json!(age);
        }
        let answer = self.university.try_post("", "/api/v1/checks", "", &check);
        let answer = answer.expect("an answer");
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

#[test]
fn a_badge_of_one_node_is_checked_by_another_until_it_is_withdrawn() {
    let pair = Pair::new("withdraw");
    let badge = pair.give("a");
    let report = pair.check(&badge, None);
    assert_eq!(report["outcome"], GOOD, "{report}");
    assert_eq!(report["conclusion"], "accept");
    let id = badge["id"].as_str().expect("an id");
    let officer = &pair.council.officer;
    let reason = json!({"reason": "issued in error"});
    pair.council
        .post(officer, &format!("{BADGES}/{id}/revocation"), "w", &reason);
    wait_until(|| pair.check(&badge, Some(0))["outcome"] == "withdrawn");
    let report = pair.check(&badge, Some(0));
    assert_eq!(report["conclusion"], "reject", "{report}");
    assert_eq!(report["current"]["code"], "revoked", "{report}");
    // It is the badge that is withdrawn, not the list: another one stands.
    let other = pair.give("b");
    assert_eq!(pair.check(&other, Some(0))["outcome"], GOOD);
}

#[test]
fn what_another_node_checks_is_what_was_given() {
    let pair = Pair::new("changed");
    let badge = pair.give("a");
    let mut changed = badge.clone();
    changed["credential"]["name"] = json!("Brain surgery");
    let report = pair.check(&changed, None);
    assert_eq!(report["outcome"], "changed", "{report}");
    assert!(report["credential"].is_null(), "{report}");
    // The other node's own key proves nothing for this issuer.
    let order = json!({"achievement": "first-aid", "subject": {"name": "Jo"}});
    let university = &pair.university;
    let foreign = university.post(&university.officer, BADGES, "f", &order);
    let mut stolen = badge.clone();
    stolen["credential"]["proof"] = foreign["credential"]["proof"].clone();
    let report = pair.check(&stolen, None);
    assert_ne!(report["conclusion"], "accept", "{report}");
}

#[test]
fn when_the_issuer_is_gone_what_was_seen_is_used_and_what_was_not_is_unknown() {
    let mut pair = Pair::new("gone");
    let (seen, unseen) = (pair.give("a"), pair.give("b"));
    assert_eq!(pair.check(&seen, None)["outcome"], GOOD);
    pair.council_node = None;
    // Keys and list were fetched for the first badge; both are in them.
    let report = pair.check(&unseen, None);
    assert_eq!(report["conclusion"], "accept", "{report}");
    // Whoever insists on asking again is told that it could not be done, as
    // soon as the copy is a second old.
    wait_until(|| pair.check(&seen, Some(0))["conclusion"] == "undecided");
    let report = pair.check(&seen, Some(0));
    assert_eq!(report["conclusion"], "undecided", "{report}");
    assert_eq!(report["outcome"], "status-unreachable", "{report}");
}

#[test]
fn a_node_that_was_never_reached_leaves_a_badge_undecided() {
    let mut pair = Pair::new("never");
    let badge = pair.give("a");
    pair.council_node = None;
    let report = pair.check(&badge, None);
    assert_eq!(report["conclusion"], "undecided", "{report}");
    assert_eq!(report["outcome"], "key-unreachable", "{report}");
    assert!(report["credential"].is_null(), "{report}");
}

#[test]
fn a_shared_badge_is_checked_by_its_link() {
    let pair = Pair::new("link");
    let badge = pair.give("a");
    let id = badge["id"].as_str().expect("an id");
    let link = badge["address"].as_str().expect("an address");
    let by_link = |link: &str| {
        let check = json!({ "link": link });
        let answer = pair.university.try_post("", "/api/v1/checks", "", &check);
        answer.expect("an answer").json()
    };
    // Until it is shared it is not there, not even for those who know where.
    assert_eq!(by_link(link)["outcome"], "not-found");
    let officer = &pair.council.officer;
    let share = json!({"kind": "link"});
    let share = pair
        .council
        .post(officer, &format!("{BADGES}/{id}/shares"), "s", &share);
    let report = by_link(share["address"].as_str().expect("an address"));
    assert_eq!(report["outcome"], GOOD, "{report}");
}
