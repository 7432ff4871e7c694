//! How handlers answer.

use crate::edge::idempotency::Answer;
use crate::edge::problem::{Code, Problem};
use crate::edge::published::Served;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

/// JSON for the one who asked: never kept by anybody between.
pub(super) fn json(status: u16, value: &impl Serialize) -> HttpResponse {
    HttpResponse::build(code(status))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(value)
}

/// JSON with an `ETag`, for objects that are changed under `If-Match`.
pub(super) fn versioned(status: u16, version: i64, value: &impl Serialize) -> HttpResponse {
    HttpResponse::build(code(status))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, etag(version)))
        .json(value)
}

/// The `ETag` of a version.
pub(super) fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// Whether a change may be made to this version: `If-Match` names it, or is
/// not there (RFC 9110 §13.1.1: strong comparison with a list, or `*`).
///
/// # Errors
/// `etag_mismatch`.
pub(super) fn require_match(request: &HttpRequest, newest: i64) -> Result<(), Problem> {
    let named: Vec<&[u8]> = request
        .headers()
        .get_all(header::IF_MATCH)
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .collect();
    let newest = etag(newest);
    if named.is_empty()
        || named
            .iter()
            .any(|one| *one == b"*" || *one == newest.as_bytes())
    {
        return Ok(());
    }
    Err(Problem::new(Code::ETAG_MISMATCH, "read it again first"))
}

/// An answer that is kept for repeated requests, from a value.
pub(super) fn answer(status: u16, value: &impl Serialize) -> Result<Answer, Problem> {
    Ok(Answer {
        status,
        body: serde_json::to_string(value).map_err(Problem::internal)?,
    })
}

/// A published document: with its `ETag`, for everybody, from everywhere.
pub(super) fn served(request: &HttpRequest, document: &Served) -> HttpResponse {
    let is_known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| names(known, &document.etag));
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, document.etag.as_str()))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((
            header::CACHE_CONTROL,
            format!("public, max-age={}", document.max_age),
        ));
    if is_known {
        return response.finish();
    }
    response
        .insert_header((header::CONTENT_TYPE, document.media_type))
        .body(document.body.clone())
}

/// RFC 9110 §13.1.2: weak comparison with a list, or `*`.
fn names(known: &str, etag: &str) -> bool {
    known.split(',').any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag
    })
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_copy_is_recognised_in_every_spelling_of_the_header() {
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*", " \"a\" "] {
            assert!(names(known, "\"a\""), "{known}");
        }
        for other in ["\"b\"", "a", "", "\"a", "\"aa\""] {
            assert!(!names(other, "\"a\""), "{other}");
        }
    }
}
