//! What results point to.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "result_links",
    citation: "Open Badges 3.0 §B.1 Result; OB3-DM-12",
    sentence: "Results and requirements point to descriptions and levels of the same achievement.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::ResultDescriptionUnknown | Wrong::LevelUnknown)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn results_point_into_their_own_achievement() {
        const OTHER: &str = r#""urn:uuid:00000000-0000-4000-8000-000000000000""#;
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/credentialSubject/result", "")]);
        trial.bad_there("/credentialSubject/result/0/resultDescription", OTHER);
        trial.bad_there("/credentialSubject/result/1/achievedLevel", OTHER);
        trial.bad_there(
            "/credentialSubject/achievement/resultDescription/1/requiredLevel",
            OTHER,
        );
        trial.bad(
            ("/credentialSubject/achievement/resultDescription/0", ""),
            "/credentialSubject/result/0/resultDescription",
        );
        trial.bad(
            ("/credentialSubject/achievement/resultDescription", ""),
            "/credentialSubject/result/2/resultDescription",
        );
        // A level of another description.
        trial.bad_there(
            "/credentialSubject/result/0/achievedLevel",
            r#""urn:uuid:9e1c1f55-2a76-4f3a-9d2a-7c4d0b1e8f02""#,
        );
    }
}
