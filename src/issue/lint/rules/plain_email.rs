//! E-mail addresses that everybody can read.

use crate::issue::lint::{Broken, Context, Lint, Severity, badges};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "plain_email",
    citation: "Open Badges 3.0 §B.1 IdentityObject; design §6 (private by default)",
    sentence: "The recipient's e-mail address is hashed.",
    severity: Severity::Warning,
    applies: badges,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .own_objects()
        .filter(|(node, identity)| {
            node.name == "identifier"
                && identity.text("identityType") == Some("emailAddress")
                && identity.get("hashed").and_then(Value::as_bool) == Some(false)
        })
        .map(|(node, _)| {
            context.place_in(
                node,
                "identityHash",
                LINT.name,
                "shows an e-mail address to everybody who sees the badge",
            )
        });
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const IDENTIFIER: &str = "/credentialSubject/identifier/0";

    #[test]
    fn an_address_in_plain_text_is_worth_a_word() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/credentialSubject/identifier", "")]);
        trial.good(&[(
            IDENTIFIER,
            r#"{"type":"IdentityObject","hashed":false,"identityHash":"EC-417","identityType":"systemId"}"#,
        )]);
        for address in [
            "learner@example.org",
            "LEARNER@EXAMPLE.ORG",
            "not an address",
        ] {
            let identity = format!(
                r#"{{"type":"IdentityObject","hashed":false,"identityHash":"{address}","identityType":"emailAddress"}}"#
            );
            let place = format!("{IDENTIFIER}/identityHash");
            trial.bad((IDENTIFIER, &identity), &place);
        }
    }
}
