//! Makes proofs.

use super::{Error, Suite, data_to_verify};
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::keys::{Signer, base58};

/// What a proof says about itself.
#[derive(Debug, Clone, Copy)]
pub struct Claims<'a> {
    /// The verification method: where the public key is found.
    pub method: &'a str,
    /// `assertionMethod` for badges, `authentication` for presentations.
    pub purpose: &'a str,
    /// When the proof is made; written in whole seconds.
    pub created: Moment,
    /// The challenge of a presentation.
    pub challenge: Option<&'a str>,
    /// Whom a presentation is for.
    pub domain: Option<&'a str>,
}

/// A proof of `document` (VC Data Integrity §4.2). The document is read
/// without the proofs it has: the new one joins them as a set.
///
/// # Errors
/// [`Error::Algorithm`] if the key does not fit, [`Error::Unsupported`] for a
/// suite we only check, [`Error::Canon`] if the document has no canonical form.
pub fn create(
    document: &Value<'_>,
    key: &dyn Signer,
    suite: Suite,
    claims: &Claims<'_>,
) -> Result<Object<'static>, Error> {
    if !suite.is_issued() {
        return Err(Error::Unsupported {
            kind: suite.name().to_owned(),
        });
    }
    if !suite.fits(key.algorithm()) {
        return Err(Error::Algorithm);
    }
    let mut proof = options(document, suite, claims);
    let data = data_to_verify(document, &proof, suite, Suite::hash(key.algorithm()))?;
    let signature = key.sign(&data).map_err(|_| Error::Key)?;
    proof.set("proofValue", format!("z{}", base58::encode(&signature)));
    Ok(proof)
}

pub(super) fn options(document: &Value<'_>, suite: Suite, claims: &Claims<'_>) -> Object<'static> {
    let mut proof = Object::new();
    // VC-DI-EDDSA §3.3.1 step 2: a JCS proof carries the contexts it was made
    // under; in the other form they are the document's anyway.
    if suite.form() == super::Form::Jcs
        && let Some(contexts) = document.get("@context")
    {
        proof.set("@context", contexts.clone().into_owned());
    }
    proof.set("type", "DataIntegrityProof");
    proof.set("cryptosuite", suite.name());
    proof.set("created", claims.created.to_rfc3339());
    proof.set("verificationMethod", claims.method.to_owned());
    proof.set("proofPurpose", claims.purpose.to_owned());
    if let Some(challenge) = claims.challenge {
        proof.set("challenge", challenge.to_owned());
    }
    if let Some(domain) = claims.domain {
        proof.set("domain", domain.to_owned());
    }
    proof
}
