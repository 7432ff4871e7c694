//! No room on the disk, and an audit that cannot be written.

use crate::client::send;
use crate::invariants::{Told, asked};
use crate::node::{Place, wait_until};
use serde_json::json;
use std::process::{Command, Stdio};

const BADGES: &str = "/api/v1/issuers/council/credentials";

/// An act that cannot be put on record is not done (SEC-70).
#[test]
fn without_its_audit_entry_nothing_is_given() {
    let (place, mut node) = Place::new("audit");
    let told = Told::default();
    assert!(told.ask(&place, "before"));
    node.kill();
    let mut node = place.start("store.audit=return");
    let refused = place
        .try_post(&place.officer, BADGES, "refused", &asked("refused"))
        .expect("an answer");
    assert_eq!(refused.status, 500, "{refused:?}");
    let design = json!({"slug": "other", "achievement": {
        "name": "Other", "description": "x", "criteria": {"narrative": "x"}}});
    let path = "/api/v1/issuers/council/achievements";
    let refused = place
        .try_post(&place.officer, path, "other", &design)
        .expect("an answer");
    assert_eq!(refused.status, 500, "{refused:?}");
    node.kill();
    let _node = place.start("");
    let missing = place.get(&place.officer, &format!("{path}/other"));
    assert_eq!(missing.status, 404, "{missing:?}");
    // What was reserved is finished with its entry.
    assert!(told.ask(&place, "refused"));
    told.broken(&place).unwrap();
}

/// REL-17: writes are refused, reads go on, and with room again so do writes.
///
/// Needs a file system of its own, so the right to mount one; where that is
/// missing (not as root, no user namespaces) it says so and looks no further.
#[test]
fn a_full_disk_stops_writing_and_nothing_else() {
    let (place, mut node) = Place::new("full");
    node.kill();
    let data = place.folder.path().join("data");
    let kept = place.folder.path().join("kept");
    std::fs::rename(&data, &kept).expect("moved");
    std::fs::create_dir(&data).expect("a folder");
    let Some(mut small) = small_disk(&place, &data, &kept) else {
        println!("NOT TESTED: this machine lets us mount no file system");
        return;
    };
    wait_until(|| send(place.port, ("GET", "/livez"), &[], "").is_some());
    let told = Told::default();
    let mut refused = None;
    for number in 0..3_000 {
        let key = format!("full-{number}");
        let answer = place
            .try_post(&place.officer, BADGES, &key, &asked(&key))
            .expect("an answer");
        match answer.status {
            201 => assert!(told.ask(&place, &key), "it is there"),
            507 => {
                refused = Some(answer);
                break;
            }
            _ => panic!("{answer:?}"),
        }
    }
    let refused = refused.expect("the disk is full");
    assert!(refused.body.contains("storage_low"), "{refused:?}");
    let reading = send(place.port, ("GET", "/.well-known/did.json"), &[], "").expect("an answer");
    assert_eq!(reading.status, 200);
    let listed = place.get(&place.officer, BADGES);
    assert_eq!(listed.status, 200);
    assert!(told.acknowledged() > 0);
    small.kill().expect("killed");
    small.wait().expect("gone");
}

/// Runs the node on a file system of a few megabytes.
fn small_disk(
    place: &Place,
    data: &std::path::Path,
    kept: &std::path::Path,
) -> Option<std::process::Child> {
    let script = format!(
        "mount -t tmpfs -o size=4m tmpfs {0} && cp -a {1}/. {0}/ && exec \"$@\"",
        data.display(),
        kept.display()
    );
    let rights = ["-m", "-rm"].into_iter().find(|rights| {
        Command::new("unshare")
            .args([rights, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })?;
    let node = place.command("");
    let mut command = Command::new("unshare");
    command
        .args([rights, "sh", "-c", &script, "sh"])
        .arg(node.get_program());
    command.args(node.get_args());
    for (name, value) in node.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}
