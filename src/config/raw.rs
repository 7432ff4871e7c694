//! Values as they were given, before anybody knows what they mean.

use super::problem::Origin;
use zeroize::Zeroizing;

/// A value and where it came from. Its text is wiped when dropped: it may be a
/// secret.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// What was given.
#[derive(Clone)]
pub(super) enum Value {
    /// A text, a number or a truth value.
    One(Zeroizing<String>),
    /// A list of them.
    Many(Vec<Zeroizing<String>>),
    /// Something that no setting is: the name of what it is.
    Other(&'static str),
}

impl Raw {
    /// A text, as variables, options and defaults hold it. Lists are separated
    /// by commas.
    pub(super) fn text(text: &str, is_list: bool, origin: Origin) -> Self {
        let one = |part: &str| Zeroizing::new(part.to_owned());
        let value = if is_list {
            let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
            let parts = inner.split(',').map(str::trim);
            Value::Many(parts.filter(|part| !part.is_empty()).map(one).collect())
        } else {
            Value::One(one(text.trim()))
        };
        Self { value, origin }
    }

    /// Whether a value stands there at all; an empty text takes a value away.
    pub(super) fn is_set(&self) -> bool {
        match &self.value {
            Value::One(text) => !text.is_empty(),
            Value::Many(texts) => !texts.is_empty(),
            Value::Other(_) => true,
        }
    }

    /// The value as TOML.
    pub(super) fn to_toml(&self) -> String {
        match &self.value {
            Value::One(text) => literal(text),
            Value::Many(texts) => {
                let items: Vec<String> = texts.iter().map(|text| literal(text)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Other(what) => format!("({what})"),
        }
    }
}

fn literal(text: &str) -> String {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        text.to_owned()
    } else {
        toml::Value::String(text.to_owned()).to_string()
    }
}
