//! What handlers read from a request: its id, its own name, its body.

use super::idempotency::Once;
use super::problem::{Code, Problem};
use super::state::State;
use super::wire;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use std::future::{Future, Ready, ready};
use std::io;
use std::pin::Pin;

/// The id of a request, in logs, the audit and problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// What a handler may want to know of a request beside its body.
#[derive(Debug, Clone)]
pub struct Context {
    /// The request's id.
    pub id: String,
    /// Method and path.
    route: String,
    key: Option<String>,
}

impl Context {
    /// The request's own name, for acting once.
    ///
    /// # Errors
    /// `idempotency_missing`.
    pub fn once(&self, tenant: &str, body: &[u8]) -> Result<Once, Problem> {
        Once::new(tenant, self.key.as_deref(), &self.route, body)
    }
}

impl FromRequest for Context {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = request.headers().get("idempotency-key");
        ready(Ok(Self {
            id: id_of(request),
            route: format!("{} {}", request.method(), request.path()),
            key: key.and_then(|value| value.to_str().ok()).map(str::to_owned),
        }))
    }
}

/// The id that the outermost layer gave to a request.
#[must_use]
pub fn id_of(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default()
}

/// A JSON body: read under the limits, then by its type.
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// As it came.
    pub bytes: Bytes,
}

impl<T: serde::de::DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = require_json(request);
        let most = request
            .app_data::<Data<State>>()
            .map_or(usize::MAX, |state| state.choices.json_bytes);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            typed?;
            let bytes = bytes.await.map_err(|error| body_problem(&error))?;
            if bytes.len() > most {
                return Err(too_large());
            }
            let value = wire::read(&bytes)?;
            Ok(Self { value, bytes })
        })
    }
}

fn require_json(request: &HttpRequest) -> Result<(), Problem> {
    let media_type = media_type(request);
    if media_type.is_empty() || media_type == "application/json" {
        return Ok(());
    }
    Err(Problem::new(
        Code::MEDIA_TYPE,
        "send JSON: Content-Type: application/json",
    ))
}

/// The media type of a request, without parameters, in small letters.
#[must_use]
pub fn media_type(request: &HttpRequest) -> String {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase())
        .unwrap_or_default()
}

/// A body that could not be read.
#[must_use]
pub fn body_problem(error: &actix_web::Error) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(error) => payload_problem(error),
        None if error.as_response_error().status_code() == 413 => too_large(),
        None => unreadable(),
    }
}

/// A body, or a part of a form, that did not come as it should have.
#[must_use]
pub fn payload_problem(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => too_large(),
        PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
            Problem::new(Code::REQUEST_TIMEOUT, "send it again")
        }
        _ => unreadable(),
    }
}

fn too_large() -> Problem {
    Problem::new(Code::PAYLOAD_TOO_LARGE, "send less at a time")
}

fn unreadable() -> Problem {
    Problem::new(Code::BAD_REQUEST, "the body ended early or cannot be read")
}
