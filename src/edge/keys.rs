//! Makes keys, lets them sign, and takes them back (FED-06 to 08).

use super::keyring::{algorithm, algorithm_name};
use super::problem::{Code, Problem};
use super::state::State;
use crate::keys::{PublicKey, SecretKey};
use crate::store::issuers::Issuer;
use crate::store::keys::{self, Key};
use crate::store::{Tx, audit, credentials, jobs, status};

/// Makes a key for an issuer, pre-published: others can fetch it before it
/// signs.
///
/// # Errors
/// `schema_invalid` for a kind that does not exist.
pub fn new_key(
    state: &State,
    issuer: &Issuer,
    id: &str,
    kind: &str,
    now: i64,
) -> Result<Key, Problem> {
    let algorithm = algorithm(kind)
        .ok_or_else(|| Problem::new(Code::SCHEMA_INVALID, "a key is ed25519, p256, p384 or rsa"))?;
    let secret = SecretKey::generate(algorithm, &mut rand::rng()).map_err(Problem::internal)?;
    let sealed = state.keyring.seal(issuer, id, &secret)?;
    Ok(row(issuer, id, secret.public(), Some(sealed), now))
}

/// Makes a key for an issuer in the device of the settings.
///
/// # Errors
/// `state_conflict` without a device, `signer_down`.
pub fn new_hardware_key(
    state: &State,
    issuer: &Issuer,
    id: &str,
    now: i64,
) -> Result<Key, Problem> {
    let label = format!("countersign-{}-{id}", issuer.id);
    let public = state.keyring.new_hardware_key(&label)?;
    Ok(Key {
        hardware: Some(label),
        ..row(issuer, id, &public, None, now)
    })
}

fn row(issuer: &Issuer, id: &str, public: &PublicKey, sealed: Option<Vec<u8>>, now: i64) -> Key {
    Key {
        issuer_id: issuer.id.clone(),
        id: id.to_owned(),
        purpose: "assertion".to_owned(),
        algorithm: algorithm_name(public.algorithm()).to_owned(),
        public_key: public.to_jwk().to_json(),
        thumbprint: public.thumbprint(),
        sealed,
        hardware: None,
        state: "pre-published".to_owned(),
        created_at: now,
        activated_at: None,
        retired_at: None,
        revoked_at: None,
        revoked_from: None,
    }
}

/// Keeps a new key: others can fetch it from now on.
///
/// # Errors
/// `state_conflict` if the organisation has too many.
pub fn publish(
    tx: &mut Tx<'_>,
    key: &Key,
    (actor, request, now): (&str, &str, i64),
) -> Result<(), Problem> {
    const MOST: usize = 100;
    if keys::of_issuer(tx.conn, &key.issuer_id)?.len() >= MOST {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "an organisation has at most 100 keys",
        ));
    }
    keys::add(tx.conn, key)?;
    let what = ("key.published", key.id.as_str());
    note(tx, &key.issuer_id, what, (actor, request, now))
}

/// The name of an issuer's next key: `key-3`.
#[must_use]
pub fn next_id(keys: &[Key]) -> String {
    let numbers = keys
        .iter()
        .filter_map(|key| key.id.strip_prefix("key-")?.parse::<u32>().ok());
    format!("key-{}", numbers.max().unwrap_or_default() + 1)
}

/// Lets a key sign that was published for long enough; the one before it
/// retires.
///
/// # Errors
/// `not_found`, `state_conflict`.
pub fn activate(
    tx: &mut Tx<'_>,
    issuer: &str,
    id: &str,
    wait_seconds: i64,
    (actor, request, now): (&str, &str, i64),
) -> Result<(), Problem> {
    let all = keys::of_issuer(tx.conn, issuer)?;
    let key = all
        .iter()
        .find(|key| key.id == id)
        .ok_or_else(|| Problem::not_found("key"))?;
    if key.state == "active" {
        return Ok(());
    }
    let replaced = all.iter().find(|other| {
        other.state == "active" && other.algorithm == key.algorithm && other.purpose == key.purpose
    });
    // Without any key that signs there is nothing to keep going meanwhile.
    let others_sign = all
        .iter()
        .any(|other| other.state == "active" && other.purpose == key.purpose);
    let visible_at = key.created_at + wait_seconds;
    if others_sign && now < visible_at {
        let seconds = u64::try_from(visible_at - now).unwrap_or_default();
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "others may not have seen this key yet; it can sign a little later",
        )
        .retry_after(seconds));
    }
    if let Some(replaced) = replaced
        && credentials::waiting_for_key(tx.conn, issuer, &replaced.id)? > 0
    {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "badges are still waiting for the key before it",
        )
        .retry_after(5));
    }
    if !keys::activate(tx.conn, issuer, id, now)? {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "only a key that was published and never used can begin to sign",
        ));
    }
    note(tx, issuer, ("key.activated", id), (actor, request, now))
}

/// Revokes a key that may have been in other hands since a moment.
///
/// # Errors
/// `not_found`.
pub fn revoke(
    tx: &mut Tx<'_>,
    issuer: &str,
    id: &str,
    from: i64,
    (actor, request, now): (&str, &str, i64),
) -> Result<bool, Problem> {
    if keys::find(tx.conn, issuer, id)?.is_none() {
        return Err(Problem::not_found("key"));
    }
    let changed = keys::revoke(tx.conn, issuer, id, from, now)?;
    if changed {
        note(tx, issuer, ("key.revoked", id), (actor, request, now))?;
    }
    Ok(changed)
}

/// Writes an act on a key to the audit.
///
/// # Errors
/// [`Problem`].
pub fn note(
    tx: &mut Tx<'_>,
    issuer: &str,
    (act, id): (&'static str, &str),
    (actor, request, now): (&str, &str, i64),
) -> Result<(), Problem> {
    let act = audit::Act {
        actor: actor.to_owned(),
        tenant: issuer.to_owned(),
        act,
        object: id.to_owned(),
        request: request.to_owned(),
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, now)?;
    Ok(())
}

/// Owes every list of an issuer a new signature: the key changed.
///
/// # Errors
/// [`Problem`].
pub fn sign_lists_again(tx: &mut Tx<'_>, issuer: &str, now: i64) -> Result<(), Problem> {
    for list in status::lists(tx.conn, issuer)? {
        let subject = format!("{issuer}/{}", list.number);
        jobs::enqueue(tx.conn, jobs::Kind::PublishStatusList, &subject, now)?;
    }
    Ok(())
}
