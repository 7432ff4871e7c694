//! From a draft to signed bytes: lint, take a position, sign, note it.

use super::answer::{self, VcError};
use super::status;
use super::whose::Chosen;
use crate::clock::Moment;
use crate::edge::lists;
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::issue::{self, Disclosure, Draft, Method, Ready, Seal, Settings, Signed};
use crate::json::{Object, Value};
use crate::proof::{self, Suite};
use crate::status::{ListEntry, Purpose};
use crate::store::{Tx, audit, facts, stops};
use crate::text::{hex, random_id};
use sha2::{Digest as _, Sha256};

/// What is to be signed, and by whom.
#[derive(Debug)]
pub(super) struct Order {
    /// Whose key.
    pub(super) chosen: Chosen,
    /// The credential.
    pub(super) draft: Draft,
    /// What every disclosure shows.
    pub(super) pointers: Vec<String>,
    /// Which list it gets a position in.
    pub(super) purpose: Option<Purpose>,
    /// Who asks.
    pub(super) actor: String,
    /// The request's id.
    pub(super) request: String,
}

/// The signed text, or what is wrong with the draft.
///
/// # Errors
/// [`Problem`] for what is not the credential's fault.
pub(super) async fn sign(
    state: &State,
    order: Order,
) -> Result<Result<String, Vec<VcError>>, Problem> {
    let now = state.clock.now();
    // With a position that is not its own: what is wrong is told before one
    // is taken.
    let example = with_position(&order, (1, 0));
    let ready = match lint(state, &order, &example, now) {
        Ok(ready) => ready,
        Err(errors) => return Ok(Err(errors)),
    };
    let taken = reserve(state, &order, now).await?;
    let ready = match taken {
        None => ready,
        Some(position) => {
            lists::require_shown(state, &order.chosen.tenant, position.0).await?;
            match lint(state, &order, &with_position(&order, position), now) {
                Ok(ready) => ready,
                Err(errors) => return Ok(Err(errors)),
            }
        }
    };
    let signed = match seal(state, &order, ready, now)? {
        Ok(signed) => signed.text().into_owned(),
        Err(error) => return Ok(Err(vec![error])),
    };
    note(state, &order, &signed, now).await?;
    Ok(Ok(signed))
}

fn with_position(order: &Order, (list, index): (i64, i64)) -> Object<'static> {
    let mut object = order.draft.object().clone();
    let Some(purpose) = &order.purpose else {
        return object;
    };
    let url = order.chosen.tenant.address.status_list(list);
    let index = u64::try_from(index).unwrap_or_default();
    let entry = Value::Object(ListEntry::new(url, index, purpose.clone()).to_object());
    let status = match object.remove("credentialStatus") {
        None => entry,
        Some(Value::Array(mut entries)) => {
            entries.push(entry);
            Value::Array(entries)
        }
        Some(other) => Value::Array(vec![other, entry]),
    };
    object.set("credentialStatus", status);
    object
}

fn lint(
    state: &State,
    order: &Order,
    object: &Object<'_>,
    now: Moment,
) -> Result<Ready, Vec<VcError>> {
    let chosen = &order.chosen;
    let settings = Settings {
        dev: state.address.is_dev(),
        ..Settings::new(chosen.controller.clone(), Seal::Embedded(chosen.suite))
    };
    let draft = Draft::parse_any(object.to_json().as_bytes())
        .map_err(|error| vec![VcError::new(state, error.code(), &error.to_string(), "")])?;
    let (ready, _) =
        issue::lint(draft, &settings, now).map_err(|broken| answer::of_broken(state, &broken))?;
    Ok(ready)
}

/// Asks whether anything may be issued at all, and takes a position.
async fn reserve(state: &State, order: &Order, now: Moment) -> Result<Option<(i64, i64)>, Problem> {
    let issuer = order.chosen.tenant.issuer.id.clone();
    let purpose = order.purpose.clone();
    let id = order.draft.object().text("id").map(str::to_owned);
    state
        .store
        .write(move |tx| {
            facts::require_unfenced(tx.conn)?;
            if stops::is_set(tx.conn, &issuer, stops::Stop::Issue)? {
                let stopped = Problem::new(Code::ISSUE_STOPPED, "nothing was issued");
                return Err(stopped.retry_after(600));
            }
            let Some(purpose) = purpose else {
                return Ok(None);
            };
            let id = id.unwrap_or_else(|| random_id(&mut rand::rng()));
            let owner = (issuer.as_str(), purpose.as_str());
            status::give(tx, owner, &id, now.as_unix()).map(Some)
        })
        .await
}

/// Signs. What a caller's pointers do wrong is theirs to mend.
fn seal(
    state: &State,
    order: &Order,
    ready: Ready,
    now: Moment,
) -> Result<Result<Signed, VcError>, Problem> {
    let chosen = &order.chosen;
    let signer = state.keyring.signer(&chosen.tenant.issuer, chosen.key()?)?;
    let method = Method {
        seal: Seal::Embedded(chosen.suite),
        verification_method: chosen.method.clone(),
        created: now,
    };
    let signed = if chosen.suite == Suite::EcdsaSd2023 {
        let disclosure = Disclosure {
            pointers: &order.pointers,
            chance: &mut rand::rng(),
        };
        issue::sign_for_disclosure(ready, &*signer, &method, disclosure)
    } else {
        issue::sign(ready, &*signer, &method)
    };
    match signed {
        Ok(signed) => Ok(Ok(signed)),
        Err(error) => refused(state, order, &error).map(Err),
    }
}

/// What a caller can mend, or our own fault.
fn refused(state: &State, order: &Order, error: &issue::Error) -> Result<VcError, Problem> {
    match error {
        issue::Error::Mismatch { what } => {
            tracing::error!(what, "a credential did not pass our own check");
            Err(Problem::new(Code::ISSUE_MISMATCH, "nothing was issued"))
        }
        issue::Error::Proof(proof::Error::Key) => Err(Problem::new(
            Code::SIGNER_DOWN,
            "the key could not sign; nothing was issued",
        )),
        issue::Error::Proof(error) if !error.is_unknown() && !order.pointers.is_empty() => {
            let why = "a pointer to what is mandatory is malformed, or leads nowhere";
            let at = "/options/mandatoryPointers";
            Ok(VcError::new(state, "PROOF_GENERATION_ERROR", why, at))
        }
        error => Ok(VcError::new(
            state,
            error.code(),
            &error.to_string(),
            "/credential",
        )),
    }
}

async fn note(state: &State, order: &Order, signed: &str, now: Moment) -> Result<(), Problem> {
    let act = audit::Act {
        actor: order.actor.clone(),
        tenant: order.chosen.tenant.issuer.id.clone(),
        act: "vc_api.issued",
        object: order
            .draft
            .object()
            .text("id")
            .unwrap_or_default()
            .to_owned(),
        before: String::new(),
        after: hex(&Sha256::digest(signed)),
        request: order.request.clone(),
    };
    state
        .store
        .write(move |tx: &mut Tx<'_>| audit::record(tx.conn, act, now.as_unix()).map(drop))
        .await
        .map_err(Problem::from)
}
