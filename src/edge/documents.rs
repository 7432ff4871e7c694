//! What an issuer publishes about itself: the DID document, the profile, and
//! its keys in every form that others look for. All of it is made from rows.

use super::address::IssuerAddress;
use super::published::Served;
use crate::clock::Moment;
use crate::json::{self, Object, Value};
use crate::keys::{Algorithm, PublicKey};
use crate::store::Error;
use crate::store::issuers::Issuer;
use crate::store::keys::Key;

/// How long others may keep what may change with a rotation, in seconds. A new
/// key is published at least that long before it signs (FED-06).
pub const KEY_CACHE_SECONDS: u32 = 300;

/// Contexts of a DID document with Multikeys and JWKs.
const DID_CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
];

const PROFILE_CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// A key as it is published.
#[derive(Debug, Clone)]
pub struct PublicHalf {
    /// Its name: `key-1`.
    pub id: String,
    /// The key.
    pub key: PublicKey,
    /// From when on it may have been in other hands.
    pub revoked_from: Option<Moment>,
}

/// The assertion keys of an issuer, oldest first.
///
/// # Errors
/// [`Error::Damaged`] if a stored key cannot be read.
pub fn public_halves(keys: &[Key]) -> Result<Vec<PublicHalf>, Error> {
    keys.iter()
        .filter(|key| key.purpose == "assertion")
        .map(|key| {
            Ok(PublicHalf {
                id: key.id.clone(),
                key: public_key(key)?,
                revoked_from: key.revoked_from.and_then(|at| Moment::from_unix(at).ok()),
            })
        })
        .collect()
}

/// The public half of a stored key.
///
/// # Errors
/// [`Error::Damaged`].
pub fn public_key(key: &Key) -> Result<PublicKey, Error> {
    let jwk = json::parse(key.public_key.as_bytes()).ok();
    jwk.as_ref()
        .and_then(Value::as_object)
        .and_then(|jwk| PublicKey::from_jwk(jwk).ok())
        .ok_or(Error::Damaged("a public key"))
}

/// The identifier that an issuer's badges carry (FED-17).
#[must_use]
pub fn issuer_id<'a>(issuer: &Issuer, address: &'a IssuerAddress) -> &'a str {
    if issuer.id_form == "https" {
        &address.base
    } else {
        &address.did
    }
}

/// The name of a key in proofs: a fragment of the issuer's identifier. The
/// https form names the key by itself, because some readers look no further.
#[must_use]
pub fn method_id(issuer: &Issuer, address: &IssuerAddress, key: &PublicHalf) -> String {
    let id = issuer_id(issuer, address);
    match key.key.to_multibase() {
        Some(multibase) if issuer.id_form == "https" => format!("{id}#{multibase}"),
        _ => format!("{id}#{}", key.id),
    }
}

/// Everything an issuer publishes, by its path on this node.
///
/// # Errors
/// [`Error::Damaged`] if a stored text cannot be read.
pub fn all(
    issuer: &Issuer,
    address: &IssuerAddress,
    keys: &[Key],
) -> Result<Vec<(String, Served)>, Error> {
    let halves = public_halves(keys)?;
    let profile = profile(issuer, address, &halves)?;
    let mut documents = vec![
        (
            address.document_path(),
            served(&did_document(address, &halves), "application/did+json"),
        ),
        // The page and the profile share an address; the handler chooses.
        (
            format!("{}/", address.path),
            served(&profile, "application/ld+json"),
        ),
        (
            format!("{}/jwks.json", address.path),
            served(&key_set(address, &halves), "application/jwk-set+json"),
        ),
    ];
    for half in &halves {
        documents.push((
            format!("{}/keys/{}", address.path, half.id),
            served(&jwk(address, half), "application/jwk+json"),
        ));
    }
    Ok(documents)
}

fn served(document: &Object<'_>, media_type: &'static str) -> Served {
    Served::new(document.to_json(), media_type, KEY_CACHE_SECONDS)
}

fn texts(all: &[&str]) -> Vec<Value<'static>> {
    all.iter()
        .map(|text| Value::from((*text).to_owned()))
        .collect()
}

/// did:web §2.5; the members that verifiers look for (FED-02).
fn did_document(address: &IssuerAddress, keys: &[PublicHalf]) -> Object<'static> {
    let mut document = Object::new();
    document.set("@context", texts(&DID_CONTEXTS));
    document.set("id", address.did.clone());
    document.set("alsoKnownAs", texts(&[&address.base]));
    methods(&mut document, &address.did, keys, |half| half.id.clone());
    document
}

/// `verificationMethod` and `assertionMethod` (Controlled Identifiers §2.2).
fn methods(
    document: &mut Object<'static>,
    controller: &str,
    keys: &[PublicHalf],
    fragment: impl Fn(&PublicHalf) -> String,
) {
    let id = |half: &PublicHalf| format!("{controller}#{}", fragment(half));
    let described: Vec<Value<'static>> = keys
        .iter()
        .map(|half| Value::Object(method(controller, &id(half), half)))
        .collect();
    let listed: Vec<Value<'static>> = keys.iter().map(|half| Value::from(id(half))).collect();
    document.set("verificationMethod", described);
    document.set("assertionMethod", listed);
}

/// One method. A retired key carries no date: other verifiers would refuse
/// every badge it ever signed.
fn method(controller: &str, id: &str, half: &PublicHalf) -> Object<'static> {
    let mut method = Object::new();
    method.set("id", id.to_owned());
    match half.key.to_multibase() {
        Some(multibase) if half.key.algorithm() != Algorithm::Rsa => {
            method.set("type", "Multikey");
            method.set("controller", controller.to_owned());
            method.set("publicKeyMultibase", multibase);
        }
        _ => {
            method.set("type", "JsonWebKey");
            method.set("controller", controller.to_owned());
            method.set("publicKeyJwk", half.key.to_jwk());
        }
    }
    if let Some(from) = half.revoked_from {
        method.set("revoked", from.to_rfc3339());
    }
    method
}

/// A bare JWK with its `kid` (Open Badges 3.0 §6.2.2).
fn jwk(address: &IssuerAddress, half: &PublicHalf) -> Object<'static> {
    let mut jwk = half.key.to_jwk();
    jwk.set("kid", address.key(&half.id));
    jwk.set("use", "sig");
    jwk.set("alg", half.key.algorithm().jose());
    jwk
}

/// The issuer's keys; `iss` says whose they are where a node lists several
/// issuers.
fn key_set(address: &IssuerAddress, keys: &[PublicHalf]) -> Object<'static> {
    let mut set = Object::new();
    set.set("keys", key_set_members(address, keys));
    set
}

/// The members of a key set.
#[must_use]
pub fn key_set_members(address: &IssuerAddress, keys: &[PublicHalf]) -> Vec<Value<'static>> {
    keys.iter()
        .map(|half| {
            let mut key = jwk(address, half);
            key.set("iss", address.did.clone());
            Value::Object(key)
        })
        .collect()
}

/// The profile as badges embed it: who it is, and how to reach them.
///
/// # Errors
/// [`Error::Damaged`].
pub fn embedded_profile(
    issuer: &Issuer,
    address: &IssuerAddress,
) -> Result<Object<'static>, Error> {
    const EMBEDDED: [&str; 8] = [
        "name",
        "url",
        "email",
        "phone",
        "description",
        "image",
        "official",
        "otherIdentifier",
    ];
    let given = given_profile(issuer)?;
    let mut profile = Object::new();
    profile.set("id", issuer_id(issuer, address).to_owned());
    profile.set("type", texts(&["Profile"]));
    for name in EMBEDDED {
        if let Some(value) = given.get(name) {
            profile.set(name, value.clone());
        }
    }
    Ok(profile)
}

/// The Profile that others fetch (Open Badges 3.0 §B.1.25). In the https form
/// it is a controller document as well.
fn profile(
    issuer: &Issuer,
    address: &IssuerAddress,
    keys: &[PublicHalf],
) -> Result<Object<'static>, Error> {
    let id = issuer_id(issuer, address).to_owned();
    let is_https = issuer.id_form == "https";
    let mut contexts = PROFILE_CONTEXTS.to_vec();
    if is_https {
        contexts.push("https://w3id.org/security/multikey/v1");
    }
    let mut profile = Object::new();
    profile.set("@context", texts(&contexts));
    profile.set("id", id.clone());
    profile.set("type", texts(&["Profile"]));
    for (name, value) in given_profile(issuer)?.iter() {
        if !profile.contains(name) {
            profile.set(name.to_owned(), value.clone());
        }
    }
    if is_https {
        profile.set("alsoKnownAs", texts(&[&address.did]));
        methods(&mut profile, &id, keys, |half| {
            half.key.to_multibase().unwrap_or_else(|| half.id.clone())
        });
        let newest = keys.iter().rev().find(|half| half.revoked_from.is_none());
        if let Some(multibase) = newest.and_then(|half| half.key.to_multibase()) {
            profile.set("controller", id);
            profile.set("publicKeyMultibase", multibase);
        }
    }
    Ok(profile)
}

fn given_profile(issuer: &Issuer) -> Result<Object<'static>, Error> {
    match json::parse(issuer.profile.as_bytes()) {
        Ok(Value::Object(profile)) => Ok(profile.into_owned()),
        _ => Err(Error::Damaged("a profile")),
    }
}
