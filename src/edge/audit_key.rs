//! The node's own key for checkpoints of the audit. It signs nothing else, and
//! nothing else signs those.

use super::problem::Problem;
use super::state::State;
use crate::json::{self, Object, Value};
use crate::keys::vault::{DataKey, Place, Purpose};
use crate::keys::{Algorithm, PublicKey, SecretKey, base64url};
use crate::store::{Conn, Error, facts};

/// What it is sealed for, in place of an issuer's name.
const TENANT: &str = "node";
const WRAPPED: &str = "audit_data_key";
const SEALED: &str = "audit_key";
const PUBLIC: &str = "audit_public_key";

const PLACE: Place<'static> = Place {
    tenant: TENANT,
    key: "audit",
    algorithm: Algorithm::Ed25519,
    purpose: Purpose::Audit,
};

/// Opens the key, or makes it the first time.
///
/// # Errors
/// [`Problem::internal`].
pub async fn open(state: &State) -> Result<SecretKey, Problem> {
    let stored = state
        .store
        .read(|conn| Ok::<_, Error>((fact(conn, WRAPPED)?, fact(conn, SEALED)?)))
        .await
        .map_err(Problem::from)?;
    let (Some(wrapped), Some(sealed)) = stored else {
        return make(state).await;
    };
    let data_key = state
        .keyring
        .master()
        .open(&wrapped, TENANT)
        .map_err(Problem::internal)?;
    data_key.open(&sealed, &PLACE).map_err(Problem::internal)
}

fn fact(conn: &mut Conn, name: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(facts::get(conn, name)?.and_then(|text| base64url::decode(&text)))
}

async fn make(state: &State) -> Result<SecretKey, Problem> {
    let now = state.clock.unix();
    let (wrapped, sealed, public, key) = new(state)?;
    state
        .store
        .write(move |tx| {
            facts::set(tx.conn, WRAPPED, &base64url::encode(&wrapped), now)?;
            facts::set(tx.conn, SEALED, &base64url::encode(&sealed), now)?;
            facts::set(tx.conn, PUBLIC, &public, now)
        })
        .await
        .map_err(Problem::from)?;
    Ok(key)
}

fn new(state: &State) -> Result<(Vec<u8>, Vec<u8>, String, SecretKey), Problem> {
    let mut chance = rand::rng();
    let key = SecretKey::generate(Algorithm::Ed25519, &mut chance).map_err(Problem::internal)?;
    let data_key = DataKey::generate(&mut chance);
    let sealed = data_key
        .seal(&key, &PLACE, &mut chance)
        .map_err(Problem::internal)?;
    let wrapped = state
        .keyring
        .master()
        .wrap(&data_key, TENANT, &mut chance)
        .map_err(Problem::internal)?;
    let public = Value::Object(key.public().to_jwk()).to_json();
    Ok((wrapped, sealed, public, key))
}

/// The public half, for those who verify the audit.
///
/// # Errors
/// [`Error`].
pub fn public(conn: &mut Conn) -> Result<Option<PublicKey>, Error> {
    let Some(text) = facts::get(conn, PUBLIC)? else {
        return Ok(None);
    };
    let jwk: Option<Object<'static>> = match json::parse(text.as_bytes()) {
        Ok(Value::Object(jwk)) => Some(jwk.into_owned()),
        _ => None,
    };
    jwk.and_then(|jwk| PublicKey::from_jwk(&jwk).ok())
        .map(Some)
        .ok_or(Error::Damaged("the audit's public key"))
}
