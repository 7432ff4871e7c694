//! Members that must be there.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "required",
    citation: "Open Badges 3.0 §B.1 (cardinality 1, 1..*); OB3-DM-03, OB3-DM-05, OB3-DM-13",
    sentence: "Every required member is there.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::Missing | Wrong::Empty)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn required_members_are_there() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/name", ""), ("/evidence", ""), ("/validUntil", "")]);
        for member in [
            "/@context",
            "/id",
            "/issuer",
            "/issuer/id",
            "/issuer/type",
            "/validFrom",
            "/credentialSubject",
            "/credentialSubject/type",
            "/credentialSubject/achievement",
            "/credentialSubject/achievement/id",
            "/credentialSubject/achievement/type",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/description",
            "/credentialSubject/achievement/criteria",
            "/credentialSubject/achievement/image/id",
            "/credentialSubject/achievement/alignment/0/targetUrl",
            "/credentialSubject/achievement/resultDescription/0/name",
            "/credentialSubject/identifier/0/hashed",
            "/credentialStatus/statusListIndex",
            "/evidence/0/type",
        ] {
            trial.bad_there(member, "");
        }
    }

    #[test]
    fn endorsements_have_a_name_and_are_about_something() {
        let trial = Trial::endorsement(&LINT);
        trial.good(&[]);
        for member in ["/id", "/name", "/credentialSubject/id", "/validFrom"] {
            trial.bad_there(member, "");
        }
    }

    #[test]
    fn status_lists_have_bits() {
        let trial = Trial::status_list(&LINT);
        trial.good(&[]);
        trial.bad_there("/credentialSubject/encodedList", "");
        trial.bad_there("/issuer", "");
    }
}
