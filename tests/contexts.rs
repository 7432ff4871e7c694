//! The contexts we ship are the published ones, and the list of them is true.

#![expect(clippy::expect_used, reason = "test code")]

use countersign::canon::{is_shipped, jcs};
use countersign::json::{self, Value};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/contexts")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file")
}

fn index() -> Vec<(String, String, String)> {
    let text = read(&folder().join("index.json"));
    let index = json::parse(text.as_bytes()).expect("JSON");
    let member = |entry: &Value<'_>, name: &str| {
        entry
            .get(name)
            .and_then(Value::as_str)
            .expect("a member")
            .to_owned()
    };
    index
        .one_or_many()
        .iter()
        .map(|entry| {
            (
                member(entry, "url"),
                member(entry, "file"),
                member(entry, "sha256"),
            )
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_file_is_in_its_normal_form_and_has_its_digest() {
    let sources = read(&folder().join("../SOURCES.md"));
    for (url, file, sha256) in index() {
        let text = read(&folder().join(&file));
        let tree = json::parse(text.as_bytes()).expect("JSON");
        assert_eq!(
            jcs::to_text(&tree),
            text,
            "{file} is not in the form of RFC 8785"
        );
        assert_eq!(hex(&Sha256::digest(&text)), sha256, "{file}");
        assert!(
            sources.contains(&sha256) && sources.contains(&url),
            "{file} is not in SOURCES.md"
        );
        assert!(is_shipped(&url), "{url} is not compiled in");
    }
}

#[test]
fn no_file_is_without_an_entry() {
    let listed: BTreeSet<String> = index().into_iter().map(|(_, file, _)| file).collect();
    for entry in std::fs::read_dir(folder()).expect("a folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(name == "index.json" || listed.contains(&name), "{name}");
    }
}

#[test]
fn contexts_of_examples_are_not_shipped() {
    for url in [
        "https://www.w3.org/ns/credentials/examples/v2",
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        "https://w3id.org/citizenship/v4rc1",
    ] {
        assert!(!is_shipped(url), "{url}");
    }
}

/// Wherever a copy of what was published is at hand, ours is the same JSON.
#[test]
fn every_file_equals_what_was_published() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/contexts");
    if !shared.is_dir() {
        println!("skipped: the published contexts are not here");
        return;
    }
    let ours: BTreeSet<String> = index()
        .into_iter()
        .map(|(_, file, _)| read(&folder().join(file)))
        .collect();
    let published: BTreeSet<String> = std::fs::read_dir(shared)
        .expect("a folder")
        .map(|entry| read(&entry.expect("an entry").path()))
        .filter_map(|text| Some(jcs::to_text(&json::parse(text.as_bytes()).ok()?)))
        .collect();
    for text in ours {
        assert!(published.contains(&text), "not as published: {text:.200}");
    }
}
