//! `POST /vc/credentials/status`: withdraws or pauses a credential that the
//! profile signed, and takes it back.
//!
//! **Promises.** No badge is touched: what the profile signs has names of its
//! own among the positions.

use super::whose::faulty;
use crate::edge::caller::VcApiCaller;
use crate::edge::lists;
use crate::edge::problem::{Code, Problem};
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::http::v1::Problems;
use crate::status::Purpose;
use crate::store::{Error, Tx, audit, jobs, status};
use actix_web::HttpResponse;
use actix_web::web::Data;
use rand_core::Rng as _;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A status entry that a credential is to have, or that is meant.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusWanted {
    /// `BitstringStatusListEntry`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// `revocation` or `suspension`.
    status_purpose: Option<String>,
}

/// A status to change.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusChange {
    /// The `id` of the credential.
    credential_id: String,
    /// Which entry.
    credential_status: StatusWanted,
    /// Set, or no longer.
    status: Option<bool>,
}

/// The list that is meant.
///
/// # Errors
/// `schema_invalid` for another kind of entry or another purpose.
pub(super) fn purpose(wanted: &StatusWanted) -> Result<Purpose, Problem> {
    const KIND: &str = "BitstringStatusListEntry";
    if wanted.kind.as_deref().is_some_and(|kind| kind != KIND) {
        return Err(faulty(
            "/credentialStatus/type",
            "must be BitstringStatusListEntry",
        ));
    }
    match wanted.status_purpose.as_deref() {
        None | Some("revocation") => Ok(Purpose::Revocation),
        Some("suspension") => Ok(Purpose::Suspension),
        Some(_) => Err(faulty(
            "/credentialStatus/statusPurpose",
            "must be revocation or suspension",
        )),
    }
}

/// The name of a credential among the positions: never that of a badge.
fn name(credential: &str) -> String {
    format!("vc-api:{credential}")
}

/// Gives a position: the list and the number.
///
/// # Errors
/// [`Problem`].
pub(super) fn give(
    tx: &mut Tx<'_>,
    owner: (&str, &str),
    credential: &str,
    now: i64,
) -> Result<(i64, i64), Problem> {
    let mut new_order = || {
        let mut order = [0; 32];
        rand::rng().fill_bytes(&mut order);
        order
    };
    let entry = status::give(tx.conn, owner, &name(credential), &mut new_order, now)?;
    if status::published(tx.conn, owner.0, entry.list)?.is_none() {
        let subject = format!("{}/{}", owner.0, entry.list);
        jobs::enqueue(tx.conn, jobs::Kind::PublishStatusList, &subject, now)?;
    }
    Ok((entry.list, entry.position))
}

/// Withdraws or pauses a credential that this profile signed with a status
/// entry, or takes that back. The list says so when this is answered.
#[utoipa::path(post, path = "/vc/credentials/status", tag = "VC-API", operation_id = "vcApiStatus",
    request_body = StatusChange, security((), ("token" = [])),
    responses((status = 200, description = "It is so now."), Problems))]
pub(crate) async fn change(
    state: Data<State>,
    caller: VcApiCaller,
    context: Context,
    body: Body<StatusChange>,
) -> Result<HttpResponse, Problem> {
    let wanted = body.value;
    let purpose = purpose(&wanted.credential_status)?;
    let owners: Vec<String> = match &caller.tenant {
        Some(tenant) => vec![tenant.issuer.id.clone()],
        None => state
            .directory
            .all()
            .iter()
            .map(|tenant| tenant.issuer.id.clone())
            .collect(),
    };
    let change = Change {
        credential: wanted.credential_id,
        purpose,
        is_set: wanted.status.unwrap_or(true),
        actor: caller.actor().to_owned(),
        request: context.id,
        now: state.clock.unix(),
    };
    let changed = state
        .store
        .write(move |tx| change.make(tx, &owners))
        .await?;
    for (issuer, list) in changed {
        lists::publish(&state, &issuer, list).await?;
    }
    Ok(HttpResponse::Ok().json(serde_json::json!({})))
}

struct Change {
    credential: String,
    purpose: Purpose,
    is_set: bool,
    actor: String,
    request: String,
    now: i64,
}

impl Change {
    /// The lists that have to be shown anew.
    fn make(&self, tx: &mut Tx<'_>, owners: &[String]) -> Result<BTreeSet<(String, i64)>, Problem> {
        let mut lists = BTreeSet::new();
        for owner in owners {
            let entries = status::entries(tx.conn, owner, &name(&self.credential))?;
            let meant = entries
                .into_iter()
                .filter(|(_, purpose)| *purpose == self.purpose.as_str());
            for (entry, _) in meant {
                self.say(tx, &entry)?;
                lists.insert((owner.clone(), entry.list));
            }
        }
        if lists.is_empty() {
            return Err(Problem::new(
                Code::NOT_FOUND,
                "no credential of this id was signed here with such a status entry",
            ));
        }
        Ok(lists)
    }

    fn say(&self, tx: &mut Tx<'_>, entry: &status::Entry) -> Result<(), Error> {
        let said = (self.is_set, None);
        if !status::say(tx.conn, entry, said, &self.actor, self.now)? {
            return Ok(());
        }
        let list = format!("{}/{}", entry.issuer_id, entry.list);
        jobs::enqueue(tx.conn, jobs::Kind::PublishStatusList, &list, self.now)?;
        let act = audit::Act {
            actor: self.actor.clone(),
            tenant: entry.issuer_id.clone(),
            act: "vc_api.status_changed",
            object: self.credential.clone(),
            request: self.request.clone(),
            ..audit::Act::default()
        };
        audit::record(tx.conn, act, self.now).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(kind: Option<&str>, purpose: Option<&str>) -> StatusWanted {
        StatusWanted {
            kind: kind.map(str::to_owned),
            status_purpose: purpose.map(str::to_owned),
        }
    }

    #[test]
    fn an_entry_is_of_a_bitstring_and_for_withdrawing_or_pausing() {
        let entry = Some("BitstringStatusListEntry");
        for (kind, purpose_wanted, expected) in [
            (None, None, Some(Purpose::Revocation)),
            (entry, Some("revocation"), Some(Purpose::Revocation)),
            (entry, Some("suspension"), Some(Purpose::Suspension)),
            (entry, Some("message"), None),
            (Some("StatusList2021Entry"), None, None),
        ] {
            let found = purpose(&wanted(kind, purpose_wanted)).ok();
            assert_eq!(found, expected, "{kind:?} {purpose_wanted:?}");
        }
    }

    #[test]
    fn no_name_of_a_credential_is_that_of_a_badge() {
        let badge = crate::text::random_id(&mut rand::rng());
        assert_ne!(name(&badge), badge);
        assert!(!badge.contains(':'));
    }
}
