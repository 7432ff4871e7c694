//! What a node knows of a badge that it sealed itself, beside the badge: since
//! when and why it was withdrawn, whether there is a newer one, and how the
//! organisation checks what it gives this badge for.

use crate::clock::Moment;
use crate::edge::problem::Problem;
use crate::edge::sharing::Place;
use crate::edge::standing;
use crate::edge::state::State;
use crate::store::credentials::{self, Credential};
use crate::store::{Error, achievements, shares};
use crate::verify::Verified;
use crate::web::shown;
use serde::Deserialize;

/// What is known beside the badge.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// The organisation.
    pub name: String,
    /// Since when it is withdrawn.
    pub withdrawn_on: Option<String>,
    /// Why, as everybody may know.
    pub withdrawn_reason: Option<String>,
    /// Since when it is paused.
    pub paused_on: Option<String>,
    /// Why, as everybody may know.
    pub paused_reason: Option<String>,
    /// The badge that took its place.
    pub newer: Option<Newer>,
    /// What the design says.
    pub design: Design,
}

/// A newer badge.
#[derive(Debug, Clone)]
pub struct Newer {
    /// When it was given.
    pub issued_on: String,
    /// Its page, if it is shared.
    pub address: Option<String>,
}

/// What a design says to everybody beside its Achievement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Design {
    /// How it was checked what the person can do.
    pub method: Option<Method>,
    /// What the badge does not mean.
    pub does_not_mean: Option<String>,
    /// Who assessed, if it was not the organisation.
    pub assessed_by: Option<String>,
    /// How long a badge lasts, in months.
    pub months: Option<u32>,
}

/// How it was checked what somebody can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// In one or two words.
    pub tag: &'static str,
    /// In a sentence.
    pub meaning: &'static str,
}

/// The methods, by the word in a design's policy.
const METHODS: [(&str, &str, &str); 13] = [
    (
        "self-assessed",
        "Self-rated",
        "The learner rated themselves. Nobody else checked.",
    ),
    (
        "attended",
        "Attended",
        "They were there. It does not say how well they did.",
    ),
    ("online-quiz", "Online test", "Marked by computer."),
    (
        "employer-confirmed",
        "Confirmed at work",
        "A manager or supervisor confirmed it.",
    ),
    (
        "assessor-reviewed",
        "Reviewed",
        "A tutor or assessor looked at their work.",
    ),
    (
        "observed-practice",
        "Watched in practice",
        "An assessor watched them do it.",
    ),
    (
        "moderated-portfolio",
        "Portfolio",
        "Assessed, then checked by someone else.",
    ),
    (
        "independent-assessment",
        "Independent assessment",
        "Assessed by an organisation that did not train them.",
    ),
    ("panel-decision", "Chosen by a panel", "Judges chose them."),
    (
        "peer-reviewed",
        "Peer reviewed",
        "Other practitioners reviewed it.",
    ),
    (
        "automatic-from-badges",
        "Adds up other badges",
        "Given because they hold all the badges it needs.",
    ),
    (
        "automatic",
        "Recorded by a system",
        "Taken from a learning system record.",
    ),
    (
        "issuer-verified",
        "From records",
        "Confirmed from the organisation’s own records.",
    ),
];

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Policy {
    assessment_method: Option<serde_json::Value>,
    what_it_does_not_mean: Option<serde_json::Value>,
    assessed_by: Option<serde_json::Value>,
    validity_months: Option<serde_json::Value>,
}

impl Design {
    /// Reads a policy. What is of another kind than expected is left out.
    #[must_use]
    pub fn read(policy: &str) -> Self {
        let policy: Policy = serde_json::from_str(policy).unwrap_or_default();
        let text = |value: &Option<serde_json::Value>| {
            let text = value.as_ref().and_then(serde_json::Value::as_str)?;
            Some(shown::line(text)).filter(|text| !text.is_empty())
        };
        let word = text(&policy.assessment_method);
        let months = policy
            .validity_months
            .as_ref()
            .and_then(serde_json::Value::as_u64);
        Self {
            method: word.and_then(|word| method(&word)),
            does_not_mean: text(&policy.what_it_does_not_mean),
            assessed_by: text(&policy.assessed_by),
            months: months.and_then(|months| u32::try_from(months).ok()),
        }
    }
}

fn method(word: &str) -> Option<Method> {
    METHODS
        .iter()
        .find(|(name, ..)| *name == word)
        .map(|(_, tag, meaning)| Method { tag, meaning })
}

/// Of a badge that somebody handed in, if it is one of ours. Whoever has the
/// badge may know what everybody may know of it.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub(super) async fn of_verified(
    state: &State,
    verified: &Verified,
) -> Result<Option<Own>, Problem> {
    let path = verified
        .id
        .as_deref()
        .and_then(|id| state.address.path_of(id));
    let Some(Place::Credential(id)) = path.and_then(Place::of_path) else {
        return Ok(None);
    };
    let row = state
        .store
        .read(move |conn| credentials::find_any(conn, &id))
        .await
        .map_err(Problem::from)?;
    match row.filter(|row| row.state == "issued") {
        Some(row) => Ok(Some(of_row(state, &row).await?)),
        None => Ok(None),
    }
}

/// Of a badge of ours.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub(in crate::web) async fn of_row(state: &State, row: &Credential) -> Result<Own, Problem> {
    let standing = standing::of(state, row).await?;
    let (design, newer) = design_and_newer(state, row).await?;
    let tenant = state.directory.by_id(&row.issuer_id);
    let name = tenant.map(|tenant| shown::line(&tenant.issuer.name));
    let line = |text: Option<String>| text.map(|text| shown::line(&text));
    Ok(Own {
        name: name.unwrap_or_default(),
        withdrawn_on: standing.withdrawn_at.as_deref().and_then(date),
        withdrawn_reason: line(standing.withdrawn_reason),
        paused_on: standing.paused_at.as_deref().and_then(date),
        paused_reason: line(standing.paused_reason),
        newer,
        design,
    })
}

async fn design_and_newer(
    state: &State,
    row: &Credential,
) -> Result<(Design, Option<Newer>), Problem> {
    let (row, now) = (row.clone(), state.clock.unix());
    let (version, newer) = state
        .store
        .read(move |conn| {
            let number = row.achievement_version;
            let version = achievements::version(conn, &row.issuer_id, &row.achievement_id, number)?;
            let newer = credentials::newer(conn, &row.id)?.filter(|newer| newer.state == "issued");
            let newer = match newer {
                Some(newer) => {
                    let is_shared = shares::is_shared(conn, &newer.issuer_id, &newer.id, now)?;
                    Some((newer, is_shared))
                }
                None => None,
            };
            Ok::<_, Error>((version, newer))
        })
        .await
        .map_err(Problem::from)?;
    let newer = newer.map(|(newer, is_shared)| Newer {
        issued_on: newer
            .issued_at
            .and_then(|at| Moment::from_unix(at).ok())
            .map(Moment::to_plain_date)
            .unwrap_or_default(),
        address: is_shared.then(|| format!("/credentials/{}", newer.id)),
    });
    let design = version.map(|version| Design::read(&version.policy));
    Ok((design.unwrap_or_default(), newer))
}

fn date(text: &str) -> Option<String> {
    Moment::parse(text).ok().map(Moment::to_plain_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_as_far_as_it_is_what_we_expect() {
        let policy = r#"{"assessmentMethod":"self-assessed","whatItDoesNotMean":"It is no licence.","validityMonths":12,"funding":"levy"}"#;
        let design = Design::read(policy);
        assert_eq!(design.method.map(|method| method.tag), Some("Self-rated"));
        assert_eq!(design.does_not_mean.as_deref(), Some("It is no licence."));
        assert_eq!(design.months, Some(12));
        for odd in [
            "{}",
            "[]",
            "",
            r#"{"assessmentMethod":7,"whatItDoesNotMean":{},"validityMonths":"x"}"#,
            r#"{"assessmentMethod":"guessed","whatItDoesNotMean":"  ","validityMonths":-1}"#,
        ] {
            assert_eq!(Design::read(odd), Design::default(), "{odd}");
        }
    }
}
