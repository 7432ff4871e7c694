//! Language codes.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "languages",
    citation: "Open Badges 3.0 §B.1 LanguageCode; OB3-DM-10",
    sentence: "A language is a code such as “cy” or “en-GB”.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::Language)
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, context.faults(takes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn languages_are_codes() {
        const LANGUAGE: &str = "/credentialSubject/achievement/inLanguage";
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for code in [r#""cy""#, r#""en""#, r#""zh-Hant-TW""#, r#""es-419""#] {
            trial.good(&[(LANGUAGE, code)]);
        }
        for other in [
            r#""english""#,
            r#""EN""#,
            r#""en_GB""#,
            r#""en-gb""#,
            r#""en-GB ""#,
            r#""""#,
        ] {
            trial.bad_there(LANGUAGE, other);
        }
        trial.bad_there(
            "/credentialSubject/achievement/related/0/inLanguage",
            r#""Welsh""#,
        );
    }
}
