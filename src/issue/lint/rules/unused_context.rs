//! Contexts that nothing needs.

use super::contexts::first;
use crate::canon::is_context_used;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "unused_context",
    citation: "design §5 (contexts)",
    sentence: "Every context after the first ones defines something that is used.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = Vec::new();
    let addresses: Vec<&str> = context
        .object()
        .get("@context")
        .and_then(Value::as_array)
        .unwrap_or_default()
        .iter()
        .map(|address| address.as_str().unwrap_or_default())
        .collect();
    let further = addresses
        .iter()
        .enumerate()
        .skip(first(context.kind()).len());
    for (at, address) in further {
        let earlier = addresses.get(..at).unwrap_or_default();
        if is_context_used(context.document(), address, earlier) == Some(false) {
            places.push(Place::new(
                format!("/@context/{at}"),
                "context_unused",
                "defines nothing that the credential uses",
            ));
        }
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{REFRESHED, Trial};

    #[test]
    fn a_context_is_there_for_a_reason() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&REFRESHED);
        for unused in [
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/suites/ed25519-2020/v1",
            "https://www.w3.org/ns/did/v1",
        ] {
            trial.bad(("/@context/-", &format!("{unused:?}")), "/@context/2");
        }
        Trial::status_list(&LINT).bad(
            ("/@context/-", r#""https://w3id.org/security/multikey/v1""#),
            "/@context/1",
        );
    }
}
