//! Makes organisations, and closes them: the rows that the API and the command
//! line keep.

use super::address::is_slug;
use super::issuer_settings::IssuerSettings;
use super::keys as making;
use super::problem::{Code, Problem};
use super::shapes;
use super::state::State;
use crate::json::Object;
use crate::store::issuers::{self, Issuer};
use crate::store::keys::{self, Key};
use crate::store::{Tx, audit, status};
use crate::text::random_id;
use rand_core::Rng as _;

/// An organisation that a node is to issue for.
#[derive(Debug)]
pub struct Founding {
    /// The last part of its addresses.
    pub slug: String,
    /// Its Open Badges Profile; what follows from the slug is taken out.
    pub profile: Object<'static>,
    /// Whether its base is the node's own.
    pub is_root: bool,
    /// `did` or `https`.
    pub id_form: &'static str,
    /// How it issues.
    pub settings: IssuerSettings,
}

/// The row of a new organisation. Nothing is kept yet.
///
/// # Errors
/// `schema_invalid`.
pub fn issuer(state: &State, new: Founding, now: i64) -> Result<Issuer, Problem> {
    if !is_slug(&new.slug) {
        return Err(Problem::faulty(
            "/slug",
            "small letters, digits and single dashes, at most 64",
        ));
    }
    let profile = checked_profile(new.profile)?;
    let id = random_id(&mut rand::rng());
    Ok(Issuer {
        slug: new.slug,
        is_root: new.is_root,
        name: profile.text("name").unwrap_or_default().to_owned(),
        profile: profile.to_json(),
        id_form: new.id_form.to_owned(),
        settings: serde_json::to_string(&new.settings).map_err(Problem::internal)?,
        data_key: state.keyring.new_data_key(&id)?,
        state: "open".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
        closed_at: None,
        id,
    })
}

/// A profile with a name; its id is not the caller's to choose. The rest is
/// looked at by the rules of issuing, with every badge.
///
/// # Errors
/// `schema_invalid`.
pub fn checked_profile(mut profile: Object<'static>) -> Result<Object<'static>, Problem> {
    for ours in [
        "@context",
        "id",
        "type",
        "verificationMethod",
        "assertionMethod",
        "controller",
    ] {
        profile.remove(ours);
    }
    let name = profile.text("name").unwrap_or_default();
    if name.trim().is_empty() || name.len() > crate::limits::NAME_BYTES {
        return Err(Problem::faulty("/profile/name", "a name of 1 to 256 bytes"));
    }
    let faults = shapes::profile(&profile);
    if faults.is_empty() {
        return Ok(profile);
    }
    Err(Problem::new(
        Code::SCHEMA_INVALID,
        "the profile is not as the standard wants it",
    )
    .with_faults(faults))
}

/// The first key of an organisation: it signs at once, since nobody can have
/// fetched another.
///
/// # Errors
/// [`Problem`].
pub fn first_key(
    state: &State,
    issuer: &Issuer,
    settings: &IssuerSettings,
    now: i64,
) -> Result<Key, Problem> {
    let algorithm = settings.seal.key_algorithms().first().copied();
    let key = making::new_key(state, issuer, "key-1", algorithm.unwrap_or_default(), now)?;
    Ok(Key {
        state: "active".to_owned(),
        activated_at: Some(now),
        ..key
    })
}

/// Keeps an organisation with its first key and a status list.
///
/// # Errors
/// `state_conflict` if the path or the place of the root is taken.
pub fn add(
    tx: &mut Tx<'_>,
    issuer: &Issuer,
    key: &Key,
    (actor, request, now): (&str, &str, i64),
) -> Result<(), Problem> {
    issuers::add(tx.conn, issuer)?;
    keys::add(tx.conn, key)?;
    let mut order = [0; 32];
    rand::rng().fill_bytes(&mut order);
    status::begin(tx.conn, &issuer.id, "revocation", &order, now)?;
    let act = audit::Act {
        actor: actor.to_owned(),
        tenant: issuer.id.clone(),
        act: "issuer.created",
        object: issuer.slug.clone(),
        request: request.to_owned(),
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, now)?;
    Ok(())
}

/// Closes an organisation as of `at`: it issues nothing more. `false` if it
/// was closed already; the first date stays.
///
/// # Errors
/// [`Problem`].
pub fn close(
    tx: &mut Tx<'_>,
    id: &str,
    at: i64,
    (actor, request, now): (&str, &str, i64),
) -> Result<bool, Problem> {
    if !issuers::close(tx.conn, id, at)? {
        return Ok(false);
    }
    let act = audit::Act {
        actor: actor.to_owned(),
        tenant: id.to_owned(),
        act: "issuer.closed",
        object: id.to_owned(),
        request: request.to_owned(),
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, now)?;
    Ok(true)
}
