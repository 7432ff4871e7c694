//! Problems as callers see them: RFC 9457, with a stable code.
//!
//! **Promises.** A code never changes its name or its status. What went wrong
//! inside is logged here, once, and never told: a 500 says nothing but the
//! request's id.

use crate::store::{self, Constraint};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use std::fmt;

/// What a problem's `type` is made from; the node serves a page for each.
pub const PROBLEMS: &str = "/problems/";

/// A kind of problem: the word that programs look at, the HTTP status, and a
/// title for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The word.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The title.
    pub title: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $status:literal, $title:literal;)*) => {
        impl Code {
            $(
                #[doc = $title]
                pub const $constant: Self = Self { name: $name, status: $status, title: $title };
            )*
            /// Every code, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$constant),*];
        }
    };
}

codes! {
    BAD_REQUEST = "bad_request", 400, "The request cannot be read";
    IDEMPOTENCY_MISSING = "idempotency_missing", 400, "The request needs an Idempotency-Key";
    JSON_SYNTAX = "json_syntax", 400, "The request is not JSON";
    JSON_TOO_DEEP = "json_too_deep", 400, "The request is nested too deeply";
    JSON_TOO_LARGE = "json_too_large", 400, "The request holds too much";
    JSON_NUMBER = "json_number", 400, "The request holds a number that not everybody reads alike";
    JSON_DUPLICATE_KEY = "json_duplicate_key", 400, "The request names a member twice";
    UTF8_INVALID = "utf8_invalid", 400, "The request is not UTF-8 text";
    AUTH_REQUIRED = "auth_required", 401, "The request needs a token";
    TOKEN_EXPIRED = "token_expired", 401, "The token has expired";
    NOT_ALLOWED = "not_allowed", 403, "This token may not do that";
    APPROVAL_REQUIRED = "approval_required", 403, "Somebody else has to approve that";
    NOT_FOUND = "not_found", 404, "There is no such thing";
    METHOD_NOT_ALLOWED = "method_not_allowed", 405, "That cannot be done here";
    NOT_ACCEPTABLE = "not_acceptable", 406, "There is no such form of it";
    REQUEST_TIMEOUT = "request_timeout", 408, "The request took too long to arrive";
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress", 409, "The first request with this key is still running";
    PROFILE_CHANGED = "profile_changed", 409, "The organisation changed while this was being done";
    STATE_CONFLICT = "state_conflict", 409, "That is not possible now";
    ERASED = "erased", 410, "This was erased";
    ETAG_MISMATCH = "etag_mismatch", 412, "This was changed in the meantime";
    PAYLOAD_TOO_LARGE = "payload_too_large", 413, "The request is too large";
    BATCH_TOO_LARGE = "batch_too_large", 413, "The batch has too many rows";
    MEDIA_TYPE = "media_type", 415, "The request is in a form that is not understood";
    HOST_UNKNOWN = "host_unknown", 421, "This node does not answer for that host";
    CREDENTIAL_SHAPE = "credential_shape", 422, "This cannot be a badge";
    SCHEMA_INVALID = "schema_invalid", 422, "A value is missing or not of the right kind";
    ISSUE_REFUSED = "issue_refused", 422, "This badge cannot be issued as it is";
    FIELD_TOO_LONG = "field_too_long", 422, "A text is too long";
    IMAGE_LIMITS = "image_limits", 422, "The picture is too large";
    SVG_REFUSED = "svg_refused", 422, "The picture holds more than a picture";
    KEY_WEAK = "key_weak", 422, "The key is too weak";
    IDEMPOTENCY_MISMATCH = "idempotency_mismatch", 422, "The Idempotency-Key was used for another request";
    MALFORMED_VALUE_ERROR = "MALFORMED_VALUE_ERROR", 422, "A value is malformed";
    PROOF_VERIFICATION_ERROR = "PROOF_VERIFICATION_ERROR", 400, "It does not verify";
    RATE_LIMITED = "rate_limited", 429, "Too many requests";
    HEADERS_TOO_LARGE = "headers_too_large", 431, "The request's headers are too large";
    INTERNAL = "internal", 500, "Something went wrong on our side";
    ISSUE_MISMATCH = "issue_mismatch", 500, "A badge did not pass our own check and was not issued";
    OVERLOADED = "overloaded", 503, "The node is too busy";
    CLOCK_UNSAFE = "clock_unsafe", 503, "The node's clock cannot be trusted";
    SIGNER_DOWN = "signer_down", 503, "The key cannot be used now";
    ISSUE_STOPPED = "issue_stopped", 503, "Issuing is stopped";
    FENCED = "fenced", 503, "The node was restored and waits for its operator";
    STOPPING = "stopping", 503, "The node is stopping";
    STORAGE_LOW = "storage_low", 507, "The node has no room left";
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Fault {
    /// Where: a JSON Pointer, or the name of a rule.
    pub at: String,
    /// What is wrong, in a sentence.
    pub detail: String,
}

/// A problem on its way to a caller.
#[derive(Debug)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// What is wrong this time, in a sentence.
    pub detail: String,
    /// Each thing that is wrong, if there are several.
    pub faults: Vec<Fault>,
    /// When to try again, in seconds.
    pub retry_after: Option<u64>,
    /// What went wrong inside; logged, never told.
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A problem as it is sent (RFC 9457 §3).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProblemBody {
    /// The address of a page about this kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind for programs.
    pub code: String,
    /// What is wrong this time.
    pub detail: String,
    /// The request, to quote when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Each thing that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
}

impl Problem {
    /// A problem of a kind, with what is wrong this time.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            faults: Vec::new(),
            retry_after: None,
            cause: None,
        }
    }

    /// Not there, or not yours: one answer for both.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NOT_FOUND, format!("there is no such {what}"))
    }

    /// Our own fault. The cause is logged, and never told.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::new(
                Code::INTERNAL,
                "our own software failed; nothing was changed",
            )
        }
    }

    /// One value cannot be used.
    #[must_use]
    pub fn faulty(at: &str, detail: &str) -> Self {
        Self::new(Code::SCHEMA_INVALID, "a value cannot be used").with_faults(vec![Fault {
            at: at.to_owned(),
            detail: detail.to_owned(),
        }])
    }

    /// With everything that is wrong.
    #[must_use]
    pub fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.faults = faults;
        self
    }

    /// With when to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What is sent. `base` is the node's address; without it `type` is
    /// relative to the request.
    #[must_use]
    pub fn body(&self, base: &str, request_id: Option<&str>) -> ProblemBody {
        ProblemBody {
            kind: format!("{base}{PROBLEMS}{}", self.code.name),
            title: self.code.title.to_owned(),
            status: self.code.status,
            code: self.code.name.to_owned(),
            detail: self.detail.clone(),
            request_id: request_id.map(str::to_owned),
            errors: self.faults.clone(),
        }
    }

    /// What went wrong inside, for the operator at the command line only.
    #[must_use]
    pub fn cause(&self) -> Option<String> {
        self.cause.as_deref().map(|cause| chain(cause))
    }

    /// Logs the cause, if there is one: here and nowhere else.
    pub fn log(&self, request_id: &str) {
        if let Some(cause) = &self.cause {
            tracing::error!(request.id = request_id, code = self.code.name, cause = %chain(cause.as_ref()), "a request failed on our side");
        }
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name, self.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        respond(self, &self.body("", None))
    }
}

/// The response of a problem.
#[must_use]
pub fn respond(problem: &Problem, body: &ProblemBody) -> HttpResponse {
    let mut response = HttpResponse::build(problem.status_code());
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(seconds) = problem.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if problem.code == Code::AUTH_REQUIRED || problem.code == Code::TOKEN_EXPIRED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response.content_type("application/problem+json").json(body)
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        const SOON: u64 = 1;
        const LATER: u64 = 60;
        match error {
            store::Error::Refused(constraint) => refused(constraint),
            store::Error::Full => {
                Self::new(Code::STORAGE_LOW, "nothing was changed").retry_after(LATER)
            }
            store::Error::Overloaded => {
                Self::new(Code::OVERLOADED, "too many changes are waiting").retry_after(SOON)
            }
            store::Error::Closed => {
                Self::new(Code::STOPPING, "nothing was changed").retry_after(LATER)
            }
            store::Error::Fenced => Self::new(
                Code::FENCED,
                "nothing is handed out before the operator has looked at it",
            )
            .retry_after(LATER),
            other => Self::internal(other),
        }
    }
}

/// Rules of the database that a caller can break without our fault.
fn refused(constraint: Constraint) -> Problem {
    let conflict = |detail: &str| Problem::new(Code::STATE_CONFLICT, detail);
    match constraint {
        Constraint::IssuerSlug => conflict("another organisation has this path"),
        Constraint::OneRootIssuer => conflict("this node has a root organisation already"),
        Constraint::KeyThumbprint | Constraint::KeyId => conflict("this key is known already"),
        Constraint::OneActiveKey => conflict("another key of this kind signs already"),
        Constraint::AchievementId => conflict("another badge design has this path"),
        Constraint::FollowedOnce => conflict("this badge was renewed or replaced already"),
        Constraint::IdempotencyKey => Problem::new(
            Code::IDEMPOTENCY_IN_PROGRESS,
            "try again when it has been answered",
        )
        .retry_after(1),
        other => Problem::internal(store::Error::Refused(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_and_a_fitting_status_of_its_own() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert!((400..=599).contains(&code.status), "{}", code.name);
            assert!(!code.title.is_empty());
            let twin = Code::ALL
                .iter()
                .skip(index + 1)
                .find(|other| other.name == code.name);
            assert_eq!(twin, None, "{} is there twice", code.name);
        }
    }

    #[test]
    fn what_went_wrong_inside_is_never_told() {
        let inner = diesel_error("no such table: secret_table");
        let problem = Problem::from(store::Error::Database(inner));
        let body =
            serde_json::to_string(&problem.body("https://n.example", Some("r-1"))).expect("a body");
        assert!(!body.contains("secret_table"), "{body}");
        assert!(body.contains("\"code\":\"internal\""), "{body}");
        assert!(body.contains("r-1"));
    }

    fn diesel_error(text: &str) -> diesel::result::Error {
        diesel::result::Error::QueryBuilderError(text.to_owned().into())
    }
}
