//! Texts that say nothing.

use crate::issue::lint::{Broken, Context, Lint, Severity, designs};

pub(super) static LINT: Lint = Lint {
    name: "blank_texts",
    citation: "Open Badges 3.0 §7 (what has no value is left out)",
    sentence: "No text, and no tag, is empty.",
    severity: Severity::Error,
    applies: designs,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .own_texts()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(node, _)| context.place(node, LINT.name, "is empty; leave it out instead"));
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn texts_say_something() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/name",
            "/type/0",
            "/issuer/name",
            "/credentialSubject/role",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/description",
            "/credentialSubject/achievement/tag/2",
            "/credentialSubject/achievement/criteria/narrative",
            "/evidence/0/genre",
        ] {
            for blank in [r#""""#, r#"" ""#, r#""\n\r\n""#, r#""\u00a0\u2003""#] {
                trial.bad_there(place, blank);
            }
        }
    }
}
