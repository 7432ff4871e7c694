//! The statements of a derived proof (VC-DI-ECDSA §3.5.9,
//! `createVerifyData`).

use super::Reader;
use super::value::Derived;
use crate::canon::Dataset;
use crate::canon::rdfc::{Hash, Statement, canonicalize};
use crate::json::Value;
use crate::proof::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The name of a blank node: multibase of its HMAC.
pub(super) fn label(hmac: &[u8; 32]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(hmac))
}

impl Derived {
    /// Names the blank nodes as the issuer did, in all statements.
    ///
    /// # Errors
    /// [`Error::Signature`] if the names or the numbers are not those of this
    /// document's statements, or [`Error::Canon`].
    pub(super) fn statements(
        &self,
        document: &Value<'_>,
        reader: Reader<'_>,
    ) -> Result<Vec<Statement>, Error> {
        let mut dataset = Dataset::new();
        reader.read(document, Some("proof"), &mut dataset)?;
        let canonical = canonicalize(&mut dataset, Hash::Sha256)?;
        let labels: Vec<String> = self.labels.iter().map(label).collect();
        let statements = canonical
            .relabelled(&dataset, &labels)
            .ok_or(Error::Signature)?;
        if self
            .mandatory
            .last()
            .is_some_and(|last| *last >= statements.len())
        {
            return Err(Error::Signature);
        }
        Ok(statements)
    }
}
