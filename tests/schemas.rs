//! The schemas under `schemas/` are those of the tables, and say the same as
//! the shape check.
//!
//! After a change of the tables, write the files anew with
//! `COUNTERSIGN_WRITE_SCHEMAS=1 cargo test --test schemas files`.
//!
//! Known differences between schema and shape check, each with a test below:
//! the schema counts characters where L-22 counts bytes; the schema refuses no
//! depth (the JSON scanner does, before either).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "schemas/fixtures.rs"]
mod fixtures;
#[path = "schemas/support.rs"]
mod support;

use countersign::credential::schema::SCHEMAS;
use countersign::credential::shape::Mode;
use countersign::json::{self, Value};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use support::{FULL_BADGE, Schemas, change, places, vectors};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(name)
}

#[test]
fn files_are_those_of_the_tables() {
    for schema in &SCHEMAS {
        let path = file(schema.file);
        if std::env::var_os("COUNTERSIGN_WRITE_SCHEMAS").is_some() {
            std::fs::write(&path, schema.file_text()).expect("schemas can be written");
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text == schema.file_text(),
            "{} differs from the tables; see the top of this file",
            schema.file
        );
    }
}

#[test]
fn files_of_no_table_are_not_there() {
    let known: Vec<_> = SCHEMAS.iter().map(|schema| schema.file).collect();
    for entry in std::fs::read_dir(file("")).expect("schemas/") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name");
        let is_schema = Path::new(&name).extension().is_some_and(|it| it == "json");
        assert!(!is_schema || known.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn schemas_are_schemas() {
    for schema in &SCHEMAS {
        let text = schema.file_text();
        let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(jsonschema::meta::is_valid(&document), "{}", schema.file);
    }
}

#[test]
fn schema_and_check_agree_on_the_full_badge_and_its_parts() {
    let schemas = Schemas::new();
    let badge = json::parse(FULL_BADGE.as_bytes()).expect("JSON");
    assert_eq!(
        schemas.accepting(&badge),
        [
            "achievement-credential.json",
            "achievement-credential-issued.json",
        ]
    );
    for (pointer, _) in places(&badge) {
        let part = badge_at(&badge, &pointer);
        schemas.agree(&part, &format!("the part at {pointer}"));
    }
}

#[test]
fn schema_and_check_agree_on_every_vector() {
    let schemas = Schemas::new();
    for (name, text) in vectors(&[
        "1edtech-public-validator/ob30",
        "golden",
        "vc-data-model-2.0/tests/input",
    ]) {
        if let Ok(document) = json::parse(text.as_bytes()) {
            schemas.agree(&document, &name);
        }
    }
}

/// What a value is replaced with.
const VALUES: [&str; 30] = [
    "null",
    "true",
    "0",
    "1",
    "-1",
    "1.5",
    "1e300",
    r#""""#,
    r#""x""#,
    r#""https://x.example/a""#,
    r#""https://x.example/a b""#,
    r#""2026-01-01T00:00:00Z""#,
    r#""2026-01-01T00:00:00.123456789+01:00""#,
    r#""2026-01-01T00:00:00""#,
    r#""2026-02-30T00:00:00Z""#,
    r#""2026-01-01""#,
    r#""a.b.c""#,
    r#""en-GB""#,
    r#""ext:a""#,
    r#""xxext:a b""#,
    r#""sha256$0""#,
    r#""Profile""#,
    "[]",
    "[null]",
    r#"["x"]"#,
    r#"["Profile"]"#,
    "{}",
    r#"{"id":"x"}"#,
    r#"{"id":"did:web:x.example","type":["Profile"]}"#,
    r#"{"en":"a","cy":"b"}"#,
];

/// Every place of the full badge, spoiled in every way of [`VALUES`], put into
/// a list, taken out of one, renamed and dropped.
#[test]
fn schema_and_check_agree_on_every_small_change() {
    let schemas = Schemas::new();
    let badge = json::parse(FULL_BADGE.as_bytes()).expect("JSON");
    let (mut changed, mut accepted) = (0, 0);
    for (pointer, is_member) in places(&badge) {
        for (what, spoiled) in small_changes(&badge, &pointer, is_member) {
            accepted += schemas.agree_on_badges(&spoiled, &format!("{what} at {pointer}"));
            changed += 1;
        }
    }
    assert!(changed > 5_000, "{changed} changes");
    assert!(
        accepted > 500,
        "{accepted} accepted: the test must not be one-sided"
    );
}

fn small_changes<'a>(
    badge: &Value<'a>,
    pointer: &str,
    is_member: bool,
) -> Vec<(String, Value<'a>)> {
    let mut changes = Vec::new();
    for text in VALUES {
        let value = json::parse(text.as_bytes()).expect(text);
        changes.push((
            text.to_owned(),
            change(badge, pointer, |place| *place = value.clone()),
        ));
    }
    let wrapped = change(badge, pointer, |place| {
        *place = Value::from(vec![place.clone()])
    });
    changes.push(("a list".to_owned(), wrapped));
    let unwrapped = change(badge, pointer, |place| {
        if let Some(first) = place.as_array().and_then(|items| items.first()).cloned() {
            *place = first;
        }
    });
    changes.push(("no list".to_owned(), unwrapped));
    if is_member {
        for name in [None, Some("renamed"), Some("image"), Some("validUntil")] {
            changes.push((format!("{name:?}"), support::rename(badge, pointer, name)));
        }
    }
    changes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_check_agree_on_several_changes(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..VALUES.len() + 2), 1..4)
    ) {
        let schemas = Schemas::new();
        let mut badge = json::parse(FULL_BADGE.as_bytes()).expect("JSON");
        for (index, kind) in changes {
            let places = places(&badge);
            if places.is_empty() {
                break;
            }
            let (pointer, is_member) = &places[index.index(places.len())];
            badge = match VALUES.get(kind) {
                Some(value) => {
                    let value = json::parse(value.as_bytes()).expect(value);
                    change(&badge, pointer, |place| *place = value.clone())
                }
                None if *is_member => support::rename(&badge, pointer, None),
                None => badge,
            };
        }
        schemas.agree_on_badges(&badge, &badge.to_json());
    }
}

#[test]
fn the_schema_counts_characters_and_the_check_bytes() {
    let schemas = Schemas::new();
    let badge = json::parse(FULL_BADGE.as_bytes()).expect("JSON");
    let welsh = Value::from("ŵ".repeat(200));
    let spoiled = change(&badge, "/name", |place| *place = welsh.clone());
    let issued = schemas.verdicts(&spoiled, |schema| {
        schema.mode == Mode::ISSUE && schema.file.starts_with("achievement-credential")
    });
    assert_eq!(
        issued,
        [("achievement-credential-issued.json", true, false)]
    );
}

fn badge_at<'a>(badge: &Value<'a>, pointer: &str) -> Value<'a> {
    support::at(badge, pointer).expect(pointer).clone()
}
