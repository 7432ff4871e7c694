//! Values that are listed twice.

use crate::issue::lint::{Broken, Context, Lint, Severity, always};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "repeated_values",
    citation: "JSON-LD 1.1 §4.3.2 (sets); PT-01",
    sentence: "A list holds each value once.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Most lists are sets in the signed statements: the second of two equal
/// values is not signed. Objects without an id are not merged.
fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = Vec::new();
    for node in context.own() {
        let Value::Array(items) = node.value else {
            continue;
        };
        for (at, item) in items.iter().enumerate() {
            let is_simple = !matches!(item, Value::Object(_) | Value::Array(_));
            if is_simple && items.iter().take(at).any(|before| before == item) {
                places.push(context.place_in(
                    node,
                    &at.to_string(),
                    LINT.name,
                    "is in the list before",
                ));
            }
        }
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn lists_hold_each_value_once() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.bad_there(
            "/credentialSubject/achievement/tag/1",
            r#""moving and handling""#,
        );
        trial.bad(("/type/-", r#""OpenBadgeCredential""#), "/type/2");
        trial.bad(("/issuer/type/-", r#""Profile""#), "/issuer/type/1");
        trial.bad_there(
            "/credentialSubject/achievement/resultDescription/0/allowedValue/2",
            r#""Pass""#,
        );
    }

    #[test]
    fn two_objects_may_look_alike() {
        Trial::badge(&LINT).good(&[(
            "/evidence/0",
            r#"{"type": ["Evidence"], "narrative": "Observed by an assessor on 27 February 2026."}"#,
        )]);
    }
}
