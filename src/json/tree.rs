//! From what the scanner saw to a tree.

use super::{Number, Object, Value};
use std::borrow::Cow;

/// One thing that the scanner saw, in the order of the text. The name of a
/// member is a [`Token::Text`] before its value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Token {
    Null,
    Bool(bool),
    Number(Number),
    Text(Text),
    /// With so many items.
    Array(usize),
    /// With so many members.
    Object(usize),
}

/// A string: where it lies between its quotes, and whether it holds escapes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) escaped: bool,
}

impl Text {
    pub(super) const fn length(&self) -> usize {
        self.end - self.start
    }

    /// What lies between the quotes of `text`, with its escapes.
    fn written<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The string that is meant.
    pub(super) fn meant<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.written(text));
        }
        let quoted = text.get(self.start - 1..=self.end).unwrap_or_default();
        Cow::Owned(serde_json::from_str(quoted).unwrap_or_default())
    }
}

/// The tree of what `scan` saw in `text`.
pub(super) fn build<'a>(text: &'a str, tokens: &[Token]) -> Value<'a> {
    Builder {
        text,
        tokens: tokens.iter(),
    }
    .value()
}

struct Builder<'a, 't> {
    text: &'a str,
    tokens: std::slice::Iter<'t, Token>,
}

impl<'a> Builder<'a, '_> {
    /// Goes as deep as the scanner let the text go, so that the stack is no
    /// concern.
    fn value(&mut self) -> Value<'a> {
        match self.tokens.next() {
            None | Some(Token::Null) => Value::Null,
            Some(Token::Bool(truth)) => Value::Bool(*truth),
            Some(Token::Number(number)) => Value::Number(*number),
            Some(Token::Text(string)) => Value::String(string.meant(self.text)),
            Some(Token::Array(items)) => {
                let mut array = Vec::with_capacity(*items);
                for _ in 0..*items {
                    array.push(self.value());
                }
                Value::Array(array)
            }
            Some(Token::Object(members)) => Value::Object(self.object(*members)),
        }
    }

    fn object(&mut self, count: usize) -> Object<'a> {
        let mut members = Vec::with_capacity(count);
        for _ in 0..count {
            if let Some(Token::Text(name)) = self.tokens.next() {
                members.push((name.meant(self.text), self.value()));
            }
        }
        Object::of_unlike(members)
    }
}

#[cfg(test)]
mod tests {
    use crate::json;
    use proptest::prelude::*;
    use serde_json::{Map, Number, Value};

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991..=9_007_199_254_740_991_i64).prop_map(Value::from),
            any::<f64>()
                .prop_filter_map("finite", |float| Number::from_f64(float).map(Value::Number)),
            "\\PC{0,6}|[\"\\\\/\n\t\u{1}\u{7f}a\u{e9}\u{10000}]{0,5}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            let name = "[a-c\"\u{e9}\n]{0,3}";
            let members = proptest::collection::vec((name, inner.clone()), 0..6);
            prop_oneof![
                proptest::collection::vec(inner, 0..6).prop_map(Value::Array),
                members.prop_map(|members| Value::Object(Map::from_iter(members))),
            ]
        })
    }

    /// The text with every character of its strings escaped, also those that
    /// need not be.
    fn escaped(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text.chars();
        let mut within = false;
        while let Some(character) = rest.next() {
            match character {
                '"' => within = !within,
                '\\' => {
                    let kind = rest.next();
                    let digits = if kind == Some('u') { 4 } else { 0 };
                    out.push('\\');
                    out.extend(kind);
                    out.extend(rest.by_ref().take(digits));
                    continue;
                }
                _ if within => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        out.push_str(&format!("\\u{unit:04X}"));
                    }
                    continue;
                }
                _ => {}
            }
            out.push(character);
        }
        out
    }

    fn reads_as(text: &str, expected: &Value) {
        let tree = json::parse(text.as_bytes()).expect("JSON");
        assert_eq!(
            &serde_json::to_value(&tree).expect("a tree"),
            expected,
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn texts_are_read_as_serde_json_reads_them(value in value()) {
            let text = value.to_string();
            reads_as(&text, &value);
            reads_as(&serde_json::to_string_pretty(&value).expect("text"), &value);
            reads_as(&escaped(&text), &value);
        }

        #[test]
        fn nothing_is_read_that_serde_json_refuses_or_reads_otherwise(
            value in value(),
            at in any::<prop::sample::Index>(),
            with in "[\"\\\\{}\\[\\]:,0-9.eE+\\-utn \n]{0,3}",
            gone in 0..3_usize,
        ) {
            let mut text: Vec<char> = value.to_string().chars().collect();
            let at = at.index(text.len() + 1);
            let end = (at + gone).min(text.len());
            text.splice(at..end, with.chars());
            let text: String = text.into_iter().collect();
            if let Ok(tree) = json::parse(text.as_bytes()) {
                let theirs: Value = serde_json::from_str(&text).expect("JSON");
                prop_assert_eq!(serde_json::to_value(&tree).expect("a tree"), theirs);
            }
        }
    }

    #[test]
    fn minus_zero_keeps_its_sign() {
        let tree = json::parse(b"[-0,-0.0,0]").expect("JSON");
        assert_eq!(tree.to_json(), "[-0.0,-0.0,0]");
    }
}
