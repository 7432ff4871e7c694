//! What each thing is.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "nested_types",
    citation: "Open Badges 3.0 §B.1 (type of each class); OB3-DM-02, OB3-DM-07",
    sentence: "Every object has the type of its class.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::TypeLacks(_))
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn every_object_says_what_it_is() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/type/1", r#""AchievementCredential""#)]);
        for place in [
            "/issuer/type",
            "/issuer/address/type",
            "/credentialSubject/type",
            "/credentialSubject/source/type",
            "/credentialSubject/result/0/type",
            "/credentialSubject/achievement/type",
            "/credentialSubject/achievement/creator/type",
            "/credentialSubject/achievement/alignment/0/type",
            "/credentialSubject/achievement/related/0/type",
            "/credentialSubject/achievement/resultDescription/0/type",
            "/credentialSubject/achievement/resultDescription/1/rubricCriterionLevel/0/type",
            "/evidence/0/type",
        ] {
            trial.bad_there(place, r#"["Address1"]"#);
        }
        for place in [
            "/image/type",
            "/issuer/address/geo/type",
            "/issuer/otherIdentifier/0/type",
            "/credentialSubject/identifier/0/type",
        ] {
            trial.bad_there(place, r#""Evidence""#);
        }
        trial.bad(("/type/0", ""), "/type");
    }

    #[test]
    fn other_credentials_do_too() {
        let trial = Trial::endorsement(&LINT);
        trial.good(&[]);
        trial.bad_there("/credentialSubject/type", r#"["AchievementSubject"]"#);
        let trial = Trial::status_list(&LINT);
        trial.good(&[]);
        trial.bad_there("/credentialSubject/type", r#""StatusList2021""#);
        trial.bad(("/type/0", ""), "/type");
    }
}
