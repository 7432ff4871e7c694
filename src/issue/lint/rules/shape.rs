//! The rest of the data model.

use super::{
    absolute_iris, awarded_date, contexts, criteria, dates, enumerations, field_lengths,
    identity_hash, language_maps, languages, nested_types, nulls, required, result_complete,
    result_links, result_values, status_entry, subject_identified, validity_order,
};
use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Severity, always};
use crate::json::Value;

pub(super) static LINT: Lint = Lint {
    name: "shape",
    citation: "Open Badges 3.0 §B.1, VC Data Model 2.0 §4; OB3-DM-08, OB3-DM-09, OB3-DM-15",
    sentence: "Every member is what the data model says: one value or a list, text or number, known or allowed.",
    severity: Severity::Error,
    applies: always,
    broken,
};

/// Rules that tell some of the faults themselves.
/// A rule, and what it is about.
type About = (&'static Lint, fn(Wrong) -> bool);

static OTHERS: [About; 18] = [
    (&absolute_iris::LINT, absolute_iris::takes),
    (&awarded_date::LINT, awarded_date::takes),
    (&contexts::LINT, contexts::takes),
    (&criteria::LINT, criteria::takes),
    (&dates::LINT, dates::takes),
    (&enumerations::LINT, enumerations::takes),
    (&field_lengths::LINT, field_lengths::takes),
    (&identity_hash::LINT, identity_hash::takes),
    (&languages::LINT, languages::takes),
    (&nested_types::LINT, nested_types::takes),
    (&nulls::LINT, nulls::takes),
    (&required::LINT, required::takes),
    (&result_complete::LINT, result_complete::takes),
    (&result_links::LINT, result_links::takes),
    (&result_values::LINT, result_values::takes),
    (&status_entry::LINT, status_entry::takes),
    (&subject_identified::LINT, subject_identified::takes),
    (&validity_order::LINT, validity_order::takes),
];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let is_told = |wrong| {
        OTHERS
            .iter()
            .any(|(lint, takes)| takes(wrong) && (lint.applies)(context))
    };
    let mut places = context.faults(|wrong| !is_told(wrong));
    let told = if (language_maps::LINT.applies)(context) {
        language_maps::places(context)
    } else {
        Vec::new()
    };
    places.retain(|place| !told.iter().any(|other| other.pointer == place.pointer));
    // A single proof becomes a list when the next one joins it.
    if let Some(Value::Object(_)) = context.object().get("proof") {
        places.retain(|place| place.pointer != "/proof");
    }
    // An endorsement is sealed already: its proof stays as it came.
    places.retain(|place| !is_proof_of_endorsement(&place.pointer));
    Broken::at(&LINT, places)
}

/// `…/endorsement/0/proof`
fn is_proof_of_endorsement(pointer: &str) -> bool {
    let steps: Vec<&str> = pointer.rsplit('/').take(3).collect();
    matches!(steps.as_slice(), ["proof", _, "endorsement"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn one_value_is_one_and_a_list_is_a_list() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for (place, new) in [
            ("/@context", r#""https://www.w3.org/ns/credentials/v2""#),
            ("/type", r#""OpenBadgeCredential""#),
            ("/name", r#"["Moving"]"#),
            ("/issuer/type", r#""Profile""#),
            ("/evidence", r#"{"type": ["Evidence"]}"#),
            ("/credentialSubject/achievement/tag", r#""care""#),
            ("/credentialSubject/achievement/image/type", r#"["Image"]"#),
            ("/credentialStatus", "[]"),
        ] {
            trial.bad_there(place, new);
        }
    }

    #[test]
    fn text_is_text_and_a_number_a_number() {
        let trial = Trial::badge(&LINT);
        for (place, new) in [
            ("/name", "7"),
            ("/validFrom", "1764072000"),
            ("/issuer", "7"),
            ("/credentialSubject/creditsEarned", r#""2.5""#),
            ("/credentialSubject/identifier/0/hashed", r#""true""#),
            ("/credentialSubject/achievement", r#""urn:uuid:a""#),
            ("/credentialSubject/achievement/criteria", r#""Attend""#),
            ("/issuer/email", r#""badges""#),
            ("/issuer/address/addressCountryCode", r#""UK1""#),
            ("/endorsementJwt", r#"["a"]"#),
        ] {
            let expected = match place {
                "/endorsementJwt" => "/endorsementJwt/0",
                other => other,
            };
            trial.bad((place, new), expected);
        }
    }

    #[test]
    fn closed_classes_take_no_more_members() {
        let trial = Trial::badge(&LINT);
        trial.bad_there("/image/name", r#""Wave""#);
        trial.bad_there("/credentialSubject/identifier/0/id", r#""urn:uuid:i""#);
        trial.bad_there("/issuer/otherIdentifier/0/name", r#""UKPRN""#);
        trial.bad_there(
            "/credentialSubject/achievement/otherIdentifier/0/id",
            r#""urn:uuid:o""#,
        );
    }
}
