//! A database that is put back from a copy (REL-09, REL-16).

use crate::invariants::Told;
use crate::node::Place;
use std::fs;

/// Moves the database away, as if the disk were lost; the issue log is on
/// another.
fn lose_database(place: &Place) {
    let data = place.folder.path().join("data");
    for name in ["countersign.db", "countersign.db-wal", "countersign.db-shm"] {
        drop(fs::remove_file(data.join(name)));
    }
}

fn back_up(place: &Place) -> String {
    let file = place.folder.path().join("copy.backup");
    let file = file.to_string_lossy().into_owned();
    let (code, said) = place.run(&["backup", "-o", &file]);
    assert_eq!(code, 0, "{said}");
    file
}

#[test]
fn badges_given_after_the_copy_come_back_and_no_position_is_given_again() {
    let (place, mut node) = Place::new("restore");
    let told = Told::default();
    for number in 0..5 {
        assert!(told.ask(&place, &format!("before-{number}")));
    }
    let copy = back_up(&place);
    for number in 0..20 {
        assert!(told.ask(&place, &format!("after-{number}")));
    }
    let withdrawn = told.first();
    let id = withdrawn["id"].as_str().expect("an id");
    let path = format!("/api/v1/issuers/council/credentials/{id}");
    place.post(
        &place.officer,
        &format!("{path}/revocation"),
        "w",
        &serde_json::json!({}),
    );
    node.kill();
    lose_database(&place);
    let (code, said) = place.run(&["restore", &copy]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("5 badges"), "{said}");
    let (code, said) = place.run(&["restore", &copy, "--apply"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("20 of them were missing"), "{said}");
    let _node = place.start("");
    let listed = place.get(
        &place.officer,
        "/api/v1/issuers/council/credentials?limit=200",
    );
    assert_eq!(listed.json()["items"].as_array().expect("badges").len(), 25);
    // What was withdrawn after the copy is withdrawn.
    let standing = place.get(&place.officer, &path).json()["standing"].clone();
    assert!(standing["withdrawnAt"].is_string(), "{standing}");
    let new = Told::default();
    for number in 0..20 {
        assert!(new.ask(&place, &format!("later-{number}")));
    }
    let listed = place.get(
        &place.officer,
        "/api/v1/issuers/council/credentials?limit=200",
    );
    let (code, said) = place.run(&["doctor", "--deep"]);
    assert_eq!(code, 0, "{said}");
    let items = listed.json()["items"].as_array().expect("badges").clone();
    let mut positions = std::collections::BTreeSet::new();
    for item in &items {
        let id = item["id"].as_str().expect("an id");
        let path = format!("/api/v1/issuers/council/credentials/{id}");
        let badge = place.get(&place.officer, &path).json();
        let status = &badge["credential"]["credentialStatus"];
        assert!(
            positions.insert(status.to_string()),
            "{status} is given twice"
        );
    }
    assert_eq!(positions.len(), 45);
}

/// The control of the fence: a copy that is simply put in place hands out
/// nothing.
#[test]
fn a_database_that_is_copied_back_by_hand_hands_out_nothing() {
    let (place, mut node) = Place::new("fence");
    let told = Told::default();
    assert!(told.ask(&place, "before"));
    let data = place.folder.path().join("data");
    node.kill();
    // Without the process the write-ahead log is part of the database.
    let copy = place.folder.path().join("copied");
    fs::create_dir(&copy).expect("a folder");
    for name in ["countersign.db", "countersign.db-wal"] {
        if data.join(name).exists() {
            fs::copy(data.join(name), copy.join(name)).expect("copied");
        }
    }
    let mut node = place.start("");
    assert!(told.ask(&place, "after"));
    node.kill();
    lose_database(&place);
    for name in ["countersign.db", "countersign.db-wal"] {
        if copy.join(name).exists() {
            fs::copy(copy.join(name), data.join(name)).expect("copied back");
        }
    }
    let mut node = place.start("");
    let body = crate::invariants::asked("fenced");
    let path = "/api/v1/issuers/council/credentials";
    let refused = place
        .try_post(&place.officer, path, "fenced", &body)
        .expect("an answer");
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.body.contains("fenced"), "{refused:?}");
    node.kill();
    let (code, said) = place.run(&["restore", "--resume", "--apply"]);
    assert_eq!(code, 0, "{said}");
    let _node = place.start("");
    assert!(told.ask(&place, "fenced"));
}

#[test]
fn a_back_up_that_was_changed_or_cut_off_does_not_open() {
    let (place, mut node) = Place::new("damaged");
    let told = Told::default();
    assert!(told.ask(&place, "before"));
    let copy = back_up(&place);
    node.kill();
    let whole = fs::read(&copy).expect("the back-up");
    let length = whole.len();
    let mut flipped = whole.clone();
    flipped[length - 100] ^= 1;
    for (name, bytes) in [
        ("flipped", flipped),
        ("cut", whole[..length - 1].to_vec()),
        ("short", whole[..length / 2].to_vec()),
        ("longer", [whole.as_slice(), b"x"].concat()),
        ("empty", Vec::new()),
    ] {
        let path = place.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        let (code, said) = place.run(&["restore", &path.to_string_lossy()]);
        assert_eq!(code, 65, "{name}: {said}");
    }
}
