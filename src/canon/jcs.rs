//! JSON Canonicalization Scheme (RFC 8785): one text for one JSON value.
//!
//! A small writer for the hot path. `serde_jcs` is the reference: property
//! tests compare the two.

use super::quoted::{self, Digits};
use crate::json::{Object, Value};
use std::cmp::Ordering;

/// The canonical text of `value`.
///
/// ```
/// use countersign::{canon::jcs, json};
/// let tree = json::parse(br#"{ "b": 1e2, "a": ["\u20ac"] }"#)?;
/// assert_eq!(jcs::to_text(&tree), r#"{"a":["€"],"b":100}"#);
/// # Ok::<(), json::Error>(())
/// ```
#[must_use]
pub fn to_text(value: &Value<'_>) -> String {
    let mut out = String::with_capacity(4096);
    write_value(&mut out, value);
    out
}

/// The canonical text of `object` as if its member `left_out` were not there:
/// how a document is hashed without its proof.
#[must_use]
pub fn to_text_without(object: &Object<'_>, left_out: &str) -> String {
    let mut out = String::with_capacity(4096);
    write_object(&mut out, object, Some(left_out));
    out
}

fn write_value(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => number.write_ecmascript(out),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(object) => write_object(out, object, None),
    }
}

fn write_object(out: &mut String, object: &Object<'_>, left_out: Option<&str>) {
    let mut members: Vec<(&str, &Value<'_>)> = object
        .iter()
        .filter(|(name, _)| Some(*name) != left_out)
        .collect();
    members.sort_unstable_by(|(left, _), (right, _)| by_utf16(left, right));
    out.push('{');
    for (at, (name, value)) in members.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_string(out, name);
        out.push(':');
        write_value(out, value);
    }
    out.push('}');
}

/// RFC 8785 §3.2.3: members are ordered by UTF-16 code units, which differs
/// from the order of bytes only beyond the Basic Multilingual Plane.
fn by_utf16(left: &str, right: &str) -> Ordering {
    if left.is_ascii() || right.is_ascii() {
        left.cmp(right)
    } else {
        left.encode_utf16().cmp(right.encode_utf16())
    }
}

/// RFC 8785 §3.2.2.2.
fn write_string(out: &mut String, text: &str) {
    quoted::write(out, text, Digits::Lower);
}
