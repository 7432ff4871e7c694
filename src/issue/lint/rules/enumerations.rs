//! Terms of the enumerations.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "enumerations",
    citation: "Open Badges 3.0 §B.3; OB3-DM-10",
    sentence: "Values from a list of terms are such terms, or extensions that begin with “ext:”.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::NotATerm(_))
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn terms_are_terms_or_extensions() {
        const TYPE: &str = "/credentialSubject/achievement/achievementType";
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(TYPE, r#""Badge""#)]);
        trial.good(&[(TYPE, r#""ext:Placement_2.1-a""#)]);
        for other in [
            r#""badge""#,
            r#""Placement""#,
            r#""xxext:a""#,
            r#""ext:""#,
            r#""ext:a b""#,
            r#""ext:a|b""#,
            r#""https://purl.imsglobal.org/spec/vc/ob/vocab.html#Badge""#,
        ] {
            trial.bad_there(TYPE, other);
        }
        trial.bad_there("/credentialSubject/result/2/status", r#""ext:Paused""#);
        trial.bad_there("/credentialSubject/identifier/0/identityType", r#""email""#);
        trial.bad_there(
            "/credentialSubject/achievement/alignment/0/targetType",
            r#""CFitem""#,
        );
        trial.bad_there(
            "/credentialSubject/achievement/resultDescription/0/resultType",
            r#""Grade""#,
        );
        trial.bad_there("/issuer/otherIdentifier/0/identifierType", r#""ukprn""#);
    }
}
