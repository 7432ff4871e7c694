//! Texts in several languages.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, designs};

pub(super) static LINT: Lint = Lint {
    name: "language_maps",
    citation: "Open Badges 3.0 §B.1 (String, Markdown); OB3-DM-09, OB3-ISS-11",
    sentence: "A text is one text: editions in other languages are badges of their own, linked by related and inLanguage.",
    severity: Severity::Error,
    applies: designs,
    broken,
};

/// Members whose value people write per language.
const TEXTS: [&str; 15] = [
    "name",
    "description",
    "narrative",
    "caption",
    "endorsementComment",
    "targetName",
    "targetDescription",
    "targetFramework",
    "fieldOfStudy",
    "specialization",
    "tag",
    "role",
    "term",
    "genre",
    "audience",
];

/// Where a text is an object.
pub(super) fn places(context: &Context<'_>) -> Vec<Place> {
    let maps = context.own_objects().filter(|(node, object)| {
        TEXTS.contains(&node.name) || object.iter().any(|(name, _)| is_of_value_object(name))
    });
    maps.map(|(node, _)| {
        context.place(
            node,
            LINT.name,
            "must be text alone, not texts with their languages",
        )
    })
    .collect()
}

fn is_of_value_object(name: &str) -> bool {
    matches!(name, "@value" | "@language" | "@direction")
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    Broken::at(&LINT, places(context))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn a_text_is_in_one_language() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/name",
            "/issuer/description",
            "/credentialSubject/narrative",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/tag/0",
            "/credentialSubject/achievement/criteria/narrative",
            "/credentialSubject/achievement/image/caption",
            "/evidence/0/audience",
        ] {
            trial.bad_there(place, r#"{"en": "Moving", "cy": "Symud"}"#);
            trial.bad_there(place, r#"{"@value": "Symud", "@language": "cy"}"#);
            trial.bad_there(place, "{}");
        }
    }

    #[test]
    fn the_model_of_credentials_allows_it_and_we_do_not() {
        let trial = Trial::status_list(&LINT);
        trial.good(&[("/name", r#""List 1""#)]);
        trial.bad_there("/name", r#"{"@value": "List 1"}"#);
        trial.bad_there("/description", r#"{"@value": "Un", "@language": "cy"}"#);
    }
}
