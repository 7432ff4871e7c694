//! `/api/v1`: one file for each kind of thing.

pub(super) mod achievements;
pub(super) mod audit;
pub(super) mod checks;
pub(super) mod credentials;
pub(super) mod files;
pub(super) mod issuers;
pub(super) mod keys;
pub(super) mod shares;
pub(super) mod status;
pub(super) mod stops;
pub(super) mod tokens;

use crate::clock::Moment;
use crate::edge::problem::ProblemBody;
use serde::Deserialize;

/// The header by which a request acts once.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "described for callers; read from the headers")]
pub(super) struct IdempotencyKey {
    /// The caller's own name for this request: the same for every attempt at
    /// the same thing. Kept for 30 days.
    #[param(
        rename = "Idempotency-Key",
        min_length = 1,
        max_length = 255,
        example = "7f3c2f0e-1"
    )]
    idempotency_key: String,
}

/// An organisation in a path.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct IssuerPath {
    /// The last part of the organisation's addresses.
    #[param(example = "northmarch", max_length = 64)]
    #[expect(dead_code, reason = "the caller's extractor reads it")]
    issuer: String,
}

/// Something of an organisation in a path.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct ItemPath {
    /// The last part of the organisation's addresses.
    #[param(example = "northmarch", max_length = 64)]
    #[expect(dead_code, reason = "the caller's extractor reads it")]
    issuer: String,
    /// The thing's own id.
    #[param(max_length = 64)]
    pub(super) id: String,
}

/// Bytes, in the description.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(super) struct Binary(#[expect(dead_code, reason = "only described")] Vec<u8>);

/// Problems that any route may answer with.
#[derive(Debug, utoipa::IntoResponses)]
#[expect(dead_code, reason = "described for callers; made by `edge::problem`")]
pub(in crate::http) enum Problems {
    /// The request cannot be read, or lacks its `Idempotency-Key`.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(ProblemBody),
    /// There is no token, or one that does not work.
    #[response(status = 401, content_type = "application/problem+json")]
    AuthRequired(ProblemBody),
    /// The token's role may not do that.
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(ProblemBody),
    /// There is no such thing, or it is not yours.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemBody),
    /// The request took too long to arrive.
    #[response(status = 408, content_type = "application/problem+json")]
    Timeout(ProblemBody),
    /// That is not possible now.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemBody),
    /// It was changed in the meantime.
    #[response(status = 412, content_type = "application/problem+json")]
    Changed(ProblemBody),
    /// The request is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemBody),
    /// The request is in a form that is not understood.
    #[response(status = 415, content_type = "application/problem+json")]
    MediaType(ProblemBody),
    /// A value cannot be used.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(ProblemBody),
    /// Too many requests.
    #[response(status = 429, content_type = "application/problem+json")]
    RateLimited(ProblemBody),
    /// Something went wrong on our side.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(ProblemBody),
    /// Not now.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemBody),
    /// The node has no room left.
    #[response(status = 507, content_type = "application/problem+json")]
    StorageLow(ProblemBody),
}

/// A stored moment as it is shown.
pub(super) fn moment(seconds: i64) -> String {
    Moment::from_unix(seconds)
        .map(Moment::to_rfc3339)
        .unwrap_or_default()
}
