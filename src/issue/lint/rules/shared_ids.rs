//! Different things under one id.

use super::described_once::says_more;
use crate::issue::lint::context::Node;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};
use crate::json::Object;
use std::collections::BTreeMap;

pub(super) static LINT: Lint = Lint {
    name: "shared_ids",
    citation: "JSON-LD 1.1 §3.3 (nodes are merged by id); PT-01",
    sentence: "Two things of different kinds have two ids.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// In the signed statements they would be one thing, and the narrative of a
/// piece of evidence could become the criteria. An issuer may be its own
/// recipient.
fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut things: BTreeMap<&str, Vec<(&Node<'_>, &Object<'_>)>> = BTreeMap::new();
    let described = context
        .own_objects()
        .filter(|(node, object)| node.name != "credentialSubject" && says_more(object));
    for (node, object) in described {
        if let Some(id) = object.text("id") {
            things.entry(id).or_default().push((node, object));
        }
    }
    let mut places = Vec::new();
    for objects in things.values() {
        let first = objects.first().and_then(|(_, object)| object.get("type"));
        let others = objects
            .iter()
            .skip(1)
            .filter(|(_, object)| object.get("type") != first);
        places.extend(others.map(|(node, _)| {
            context.place_in(node, "id", LINT.name, "is also the id of another thing")
        }));
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{ISSUER, Trial};

    const CRITERIA: &str = "/credentialSubject/achievement/criteria";

    #[test]
    fn different_things_have_different_ids() {
        const ACHIEVEMENT: &str =
            r#""https://badges.example.org/achievements/moving-and-handling""#;
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for place in [
            "/credentialSubject/achievement/criteria/id",
            "/credentialSubject/achievement/related/0/id",
            "/credentialSubject/achievement/image/id",
            "/evidence/0/id",
        ] {
            trial.bad_there(place, ACHIEVEMENT);
        }
        trial.bad(
            ("/id", r#""https://badges.example.org/evidence/3q2-7w""#),
            "/evidence/0/id",
        );
    }

    #[test]
    fn a_page_may_be_named_again_and_an_issuer_too() {
        let trial = Trial::badge(&LINT);
        let page = r#"{"id": "https://badges.example.org/achievements/moving-and-handling"}"#;
        trial.good(&[(CRITERIA, page)]);
        trial.good(&[("/credentialSubject/id", &format!("{ISSUER:?}"))]);
        let creator = "/credentialSubject/achievement/creator/id";
        trial.good(&[(creator, &format!("{ISSUER:?}"))]);
    }
}
