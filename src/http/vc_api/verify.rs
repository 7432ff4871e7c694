//! `POST /vc/credentials/verify` and `/vc/presentations/verify`: checks what
//! strangers made.
//!
//! **Promises.** `verified` is the conclusion of the engine that checks badges:
//! what could not be checked is not verified. `checks` takes nothing away.
//! Only a presentation of nothing is judged otherwise: there it is a log-in.

use super::answer::{self, Refusal, VcError};
use crate::edge::caller::VcApiCaller;
use crate::edge::checking::{self, Asked};
use crate::edge::problem::Problem;
use crate::edge::request::body_problem;
use crate::edge::state::State;
use crate::http::v1::Problems;
use crate::json::{Object, Value};
use crate::proof::Jws;
use crate::verify::{Conclusion, Report, Subject};
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A credential to check.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VerifyCredential {
    /// The credential; a text is taken as a token.
    #[schema(value_type = Object)]
    verifiable_credential: Box<RawValue>,
    /// How.
    #[serde(default)]
    #[schema(value_type = Option<VerifyOptions>)]
    options: Option<Box<RawValue>>,
}

/// A presentation to check.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VerifyPresentation {
    /// The presentation; a text is taken as a token.
    #[schema(value_type = Object)]
    verifiable_presentation: Box<RawValue>,
    /// How.
    #[serde(default)]
    #[schema(value_type = Option<VerifyOptions>)]
    options: Option<Box<RawValue>>,
}

/// How something is checked. Members that are not known are passed over.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct VerifyOptions {
    /// The challenge that a presentation must answer.
    challenge: Option<String>,
    /// Whom a presentation must be for.
    domain: Option<String>,
}

/// Checks a credential.
#[utoipa::path(post, path = "/vc/credentials/verify", tag = "VC-API", operation_id = "vcApiVerify",
    request_body = VerifyCredential, security((), ("token" = [])),
    responses((status = 200, description = "It verifies.", body = Object),
        (status = 400, description = "It does not verify, or could not be checked.", content_type = "application/problem+json", body = Refusal), Problems))]
pub(crate) async fn credential(
    state: Data<State>,
    caller: VcApiCaller,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    drop(caller);
    let bytes = body(&request, payload).await?;
    let Ok(asked) = serde_json::from_slice::<VerifyCredential>(&bytes) else {
        return Ok(unreadable(&state, "verifiableCredential"));
    };
    let presented = Presented {
        value: asked.verifiable_credential,
        options: options(asked.options.as_deref()),
        wanted: Subject::Credential,
    };
    check(&state, &presented).await
}

/// Checks a presentation, and every credential in it.
#[utoipa::path(post, path = "/vc/presentations/verify", tag = "VC-API", operation_id = "vcApiVerifyPresentation",
    request_body = VerifyPresentation, security((), ("token" = [])),
    responses((status = 200, description = "It verifies.", body = Object),
        (status = 400, description = "It does not verify, or could not be checked.", content_type = "application/problem+json", body = Refusal), Problems))]
pub(crate) async fn presentation(
    state: Data<State>,
    caller: VcApiCaller,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    drop(caller);
    let bytes = body(&request, payload).await?;
    let Ok(asked) = serde_json::from_slice::<VerifyPresentation>(&bytes) else {
        return Ok(unreadable(&state, "verifiablePresentation"));
    };
    let presented = Presented {
        value: asked.verifiable_presentation,
        options: options(asked.options.as_deref()),
        wanted: Subject::Presentation,
    };
    check(&state, &presented).await
}

/// Not the scanner: what is inside is a stranger's, and wrong in the answer.
async fn body(request: &HttpRequest, payload: Payload) -> Result<Bytes, Problem> {
    let mut inner = payload.into_inner();
    Bytes::from_request(request, &mut inner)
        .await
        .map_err(|error| body_problem(&error))
}

/// Options that cannot be read count as none, except that a challenge or a
/// domain in them must not be lost: then nothing fits.
fn options(raw: Option<&RawValue>) -> Option<VerifyOptions> {
    match raw {
        None => Some(VerifyOptions::default()),
        Some(raw) => serde_json::from_str(raw.get()).ok(),
    }
}

struct Presented {
    value: Box<RawValue>,
    options: Option<VerifyOptions>,
    wanted: Subject,
}

impl Presented {
    const fn member(&self) -> &'static str {
        match self.wanted {
            Subject::Presentation => "verifiablePresentation",
            _ => "verifiableCredential",
        }
    }
}

async fn check(state: &State, presented: &Presented) -> Result<HttpResponse, Problem> {
    let Some(options) = &presented.options else {
        return Ok(unreadable(state, "options"));
    };
    let asked = Asked {
        name: "vc-api".to_owned(),
        challenge: options.challenge.clone(),
        domain: options.domain.clone(),
        may_be_empty: true,
        ..Asked::default()
    };
    let raw = presented.value.get();
    let token: Option<String> = serde_json::from_str(raw).ok();
    // JSON in a text is no map: a secured document is one (Data Integrity
    // §4.4), or a token.
    if token.as_deref().is_some_and(|text| !Jws::looks_like(text)) {
        return Ok(unreadable(state, presented.member()));
    }
    let text = token.as_deref().unwrap_or(raw);
    let checked = checking::bytes(state, text.as_bytes(), &asked).await?;
    let report = checked
        .report
        .ok_or_else(|| Problem::internal("a check without a report"))?;
    Ok(judged(state, presented.wanted, &report, checked.wire))
}

fn judged(state: &State, wanted: Subject, report: &Report, wire: Object<'static>) -> HttpResponse {
    if report.subject != wanted {
        let what = match wanted {
            Subject::Presentation => "this is no presentation",
            _ => "this is no credential",
        };
        let error = VcError::new(state, "MALFORMED_VALUE_ERROR", what, "");
        return answer::refusal(Some(false), vec![error]);
    }
    let is_good = |report: &Report| report.conclusion() == Conclusion::Accept;
    if !is_good(report) || !report.credentials.iter().all(is_good) {
        return answer::refusal(Some(false), answer::of_report(state, report));
    }
    let mut good = Object::new();
    good.set("verified", Value::Bool(true));
    good.set("report", Value::Object(wire));
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(good.to_json())
}

fn unreadable(state: &State, what: &str) -> HttpResponse {
    let detail = format!("send {{\"{what}\": …}} with a value that can be used");
    let error = VcError::new(state, "MALFORMED_VALUE_ERROR", &detail, &format!("/{what}"));
    answer::refusal(Some(false), vec![error])
}
