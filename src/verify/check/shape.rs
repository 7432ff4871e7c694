//! The members are those of the data model.

use crate::clock::Moment;
use crate::credential::{DocumentKind, cross, shape};
use crate::json::Value;
use crate::verify::report::Finding;

/// Checks the shape and the rules between members. The first fault is told.
pub(in crate::verify) fn check(document: &Value<'_>, kind: DocumentKind, now: Moment) -> Finding {
    let mut faults = shape::check(document, kind, shape::Mode::Check);
    if faults.is_empty() {
        faults = cross::check(document, kind, now);
    }
    match faults.first() {
        None => Finding::holds(),
        Some(fault) => Finding::fails(fault.code(), fault.to_string()),
    }
}
