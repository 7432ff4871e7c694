//! Documents that differ from a given one in one thing: every change that a
//! list of operations can make, at every place.

use crate::documents::{at, grown, places, renamed, with, without};
use crate::issuing::value;
use countersign::json::{self, Object, Value};

/// Names that mean something in the contexts or in JSON-LD, and some that mean
/// nothing.
const NAMES: [&str; 62] = [
    "@base",
    "@container",
    "@context",
    "@direction",
    "@graph",
    "@id",
    "@import",
    "@included",
    "@index",
    "@json",
    "@language",
    "@list",
    "@nest",
    "@none",
    "@reverse",
    "@set",
    "@type",
    "@value",
    "@version",
    "@vocab",
    "",
    "a",
    "colour",
    "schema:name",
    "https://schema.org/name",
    "_:b",
    "id",
    "type",
    "name",
    "Name",
    "description",
    "image",
    "url",
    "email",
    "phone",
    "narrative",
    "evidence",
    "endorsement",
    "tag",
    "alignment",
    "related",
    "identifier",
    "result",
    "source",
    "creator",
    "role",
    "term",
    "status",
    "value",
    "validUntil",
    "validFrom",
    "awardedDate",
    "termsOfUse",
    "credentialSchema",
    "credentialStatus",
    "refreshService",
    "proof",
    "relatedResource",
    "holder",
    "nonce",
    "domain",
    "previousProof",
];

/// Values for a new member, or in place of an old one.
const VALUES: [&str; 26] = [
    "null",
    "true",
    "0",
    "-1.5",
    r#""""#,
    r#""a""#,
    r#""urn:uuid:a""#,
    r#""https://www.w3.org/ns/credentials/v2""#,
    r#""2030-01-01T00:00:00Z""#,
    "[]",
    "[[]]",
    "[null]",
    r#"["a"]"#,
    r#"[["a"]]"#,
    "{}",
    "[{}]",
    r#"{"id":"urn:uuid:a"}"#,
    r#"{"@value":"a"}"#,
    r#"{"@id":"urn:uuid:a"}"#,
    r#"{"@list":[]}"#,
    r#"{"@set":[]}"#,
    r#"{"@context":"https://www.w3.org/ns/credentials/v2"}"#,
    r#"{"a":"b"}"#,
    r#"{"type":"Evidence"}"#,
    r#"[{"type":["Evidence"]}]"#,
    r#"[{"type":["Profile"],"id":"urn:uuid:a","name":"a"}]"#,
];

/// A change that can be made: its name, and the changed document. Nothing, if
/// the place does not allow it.
pub type Change<'c> = &'c dyn Fn() -> Option<(String, Value<'static>)>;

/// Hands on every change of `document`.
pub fn each(document: &Value<'static>, mut found: impl FnMut(Kind, Change<'_>)) {
    let all = places(document);
    for place in all.iter().skip(1) {
        let old = at(document, place);
        found(Kind::Loss, &|| {
            Some((format!("take out {place}"), without(document, place)))
        });
        let put = |new: &Value<'static>| {
            let name = format!("put {} at {place}", new.to_json());
            Some((name, with(document, place, new.clone())))
        };
        for new in changes(old) {
            found(Kind::Loss, &|| put(&new));
        }
        for new in retyped(old) {
            found(Kind::Other, &|| put(&new));
        }
        let names = NAMES.iter().filter(|_| place.is_member());
        for name in names {
            found(Kind::Other, &|| {
                let text = format!("rename {place} to {name:?}");
                Some((text, renamed(document, place, name)))
            });
        }
    }
    for place in &all {
        let is_list = matches!(at(document, place), Value::Array(_));
        let is_object = matches!(at(document, place), Value::Object(_));
        let names = usize::from(is_list) + NAMES.len() * usize::from(is_object);
        for name in NAMES.iter().take(names) {
            for new in VALUES {
                found(Kind::Other, &|| {
                    let text = format!("add {name:?}: {new} to {place}");
                    Some((text, grown(document, place, name, value(new))?))
                });
            }
        }
    }
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Something that was signed is gone or says something else.
    Loss,
    /// The rest, of which there are many.
    Other,
}

/// Other values of the same type, near the old one.
fn changes(old: &Value<'static>) -> Vec<Value<'static>> {
    match old {
        Value::String(text) => {
            let mut new = vec![
                format!("{text} "),
                format!("{text}x"),
                format!("{text}\u{200b}"),
                text.to_uppercase(),
                text.to_lowercase(),
                text.replace('e', "\u{435}"),
                text.replace('1', "2"),
                text.chars().rev().collect(),
            ];
            if let Some((last, _)) = text.char_indices().last() {
                new.push(text[..last].to_owned());
            }
            new.into_iter().map(Value::from).collect()
        }
        Value::Number(number) => {
            let near = number.as_f64() + 1.0;
            vec![value(&format!("{near}")), value("0"), value("1e300")]
        }
        Value::Bool(truth) => vec![Value::from(!truth)],
        _ => Vec::new(),
    }
}

/// The same text or number as another type of JSON value, and values that have
/// nothing to do with it.
fn retyped(old: &Value<'static>) -> Vec<Value<'static>> {
    let mut new: Vec<Value<'static>> = VALUES.iter().map(|text| value(text)).collect();
    for name in ["@value", "@id", "id", "en", "@list", "@set", "@graph"] {
        let mut object = Object::new();
        object.set(name, old.clone());
        new.push(Value::from(object));
    }
    new.push(Value::from(vec![old.clone(), Value::from("a")]));
    match old {
        Value::String(text) => {
            new.extend(json::parse(text.as_bytes()).map(Value::into_owned));
        }
        Value::Number(_) | Value::Bool(_) => new.push(Value::from(old.to_json())),
        _ => {}
    }
    new
}
