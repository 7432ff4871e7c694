//! The members are those of the data model.

use crate::clock::Moment;
use crate::credential::{DocumentKind, Fault, Wrong, cross, shape};
use crate::json::Value;
use crate::verify::report::{Finding, Report};

/// Checks the shape, and the rules between members. The first fault is told. A
/// badge that breaks a rule which the standard states but no schema can is not
/// forged: such faults are remarks, unless nobody is named at all.
pub(in crate::verify) fn check(
    report: &mut Report,
    document: &Value<'_>,
    kind: DocumentKind,
    now: Moment,
) -> Finding {
    let Some(class) = kind.class() else {
        return Finding::fails("credential_shape", "the document is not a credential");
    };
    if let Some(fault) = shape::check(document, class, shape::Mode::Check).first() {
        return refusal(fault);
    }
    if let (DocumentKind::Badge, Value::Object(badge)) = (kind, document) {
        for fault in cross::check(badge, now, shape::Mode::Check) {
            if matches!(fault.wrong, Wrong::SubjectUnidentified | Wrong::NotAbsolute) {
                return refusal(&fault);
            }
            report.note(fault.code(), fault.to_string());
        }
    }
    Finding::holds()
}

fn refusal(fault: &Fault) -> Finding {
    if fault.is_unknown() {
        Finding::unknown(fault.code(), fault.to_string())
    } else {
        Finding::fails(fault.code(), fault.to_string())
    }
}
