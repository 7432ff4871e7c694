//! The issuer is who signs.

use crate::credential::read::Credential;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, always};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "issuer_controller",
    citation: "Controlled Identifiers 1.0 §3.3, VC Data Integrity §4.3; OB3-ISS-02, SEC-34",
    sentence: "The issuer is the controller of the key that signs.",
    severity: Severity::Error,
    applies: always,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let controller = &context.settings().controller;
    if Credential::new(context.object()).issuer_id() == Some(controller) {
        return None;
    }
    let pointer = match context.object().get("issuer") {
        Some(Value::Object(_)) => "/issuer/id",
        _ => "/issuer",
    };
    let place = Place::new(
        pointer,
        "verification_method_mismatch",
        format!("must be {controller}, whose key signs"),
    );
    Broken::at(&LINT, vec![place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{ISSUER, Trial};

    #[test]
    fn nobody_signs_for_others() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for other in [
            r#""did:web:other.example""#.to_owned(),
            r#""did:web:badges.example.org:issuers:x""#.to_owned(),
            r#""DID:web:badges.example.org""#.to_owned(),
            r#""https://badges.example.org""#.to_owned(),
            format!("\"{ISSUER}#key-1\""),
            String::new(),
        ] {
            trial.bad_there("/issuer/id", &other);
        }
        trial.bad_there("/issuer", "");
        trial.bad_there("/issuer", &format!("[{ISSUER:?}]"));
    }

    #[test]
    fn a_status_list_may_name_its_issuer_alone() {
        let trial = Trial::status_list(&LINT);
        trial.good(&[]);
        trial.good(&[("/issuer", &format!("{{\"id\":{ISSUER:?}}}"))]);
        trial.bad_there("/issuer", r#""did:web:other.example""#);
    }
}
