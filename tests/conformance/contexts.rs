//! Engines that know what the W3C's examples use. The product never accepts
//! these contexts.

use crate::suite::text;
use countersign::canon::{Catalog, Edition, Engine, is_shipped};
use std::path::Path;

/// The context of the W3C's examples: a vocabulary, which gives every name a
/// meaning. Strict mode knows no vocabularies, so to it the terms are spelled
/// out.
const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";
const EXAMPLES_SPELLED_OUT: &str = r#"{"@context":{
    "AlumniCredential": "https://www.w3.org/ns/credentials/examples#AlumniCredential",
    "alumniOf": "https://www.w3.org/ns/credentials/examples#alumniOf"
}}"#;

/// Our own contexts, and beside them those that only tests may know.
pub fn with_examples(shared: &Path) -> Engine {
    let mut catalog = Catalog::shipped(Edition::Newest);
    for (url, document) in published(shared) {
        if !is_shipped(&url) {
            catalog.add(&url, &document);
        }
    }
    catalog.add(EXAMPLES, EXAMPLES_SPELLED_OUT);
    Engine::new(catalog)
}

/// Every context as its owner published it, none of them our own copy, but
/// the examples spelled out.
pub fn as_published(shared: &Path) -> Engine {
    let mut catalog = published_catalog(shared);
    catalog.add(EXAMPLES, EXAMPLES_SPELLED_OUT);
    Engine::new(catalog)
}

/// Every context as its owner published it, the vocabulary too.
pub fn with_vocabulary(shared: &Path) -> Engine {
    Engine::new(published_catalog(shared))
}

fn published_catalog(shared: &Path) -> Catalog {
    let mut catalog = Catalog::shipped(Edition::Newest);
    for (url, document) in published(shared) {
        catalog.add(&url, &document);
    }
    catalog
}

/// Address and text of each published context; of two at one address the
/// newer.
pub fn published(shared: &Path) -> Vec<(String, String)> {
    let folder = shared.join("contexts");
    let index: serde_json::Value =
        serde_json::from_str(&text(&folder.join("index.json"))).expect("an index");
    let entries = index.as_array().expect("a list of contexts").iter();
    entries
        .filter(|entry| entry["note"] != "as of April 2025")
        .map(|entry| {
            let member = |name: &str| entry[name].as_str().expect("text").to_owned();
            (member("url"), text(&folder.join(member("file"))))
        })
        .collect()
}
