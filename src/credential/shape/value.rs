//! One value of a property: is it what its [`Kind`] says?

use super::{Checker, Path, Wrong};
use crate::credential::model::Kind;
use crate::credential::{date, iri, language};
use crate::json::{Object, Value};
use crate::limits;

impl Checker {
    pub(super) fn value(&mut self, value: &Value<'_>, kind: Kind, path: &Path<'_>) {
        match (kind, value) {
            (_, Value::Null) => self.fault(path, Wrong::Null),
            (
                Kind::Object(class) | Kind::UriOrObject(class) | Kind::JwsOrObject(class),
                Value::Object(object),
            ) => {
                self.object(object, class, path);
            }
            (Kind::Float, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) => {}
            (Kind::StatusIndex, Value::Number(number)) if !self.mode.is_issue() => {
                let is_index = number.as_i64().is_some_and(|index| index >= 0);
                self.demand(is_index, path, Wrong::StatusIndex);
            }
            (Kind::Object(_) | Kind::Float | Kind::Boolean, _) => {
                self.fault(path, Wrong::WrongKind(name_of(kind)));
            }
            (_, Value::String(text)) => self.text(text, kind, path),
            _ => self.fault(path, Wrong::WrongKind(name_of(kind))),
        }
    }

    fn text(&mut self, text: &str, kind: Kind, path: &Path<'_>) {
        let strict = self.mode.is_issue();
        let wrong = match kind {
            Kind::Uri | Kind::UriOrObject(_) if !iri::is_absolute(text) => Wrong::NotAbsolute,
            Kind::DateTime | Kind::DateTimeZ if !date::is_date_time(text) => Wrong::DateTime,
            Kind::Date if !date::is_date(text) => Wrong::Date,
            Kind::LanguageCode if !language::is_language_code(text) => Wrong::Language,
            Kind::Enumeration(terms) if !terms.has(text) => Wrong::NotATerm(terms.name),
            Kind::CompactJws | Kind::JwsOrObject(_) if !is_compact_jws(text) => Wrong::CompactJws,
            Kind::StatusIndex if !is_index(text) => Wrong::StatusIndex,
            Kind::EmailAddress if strict && !is_email_address(text) => Wrong::EmailAddress,
            Kind::CountryCode if strict && !is_country_code(text) => Wrong::CountryCode,
            _ => match longest(kind, text) {
                Some(longest) if strict && text.len() > longest => Wrong::TooLong(longest),
                _ => return,
            },
        };
        self.fault(path, wrong);
    }

    /// Text, or one or more texts with their language (VC 2.0 §11.1).
    pub(super) fn natural_language(&mut self, value: &Value<'_>, path: &Path<'_>) {
        match value {
            Value::Array(items) => {
                self.demand(!items.is_empty(), path, Wrong::EmptyArray);
                for (at, item) in items.iter().enumerate() {
                    self.language_value(item, &path.item(at));
                }
            }
            one => self.language_value(one, path),
        }
    }

    fn language_value(&mut self, value: &Value<'_>, path: &Path<'_>) {
        match value {
            Value::String(_) => {}
            Value::Null => self.fault(path, Wrong::Null),
            Value::Object(object) => {
                self.demand(object.contains("@value"), path, Wrong::Missing);
                self.members_of_language_value(object, path);
            }
            _ => self.fault(path, Wrong::WrongKind("text")),
        }
    }

    fn members_of_language_value(&mut self, object: &Object<'_>, path: &Path<'_>) {
        for (name, value) in object.iter() {
            let here = path.member(name);
            match (name, value) {
                ("@value" | "@language" | "@direction", Value::String(_)) => {}
                ("@value" | "@language" | "@direction", _) => {
                    self.fault(&here, Wrong::WrongKind("text"));
                }
                _ => self.fault(&here, Wrong::UnknownMember),
            }
        }
    }

    /// What the tables don't know: anything but `null` (JSON-LD drops it, so a
    /// signature would not cover it) and, when issuing, empty lists.
    pub(super) fn any(&mut self, value: &Value<'_>, path: &Path<'_>) {
        match value {
            Value::Null => self.fault(path, Wrong::Null),
            Value::Array(items) => {
                self.demand(
                    !items.is_empty() || !self.mode.is_issue(),
                    path,
                    Wrong::EmptyArray,
                );
                if self.ends_at(path) {
                    return;
                }
                for (at, item) in items.iter().enumerate() {
                    self.any(item, &path.item(at));
                }
            }
            Value::Object(object) => {
                if self.ends_at(path) {
                    return;
                }
                for (name, member) in object.iter() {
                    self.any(member, &path.member(name));
                }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// What a value of this kind is called in a fault.
const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Object(_) => "an object",
        Kind::UriOrObject(_) => "a web address or an object",
        Kind::JwsOrObject(_) => "a credential",
        Kind::Float => "a number",
        Kind::Boolean => "true or false",
        _ => "text",
    }
}

/// L-22; pictures in `data:` URIs have a limit of their own.
fn longest(kind: Kind, text: &str) -> Option<usize> {
    match kind {
        Kind::Text(longest) => Some(longest),
        Kind::Markdown => Some(limits::MARKDOWN_BYTES),
        Kind::EmailAddress => Some(limits::EMAIL_BYTES),
        Kind::Uri | Kind::UriOrObject(_) if !text.starts_with("data:") => Some(limits::URL_BYTES),
        _ => None,
    }
}

pub(crate) const COMPACT_JWS_PATTERN: &str = "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+$";

fn is_compact_jws(text: &str) -> bool {
    let is_base64url = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(header), Some(payload), Some(signature), None) => {
            !header.is_empty()
                && !signature.is_empty()
                && [header, payload, signature].into_iter().all(is_base64url)
        }
        _ => false,
    }
}

pub(crate) const STATUS_INDEX_PATTERN: &str = "^[0-9]{1,64}$";

fn is_index(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) const EMAIL_PATTERN: &str = "^[!-?A-~]+@[!-?A-~]+$";

/// ASCII without white space and exactly one `@` with something on either
/// side; whether mail arrives is another question.
fn is_email_address(text: &str) -> bool {
    let mut parts = text.split('@');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(local), Some(domain), None) => [local, domain]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic())),
        _ => false,
    }
}

pub(crate) const COUNTRY_PATTERN: &str = "^[A-Z]{2}$";

fn is_country_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
