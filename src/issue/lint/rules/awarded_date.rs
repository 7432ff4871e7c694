//! When it was awarded.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "awarded_date",
    citation: "Open Badges 3.0 §B.1 awardedDate, L-18",
    sentence: "Nothing is awarded in the future.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::AwardedInFuture)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn nothing_is_awarded_in_advance() {
        for trial in [Trial::badge(&LINT), Trial::endorsement(&LINT)] {
            trial.good(&[("/awardedDate", r#""2026-11-25T12:00:00Z""#)]);
            trial.good(&[("/awardedDate", r#""2026-11-25T12:05:00Z""#)]);
            trial.bad_there("/awardedDate", r#""2026-11-25T12:05:01Z""#);
            trial.bad_there("/awardedDate", r#""2026-11-25T11:06:00-01:00""#);
            trial.bad_there("/awardedDate", r#""9999-12-31T23:59:59Z""#);
        }
    }
}
