//! Badges that follow others: renewed with the date of the first award.

use super::issuing::draft::Policy;
use super::issuing::{Follows, NewCredential, NewSubject};
use super::problem::{Code, Problem};
use super::state::State;
use super::wire::JsonObject;
use crate::json::{self, Object, Value};
use crate::proof::Jws;
use crate::store::credentials::Credential;
use crate::store::{Conn, achievements, status};

/// Refuses badges that were never handed out.
///
/// # Errors
/// `state_conflict`.
pub fn require_issued(row: &Credential) -> Result<(), Problem> {
    if row.state == "issued" {
        return Ok(());
    }
    Err(Problem::new(
        Code::STATE_CONFLICT,
        format!("this badge is {}", row.state),
    ))
}

/// Refuses to renew what was withdrawn or is paused: the new badge would undo
/// it. In the transaction that keeps the new badge.
///
/// # Errors
/// `state_conflict`.
pub fn require_good(conn: &mut Conn, issuer: &str, follows: &Follows) -> Result<(), Problem> {
    if follows.how != "renewal" {
        return Ok(());
    }
    for (entry, _) in status::entries(conn, issuer, &follows.id)? {
        if status::latest(conn, &entry)?.is_some_and(|change| change.is_set) {
            return Err(Problem::new(
                Code::STATE_CONFLICT,
                "this badge was withdrawn or is paused",
            ));
        }
    }
    Ok(())
}

/// What is asked for when a badge is renewed: the same person, the same
/// results, the newest version of the design, and the date of the first award.
///
/// # Errors
/// `state_conflict`; [`Problem::internal`] if the badge cannot be read.
pub async fn renewal(
    state: &State,
    row: &Credential,
    valid_until: Option<String>,
) -> Result<NewCredential, Problem> {
    require_issued(row)?;
    let badge = badge(row)?;
    let by_policy = renewed_until(state, row).await?;
    let first = badge
        .text("awardedDate")
        .or_else(|| badge.text("validFrom"));
    let subject = badge
        .get("credentialSubject")
        .and_then(Value::as_object)
        .ok_or_else(|| Problem::internal("a badge of ours has no subject"))?;
    Ok(NewCredential {
        achievement: row.achievement_id.clone(),
        subject: NewSubject {
            id: subject.text("id").map(str::to_owned),
            name: None,
            identifiers: members(subject, "identifier")?,
        },
        results: members(subject, "result")?,
        evidence: members(&badge, "evidence")?,
        awarded_date: first.map(str::to_owned),
        valid_from: None,
        valid_until: valid_until.or(by_policy),
        credits_earned: subject
            .get("creditsEarned")
            .and_then(|credits| serde_json::from_str(&credits.to_json()).ok()),
        narrative: subject.text("narrative").map(str::to_owned),
    })
}

/// A renewed badge may last longer or shorter than the first.
async fn renewed_until(state: &State, row: &Credential) -> Result<Option<String>, Problem> {
    let (issuer, id) = (row.issuer_id.clone(), row.achievement_id.clone());
    let found = state
        .store
        .read(move |conn| achievements::find(conn, &issuer, &id))
        .await
        .map_err(Problem::from)?;
    let Some((_, version)) = found else {
        return Err(Problem::not_found("badge design"));
    };
    let months = Policy::read(&version)?
        .renewal
        .and_then(|renewal| renewal.validity_months);
    Ok(months.map(|months| state.clock.now().plus_months(months).to_rfc3339()))
}

/// The badge of a row, out of its token if it is one.
///
/// # Errors
/// [`Problem::internal`].
pub fn badge(row: &Credential) -> Result<Object<'static>, Problem> {
    let unreadable = || Problem::internal(crate::store::Error::Damaged("a badge"));
    let body = row.body.as_deref().ok_or_else(unreadable)?;
    let text = if row.seal == "vc-jwt" {
        let token = Jws::parse(body).map_err(|_| unreadable())?;
        String::from_utf8(token.payload().to_vec()).map_err(|_| unreadable())?
    } else {
        body.to_owned()
    };
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(badge)) => Ok(badge.into_owned()),
        _ => Err(unreadable()),
    }
}

fn members(object: &Object<'_>, name: &str) -> Result<Vec<JsonObject>, Problem> {
    let values = object.get(name).map_or(&[][..], Value::one_or_many);
    values
        .iter()
        .map(|value| serde_json::from_str(&value.to_json()).map_err(Problem::internal))
        .collect()
}
