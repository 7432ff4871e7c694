//! Statements of random badges beside those of `json-ld`.

use crate::badges::badge;
use crate::oracle::{ours, shipped, theirs};
use countersign::canon::{Edition, Error, Mode, Nothing, engine};
use countersign::json as tree;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Numbers the identifiers: what is described in two places is refused.
fn numbered(mut badge: Value) -> Value {
    fn walk(value: &mut Value, count: &mut usize) {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(id)) = object.get_mut("id") {
                    id.push_str(&format!("-{count}"));
                    *count += 1;
                }
                object.values_mut().for_each(|value| walk(value, count));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, count)),
            _ => {}
        }
    }
    walk(&mut badge, &mut 0);
    badge
}

/// Takes out what an older edition of the contexts does not map.
fn mapped(mut badge: Value) -> Value {
    loop {
        let text = badge.to_string();
        let tree = tree::parse(text.as_bytes()).expect("JSON");
        let outcome = engine(Edition::Newest).read(&tree, None, &Mode::strict(), &mut Nothing);
        let Err(Error::UnmappedTerm { path, .. }) = outcome else {
            return badge;
        };
        let (above, name) = path.rsplit_once('/').expect("a pointer");
        match badge.pointer_mut(above).expect("a place") {
            Value::Object(object) => drop(object.remove(name).expect("a member")),
            other => panic!("{path} in {other}"),
        }
    }
}

fn good_badge() -> impl Strategy<Value = Value> {
    badge().prop_map(numbered).prop_map(mapped)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_badges_have_the_same_canonical_statements(badge in good_badge()) {
        let text = badge.to_string();
        let tree = tree::parse(text.as_bytes()).expect("JSON");
        match (ours(&tree), theirs(&text, shipped())) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs, "{}", text),
            // Two editions of a context in one document.
            (Err("context_not_allowed"), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{:?}\n{:?}\n{}", ours, theirs, text),
        }
    }

    /// A badge with something odd in it has the right statements or is refused.
    #[test]
    fn odd_badges_are_read_right_or_refused(
        mut badge in good_badge(),
        at in any::<prop::sample::Index>(),
        oddity in oddity(),
    ) {
        let mut places = Vec::new();
        objects(&badge, "", &mut places);
        let place: &String = at.get(&places);
        let place = badge.pointer_mut(place).expect("a place");
        let (name, value) = oddity;
        place[name] = value;
        let text = badge.to_string();
        let tree = tree::parse(text.as_bytes()).expect("JSON");
        if let Ok(ours) = ours(&tree) {
            let theirs = theirs(&text, shipped());
            prop_assert_eq!(Ok(ours), theirs, "{}", text);
        }
    }

    /// Whatever is changed in a badge changes its statements.
    #[test]
    fn every_leaf_is_covered_by_the_statements(
        badge in good_badge(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut places = Vec::new();
        leaves(&badge, "", &mut places);
        let place = at.get(&places);
        let mut changed = badge.clone();
        let leaf = changed.pointer_mut(place).expect("a place");
        *leaf = match &*leaf {
            Value::String(text) => Value::from(format!("{text}0")),
            Value::Bool(truth) => Value::from(!truth),
            Value::Number(number) if number.is_f64() => Value::from(0.5),
            _ => Value::from(1),
        };
        prop_assume!(changed != badge);
        let text = |badge: &Value| badge.to_string();
        let (badge, changed) = (text(&badge), text(&changed));
        let read = |text: &str| ours(&tree::parse(text.as_bytes()).expect("JSON"));
        if let (Ok(before), Ok(after)) = (read(&badge), read(&changed)) {
            prop_assert_ne!(before, after, "{} {}", place, badge);
        }
    }
}

/// Pointers to every object below `value`.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.push(path.to_owned());
            for (name, value) in object {
                objects(value, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                objects(item, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// Pointers to every value that is no object or array, but no context.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if name != "@context" {
                    leaves(value, &format!("{path}/{name}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{at}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// A member that does not belong where it is put, and a value.
fn oddity() -> impl Strategy<Value = (&'static str, Value)> {
    (select(&NAMES[..]), select(odd_values()))
}

#[rustfmt::skip] // words, not one on each line
const NAMES: [&str; 45] = [
    "id", "type", "name", "description", "issuer", "validFrom",
    "achievement", "criteria", "credentialSubject", "allowedValue", "tag", "creditsEarned",
    "hashed", "image", "proof", "endorsement", "evidence", "geo",
    "url", "resultDescription", "termsOfUse", "confidenceMethod", "relatedResource", "digestSRI",
    "@id", "@type", "@graph", "@index", "@language", "@value",
    "@list", "@set", "@reverse", "@nest", "@included", "@direction",
    "@json", "unknown", "", "https://schema.org/name", "schema:name", "_:b",
    "xsd:date", "OB:name", "ctdl",
];

fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(7),
        json!(7.5),
        json!("text"),
        json!(""),
        json!("https://a.example/x"),
        json!("relative"),
        json!("_:b0"),
        json!("@id"),
        json!("en"),
        json!([]),
        json!({}),
        json!(["a", ["b", "c"]]),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!({ "@value": "v" }),
        json!({ "@value": 1, "@type": "xsd:integer" }),
        json!({ "@value": "v", "@language": "de", "@direction": "ltr" }),
        json!({ "@value": true, "@index": "i" }),
        json!({ "@value": null }),
        json!({ "@list": ["a"] }),
        json!({ "@set": ["a"] }),
        json!({ "@id": "https://a.example/y" }),
        json!({ "id": "https://a.example/y" }),
        json!({ "type": "Achievement", "name": "n" }),
        json!({ "type": ["Profile"], "name": "n" }),
        json!({ "type": "Address", "geo": {} }),
        json!({ "en": "text", "cy": ["testun", "mwy"] }),
        json!("VerifiableCredential"),
        json!(["VerifiableCredential", "https://a.example/T"]),
        json!("Achievement"),
    ]
}

/// How `json-ld` 0.21 is known to differ: numbers only. The datatypes of
/// booleans, `7.5` and the items of lists, which software built on it loses,
/// are right in itself.
#[test]
fn numbers_differ_where_json_ld_is_known_to_be_wrong() {
    for (number, literal, theirs_literal) in [
        ("6", "6", "6"),
        ("7.5", "7.5E0", "7.5E0"),
        ("-0.125", "-1.25E-1", "-1.25E-1"),
        ("42.0", "42", "42"),
        // A number without a fraction is an integer, also a large one
        // (JSON-LD 1.1 API §8.2.2 step 10).
        ("1e3", "1000", "1000"),
        ("1e20", "100000000000000000000", "1.0E20"),
        ("1e21", "1.0E21", "1.0E21"),
        // 16 significant digits (step 11), not the shortest form.
        ("0.30000000000000004", "3.0E-1", "3.0000000000000004E-1"),
        (
            "-72003024849.9681",
            "-7.200302484996809E10",
            "-7.20030248499681E10",
        ),
    ] {
        let badge = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{{"type":"AchievementSubject","creditsEarned":{number}}}}}"#
        );
        let tree = tree::parse(badge.as_bytes()).expect("JSON");
        let quoted =
            |literal: &str| format!("\"{literal}\"^^<https://www.w3.org/2001/XMLSchema#float>");
        let ours = ours(&tree).expect("statements");
        assert!(ours.contains(&quoted(literal)), "{number}: {ours}");
        let theirs = theirs(&badge, shipped()).expect("statements");
        assert!(
            theirs.contains(&quoted(theirs_literal)),
            "{number}: {theirs}"
        );
    }
}
