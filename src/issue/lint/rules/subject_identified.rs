//! Whom it is about.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};

pub(super) static LINT: Lint = Lint {
    name: "subject_identified",
    citation: "Open Badges 3.0 §B.1 AchievementSubject; OB3-DM-04",
    sentence: "The subject has an id or an identifier.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::SubjectUnidentified)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn somebody_was_awarded() {
        let id_only = [("/credentialSubject/identifier", "")];
        let identifier_only = [("/credentialSubject/id", "")];
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&id_only);
        trial.good(&identifier_only);
        let id_only = Trial::badge(&LINT).with(&id_only);
        id_only.bad(("/credentialSubject/id", ""), "/credentialSubject");
        let identifier_only = Trial::badge(&LINT).with(&identifier_only);
        for nobody in ["", "[]"] {
            identifier_only.bad(
                ("/credentialSubject/identifier", nobody),
                "/credentialSubject",
            );
        }
    }
}
