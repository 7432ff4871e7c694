//! What had to be done.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "criteria",
    citation: "Open Badges 3.0 §B.1 Criteria; OB3-DM-06",
    sentence: "Criteria have an id or a narrative.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::NoneOf(_))
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn criteria_say_something() {
        const CRITERIA: &str = "/credentialSubject/achievement/criteria";
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(CRITERIA, r#"{"narrative": "Attend."}"#)]);
        trial.good(&[(CRITERIA, r#"{"id": "https://badges.example.org/c"}"#)]);
        trial.bad_there(CRITERIA, "{}");
        trial.bad_there(CRITERIA, r#"{"name": "Criteria"}"#);
        trial.bad_there(CRITERIA, r#"{"Narrative": "Attend."}"#);
    }
}
