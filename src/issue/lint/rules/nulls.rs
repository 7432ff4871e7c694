//! Things that are not there.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "nulls",
    citation: "Open Badges 3.0 §7 (null values and empty arrays are left out); OB3-DM-08",
    sentence: "What has no value is left out: no null, no empty list.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::Null | Wrong::EmptyArray)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn nothing_is_there_to_say_nothing() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/name",
            "/validUntil",
            "/evidence",
            "/evidence/0/name",
            "/credentialStatus",
            "/credentialSubject/achievement/image",
            "/credentialSubject/achievement/tag/0",
            "/colour",
        ] {
            trial.bad_there(place, "null");
        }
        for place in [
            "/evidence",
            "/endorsement",
            "/credentialSubject/result",
            "/credentialSubject/achievement/tag",
            "/credentialSubject/achievement/alignment",
            "/termsOfUse",
            "/colours",
        ] {
            trial.bad_there(place, "[]");
        }
    }
}
