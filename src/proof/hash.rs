//! What a Data Integrity proof signs: the digest of the proof's options, then
//! the digest of the document (VC-DI-EDDSA §3.2.4, §3.3.4; VC-DI-ECDSA
//! likewise).

use super::{Error, Form, Suite};
use crate::canon::rdfc::{Hash, canonicalize};
use crate::canon::{Dataset, Edition, Engine, Mode, Unmapped, engine, jcs};
use crate::json::{Object, Value};
use sha2::{Digest, Sha256, Sha384};

/// How a document is read where software differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Which copy of context 3.0.3.
    pub edition: Edition,
    /// Language tags as written, not in lower case.
    pub keep_language_case: bool,
}

impl Reading {
    /// As the standards say, with the newest contexts.
    pub const STANDARD: Self = Self {
        edition: Edition::Newest,
        keep_language_case: false,
    };

    /// Terms that an older copy of a context lacks were left out of what was
    /// signed under it.
    fn unmapped(self) -> Unmapped {
        match self.edition {
            Edition::Newest => Unmapped::Refused,
            Edition::April2025 => Unmapped::OnlyThese(&Edition::ADDED_LATER),
        }
    }
}

/// How bytes become a digest: the canonical form, its hash, and the reading.
#[derive(Debug, Clone, Copy)]
pub struct Digester<'e> {
    /// The contexts.
    pub engine: &'e Engine,
    /// The canonical form.
    pub form: Form,
    /// The hash.
    pub hash: Hash,
    /// How the document is read.
    pub reading: Reading,
}

impl Digester<'static> {
    /// With the shipped contexts.
    #[must_use]
    pub fn new(form: Form, hash: Hash, reading: Reading) -> Self {
        Self {
            engine: engine(reading.edition),
            form,
            hash,
            reading,
        }
    }
}

/// The digest of `document` without its proofs. `earlier` are the proofs that
/// a chained proof also signs (`previousProof`).
///
/// # Errors
/// [`Error::Canon`].
pub fn document_digest(
    document: &Value<'_>,
    earlier: &[&Object<'_>],
    digester: Digester<'_>,
) -> Result<Vec<u8>, Error> {
    if earlier.is_empty() {
        return digest(document, Some("proof"), digester);
    }
    let mut chained = document.clone();
    if let Some(object) = chained.as_object_mut() {
        let proofs = earlier.iter().map(|proof| Value::Object((*proof).clone()));
        object.set("proof", Value::Array(proofs.collect()));
    }
    digest(&chained, None, digester)
}

/// The digest of a proof's options.
///
/// # Errors
/// [`Error::Contexts`] if the proof has contexts of its own, or
/// [`Error::Canon`].
pub fn proof_digest(
    document: &Value<'_>,
    proof: &Object<'_>,
    digester: Digester<'_>,
) -> Result<Vec<u8>, Error> {
    let contexts = document.get("@context");
    if let Some(own) = proof.get("@context")
        && !is_beginning_of(own, contexts)
    {
        return Err(Error::Contexts);
    }
    if digester.form == Form::Jcs {
        let text = jcs::to_text_without(proof, "proofValue");
        return Ok(hashed(&text, digester.hash));
    }
    let mut options = proof.clone();
    if let Some(contexts) = contexts {
        options.set("@context", contexts.clone());
    }
    digest(&Value::Object(options), Some("proofValue"), digester)
}

/// Both digests of one proof, in the order they are signed.
///
/// # Errors
/// As [`document_digest`] and [`proof_digest`].
pub fn data_to_verify(
    document: &Value<'_>,
    proof: &Object<'_>,
    suite: Suite,
    hash: Hash,
) -> Result<Vec<u8>, Error> {
    let digester = Digester::new(suite.form(), hash, Reading::STANDARD);
    let mut data = proof_digest(document, proof, digester)?;
    data.extend(document_digest(document, &[], digester)?);
    Ok(data)
}

fn digest(
    value: &Value<'_>,
    left_out: Option<&str>,
    digester: Digester<'_>,
) -> Result<Vec<u8>, Error> {
    let Digester {
        engine,
        form,
        hash,
        reading,
    } = digester;
    let text = match (form, value, left_out) {
        (Form::Jcs, Value::Object(object), Some(name)) => jcs::to_text_without(object, name),
        (Form::Jcs, value, _) => jcs::to_text(value),
        (Form::Rdfc, value, left_out) => {
            let mode = Mode {
                keep_language_case: reading.keep_language_case,
                unmapped: reading.unmapped(),
                ..Mode::strict()
            };
            let mut dataset = Dataset::new();
            engine.read(value, left_out, &mode, &mut dataset)?;
            canonicalize(&mut dataset, hash)?.nquads
        }
    };
    Ok(hashed(&text, hash))
}

fn hashed(text: &str, hash: Hash) -> Vec<u8> {
    match hash {
        Hash::Sha256 => Sha256::digest(text.as_bytes()).to_vec(),
        Hash::Sha384 => Sha384::digest(text.as_bytes()).to_vec(),
    }
}

/// VC-DI-EDDSA §3.3.2 step 3: the document's contexts start with the proof's.
fn is_beginning_of(own: &Value<'_>, contexts: Option<&Value<'_>>) -> bool {
    let Some(contexts) = contexts else {
        return false;
    };
    contexts.one_or_many().starts_with(own.one_or_many())
}
