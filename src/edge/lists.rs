//! Signs status lists and shows them.
//!
//! **Promises.** A list is signed once at a time; what is shown never has fewer
//! changes than what was shown before (REL-11). A list is signed again long
//! before it ends (REL-12).

use super::directory::Tenant;
use super::problem::{Code, Problem};
use super::state::State;
use crate::clock::Moment;
use crate::issue::{self, Draft, Method, Settings};
use crate::status::{Bitstring, EntrySize, ListDraft, Purpose};
use crate::store::status::{self, List, Published};
use crate::store::{Error, issuers, status as rows};
use crate::text::hex;
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// Signs a list as its rows are now, and shows it.
///
/// # Errors
/// [`Problem`]; what was shown before stays.
pub async fn publish(state: &State, issuer: &str, number: i64) -> Result<(), Problem> {
    let lock = state.publishing(issuer, number);
    let _alone = lock.lock().await;
    let (id, address) = (issuer.to_owned(), state.address.clone());
    // The keys as they are now: who changed them may not have told the
    // directory yet.
    let found = state
        .store
        .read(move |conn| {
            let issuer = issuers::find(conn, &id)?;
            let tenant = issuer.map(|issuer| Tenant::load(conn, issuer, &address));
            let list = rows::list(conn, &id, number)?;
            let content = rows::content(conn, &id, number)?;
            Ok::<_, Error>((tenant.transpose()?, list, content))
        })
        .await
        .map_err(Problem::from)?;
    let (Some(tenant), Some(list), (version, set)) = found else {
        return Err(Problem::not_found("status list"));
    };
    let now = state.clock.now();
    let body = sign(state, &tenant, &list, &set, now)?;
    let signed = Published {
        issuer_id: issuer.to_owned(),
        list: number,
        version,
        digest: hex(&Sha256::digest(&body)),
        body,
        valid_until: now.as_unix() + state.choices.list_seconds,
        created_at: now.as_unix(),
    };
    fail::fail_point!("lists.before_keep", |_| std::process::abort());
    let kept = signed.clone();
    let is_newest = state
        .store
        .write(move |tx| status::publish(tx.conn, &kept))
        .await
        .map_err(Problem::from)?;
    if is_newest {
        state.show_list(&signed);
    }
    Ok(())
}

/// Makes sure that a list can be fetched, before a badge names it (REL-05).
///
/// # Errors
/// As [`publish`].
pub async fn require_shown(state: &State, tenant: &Tenant, number: i64) -> Result<(), Problem> {
    let path = format!("{}/status/{number}", tenant.address.path);
    if state.published.get(&path).is_some() {
        return Ok(());
    }
    publish(state, &tenant.issuer.id, number).await
}

/// The signed bytes: a function of the rows, the key and the moment.
fn sign(
    state: &State,
    tenant: &Tenant,
    list: &List,
    set: &[i64],
    now: Moment,
) -> Result<String, Problem> {
    let failed = |error: crate::status::Error| Problem::internal(error);
    let entries = u64::try_from(list.capacity).unwrap_or_default();
    let mut bits = Bitstring::new(entries, EntrySize::ONE).map_err(failed)?;
    for position in set {
        let position = u64::try_from(*position).unwrap_or(u64::MAX);
        bits.set(position, EntrySize::ONE, 1).map_err(failed)?;
    }
    let url = tenant.address.status_list(list.number);
    let draft = ListDraft {
        id: &url,
        issuer: tenant.id(),
        purpose: &Purpose::from_text(&list.purpose),
        valid_from: now,
        valid_until: now.plus_seconds(state.choices.list_seconds),
        ttl: Some(Duration::from_secs(u64::from(
            state.choices.list_ttl_seconds,
        ))),
    };
    let credential = draft.to_credential(&bits).map_err(failed)?;
    let draft = Draft::from_object(&credential).map_err(Problem::internal)?;
    let name = tenant.list_seal();
    let key = tenant.signing_key(name)?;
    let settings = Settings {
        dev: state.address.is_dev(),
        ..Settings::new(tenant.id().to_owned(), name.seal())
    };
    let (ready, _) = issue::lint(draft, &settings, now).map_err(|broken| {
        Problem::internal(format!(
            "a status list does not pass our own rules: {broken:?}"
        ))
    })?;
    let signer = state.keyring.signer(&tenant.issuer, key)?;
    let method = Method {
        seal: name.seal(),
        verification_method: tenant.method_id(key).map_err(Problem::from)?,
        created: now,
    };
    issue::sign(ready, &*signer, &method)
        .map(|signed| signed.text().into_owned())
        .map_err(|error| {
            tracing::error!(issuer.id = tenant.issuer.id, %error, "a status list could not be signed");
            Problem::new(Code::SIGNER_DOWN, "the list could not be signed")
        })
}
