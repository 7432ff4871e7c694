//! Signs what is ready, and hands it out only if it checks.

use super::self_check::{self, Made};
use super::{Error, Ready, Seal, Signed, claims};
use crate::clock::Moment;
use crate::json::{Object, Value, beginning};
use crate::keys::Signer;
use crate::limits;
use crate::proof::{self, Claims, Suite};
use rand_core::CryptoRng;
use std::fmt;

/// How to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// The kind of seal.
    pub seal: Seal,
    /// Where the public key is found: `verificationMethod`, or `kid` of a
    /// token.
    pub verification_method: String,
    /// When the proof is made; it is written in whole seconds. A token does
    /// not say it.
    pub created: Moment,
}

/// What a holder may leave out later, and chance for the proof that lets them.
pub struct Disclosure<'d> {
    /// JSON Pointers to what every disclosure shows. Who issued it, when it
    /// begins and ends and whether it was withdrawn are shown always.
    pub pointers: &'d [String],
    /// Makes the proof's own secrets.
    pub chance: &'d mut dyn CryptoRng,
}

impl fmt::Debug for Disclosure<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Disclosure")
            .field("pointers", &self.pointers)
            .finish_non_exhaustive()
    }
}

/// What a holder must never hide: without it a credential would look current
/// that is not.
const ALWAYS_SHOWN: [&str; 6] = [
    "issuer",
    "validFrom",
    "validUntil",
    "credentialStatus",
    "credentialSchema",
    "termsOfUse",
];

/// [`sign`] by a base proof of `ecdsa-sd-2023`, from which holders derive
/// proofs for parts.
///
/// # Errors
/// [`Error`]; [`Error::Seal`] if it was linted for another seal.
pub fn sign_for_disclosure(
    ready: Ready,
    key: &dyn Signer,
    method: &Method,
    disclosure: Disclosure<'_>,
) -> Result<Signed, Error> {
    if method.seal != Seal::Embedded(Suite::EcdsaSd2023) {
        return Err(Error::Seal);
    }
    let mut pointers = disclosure.pointers.to_vec();
    for member in ALWAYS_SHOWN {
        let pointer = format!("/{member}");
        if ready.object().contains(member) && !pointers.contains(&pointer) {
            pointers.push(pointer);
        }
    }
    let chance = disclosure.chance;
    seal_and_check(ready, key, method, |ready| {
        let made = proof::sd::Chance::new(chance)?;
        let proof = proof::sd::create(
            ready.document(),
            key,
            &claims_of(method),
            (&pointers, made),
            proof::Reading::STANDARD,
        )?;
        Ok(joined(ready, proof))
    })
}

/// Signs once. An embedded proof joins those that are there as a set (VC Data
/// Integrity §2.1.1); a token is put around the credential with all its proofs.
///
/// The result was checked as a stranger's badge is. For an issuer whose
/// identifier is not its key, that check is given a key document which says
/// that `key` is its `verification_method`: whether the published one says so
/// too is for the caller to make sure of.
///
/// # Errors
/// [`Error`]. [`Error::Mismatch`] means that our own software is at fault.
pub fn sign(ready: Ready, key: &dyn Signer, method: &Method) -> Result<Signed, Error> {
    sign_through(ready, key, method, |_| {})
}

/// [`sign`], with a place where tests break what was made before it is
/// checked.
fn sign_through(
    ready: Ready,
    key: &dyn Signer,
    method: &Method,
    tamper: impl FnOnce(&mut Signed),
) -> Result<Signed, Error> {
    seal_and_check(ready, key, method, |ready| {
        let mut signed = match method.seal {
            Seal::Embedded(suite) => embedded(ready, key, suite, method)?,
            Seal::VcJwt => token(ready, key, method)?,
        };
        tamper(&mut signed);
        Ok(signed)
    })
}

fn seal_and_check(
    ready: Ready,
    key: &dyn Signer,
    method: &Method,
    seal: impl FnOnce(&Ready) -> Result<Signed, Error>,
) -> Result<Signed, Error> {
    if method.seal != ready.settings().seal {
        return Err(Error::Seal);
    }
    if !self_check::belongs_to(&method.verification_method, &ready.settings().controller) {
        return Err(Error::Method {
            method: beginning(&method.verification_method, 300),
        });
    }
    let signed = seal(&ready)?;
    self_check::check(&Made {
        ready: &ready,
        signed: &signed,
        key: key.public(),
        method,
    })?;
    Ok(signed)
}

fn embedded(
    ready: &Ready,
    key: &dyn Signer,
    suite: Suite,
    method: &Method,
) -> Result<Signed, Error> {
    let proof = proof::create(ready.document(), key, suite, &claims_of(method))?;
    Ok(joined(ready, proof))
}

fn claims_of(method: &Method) -> Claims<'_> {
    Claims {
        method: &method.verification_method,
        purpose: "assertionMethod",
        created: method.created,
        challenge: None,
        domain: None,
    }
}

/// The credential with the proof after those that are there.
fn joined(ready: &Ready, proof: Object<'static>) -> Signed {
    let mut signed = ready.object().clone();
    let mut proofs = match signed.remove("proof") {
        None => Vec::new(),
        Some(Value::Array(proofs)) => proofs,
        Some(single) => vec![single],
    };
    proofs.push(Value::Object(proof));
    signed.set("proof", Value::Array(proofs));
    Signed::Json(signed)
}

fn token(ready: &Ready, key: &dyn Signer, method: &Method) -> Result<Signed, Error> {
    let payload: Object<'static> =
        claims::payload(ready.object()).map_err(|claim| Error::Mismatch { what: claim })?;
    let token = proof::sign_jws(&payload, key, &method.verification_method)?;
    if token.len() > limits::JWS_BYTES {
        return Err(Error::TooLarge);
    }
    Ok(Signed::Token(token))
}

#[cfg(test)]
mod tests;
