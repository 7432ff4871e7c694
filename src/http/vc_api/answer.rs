//! What is wrong, in the standards' own form: problem details whose `type` is
//! the standards' address where they have one (VC Data Model 2.0 §7.2, Data
//! Integrity §4.7, Bitstring Status List §3.5).

use crate::edge::problem::PROBLEMS;
use crate::edge::state::State;
use crate::issue::lint::{Broken, Severity};
use crate::verify::{Check, Conclusion, Finding, Report, State as Outcome};
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use utoipa::ToSchema;

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VcError {
    /// The standards' address for this kind, or the node's.
    #[serde(rename = "type")]
    kind: String,
    /// The kind, for programs.
    title: String,
    /// What is wrong this time.
    detail: String,
    /// Where: a JSON Pointer, or the check that found it.
    #[serde(skip_serializing_if = "String::is_empty")]
    at: String,
}

/// A refusal: the first error, and all of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refusal {
    #[serde(flatten)]
    first: VcErrorHead,
    /// The HTTP status.
    status: u16,
    /// Always `false` where something was to be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    /// Everything that is wrong.
    errors: Vec<VcError>,
}

/// What a refusal is about as a whole.
#[derive(Debug, Serialize, ToSchema)]
struct VcErrorHead {
    /// The standards' address for this kind, or the node's.
    #[serde(rename = "type")]
    kind: String,
    /// The kind, for programs.
    title: String,
    /// What is wrong this time.
    detail: String,
}

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const DATA_INTEGRITY: &str = "https://w3id.org/security#";
const STATUS_LIST: &str = "https://www.w3.org/ns/credentials/status-list#";

/// The word that the standards have for one of our codes, and whose it is.
fn standard(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "json_syntax" | "utf8_invalid" | "json_duplicate_key" | "json_number" => {
            (DATA_MODEL, "PARSING_ERROR")
        }
        "credential_shape"
        | "date_invalid"
        | "iri_not_absolute"
        | "context_order"
        | "context_missing"
        | "context_not_allowed"
        | "dates_out_of_order"
        | "MALFORMED_VALUE_ERROR" => (DATA_MODEL, "MALFORMED_VALUE_ERROR"),
        "RANGE_ERROR" => (DATA_MODEL, "RANGE_ERROR"),
        "PROOF_VERIFICATION_ERROR" | "proof_missing" => {
            (DATA_INTEGRITY, "PROOF_VERIFICATION_ERROR")
        }
        "PROOF_GENERATION_ERROR" => (DATA_INTEGRITY, "PROOF_GENERATION_ERROR"),
        "verification_method_mismatch" => (DATA_INTEGRITY, "INVALID_VERIFICATION_METHOD"),
        "STATUS_RETRIEVAL_ERROR" => (STATUS_LIST, "STATUS_RETRIEVAL_ERROR"),
        "STATUS_VERIFICATION_ERROR" => (STATUS_LIST, "STATUS_VERIFICATION_ERROR"),
        "STATUS_LIST_LENGTH_ERROR" => (STATUS_LIST, "STATUS_LIST_LENGTH_ERROR"),
        _ => return None,
    })
}

impl VcError {
    /// One of our codes in the standards' words.
    pub(super) fn new(state: &State, code: &str, detail: &str, at: &str) -> Self {
        let (kind, title) = match standard(code) {
            Some((whose, word)) => (format!("{whose}{word}"), word),
            None => (format!("{}{PROBLEMS}{code}", state.address.base()), code),
        };
        Self {
            kind,
            title: title.to_owned(),
            detail: detail.to_owned(),
            at: at.to_owned(),
        }
    }
}

/// 400 with everything that is wrong.
pub(super) fn refusal(verified: Option<bool>, errors: Vec<VcError>) -> HttpResponse {
    const STATUS: u16 = 400;
    let head = |error: &VcError| VcErrorHead {
        kind: error.kind.clone(),
        title: error.title.clone(),
        detail: error.detail.clone(),
    };
    let nothing = || VcErrorHead {
        kind: format!("{DATA_INTEGRITY}PROOF_VERIFICATION_ERROR"),
        title: "PROOF_VERIFICATION_ERROR".to_owned(),
        detail: "it could not be checked".to_owned(),
    };
    let refusal = Refusal {
        first: errors.first().map_or_else(nothing, head),
        status: STATUS,
        verified,
        errors,
    };
    HttpResponse::BadRequest()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .json(refusal)
}

/// What a draft breaks. Warnings are not told: they keep nobody from signing.
pub(super) fn of_broken(state: &State, broken: &[Broken]) -> Vec<VcError> {
    broken
        .iter()
        .filter(|one| one.lint.severity == Severity::Error)
        .flat_map(|one| &one.places)
        .map(|place| {
            let detail = format!("{} {}", place.pointer, place.why);
            VcError::new(state, place.code, detail.trim(), &place.pointer)
        })
        .collect()
}

/// What keeps a report from being good: what fails, and what is unknown.
pub(super) fn of_report(state: &State, report: &Report) -> Vec<VcError> {
    let is_bad = |finding: &Finding| matches!(finding.state, Outcome::Fails | Outcome::Unknown);
    let mut errors: Vec<VcError> = report
        .findings()
        .filter(|(check, finding)| report.is_required(*check) && is_bad(finding))
        .map(|(check, finding)| of_finding(state, check, finding))
        .collect();
    for (at, inner) in report.credentials.iter().enumerate() {
        if inner.conclusion() != Conclusion::Accept {
            errors.extend(of_report(state, inner).into_iter().map(|error| VcError {
                at: format!("/verifiableCredential/{at} {}", error.at),
                ..error
            }));
        }
    }
    errors
}

fn of_finding(state: &State, check: Check, finding: &Finding) -> VcError {
    let detail = if finding.detail.is_empty() {
        finding.code
    } else {
        &finding.detail
    };
    VcError::new(state, finding.code, detail, check.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_code_is_a_standard_address() {
        for (code, expected) in [
            (
                "credential_shape",
                "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR",
            ),
            (
                "json_syntax",
                "https://www.w3.org/TR/vc-data-model#PARSING_ERROR",
            ),
            (
                "PROOF_VERIFICATION_ERROR",
                "https://w3id.org/security#PROOF_VERIFICATION_ERROR",
            ),
            (
                "STATUS_RETRIEVAL_ERROR",
                "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR",
            ),
        ] {
            let (whose, word) = standard(code).expect("a word of a standard");
            assert_eq!(format!("{whose}{word}"), expected);
        }
        assert_eq!(standard("revoked"), None);
    }
}
