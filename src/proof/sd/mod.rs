//! Selective disclosure: proofs of the suite `ecdsa-sd-2023` (VC-DI-ECDSA
//! §3.6), whose holder may show a part of the badge.
//!
//! The issuer makes a *base* proof: one signature over all that must always be
//! shown, and one by a key of its own for each other statement. The holder
//! makes *derived* proofs from it, each for the statements that are shown.
//!
//! **Promises.** Every statement of the document is covered, by the issuer's
//! signature or by that of the key which the issuer signed for; signatures and
//! statements are as many. The value of the proof has one spelling. What cannot
//! be mapped to statements exactly is [`Error::Unsupported`], never guessed.
//!
//! **Does not:** derive proofs, or know which members a badge must show: what the
//! issuer did not make mandatory may be missing without a trace.

mod base;
mod create;
mod derived;
mod pointers;
#[cfg(test)]
mod tests;
mod value;

pub use create::{Chance, create};

use super::{Error, Reading, Suite};
use crate::canon::rdfc::{Hash, Statement, canonicalize};
use crate::canon::{Dataset, Engine, Mode, Sink, engine};
use crate::json::{Object, Value};
use crate::keys::{Algorithm, PublicKey};
use sha2::{Digest, Sha256};
use value::{ProofValue, Signatures};

/// Which of the two kinds of proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The issuer's, which shows everything and is meant for the holder.
    Base,
    /// A holder's, which may show a part.
    Derived,
}

/// With which contexts a document is read, and how.
#[derive(Clone, Copy)]
pub struct Reader<'e> {
    /// The contexts.
    pub engine: &'e Engine,
    /// Language tags as written, not in lower case.
    pub keep_language_case: bool,
}

impl From<Reading> for Reader<'static> {
    fn from(reading: Reading) -> Self {
        Self {
            engine: engine(reading.edition),
            keep_language_case: reading.keep_language_case,
        }
    }
}

impl<'e> From<&'e Engine> for Reader<'e> {
    fn from(engine: &'e Engine) -> Self {
        Self {
            engine,
            keep_language_case: false,
        }
    }
}

impl Reader<'_> {
    fn read(
        &self,
        document: &Value<'_>,
        left_out: Option<&str>,
        sink: &mut impl Sink,
    ) -> Result<(), Error> {
        let mode = Mode {
            keep_language_case: self.keep_language_case,
            ..Mode::strict()
        };
        Ok(self.engine.read(document, left_out, &mode, sink)?)
    }
}

/// Checks `proof`, whose `proofValue` is `value`, over `document` without its
/// proofs (VC-DI-ECDSA §3.6.7; for base proofs, what §3.6.1 signs).
///
/// # Errors
/// [`Error::Signature`] if a signature does not hold or the proof is one of
/// another document, [`Error::Value`] if the value is malformed,
/// [`Error::Algorithm`] unless `key` and the proof's own key are of P-256,
/// [`Error::Unsupported`] for what only other software could judge,
/// [`Error::Member`], [`Error::Contexts`] or [`Error::Canon`].
pub fn verify<'e>(
    document: &Value<'_>,
    proof: &Object<'_>,
    value: &str,
    key: &PublicKey,
    reader: impl Into<Reader<'e>>,
) -> Result<Kind, Error> {
    if Suite::of(proof) != Some(Suite::EcdsaSd2023) {
        return Err(Error::Member {
            member: "cryptosuite",
        });
    }
    if key.algorithm() != Algorithm::P256 {
        return Err(Error::Algorithm);
    }
    let value = ProofValue::parse(value)?;
    let reader = reader.into();
    let issuer = Issuer {
        key,
        options: options_digest(document, proof, reader)?,
    };
    match value {
        ProofValue::Base(base) => {
            let statements = base.division().statements(document, reader)?;
            issuer.check(statements, &base.signatures, |_, statement| {
                statement.selected
            })?;
            Ok(Kind::Base)
        }
        ProofValue::Derived(derived) => {
            let statements = derived.statements(document, reader)?;
            issuer.check(statements, &derived.signatures, |at, _| {
                derived.mandatory.contains(&at)
            })?;
            Ok(Kind::Derived)
        }
    }
}

/// The `proofHash`: the digest of the proof's canonical options, read in the
/// document's contexts (§3.6.4).
fn options_digest(
    document: &Value<'_>,
    proof: &Object<'_>,
    reader: Reader<'_>,
) -> Result<[u8; 32], Error> {
    if proof.contains("previousProof") {
        // No standard says what statements a chain adds to a disclosure.
        return Err(unsupported("in a chain"));
    }
    let contexts = document.get("@context").ok_or(Error::Contexts)?;
    if let Some(own) = proof.get("@context")
        && !contexts.one_or_many().starts_with(own.one_or_many())
    {
        return Err(Error::Contexts);
    }
    let mut options = proof.clone();
    options.remove("proofValue");
    options.set("@context", contexts.clone());
    let mut dataset = Dataset::new();
    reader.read(&Value::Object(options), None, &mut dataset)?;
    let canonical = canonicalize(&mut dataset, Hash::Sha256)?;
    Ok(Sha256::digest(canonical.nquads.as_bytes()).into())
}

/// Who signed, and under which options.
struct Issuer<'k> {
    key: &'k PublicKey,
    options: [u8; 32],
}

impl Issuer<'_> {
    /// Checks all signatures over `statements`, of which `is_mandatory` tells
    /// by number.
    ///
    /// Statements are in code point order; software in JavaScript orders them
    /// by UTF-16 code units. Where that differs (an emoji against a full-width
    /// character), the proof may hold in either order: what it says is the same.
    fn check(
        &self,
        mut statements: Vec<Statement>,
        signatures: &Signatures,
        is_mandatory: impl Fn(usize, &Statement) -> bool,
    ) -> Result<(), Error> {
        let outcome = Groups::of(&statements, &is_mandatory).check(self, signatures);
        let code_units = |left: &Statement, right: &Statement| {
            left.line.encode_utf16().cmp(right.line.encode_utf16())
        };
        if outcome.is_ok() || statements.is_sorted_by(|left, right| code_units(left, right).is_le())
        {
            return outcome;
        }
        statements.sort_by(code_units);
        Groups::of(&statements, &is_mandatory).check(self, signatures)
    }
}

/// The statements of a document, in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Groups<'s> {
    /// Those that every disclosure shows.
    mandatory: Vec<&'s str>,
    /// The others, each with a signature of its own.
    others: Vec<&'s str>,
}

impl<'s> Groups<'s> {
    fn of(statements: &'s [Statement], is_mandatory: impl Fn(usize, &Statement) -> bool) -> Self {
        let mut groups = Self::default();
        for (at, statement) in statements.iter().enumerate() {
            if is_mandatory(at, statement) {
                groups.mandatory.push(&statement.line);
            } else {
                groups.others.push(&statement.line);
            }
        }
        groups
    }

    /// The `mandatoryHash` (§3.4.17).
    fn mandatory_digest(&self) -> [u8; 32] {
        Sha256::digest(self.mandatory.concat()).into()
    }

    /// §3.6.7 steps 3 to 8. The issuer's signature comes first: without it
    /// nothing is known about the other key, and the work ends there.
    fn check(&self, issuer: &Issuer<'_>, signatures: &Signatures) -> Result<(), Error> {
        if signatures.others.len() != self.others.len() {
            return Err(Error::Signature);
        }
        let digest = self.mandatory_digest();
        let signed = [&issuer.options[..], &signatures.key_bytes, &digest].concat();
        issuer
            .key
            .verify(&signed, &signatures.base)
            .map_err(|_| Error::Signature)?;
        for (line, signature) in self.others.iter().zip(&signatures.others) {
            signatures
                .key
                .verify(line.as_bytes(), signature)
                .map_err(|_| Error::Signature)?;
        }
        Ok(())
    }
}

/// A use of the suite that we cannot judge.
fn unsupported(use_of_it: &str) -> Error {
    Error::Unsupported {
        kind: format!("ecdsa-sd-2023 {use_of_it}"),
    }
}
