//! Characters that turn a text around.

use crate::issue::lint::context::Part;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "bidi_controls",
    citation: "Unicode TR 36 §2.1 (bidirectional text spoofing)",
    sentence: "Names and other short texts hold no characters that change the direction of writing.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Longer texts may need them, and are not what a badge is recognised by.
const PROSE: [&str; 4] = [
    "narrative",
    "description",
    "endorsementComment",
    "targetDescription",
];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .nodes()
        .filter(|node| matches!(node.part, Part::Own | Part::Foreign))
        .filter(|node| !PROSE.contains(&node.name))
        .filter(|node| {
            node.value
                .as_str()
                .is_some_and(|text| !text.is_ascii() && text.contains(turns))
        })
        .map(|node| {
            context.place(
                node,
                LINT.name,
                "holds a character that changes the direction of writing",
            )
        });
    Broken::at(&LINT, places.collect())
}

/// Marks, embeddings, overrides and isolates.
const fn turns(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn names_read_as_they_are_written() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/name", r#""שם العربية""#)]);
        trial.good(&[("/description", r#""\u2067שם\u2069""#)]);
        for place in [
            "/name",
            "/issuer/name",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/alignment/0/targetName",
            "/credentialSubject/achievement/tag/0",
            "/credentialSubject/source/name",
        ] {
            for code in ["061c", "200e", "200f", "202a", "202e", "2066", "2069"] {
                trial.bad_there(place, &format!("\"a\\u{code}b\""));
            }
        }
        trial.bad(
            ("/endorsement", r#"[{"issuer": {"name": "\u202ea"}}]"#),
            "/endorsement/0/issuer/name",
        );
    }
}
