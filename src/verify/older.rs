//! Badges of Open Badges 1 and 2.

use super::desk::{Asking, Desk};
use super::report::{Check, Finding, Report, Subject};
use crate::json::Value;
use crate::proof::Jws;

fn unsupported(desk: &Desk<'_>) -> Report {
    let mut report = Report::new(desk.now);
    report.subject = Subject::OlderBadge;
    report.set(
        Check::Format,
        Finding::unknown("older_unsupported", "an older kind of badge"),
    );
    report
}

/// Judges a hosted badge by its address.
pub(super) fn judge_hosted(desk: &Desk<'_>, _url: &str) -> Asking<Report> {
    Ok(unsupported(desk))
}

/// Judges an assertion, of which only the address is believed.
pub(super) fn judge_document(desk: &Desk<'_>, _value: &Value<'_>) -> Asking<Report> {
    Ok(unsupported(desk))
}

/// Judges a signed assertion.
pub(super) fn judge_token(desk: &Desk<'_>, _jws: &Jws<'_>, _value: &Value<'_>) -> Asking<Report> {
    Ok(unsupported(desk))
}
