//! Schemas that the badge itself names (`credentialSchema`).

use crate::json::{Object, Value};
use crate::verify::report::{Finding, Report};

/// The families of published Open Badges schemas; the shape check is our own
/// reading of the same data model.
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/";

/// A schema of Open Badges is covered by the shape check. Any other is not
/// fetched: what it asks for is not checked, and the report says so.
pub(in crate::verify) fn check(report: &mut Report, credential: &Object<'_>) -> Finding {
    let schemas = credential
        .get("credentialSchema")
        .map_or(&[][..], Value::one_or_many);
    if schemas.is_empty() {
        return Finding::not_applicable("no_schema", "the badge names no schema");
    }
    let others: Vec<&str> = schemas
        .iter()
        .map(|schema| {
            schema
                .get("id")
                .and_then(Value::as_str)
                .unwrap_or("without an address")
        })
        .filter(|id| !id.starts_with(OPEN_BADGES))
        .collect();
    match others.first() {
        None => Finding::holds(),
        Some(first) => {
            report.note(
                "schema_not_checked",
                format!("the schema {first:.200} was not checked"),
            );
            Finding::not_applicable(
                "schema_not_checked",
                "a schema of the issuer's own is not fetched",
            )
        }
    }
}
