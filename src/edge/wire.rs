//! JSON in requests: members that are passed on exactly as they were written.

use super::problem::{Code, Fault, Problem};
use crate::json::{self, Object, Value};
use serde::Deserialize;
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
            Ok(_) => Err(Problem::new(
                Code::SCHEMA_INVALID,
                "there is something else where an object should be",
            )),
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

/// Reads a request: first the scanner with its limits, then the types.
///
/// # Errors
/// The scanner's codes with 400; `schema_invalid` with 422 for a value that is
/// missing, unknown or of the wrong kind.
pub fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    json::scan(bytes).map_err(|error| unreadable(&error))?;
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

/// What serde says, without the place, which stands beside it.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}
