//! Builds the tree from text that the scanner has let through.
//!
//! The scanner has read every byte and found JSON within the limits, so this
//! only has to cut it up: grammar, duplicate names and sizes are behind it, and
//! the nesting is shallow enough to recurse. Escapes are left to `serde_json`.
//! Where the text is not what the scanner promised, nothing is built.

use super::value::{Object, Value};
use super::{Number, plain_prefix};
use std::borrow::Cow;

/// The tree of a scanned text.
pub(super) fn build(text: &str) -> Option<Value<'_>> {
    Builder { text, at: 0 }.value()
}

struct Builder<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Builder<'a> {
    fn value(&mut self) -> Option<Value<'a>> {
        match self.next_byte()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string().map(Value::String),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self) -> Option<Value<'a>> {
        let mut members = Vec::with_capacity(8);
        self.at += 1;
        loop {
            match self.next_byte()? {
                b'}' => break,
                b',' => self.at += 1,
                _ => {
                    let name = self.string()?;
                    self.next_byte().filter(|byte| *byte == b':')?;
                    self.at += 1;
                    members.push((name, self.value()?));
                }
            }
        }
        self.at += 1;
        Some(Value::Object(Object::from_members(members)))
    }

    fn array(&mut self) -> Option<Value<'a>> {
        let mut items = Vec::with_capacity(4);
        self.at += 1;
        loop {
            match self.next_byte()? {
                b']' => break,
                b',' => self.at += 1,
                _ => items.push(self.value()?),
            }
        }
        self.at += 1;
        Some(Value::Array(items))
    }

    /// Borrowed where it holds no escape.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let opening = self.at;
        let mut at = opening + 1;
        let mut escaped = false;
        loop {
            at += plain_prefix(self.text.as_bytes().get(at..)?);
            match self.text.as_bytes().get(at)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    at += 2;
                }
                _ => return None,
            }
        }
        self.at = at + 1;
        if escaped {
            let quoted = self.text.get(opening..=at)?;
            return serde_json::from_str(quoted).ok().map(Cow::Owned);
        }
        self.text.get(opening + 1..at).map(Cow::Borrowed)
    }

    fn number(&mut self) -> Option<Value<'a>> {
        let rest = self.text.get(self.at..)?;
        let is_part =
            |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.bytes().take_while(is_part).count();
        let digits = rest.get(..length)?;
        self.at += length;
        let number = match digits.parse() {
            // Negative zero is no integer.
            Ok(integer) if digits != "-0" => Number::Integer(integer),
            _ => Number::Float(digits.parse().ok()?),
        };
        Some(Value::Number(number))
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        self.at += word.len();
        Some(value)
    }

    /// The next byte that is not white space.
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                other => return Some(*other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use proptest::prelude::*;

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Into::into),
            prop::num::f64::NORMAL.prop_map(Into::into),
            "\\PC{0,12}".prop_map(Into::into),
            "[\\x01-\\x1f\"\\\\/\u{7f}é😀]{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::hash_map("\\PC{0,6}", inner, 0..6)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// What is built is what `serde_json` reads, whatever the white space.
        #[test]
        fn it_builds_what_serde_json_reads(value in any_json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).expect("text")] {
                let ours = parse(text.as_bytes()).expect("JSON").to_json();
                let again: serde_json::Value = serde_json::from_str(&ours).expect("JSON");
                let theirs: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(again, theirs);
            }
        }
    }

    #[test]
    fn negative_zero_and_large_numbers_stay_what_they_are() {
        for (text, expected) in [
            ("-0", "-0.0"),
            ("-1", "-1"),
            ("1e2", "100.0"),
            ("[ ]", "[]"),
            ("{ }", "{}"),
            (" \"\\u00e9\" ", "\"é\""),
        ] {
            assert_eq!(parse(text.as_bytes()).expect("JSON").to_json(), expected);
        }
    }
}
