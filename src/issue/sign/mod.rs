//! Signs what is ready, and hands it out only if it checks.

use super::self_check::{self, Made};
use super::{Error, Ready, Seal, Signed, claims};
use crate::clock::Moment;
use crate::json::{Object, Value, beginning};
use crate::keys::Signer;
use crate::limits;
use crate::proof::{self, Claims, Suite};

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
    if method.seal != ready.settings().seal {
        return Err(Error::Seal);
    }
    if !self_check::belongs_to(&method.verification_method, &ready.settings().controller) {
        return Err(Error::Method {
            method: beginning(&method.verification_method, 300),
        });
    }
    let mut signed = match method.seal {
        Seal::Embedded(suite) => embedded(&ready, key, suite, method)?,
        Seal::VcJwt => token(&ready, key, method)?,
    };
    tamper(&mut signed);
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
    let claims = Claims {
        method: &method.verification_method,
        purpose: "assertionMethod",
        created: method.created,
        challenge: None,
        domain: None,
    };
    let proof = proof::create(ready.document(), key, suite, &claims)?;
    let mut signed = ready.object().clone();
    let mut proofs = match signed.remove("proof") {
        None => Vec::new(),
        Some(Value::Array(proofs)) => proofs,
        Some(single) => vec![single],
    };
    proofs.push(Value::Object(proof));
    signed.set("proof", Value::Array(proofs));
    Ok(Signed::Json(signed))
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
