//! Identifiers mean the same everywhere.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "absolute_iris",
    citation: "Open Badges 3.0 §B.2 URI, RFC 3987; OB3-DM-17, SEC-31",
    sentence: "Every id and address is a full one, without white space.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::NotAbsolute)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn identifiers_are_absolute() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/id", r#""urn:uuid:0b6f4c1e-63a5-4a44-9f5c-2f0d6f5c7a11""#)]);
        for place in [
            "/id",
            "/image/id",
            "/issuer/id",
            "/issuer/url",
            "/credentialSubject/id",
            "/credentialSubject/result/0/resultDescription",
            "/credentialSubject/achievement/id",
            "/credentialSubject/achievement/alignment/0/targetUrl",
            "/evidence/0/id",
            "/credentialStatus/statusListCredential",
        ] {
            for other in [
                r#""""#,
                r#""a1""#,
                r#""/a1""#,
                r##""#a1""##,
                r#""badges.example.org/a1""#,
                r#""https://badges.example.org/a 1""#,
                r#""https://badges.example.org/a\t1""#,
                r#""https://badges.example.org/a\u007f""#,
                r#"" https://badges.example.org/a1""#,
                r#""https://badges.example.org/<a1>""#,
                r#""https:///a1""#,
            ] {
                trial.bad_there(place, other);
            }
        }
    }
}
