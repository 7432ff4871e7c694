//! Every credential that lies in the shared data.

use crate::oracle::{Contexts, add, ours, ours_with, shipped, theirs};
use countersign::canon::{Catalog, Edition, Engine, Mode};
use countersign::json;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file below `folder`.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Every object below `value` that names contexts and calls itself something.
fn documents(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("@context") && object.contains_key("type") {
                found.push(value.to_string());
            }
            object.values().for_each(|value| documents(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| documents(item, found)),
        _ => {}
    }
}

fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("COUNTERSIGN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if shared.is_dir() {
        return Some(shared);
    }
    println!("skipped: the shared data is not here");
    None
}

/// A text where the data model has an object, below a term whose scoped context
/// forgets all terms (`verifiableCredential`). To the letter, JSON-LD 1.1 API
/// §5.1.2 step 4.2 may not override protected terms for a value that is no
/// object, although step 8 may for one that is. We read it as step 8, like
/// `jsonld.js`; shapes refuse such a text anyway.
const NULLIFIED: &str = "presentation-vc-as-string-fail.json";

/// Reads every document both ways; what only we take or what differs is wrong.
/// Returns how many are equal.
fn compare(
    shared: &Path,
    ours: impl Fn(&json::Value<'_>) -> Result<String, &'static str>,
    theirs: impl Fn(&str) -> Result<String, String>,
) -> usize {
    let mut paths = Vec::new();
    files(shared, &mut paths);
    paths.sort();
    let (mut equal, mut refused, mut wrong) = (0, BTreeMap::new(), Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut found = Vec::new();
        documents(&serde_json::from_str(&text).unwrap_or_default(), &mut found);
        for document in found {
            let Ok(tree) = json::parse(document.as_bytes()) else {
                continue;
            };
            match ours(&tree) {
                Err(code) => *refused.entry(code).or_insert(0) += 1,
                Ok(ours) => match theirs(&document) {
                    Ok(theirs) if theirs == ours => equal += 1,
                    Err(why) if why.ends_with("Invalid context nullification") => {
                        assert!(path.ends_with(NULLIFIED), "{}", path.display());
                    }
                    theirs => wrong.push(format!(
                        "{}\n{document}\nours\n{ours}\ntheirs\n{theirs:?}",
                        path.display()
                    )),
                },
            }
        }
    }
    println!("{equal} equal, refused by us: {refused:?}");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    equal
}

#[test]
fn documents_have_the_same_canonical_statements() {
    let Some(shared) = shared() else { return };
    let equal = compare(&shared, ours, |document| theirs(document, shipped()));
    assert!(equal >= 108, "only {equal}");
}

/// The same without strict mode, with every context that is published, so that
/// more documents are taken.
#[test]
fn documents_that_are_no_badges_have_them_too() {
    let Some(shared) = shared() else { return };
    let index = shared.join("contexts/index.json");
    let index = std::fs::read_to_string(index).expect("an index");
    let index: Value = serde_json::from_str(&index).expect("JSON");
    let mut contexts = Contexts::new();
    let mut catalog = Catalog::shipped(Edition::Newest);
    for entry in index.as_array().expect("a list") {
        if entry["note"] == "as of April 2025" {
            continue;
        }
        let member = |name: &str| entry[name].as_str().expect("text").to_owned();
        let text = std::fs::read_to_string(shared.join("contexts").join(member("file")));
        let text = text.expect("a context");
        add(&mut contexts, &member("url"), &text);
        catalog.add(&member("url"), &text);
    }
    let engine = Engine::new(catalog);
    let equal = compare(
        &shared,
        |document| ours_with(document, &engine, Mode::lax(None)),
        |document| theirs(document, &contexts),
    );
    assert!(equal >= 238, "only {equal}");
}
