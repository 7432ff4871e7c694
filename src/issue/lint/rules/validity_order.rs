//! From when, until when.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "validity_order",
    citation: "VC Data Model 2.0 §4.9, Open Badges 3.0 §B.1; OB3-DM-17",
    sentence: "A credential ends later than it begins.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::EndsBeforeStart)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn it_ends_after_it_begins() {
        for trial in [
            Trial::badge(&LINT),
            Trial::endorsement(&LINT),
            Trial::status_list(&LINT),
        ] {
            trial.good(&[]);
            trial.good(&[("/validUntil", "")]);
            trial.good(&[
                ("/validFrom", r#""2026-03-02T10:00:00+01:00""#),
                ("/validUntil", r#""2026-03-02T09:00:01Z""#),
            ]);
            trial.bad_there("/validUntil", r#""2001-01-01T00:00:00Z""#);
            let trial = trial.with(&[("/validFrom", r#""2026-03-02T10:00:00+01:00""#)]);
            trial.bad_there("/validUntil", r#""2026-03-02T09:00:00Z""#);
            trial.bad_there("/validUntil", r#""2026-03-02T09:59:59+01:00""#);
        }
    }
}
