//! A key is in other hands: the drill (SEC-45 to 47).

use crate::node::{Place, wait_until};
use serde_json::{Value, json};

const BADGES: &str = "/api/v1/issuers/council/credentials";

fn give(place: &Place, key: &str) -> Value {
    let order = json!({"achievement": "first-aid", "subject": {"id": format!("urn:person:{key}")},
        "awardedDate": "2026-01-02T03:04:05Z"});
    place.post(&place.officer, BADGES, key, &order)
}

fn check(place: &Place, badge: &Value) -> Value {
    let check = json!({"credential": badge["credential"]});
    place
        .try_post("", "/api/v1/checks", "", &check)
        .expect("an answer")
        .json()
}

fn read(place: &Place, id: &Value) -> Value {
    let id = id.as_str().expect("an id");
    place.get(&place.officer, &format!("{BADGES}/{id}")).json()
}

#[test]
fn after_a_key_is_lost_every_badge_of_it_is_given_anew_once() {
    let (place, mut node) = Place::new("drill");
    let before: Vec<Value> = (0..25)
        .map(|number| give(&place, &format!("b{number}")))
        .collect();
    node.kill();
    let order = [
        "key",
        "compromise",
        "council",
        "key-1",
        "--since",
        "2026-01-01T00:00:00Z",
    ];
    let (code, said) = place.run(&order);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("the 25 badges"), "{said}");
    let apply = [&order[..], &["--apply"]].concat();
    let (code, said) = place.run(&apply);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("25 badges were given anew"), "{said}");
    assert!(said.contains("25 holders are to be told"), "{said}");
    // A second time there is nothing to do.
    let (code, said) = place.run(&apply);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("0 badges were given anew"), "{said}");

    let _node = place.start("");
    for old in &before {
        let now = read(&place, &old["id"]);
        let newer = read(&place, &now["standing"]["followedBy"]);
        wait_until(|| check(&place, old)["outcome"] == "withdrawn");
        assert_eq!(check(&place, old)["conclusion"], "reject");
        let report = check(&place, &newer);
        assert_eq!(report["conclusion"], "accept", "{report}");
        let subject = |badge: &Value| badge["credential"]["credentialSubject"]["id"].clone();
        assert_eq!(subject(old), subject(&newer));
        assert_eq!(newer["credential"]["awardedDate"], "2026-01-02T03:04:05Z");
        assert_eq!(newer["followsAs"], "reissue");
    }
    let later = give(&place, "later");
    let method = later["credential"]["proof"][0]["verificationMethod"].clone();
    assert!(
        method.as_str().expect("a method").ends_with("#key-2"),
        "{method}"
    );
    assert_eq!(check(&place, &later)["conclusion"], "accept");
}
