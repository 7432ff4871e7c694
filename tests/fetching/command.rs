//! `countersign check` with the network.

use crate::badges::{Fault, Site};
use crate::peer::{Peer, answer, path};
use std::process::{Command, Output};

/// No credential, but a token.
const TOKEN: &[u8] = b"eyJhbGciOiJFZERTQSJ9.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .arg("check")
        .args(arguments)
        .output()
        .expect("the command runs")
}

/// Exit code and outcome.
fn outcome(arguments: &[&str]) -> (i32, String) {
    let output = check(&[&["--json", "--at", "2026-11-25T12:00:00Z"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = said.split("\"outcome\": \"").nth(1).unwrap_or_default();
    let outcome = outcome.split('"').next().unwrap_or_default().to_owned();
    (output.status.code().expect("an exit code"), outcome)
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn a_badge_on_this_machine_is_checked_with_its_documents() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    site.serve("/credentials/1", issuer.badge("key-1"), &[]);
    let url = format!("{}/credentials/1", issuer.base);
    assert_eq!(outcome(&[&url]), (0, "current".to_owned()));
    let shown = check(&["--json", "--at", "2026-11-25T12:00:00Z", &url]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("\"documents\""), "{shown}");
    assert!(!shown.contains("127.0.0.1:"), "{shown}");

    site.fail(Fault::Closed, "status");
    assert_eq!(outcome(&[&url]), (3, "status-unreachable".to_owned()));
    site.fail(Fault::Status("500 Oops"), "did.json");
    assert_eq!(outcome(&[&url]), (3, "key-unreachable".to_owned()));
}

#[test]
fn an_issuer_on_this_machine_counts_for_no_badge_from_elsewhere() {
    let site = Site::new();
    let (peer, issuer) = site.open();
    let file = folder("loopback").join("badge.json");
    std::fs::write(&file, issuer.badge("key-1")).expect("a file");
    let file = file.to_str().expect("a plain path");
    assert_eq!(outcome(&[file]).0, 3);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn with_a_folder_nothing_is_fetched() {
    let site = Site::new();
    let (peer, issuer) = site.open();
    site.serve("/credentials/1", issuer.badge("key-1"), &[]);
    let folder = folder("folder");
    let host = folder.join(format!("localhost%3A{}", peer.port));
    for (path, text) in [
        ("credentials/1.json", issuer.badge("key-1")),
        (".well-known/did.json", issuer.document("key-1")),
    ] {
        let file = host.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    let documents = folder.to_str().expect("a plain path");
    let (there, not_there) = (
        format!("{}/credentials/1", issuer.base),
        format!("{}/credentials/2", issuer.base),
    );
    let found = outcome(&["--documents", documents, &there]);
    assert_eq!(found, (3, "status-unreachable".to_owned()));
    assert_eq!(outcome(&["--documents", documents, &not_there]).0, 66);
    assert_eq!(peer.connections(), 0);
}

#[test]
fn what_lies_at_an_address_may_be_a_token_a_picture_or_nothing() {
    let peer = Peer::new(|head, wire| match path(head) {
        "/page" => answer(wire, "200 OK", &[("Content-Type", "text/html")], b"<p>"),
        "/text" => answer(wire, "200 OK", &[("Content-Type", "text/plain")], b"hello"),
        "/token" => answer(
            wire,
            "200 OK",
            &[("Content-Type", "application/vc+jwt")],
            TOKEN,
        ),
        "/svg" => answer(
            wire,
            "200 OK",
            &[("Content-Type", "image/svg+xml")],
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
        _ => answer(wire, "404 x", &[], b""),
    });
    let nothing = || (3, "no-badge-found".to_owned());
    assert_eq!(outcome(&[&peer.url("/page")]), nothing());
    assert_eq!(outcome(&[&peer.url("/text")]), nothing());
    assert_eq!(outcome(&[&peer.url("/svg")]), nothing());
    assert_ne!(outcome(&[&peer.url("/token")]).1, "no-badge-found");
    let output = check(&[&peer.url("/missing")]);
    assert_eq!(output.status.code(), Some(66));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the host does not have it"), "{said}");
    assert_eq!(said.lines().count(), 1);
}

#[test]
fn an_address_that_moves_leads_no_further_than_it_may() {
    let trap = Peer::trap();
    let to = format!("http://127.0.0.2:{}/", trap.port);
    let peer = Peer::new(move |_, wire| answer(wire, "302 x", &[("Location", &to)], b""));
    assert_eq!(check(&[&peer.url("/")]).status.code(), Some(66));
    assert_eq!(trap.connections(), 0);
}
