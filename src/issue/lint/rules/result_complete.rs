//! What results must say.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "result_complete",
    citation: "Open Badges 3.0 §B.1 Result; OB3-DM-12",
    sentence: "A result has the status or the level that its description asks for.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::StatusMissing | Wrong::AchievedLevelMissing)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn results_say_what_their_description_asks_for() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.bad_there("/credentialSubject/result/2/status", "");
        trial.bad_there("/credentialSubject/result/1/achievedLevel", "");
        trial.bad(
            (
                "/credentialSubject/achievement/resultDescription/0/resultType",
                r#""Status""#,
            ),
            "/credentialSubject/result/0/status",
        );
    }
}
