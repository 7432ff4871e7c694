//! JSON in requests: members that are passed on exactly as they were written.

use super::problem::{Code, Fault, Problem};
use crate::json::{self, Object, Value};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A JSON object of the standard's, kept as its text until our own reader
/// takes it: numbers and order stay, duplicates show.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct JsonObject(Box<RawValue>);

impl JsonObject {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The object.
    ///
    /// # Errors
    /// `schema_invalid` if it is no object, or beyond the limits.
    pub fn parse(&self) -> Result<Object<'static>, Problem> {
        match json::parse(self.text().as_bytes()) {
            Ok(Value::Object(object)) => Ok(object.into_owned()),
            Ok(_) => Err(Problem::new(Code::SCHEMA_INVALID, NO_OBJECT)),
            Err(error) => Err(unreadable(&error)),
        }
    }
}

/// A request that our reader does not take.
#[must_use]
pub fn unreadable(error: &json::Error) -> Problem {
    let code = Code::ALL
        .iter()
        .find(|code| code.name == error.code())
        .copied()
        .unwrap_or(Code::JSON_SYNTAX);
    Problem::new(code, error.to_string())
}

const NO_OBJECT: &str = "there is something else where an object should be";

/// Refuses JSON that is no object.
///
/// # Errors
/// `schema_invalid`.
pub fn require_object(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return Ok(());
    }
    Err(Problem::new(Code::SCHEMA_INVALID, NO_OBJECT))
}

/// Reads a request: first the scanner with its limits, then the types.
///
/// # Errors
/// The scanner's codes with 400; `schema_invalid` with 422 for a value that is
/// missing, unknown or of the wrong kind.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    json::scan(bytes).map_err(|error| unreadable(&error))?;
    require_object(bytes)?;
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(
            Code::SCHEMA_INVALID,
            "the request does not say what is needed",
        )
        .with_faults(vec![Fault {
            at: format!("line {}, column {}", error.line(), error.column()),
            detail: plain(&error),
        }])
    })
}

/// An object and nothing else: serde takes a list of the members' values for
/// one as well, and a list has no members that could be unknown.
struct Strict<T>(T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        if !raw.get().starts_with('{') {
            return Err(D::Error::custom(NO_OBJECT));
        }
        serde_json::from_str(raw.get())
            .map(Self)
            .map_err(|error| D::Error::custom(plain(&error)))
    }
}

/// For a member that is an object.
///
/// # Errors
/// Those of `T`, or that it is something else.
pub fn object<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Strict::deserialize(from).map(|strict| strict.0)
}

/// For a member that is an object or null.
///
/// # Errors
/// As [`object`].
pub fn optional_object<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Option::<Strict<T>>::deserialize(from).map(|strict| strict.map(|strict| strict.0))
}

/// For a member that is a list of objects.
///
/// # Errors
/// As [`object`].
pub fn objects<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let all = Vec::<Strict<T>>::deserialize(from)?;
    Ok(all.into_iter().map(|strict| strict.0).collect())
}

/// What serde says, without the place, which stands beside it.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}
