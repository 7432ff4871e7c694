//! The contexts, in order.

use crate::canon::is_shipped;
use crate::credential::kind::CREDENTIALS_V2;
use crate::credential::{DocumentKind, Wrong};
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};
use crate::json::Value;
use crate::limits;

pub(super) static LINT: Lint = Lint {
    name: "contexts",
    citation: "VC Data Model 2.0 §4.3, Open Badges 3.0 §B.1 @context; OB3-DM-01, OB3-CTX-03",
    sentence: "The contexts are those of VC 2.0 and of Open Badges 3.0.3, in this order, and then only known ones.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// The edition of the Open Badges context that we issue under.
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The contexts that have to come first.
pub(super) const fn first(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::StatusList | DocumentKind::OtherCredential => &[CREDENTIALS_V2],
        _ => &[CREDENTIALS_V2, OPEN_BADGES],
    }
}

/// Faults of shape that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(
        wrong,
        Wrong::FirstContext
            | Wrong::OpenBadgesContext
            | Wrong::UnknownContexts
            | Wrong::InlineContext
    )
}

fn broken(context: &Context<'_>) -> Option<Broken> {
    let contexts = context
        .object()
        .get("@context")
        .and_then(Value::as_array)
        .unwrap_or_default();
    let first = first(context.kind());
    let mut places = Vec::new();
    for (at, wanted) in first.iter().enumerate() {
        if contexts.get(at).and_then(Value::as_str) != Some(wanted) {
            let code = if at == 0 {
                "context_order"
            } else {
                "context_missing"
            };
            places.push(Place::new(
                format!("/@context/{at}"),
                code,
                format!("must be {wanted}"),
            ));
        }
    }
    for (at, other) in contexts.iter().enumerate().skip(first.len()) {
        if let Some(why) = refusal(other, contexts.get(..at).unwrap_or_default()) {
            places.push(Place::new(
                format!("/@context/{at}"),
                "context_not_allowed",
                why,
            ));
        }
    }
    if contexts.len() > limits::CONTEXTS {
        places.push(Place::new(
            "/@context",
            "context_not_allowed",
            format!("has more than {} contexts", limits::CONTEXTS),
        ));
    }
    Broken::at(&LINT, places)
}

fn refusal(other: &Value<'_>, before: &[Value<'_>]) -> Option<&'static str> {
    let Some(address) = other.as_str() else {
        return Some("must be the address of a context");
    };
    if before.contains(other) {
        Some("is there twice")
    } else if !is_shipped(address) {
        Some("is not a context we know")
    } else if gives_another_meaning(address) {
        Some("is another edition of a context that comes first")
    } else {
        None
    }
}

/// Other editions of the first two, which define the same terms differently.
fn gives_another_meaning(address: &str) -> bool {
    address.contains("/credentials/v1")
        || address.contains("/credentials/v2")
        || address.contains("/v3p0/context")
        || address.contains("ob_v3p0")
        || address.contains("plugfest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{REFRESHED, Trial};

    #[test]
    fn contexts_are_the_known_ones_in_order() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&REFRESHED);
        trial.bad(("/@context", "[]"), "/@context/0");
        trial.bad(
            ("/@context/0", r#""https://www.w3.org/2018/credentials/v1""#),
            "/@context/0",
        );
        trial.bad(("/@context/0", "7"), "/@context/0");
        trial.bad(("/@context/1", ""), "/@context/1");
        for other in [
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            "https://w3id.org/security/data-integrity/v2",
        ] {
            trial.bad(("/@context/1", &format!("{other:?}")), "/@context/1");
        }
    }

    #[test]
    fn further_contexts_are_known_and_new() {
        let trial = Trial::badge(&LINT);
        for other in [
            r#""https://example.org/context.json""#,
            r#""https://www.w3.org/ns/credentials/v2""#,
            r#""https://www.w3.org/2018/credentials/v1""#,
            r#""https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json""#,
            r#""https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json""#,
            r#"{"a": "https://example.org/a"}"#,
            "null",
        ] {
            trial.bad(("/@context/-", other), "/@context/2");
        }
        let many = format!("[{}]", ["\"https://a.example/c\""; 9].join(","));
        trial.bad(("/@context", &many), "/@context");
    }

    #[test]
    fn a_status_list_needs_one_context() {
        let trial = Trial::status_list(&LINT);
        trial.good(&[]);
        trial.bad(("/@context", "[]"), "/@context/0");
        trial.bad(
            ("/@context/-", r#""https://www.w3.org/2018/credentials/v1""#),
            "/@context/1",
        );
    }
}
