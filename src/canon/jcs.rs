//! JSON Canonicalization Scheme (RFC 8785): one text for one JSON value.
//!
//! A small writer for the hot path. `serde_jcs` is the reference: property
//! tests compare the two.

use crate::json::{Object, Value};
use std::cmp::Ordering;
use std::fmt::Write as _;

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
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(needs_escape) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = special.chars();
        if let Some(character) = characters.next() {
            write_escape(out, character);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

const fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, b'"' | b'\\')
}

fn write_escape(out: &mut String, character: char) {
    match character {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        // Writing to a String cannot fail.
        other => {
            let _ = write!(out, "\\u{:04x}", u32::from(other));
        }
    }
}
