//! How long texts may be.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, designs};

pub(super) static LINT: Lint = Lint {
    name: "field_lengths",
    citation: "L-22",
    sentence: "No text is longer than readers can show.",
    severity: Severity::Error,
    applies: designs,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::TooLong(_))
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn texts_have_an_end() {
        let text = |length: usize| format!("\"{}\"", "a".repeat(length));
        let url = |length: usize| format!("\"https://{}\"", "a".repeat(length - 8));
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for (place, longest) in [
            ("/name", 256),
            ("/description", 4 * 1024),
            ("/issuer/name", 256),
            ("/credentialSubject/narrative", 16 * 1024),
            ("/credentialSubject/achievement/name", 256),
            ("/credentialSubject/achievement/description", 4 * 1024),
            (
                "/credentialSubject/achievement/criteria/narrative",
                16 * 1024,
            ),
            ("/credentialSubject/achievement/tag/0", 256),
        ] {
            trial.good(&[(place, &text(longest))]);
            trial.bad_there(place, &text(longest + 1));
        }
        trial.good(&[("/evidence/0/id", &url(2 * 1024))]);
        trial.bad_there("/evidence/0/id", &url(2 * 1024 + 1));
        let email = |length: usize| format!("\"a@{}\"", "b".repeat(length - 2));
        trial.good(&[("/issuer/email", &email(254))]);
        trial.bad_there("/issuer/email", &email(255));
    }
}
