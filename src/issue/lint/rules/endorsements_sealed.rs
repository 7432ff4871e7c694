//! Embedded endorsements are somebody's.

use crate::issue::lint::context::Part;
use crate::issue::lint::{Broken, Context, Lint, Severity, badges};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "endorsements_sealed",
    citation: "Open Badges 3.0 §B.1 endorsement, §8.6; OB3-END-01",
    sentence: "An embedded endorsement has the proof of who makes it.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .nodes()
        .filter(|node| node.part == Part::Foreign && node.name == "endorsement")
        .filter_map(|node| Some((node, node.value.as_object()?)))
        .filter(|(_, endorsement)| {
            endorsement
                .get("proof")
                .is_none_or(|proof| proof.one_or_many().iter().all(is_nothing))
        })
        .map(|(node, _)| context.place_in(node, "proof", LINT.name, "is needed"));
    Broken::at(&LINT, places.collect())
}

fn is_nothing(proof: &Value<'_>) -> bool {
    proof.as_object().is_none_or(crate::json::Object::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::{BADGE, ENDORSEMENT, Trial, edit, signed_endorsement, value};

    #[test]
    fn endorsements_bring_their_proof() {
        let badge = value(BADGE);
        let id = badge.get("id").and_then(Value::as_str).expect("an id");
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/endorsement", &format!("[{}]", signed_endorsement(id)))]);
        trial.bad(
            ("/endorsement", &format!("[{ENDORSEMENT}]")),
            "/endorsement/0/proof",
        );
        for nothing in ["{}", "[]", "[{}]", "null", "7"] {
            let mut endorsement = value(&signed_endorsement(id));
            edit(&mut endorsement, "/proof", Some(value(nothing)));
            trial.bad(
                ("/endorsement", &format!("[{}]", endorsement.to_json())),
                "/endorsement/0/proof",
            );
        }
    }
}
