//! Things that are described in two places.

use crate::issue::lint::context::Node;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};
use crate::json::Object;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    name: "described_once",
    citation: "JSON-LD 1.1 §3.3 (nodes are merged by id); PT-01",
    sentence: "What has an id is described in one place.",
    severity: Severity::Warning,
    applies: always,
    broken,
};

/// Whether an object is more than a reference.
pub(super) fn says_more(object: &Object<'_>) -> bool {
    object
        .iter()
        .any(|(name, _)| !matches!(name, "id" | "type"))
}

/// In the signed statements two objects with one id are one thing. What is
/// said of it twice can be left out in one of the places, and the proof still
/// holds.
fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut described: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
    let mut places = Vec::new();
    for (node, object) in context.own_objects() {
        let Some(id) = object.text("id") else {
            continue;
        };
        if described.insert(id, node).is_some() {
            places.push(context.place_in(
                node,
                "id",
                LINT.name,
                "is described elsewhere in the credential too; leave one out",
            ));
        }
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{ISSUER, Trial, signed_endorsement};

    #[test]
    fn a_thing_said_twice_is_worth_a_word() {
        const CREATOR: &str = "/credentialSubject/achievement/creator/id";
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.bad_there(CREATOR, &format!("{ISSUER:?}"));
        trial.bad_there("/credentialSubject/source/id", &format!("{ISSUER:?}"));
        trial.bad_there(
            "/credentialSubject/achievement/related/0/id",
            r#""https://badges.example.org/achievements/moving-and-handling""#,
        );
        trial.bad_there(
            "/evidence/0/id",
            r#""https://badges.example.org/files/logo.svg""#,
        );
    }

    #[test]
    fn an_endorsement_is_about_what_it_lies_in() {
        let about =
            signed_endorsement("https://badges.example.org/credentials/3q2-7wAAAAAAAAAAAAAAAA");
        Trial::badge(&LINT).good(&[("/endorsement", &format!("[{about}]"))]);
    }
}
