//! The schema of each kind of value.

use super::build::{any_of, constant, number, object, pattern, reference, text, texts};
use crate::credential::iri;
use crate::credential::kind::VcVersion;
use crate::credential::language;
use crate::credential::model::{Contexts, EXTENSION_PATTERN, Enumeration, Kind};
use crate::credential::shape::{
    COMPACT_JWS_PATTERN, COUNTRY_PATTERN, EMAIL_PATTERN, Mode, OPEN_BADGES_ALIASES,
    OPEN_BADGES_PATTERN, STATUS_INDEX_PATTERN,
};
use crate::json::{Object, Value};
use crate::limits;

/// [`crate::credential::date::is_date_time`], together with the format.
const DATE_TIME_PATTERN: &str = concat!(
    "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T",
    "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?",
    "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
);
const DATE_PATTERN: &str = "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The kinds that many properties share.
pub(super) fn definitions(mode: Mode) -> Object<'static> {
    let mut definitions = Object::new();
    definitions.set("Any", any(mode));
    definitions.set("Uri", uri(mode));
    definitions.set("CompactJws", pattern(COMPACT_JWS_PATTERN));
    definitions.set("DateTime", date("date-time", DATE_TIME_PATTERN));
    definitions.set("Date", date("date", DATE_PATTERN));
    definitions.set("LanguageCode", pattern(language::PATTERN));
    definitions.set("NaturalLanguage", natural_language());
    definitions
}

/// Anything but `null`, at any depth.
fn any(mode: Mode) -> Value<'static> {
    let mut any = Object::new();
    any.set(
        "type",
        texts(&["string", "number", "boolean", "array", "object"]),
    );
    any.set("items", reference("Any"));
    if mode.is_issue() {
        any.set("minItems", 1);
    }
    any.set("additionalProperties", reference("Any"));
    any.into()
}

fn uri(mode: Mode) -> Value<'static> {
    let uri = pattern(iri::PATTERN);
    if !mode.is_issue() {
        return uri;
    }
    let short = object([("maxLength", number(limits::URL_BYTES))]);
    let picture = object([("pattern", text("^data:"))]);
    let lengths = any_of([short, picture]);
    object([("allOf", vec![uri, lengths].into())])
}

fn date(format: &'static str, pattern: &'static str) -> Value<'static> {
    object([
        ("type", text("string")),
        ("format", text(format)),
        ("pattern", text(pattern)),
        ("maxLength", Value::from(64)),
    ])
}

fn natural_language() -> Value<'static> {
    let string = || object([("type", text("string"))]);
    let with_language = object([
        ("type", text("object")),
        (
            "properties",
            object([
                ("@value", string()),
                ("@language", string()),
                ("@direction", string()),
            ]),
        ),
        ("required", texts(&["@value"])),
        ("additionalProperties", Value::from(false)),
    ]);
    let one = any_of([string(), with_language]);
    any_of([one.clone(), list(one, true)])
}

pub(super) fn list(item: Value<'static>, filled: bool) -> Value<'static> {
    let mut list = Object::new();
    list.set("type", "array");
    if filled {
        list.set("minItems", 1);
    }
    list.set("items", item);
    list.into()
}

/// An object whose member `name` is like this.
pub(super) fn member(name: &'static str, schema: Value<'static>) -> Value<'static> {
    object([
        ("properties", object([(name, schema)])),
        ("required", Value::from(vec![text(name)])),
    ])
}

/// A string, or a list that holds it.
pub(super) fn includes(name: &'static str) -> Value<'static> {
    let list = object([("type", text("array")), ("contains", constant(name))]);
    any_of([constant(name), list])
}

pub(super) fn begins_with_vc_1_1() -> Value<'static> {
    let version = VcVersion::V1_1.context();
    any_of([constant(version), begins_with(version, 1)])
}

fn begins_with(context: &'static str, at_least: usize) -> Value<'static> {
    object([
        ("type", text("array")),
        ("minItems", number(at_least)),
        ("prefixItems", Value::from(vec![constant(context)])),
    ])
}

pub(super) fn contexts(wanted: Contexts, mode: Mode) -> Value<'static> {
    let version = wanted.version.context();
    let at_least = if wanted.open_badges { 2 } else { 1 };
    let mut list = Object::new();
    list.set("type", "array");
    list.set("minItems", number(at_least));
    let mut first = vec![constant(version)];
    if mode.is_issue() {
        if wanted.open_badges {
            first.push(pattern(OPEN_BADGES_PATTERN));
        }
        list.set("prefixItems", first);
        list.set("items", reference("Uri"));
        return list.into();
    }
    list.set("prefixItems", first);
    let inline = object([("type", text("object"))]);
    list.set("items", any_of([reference("Uri"), inline]));
    if wanted.open_badges {
        let aliases = object([("enum", texts(&OPEN_BADGES_ALIASES))]);
        list.set("contains", any_of([pattern(OPEN_BADGES_PATTERN), aliases]));
        return list.into();
    }
    any_of([list.into(), constant(version)])
}

pub(super) fn types(wanted: &'static [&'static [&'static str]], mode: Mode) -> Value<'static> {
    let mut array = Object::new();
    array.set("type", "array");
    array.set("minItems", 1);
    array.set("items", type_name());
    let holds: Vec<_> = wanted
        .iter()
        .map(|names| object([("contains", object([("enum", texts(names))]))]))
        .collect();
    if !holds.is_empty() {
        array.set("allOf", holds);
    }
    match (mode, wanted) {
        (Mode::Check, []) => any_of([type_name(), array.into()]),
        (Mode::Check, [names]) => any_of([object([("enum", texts(names))]), array.into()]),
        _ => array.into(),
    }
}

pub(super) fn sole_type(wanted: Option<&'static str>, mode: Mode) -> Value<'static> {
    let one = wanted.map_or_else(type_name, constant);
    if mode.is_issue() {
        return one;
    }
    let mut array = Object::new();
    array.set("type", "array");
    array.set("minItems", 1);
    array.set("items", type_name());
    if let Some(wanted) = wanted {
        array.set("contains", constant(wanted));
    }
    any_of([one, array.into()])
}

fn type_name() -> Value<'static> {
    object([("type", text("string")), ("minLength", Value::from(1))])
}

/// The kinds that hold no object.
pub(super) fn scalar(kind: Kind, mode: Mode) -> Value<'static> {
    let strict = mode.is_issue();
    match kind {
        Kind::Uri => reference("Uri"),
        Kind::DateTime | Kind::DateTimeZ => reference("DateTime"),
        Kind::Date => reference("Date"),
        Kind::LanguageCode => reference("LanguageCode"),
        Kind::CompactJws => reference("CompactJws"),
        Kind::Float => object([("type", text("number"))]),
        Kind::Boolean => object([("type", text("boolean"))]),
        Kind::Enumeration(terms) => enumeration(terms),
        Kind::StatusIndex => status_index(mode),
        Kind::Text(longest) if strict && longest < usize::MAX => short(longest),
        Kind::Markdown if strict => short(limits::MARKDOWN_BYTES),
        Kind::EmailAddress if strict => object([
            ("type", text("string")),
            ("pattern", text(EMAIL_PATTERN)),
            ("maxLength", number(limits::EMAIL_BYTES)),
        ]),
        Kind::CountryCode if strict => pattern(COUNTRY_PATTERN),
        _ => object([("type", text("string"))]),
    }
}

fn short(longest: usize) -> Value<'static> {
    object([("type", text("string")), ("maxLength", number(longest))])
}

fn enumeration(enumeration: &'static Enumeration) -> Value<'static> {
    let terms = object([("enum", texts(enumeration.terms))]);
    if enumeration.extensible {
        any_of([terms, pattern(EXTENSION_PATTERN)])
    } else {
        terms
    }
}

fn status_index(mode: Mode) -> Value<'static> {
    let index = pattern(STATUS_INDEX_PATTERN);
    if mode.is_issue() {
        return index;
    }
    let most = i64::try_from(limits::JSON_SAFE_INTEGER).unwrap_or(i64::MAX);
    let integer = object([
        ("type", text("integer")),
        ("minimum", Value::from(0)),
        ("maximum", Value::from(most)),
    ]);
    any_of([index, integer])
}
