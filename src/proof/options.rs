//! The members of a Data Integrity proof (VC Data Integrity 1.0 §2.1).

use super::{Error, Suite};
use crate::clock::Moment;
use crate::json::{Object, Value, beginning};
use crate::keys::base58;
use crate::limits;

/// A proof, read strictly.
#[derive(Debug, Clone)]
pub struct Options<'d> {
    /// Which suite.
    pub suite: Suite,
    /// The verification method: the key, by its address.
    pub method: &'d str,
    /// What the proof is for.
    pub purpose: &'d str,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it ends.
    pub expires: Option<Moment>,
    /// Its own name, for chains.
    pub id: Option<&'d str>,
    /// The proofs it follows.
    pub previous: Vec<&'d str>,
    /// The challenge of a presentation.
    pub challenge: Option<&'d str>,
    /// Whom a presentation is for.
    pub domains: Vec<&'d str>,
    /// The signature, as written.
    value: &'d str,
}

impl<'d> Options<'d> {
    /// Reads `proof`.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for a suite we do not know, else what is wrong.
    pub fn read(proof: &'d Object<'_>) -> Result<Self, Error> {
        let kind = text(proof, "type")?.ok_or(Error::Member { member: "type" })?;
        if kind == "DataIntegrityProof" && text(proof, "cryptosuite")?.is_none() {
            return Err(Error::Member {
                member: "cryptosuite",
            });
        }
        let suite = Suite::of(proof).ok_or_else(|| Error::Unsupported {
            kind: beginning(proof.text("cryptosuite").unwrap_or(kind), 64),
        })?;
        let required = |member| text(proof, member)?.ok_or(Error::Member { member });
        Ok(Self {
            suite,
            method: required("verificationMethod")?,
            purpose: required("proofPurpose")?,
            created: moment(proof, "created")?,
            expires: moment(proof, "expires")?,
            id: text(proof, "id")?,
            previous: texts(proof, "previousProof")?,
            challenge: text(proof, "challenge")?,
            domains: texts(proof, "domain")?,
            value: required("proofValue")?,
        })
    }

    /// The bytes of a signature: `z`, base58btc, as many as the suite says.
    ///
    /// # Errors
    /// [`Error::Value`].
    pub fn signature(&self) -> Result<Vec<u8>, Error> {
        let digits = self.value.strip_prefix('z').ok_or(Error::Value)?;
        if digits.len() > limits::PROOF_VALUE_BYTES {
            return Err(Error::Value);
        }
        base58::decode(digits).ok_or(Error::Value)
    }

    /// The proof's value as it is written.
    #[must_use]
    pub const fn value(&self) -> &'d str {
        self.value
    }
}

/// An absent member is fine; one of another type is not absent.
fn text<'d>(proof: &'d Object<'_>, member: &'static str) -> Result<Option<&'d str>, Error> {
    match proof.get(member) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::Member { member }),
    }
}

fn texts<'d>(proof: &'d Object<'_>, member: &'static str) -> Result<Vec<&'d str>, Error> {
    let Some(value) = proof.get(member) else {
        return Ok(Vec::new());
    };
    value
        .one_or_many()
        .iter()
        .map(|item| item.as_str().ok_or(Error::Member { member }))
        .collect()
}

fn moment(proof: &Object<'_>, member: &'static str) -> Result<Option<Moment>, Error> {
    text(proof, member)?
        .map(|text| Moment::parse(text).map_err(|_| Error::Member { member }))
        .transpose()
}
