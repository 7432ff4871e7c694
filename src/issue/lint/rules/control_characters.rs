//! Characters that nobody sees.

use crate::issue::lint::{Broken, Context, Lint, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "control_characters",
    citation: "RDF Dataset Canonicalization §A.1 (escapes differ in older software); OB3-DM-17",
    sentence: "No text holds control characters other than line ends.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Also in what others signed: a badge that holds it would break with it.
fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = Vec::new();
    for node in context.nodes() {
        let text = node.value.as_str().into_iter();
        let found = text
            .chain(node.member())
            .filter(|text| !text.bytes().all(is_printable))
            .flat_map(str::chars)
            .find(|character| is_refused(*character));
        if let Some(character) = found {
            let code = u32::from(character);
            places.push(context.place(
                node,
                LINT.name,
                format!("holds the control character U+{code:04X}"),
            ));
        }
    }
    Broken::at(&LINT, places)
}

/// Nearly every text holds nothing else, which is told faster from its bytes.
const fn is_printable(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic()
}

/// C0 with DEL, and C1.
fn is_refused(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const NARRATIVE: &str = "/credentialSubject/achievement/criteria/narrative";

    #[test]
    fn texts_hold_characters_people_can_see() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(NARRATIVE, r#""One\nTwo\r\nÅ 奖 🏅 \u00a0 \u00ad""#)]);
        for code in (1..0x20).chain(0x7F..0xA0) {
            if code != 0x0A && code != 0x0D {
                trial.bad_there(NARRATIVE, &format!("\"a\\u{code:04x}b\""));
            }
        }
    }

    #[test]
    fn they_are_found_everywhere() {
        let trial = Trial::badge(&LINT);
        for place in [
            "/name",
            "/id",
            "/issuer/name",
            "/credentialSubject/achievement/tag/1",
            "/evidence/1/narrative",
        ] {
            trial.bad_there(place, r#""a\tb""#);
        }
        trial.bad(
            ("/endorsement", r#"[{"name": "a\u007fb"}]"#),
            "/endorsement/0/name",
        );
        trial.bad(("/a\tb", "7"), "/a\tb");
    }
}
