//! Everything is covered by the signature.

use crate::canon::Error;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};

pub(super) static LINT: Lint = Lint {
    name: "safe_mode",
    citation: "Open Badges 3.0 certification guide 1.3 (JSON-LD safe mode); OB3-CTX-01, SEC-27, SEC-30, SEC-31",
    sentence: "Every member has a meaning in the contexts, and nothing in the credential escapes the signature.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let error = context.safe_mode().as_ref().err()?;
    if is_of_top_contexts(context, error) {
        return None;
    }
    let place = Place::new(pointer(error), error.code(), error.to_string());
    Broken::at(&LINT, vec![place])
}

/// Another rule is about the draft's own contexts.
fn is_of_top_contexts(context: &Context<'_>, error: &Error) -> bool {
    match error {
        Error::UnknownContext { url } => {
            url == "inline" || context.contexts().any(|address| address == url)
        }
        _ => false,
    }
}

fn pointer(error: &Error) -> &str {
    match error {
        Error::UnmappedTerm { path, .. }
        | Error::Keyword { path, .. }
        | Error::NotAbsolute { path, .. }
        | Error::Shape { path, .. } => path,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn nothing_escapes_the_signature() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for (place, new) in [
            ("/colour", r#""green""#),
            ("/type/-", r#""CouncilBadge""#),
            ("/credentialSubject/achievement/level", "3"),
            ("/credentialSubject/achievement/criteria/steps", r#"["a"]"#),
            ("/evidence/0/@type", r#""Evidence""#),
            ("/evidence/0/@index", r#""a""#),
            ("/evidence/0/schema:name", r#""a""#),
            ("/evidence/0/id", r#""../plan""#),
            ("/@graph", "[]"),
        ] {
            let expected = match place {
                "/type/-" => "/type/2",
                other => other,
            };
            trial.bad((place, new), expected);
        }
    }

    #[test]
    fn a_type_gives_members_their_meaning() {
        // Without the type of the subject, its achievement would be dropped.
        Trial::badge(&LINT).bad(
            ("/credentialSubject/type", "[\"Profile\"]"),
            "/credentialSubject/identifier",
        );
    }
}
