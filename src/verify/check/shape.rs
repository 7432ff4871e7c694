//! The members are those of the data model.

use crate::clock::Moment;
use crate::credential::{DocumentKind, shape};
use crate::json::Value;
use crate::verify::report::Finding;

/// Checks the shape and the rules between members. The first fault is told.
pub(in crate::verify) fn check(document: &Value<'_>, kind: DocumentKind, now: Moment) -> Finding {
    let Some(class) = kind.class() else {
        return Finding::fails("credential_shape", "the document is not a credential");
    };
    let faults = shape::check(document, class, shape::Mode::Check);
    match faults.first() {
        None => Finding::holds(),
        Some(fault) => Finding::fails(fault.code(), fault.to_string()),
    }
}
