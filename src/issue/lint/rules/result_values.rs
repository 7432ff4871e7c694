//! Results within their scale.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "result_values",
    citation: "Open Badges 3.0 §B.1 ResultDescription; OB3-DM-12",
    sentence: "A result, and what is required, is one of the allowed values or within the range.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::ValueNotAllowed)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn results_are_on_their_scale() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for value in [r#""0""#, r#""100""#, r#""99.5""#] {
            trial.good(&[("/credentialSubject/result/3/value", value)]);
        }
        for value in [r#""-1""#, r#""100.5""#, r#""1e3""#] {
            trial.bad_there("/credentialSubject/result/3/value", value);
        }
        for value in [r#""merit""#, r#""Merit ""#, r#""2""#, r#""Fail""#] {
            trial.bad_there("/credentialSubject/result/0/value", value);
        }
        const REQUIRED: &str = "/credentialSubject/achievement/resultDescription";
        trial.bad_there(&format!("{REQUIRED}/0/requiredValue"), r#""Fail""#);
        trial.bad_there(&format!("{REQUIRED}/3/requiredValue"), r#""101""#);
    }
}
