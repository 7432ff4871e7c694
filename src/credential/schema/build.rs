//! Small pieces to build schemas from, and the list of classes to be written.

use crate::credential::model::Class;
use crate::json::{Object, Value};
use std::borrow::Cow;

/// Classes wanted by those already written.
#[derive(Default)]
pub(super) struct Names {
    wanted: Vec<&'static Class>,
    written: usize,
}

impl Names {
    pub(super) fn want(&mut self, class: &'static Class) {
        if !self.wanted.iter().any(|other| other.name == class.name) {
            self.wanted.push(class);
        }
    }

    pub(super) fn next(&mut self) -> Option<&'static Class> {
        let next = self.wanted.get(self.written).copied();
        self.written += usize::from(next.is_some());
        next
    }
}

pub(super) fn object<const N: usize>(
    members: [(&'static str, Value<'static>); N],
) -> Value<'static> {
    members
        .into_iter()
        .map(|(name, value)| (Cow::Borrowed(name), value))
        .collect::<Object<'static>>()
        .into()
}

pub(super) fn text(text: &'static str) -> Value<'static> {
    Value::from(text)
}

pub(super) fn texts(texts: &'static [&'static str]) -> Value<'static> {
    texts.iter().map(|it| text(it)).collect::<Vec<_>>().into()
}

pub(super) fn number(number: usize) -> Value<'static> {
    Value::from(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(super) fn reference(name: &str) -> Value<'static> {
    object([("$ref", Value::from(format!("#/$defs/{name}")))])
}

pub(super) fn any_of<const N: usize>(choices: [Value<'static>; N]) -> Value<'static> {
    object([("anyOf", Vec::from(choices).into())])
}

pub(super) fn pattern(pattern: &'static str) -> Value<'static> {
    object([("type", text("string")), ("pattern", text(pattern))])
}

pub(super) fn constant(value: &'static str) -> Value<'static> {
    object([("const", text(value))])
}
