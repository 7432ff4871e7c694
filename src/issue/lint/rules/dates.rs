//! Dates and times.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "dates",
    citation: "Open Badges 3.0 §B.2 DateTimeZ, Date, RFC 3339; OB3-DM-11",
    sentence: "Every date exists, and every time has a time zone.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::DateTime | Wrong::Date)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn times_have_a_zone_and_exist() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/validFrom", r#""2026-03-02T09:00:00+01:00""#)]);
        trial.good(&[("/issuer/dateOfBirth", r#""2008-02-29""#)]);
        for place in [
            "/validFrom",
            "/validUntil",
            "/awardedDate",
            "/credentialSubject/activityStartDate",
            "/credentialSubject/activityEndDate",
        ] {
            for other in [
                r#""2026-03-02""#,
                r#""2026-03-02T09:00:00""#,
                r#""2026-03-02 09:00:00Z""#,
                r#""2026-02-30T09:00:00Z""#,
                r#""2026-03-02T24:00:00Z""#,
                r#""2026-06-30T23:59:60Z""#,
                r#""2 March 2026""#,
            ] {
                trial.bad_there(place, other);
            }
        }
        trial.bad_there("/issuer/dateOfBirth", r#""2009-02-29""#);
    }
}
