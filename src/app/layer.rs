//! What every request goes through, outermost first: an id, the host, the
//! deadline of its body, and at the end the headers, the log line and the form
//! of its problem.

use super::deadline;
use super::limits::{self, Limits};
use crate::edge::accept::prefers_html;
use crate::edge::problem::{Code, Problem, respond};
use crate::edge::rates::Verdict;
use crate::edge::request::RequestId;
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::http::routes;
use crate::text::random_id;
use crate::web as pages;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpResponse};
use std::time::Duration;
use tokio::time::Instant;

/// Settings of the layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// How long a body may take.
    pub(super) body: Duration,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer.
pub(super) async fn layer<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let began = Instant::now();
    let id = id_of(request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let Some(state) = request.app_data::<Data<State>>().cloned() else {
        return Err(Problem::internal("the node has no state").into());
    };
    if let Some(times) = request.app_data::<Times>().copied() {
        deadline::on(&mut request, times.body);
    }
    let allowed = admit(&state, &request).await;
    let mut response = match &allowed {
        Ok(_) => formed(&state, next.call(request).await?, &id),
        Err(problem) => {
            let response = answer(&state, request.headers(), problem, &id);
            request.into_response(response).map_into_right_body()
        }
    };
    if let Ok(Some(verdict)) = &allowed {
        limits::show(verdict, response.headers_mut());
    }
    finish(&state, &mut response, &id);
    note(&response, began.elapsed(), &id);
    Ok(response)
}

/// Whether a request may go on: the host is ours, and the client does not ask
/// too often.
async fn admit(state: &State, request: &ServiceRequest) -> Result<Option<Verdict>, Problem> {
    if !is_our_host(state, request) {
        return Err(Problem::new(
            Code::HOST_UNKNOWN,
            "ask at the node's own address",
        ));
    }
    match request.app_data::<Data<Limits>>() {
        Some(limits) => limits.count(state, request).await,
        None => Ok(None),
    }
}

/// One line and two numbers for each request. The pattern, never the path:
/// paths hold links and codes.
fn note<B>(response: &ServiceResponse<B>, took: Duration, id: &str) {
    let (request, status) = (response.request(), response.status().as_u16());
    let route = request
        .match_pattern()
        .map_or("-", |pattern| routes::known(&pattern));
    record::request(route, request.method().as_str(), status, took);
    tracing::debug!(request.id = id, method = %request.method(), route, status, duration_us = took.as_micros(), "a request was answered");
}

/// The caller's own id if it is plain, so that a request can be followed
/// through a proxy; else a new one.
fn id_of(headers: &HeaderMap) -> String {
    let given = headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let is_plain = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    given
        .filter(is_plain)
        .map_or_else(|| random_id(&mut rand::rng()), str::to_owned)
}

/// SEC-59: a node answers for its own host only. Health is asked by address.
fn is_our_host(state: &State, request: &ServiceRequest) -> bool {
    let path = request.path();
    if path == "/livez" || path == "/readyz" {
        return true;
    }
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(|authority| authority.as_str())
        });
    let Some(host) = host else { return false };
    let ours = state.address.authority();
    if host.eq_ignore_ascii_case(ours) {
        return true;
    }
    let by_address = ours
        .strip_prefix("localhost")
        .map(|port| format!("127.0.0.1{port}"));
    state.address.is_dev() && by_address.as_deref() == Some(host)
}

/// Every error becomes a problem with the node's address and the request's id;
/// what our libraries say of bad requests, too.
fn formed<B: MessageBody + 'static>(
    state: &State,
    response: ServiceResponse<B>,
    id: &str,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let Some(problem) = problem_of(&response) else {
        return response.map_into_left_body();
    };
    problem.log(id);
    let (request, response) = response.into_parts();
    let mut formed = answer(state, request.headers(), &problem, id);
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        formed.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    ServiceResponse::new(request, formed).map_into_right_body()
}

/// A problem in the form that whoever asks understands.
fn answer(state: &State, headers: &HeaderMap, problem: &Problem, id: &str) -> HttpResponse {
    let body = problem.body(state.address.base(), Some(id));
    let mut response = if prefers_html(headers) {
        pages::problem::problem(state, problem, body)
    } else {
        respond(problem, &body)
    };
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

fn problem_of<B>(response: &ServiceResponse<B>) -> Option<Problem> {
    let status = response.status().as_u16();
    if let Some(error) = response.response().error() {
        if let Some(problem) = error.as_error::<Problem>() {
            let again = Problem::new(problem.code, problem.detail.clone());
            problem.log(&id_in(response));
            let again = again.with_faults(problem.faults.clone());
            return Some(match problem.retry_after {
                Some(seconds) => again.retry_after(seconds),
                None => again,
            });
        }
        return Some(match status {
            404 => Problem::not_found("page"),
            413 => Problem::new(Code::PAYLOAD_TOO_LARGE, "send less at a time"),
            400..=499 => Problem::new(
                Code::SCHEMA_INVALID,
                "a part of the address or query cannot be used",
            ),
            _ => Problem::internal(error.to_string()),
        });
    }
    let is_bare = response.headers().get(header::CONTENT_TYPE).is_none();
    match status {
        404 if is_bare => Some(Problem::not_found("page")),
        405 if is_bare => Some(Problem::new(
            Code::METHOD_NOT_ALLOWED,
            "look at the API description for what can be done here",
        )),
        _ => None,
    }
}

fn id_in<B>(response: &ServiceResponse<B>) -> String {
    crate::edge::request::id_of(response.request())
}

/// SEC-82, as far as it holds for everything. Pages say more.
fn finish<B>(state: &State, response: &mut ServiceResponse<B>, id: &str) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
    if state.address.base().starts_with("https://") {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
}

/// For requests that lead nowhere.
pub(super) async fn nowhere() -> Result<HttpResponse, Problem> {
    Err(Problem::not_found("page"))
}
