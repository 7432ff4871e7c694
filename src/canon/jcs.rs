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
    let mut writer = Writer::new();
    writer.value(value);
    writer.out
}

/// The canonical text of `object` as if its member `left_out` were not there:
/// how a document is hashed without its proof, and a proof without its value.
#[must_use]
pub fn to_text_without(object: &Object<'_>, left_out: &str) -> String {
    let mut writer = Writer::new();
    writer.object(object, Some(left_out));
    writer.out
}

struct Writer<'v> {
    out: String,
    /// The members of the objects that are being written, those of the
    /// innermost last.
    members: Vec<(&'v str, &'v Value<'v>)>,
}

impl<'v> Writer<'v> {
    fn new() -> Self {
        Self {
            out: String::with_capacity(4096),
            members: Vec::with_capacity(64),
        }
    }

    fn value(&mut self, value: &'v Value<'v>) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(number) => number.write_ecmascript(&mut self.out),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.array(items),
            Value::Object(object) => self.object(object, None),
        }
    }

    fn array(&mut self, items: &'v [Value<'v>]) {
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.value(item);
        }
        self.out.push(']');
    }

    fn object(&mut self, object: &'v Object<'v>, left_out: Option<&str>) {
        let start = self.members.len();
        let kept = object.iter().filter(|(name, _)| Some(*name) != left_out);
        self.members.extend(kept);
        if let Some(own) = self.members.get_mut(start..) {
            own.sort_unstable_by(|(left, _), (right, _)| by_utf16(left, right));
        }
        self.out.push('{');
        let mut at = start;
        while let Some((name, value)) = self.members.get(at).copied() {
            if at > start {
                self.out.push(',');
            }
            self.string(name);
            self.out.push(':');
            self.value(value);
            at += 1;
        }
        self.members.truncate(start);
        self.out.push('}');
    }

    fn string(&mut self, text: &str) {
        quoted::write(&mut self.out, text, Digits::Lower);
    }
}

/// The order of UTF-16 code units (§3.2.3), which is that of UTF-8 but for
/// characters beyond U+FFFF: their surrogates come before U+E000 to U+FFFF.
fn by_utf16(left: &str, right: &str) -> Ordering {
    const FIRST_OF_FOUR: u8 = 0xF0;
    const FIRST_FROM_E000: u8 = 0xEE;
    // Nearly always the first characters decide, and are in ASCII.
    if let ([first, ..], [second, ..]) = (left.as_bytes(), right.as_bytes())
        && first != second
        && first.max(second) < &FIRST_FROM_E000
    {
        return first.cmp(second);
    }
    let differing = left
        .bytes()
        .zip(right.bytes())
        .find(|(left, right)| left != right);
    match differing {
        None => left.len().cmp(&right.len()),
        Some((left, right)) => {
            let order = left.cmp(&right);
            let (lower, upper) = (left.min(right), left.max(right));
            if upper >= FIRST_OF_FOUR && (FIRST_FROM_E000..FIRST_OF_FOUR).contains(&lower) {
                order.reverse()
            } else {
                order
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::by_utf16;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_in_the_order_of_utf_16(
            left in "[a\u{e9}\u{7ff}\u{800}\u{d7ff}\u{e000}\u{ff5a}\u{ffff}\u{10000}\u{1f600}\u{10ffff}]{0,3}",
            right in "[a\u{e9}\u{7ff}\u{800}\u{d7ff}\u{e000}\u{ff5a}\u{ffff}\u{10000}\u{1f600}\u{10ffff}]{0,3}",
        ) {
            prop_assert_eq!(by_utf16(&left, &right), left.encode_utf16().cmp(right.encode_utf16()));
        }
    }
}
