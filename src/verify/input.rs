//! What was handed in: JSON, a token, a picture, or nothing we know.

use super::credential::format_finding;
use super::report::{Finding, Note};
use crate::bake;
use crate::credential::DocumentKind;
use crate::json::{self, Value};
use crate::proof::Jws;
use std::borrow::Cow;

/// The badge in the input, or why there is none.
pub(super) enum Presented<'a> {
    /// JSON that calls itself something we check.
    Document(Value<'a>, DocumentKind),
    /// A compact JWS.
    Token(Cow<'a, str>),
    /// The address of a hosted badge of Open Badges 1 or 2.
    HostedUrl(String),
    /// Something is there, but it cannot be read.
    Unreadable(Finding),
    /// No badge.
    Nothing,
}

/// Finds the badge. Remarks about a picture are added to `notes`.
pub(super) fn read<'a>(bytes: &'a [u8], notes: &mut Vec<Note>) -> Presented<'a> {
    if bake::looks_like(bytes).is_some() {
        return from_picture(bytes, notes);
    }
    from_text(bytes)
}

fn from_text(bytes: &[u8]) -> Presented<'_> {
    let trimmed = bytes.trim_ascii();
    match trimmed.first() {
        None => Presented::Nothing,
        Some(b'{') => document(json::parse(bytes)),
        // A byte order mark, or a list: read far enough to say what is wrong.
        Some(0xEF | b'[') => match json::parse(bytes) {
            Ok(_) => Presented::Nothing,
            Err(error) => Presented::Unreadable(format_finding(&error)),
        },
        Some(_) => match std::str::from_utf8(trimmed) {
            Ok(text) if Jws::looks_like(text) => Presented::Token(Cow::Borrowed(text)),
            Ok(text) if is_address(text) => Presented::HostedUrl(text.to_owned()),
            _ => Presented::Nothing,
        },
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
        && url::Url::parse(text).is_ok()
}

fn document(parsed: Result<Value<'_>, json::Error>) -> Presented<'_> {
    match parsed {
        Err(error) => Presented::Unreadable(format_finding(&error)),
        Ok(value) => of_tree(value),
    }
}

/// What a tree is that was read from JSON.
pub(super) fn of_tree(value: Value<'_>) -> Presented<'_> {
    match DocumentKind::of(&value) {
        DocumentKind::Unknown if !claims_to_be_a_badge(&value) => Presented::Nothing,
        kind => Presented::Document(value, kind),
    }
}

/// Without a type we know it is still no accident that it has a proof or a
/// subject: somebody took a badge apart.
fn claims_to_be_a_badge(value: &Value<'_>) -> bool {
    ["credentialSubject", "proof", "verifiableCredential"]
        .iter()
        .any(|member| value.get(member).is_some())
}

fn from_picture<'a>(bytes: &[u8], notes: &mut Vec<Note>) -> Presented<'a> {
    let baked = match bake::unbake(bytes) {
        Ok(baked) => baked,
        Err(error) if error.is_limit() => {
            return Presented::Unreadable(Finding::unknown(error.code(), error.to_string()));
        }
        Err(_) => return Presented::Nothing,
    };
    notes.extend(baked.notes.iter().map(|note| Note {
        code: note.code(),
        text: "found in the picture".to_owned(),
    }));
    match baked.payload {
        bake::Payload::Json(text) => {
            let parsed = json::parse(text.as_bytes()).map(Value::into_owned);
            match document(parsed) {
                // A text where a badge should be is a broken badge.
                Presented::Nothing => Presented::Unreadable(Finding::fails(
                    "credential_shape",
                    "what is in the picture is not a badge",
                )),
                found => found,
            }
        }
        bake::Payload::Jws(text) => Presented::Token(Cow::Owned(text)),
        bake::Payload::HostedUrl(url) => Presented::HostedUrl(url),
    }
}
