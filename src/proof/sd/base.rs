//! The statements of a base proof (VC-DI-ECDSA §3.6.2, "Base Proof
//! Transformation", and §3.4.16, `canonicalizeAndGroup`).
//!
//! The standard selects the mandatory statements by cutting a smaller document
//! out of the whole one and looking which statements the two share, blank nodes
//! having been named for the purpose. Here the whole document is read once and
//! each statement is judged by the place it comes from, which selects the same
//! statements without naming anything.

use super::pointers::Targets;
use super::value::Base;
use super::{Reader, derived, unsupported};
use crate::canon::rdfc::{Hash, Statement, canonicalize};
use crate::canon::{Dataset, Selecting, Step};
use crate::json::Value;
use crate::proof::Error;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

const RDF_NIL: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>";

/// What divides a document into statements: a secret that names the blank
/// nodes, and pointers to what is mandatory.
pub(super) struct Division<'b> {
    pub(super) hmac_key: &'b [u8; 32],
    pub(super) pointers: &'b [String],
}

impl Base {
    pub(super) fn division(&self) -> Division<'_> {
        Division {
            hmac_key: &self.hmac_key,
            pointers: &self.pointers,
        }
    }
}

impl Division<'_> {
    /// Names the blank nodes, and tells which statements are mandatory.
    ///
    /// # Errors
    /// [`Error::Value`] for what is no JSON Pointer, [`Error::Signature`] if a
    /// pointer names what the document does not have, [`Error::Unsupported`]
    /// for what we cannot select exactly, or [`Error::Canon`].
    pub(super) fn statements(
        &self,
        document: &Value<'_>,
        reader: Reader<'_>,
    ) -> Result<Vec<Statement>, Error> {
        let mut targets = Targets::resolve(self.pointers, document)?;
        let mut dataset = Dataset::new();
        let mut sink = Selecting::new(&mut dataset, |place: &[Step<'_>]| targets.select(place));
        reader.read(document, Some("proof"), &mut sink)?;
        if !targets.all_seen() {
            return Err(unsupported("with a pointer into a value"));
        }
        let canonical = canonicalize(&mut dataset, Hash::Sha256)?;
        let labels = (0..canonical.blank_nodes())
            .map(|number| Ok(derived::label(&hmac(self.hmac_key, number)?)))
            .collect::<Result<Vec<String>, Error>>()?;
        let statements = canonical
            .relabelled(&dataset, &labels)
            .ok_or(Error::Signature)?;
        refuse_inexact(&statements)?;
        Ok(statements)
    }
}

/// `createHmacIdLabelMapFunction` (§3.4.4), for `c14n{number}`.
fn hmac(key: &[u8; 32], number: usize) -> Result<[u8; 32], Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::Value)?;
    mac.update(format!("c14n{number}").as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

/// Where the standard's detour through a named and compacted document (§3.4.8)
/// does not come back to the same statements: it gives lists an identifier,
/// which JSON-LD forbids, and graphs a form that reads as a graph in a graph.
fn refuse_inexact(statements: &[Statement]) -> Result<(), Error> {
    // Every list ends in rdf:nil, the empty one at once. Subjects and
    // predicates have no spaces, so the third part begins the object.
    let ends_list = |statement: &Statement| statement.line.split(' ').nth(2) == Some(RDF_NIL);
    if statements.iter().any(ends_list) {
        return Err(unsupported("base proof over an ordered list"));
    }
    if statements
        .iter()
        .any(|statement| statement.selected && statement.in_named_graph)
    {
        return Err(unsupported("base proof with a graph that is mandatory"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VC-DI-ECDSA §A.7, "addBaseTransform".
    #[test]
    fn blank_nodes_have_the_names_of_the_standard() {
        let key: [u8; 32] = std::array::from_fn(|at| (at % 16 * 0x11) as u8);
        for (number, expected) in [
            "u4YIOZn1MHES1Z4Ij2hWZG3R4dEYBqg5fHTyDEvYhC38",
            "u3Lv2QpFgo-YAegc1cQQKWJFW2sEjQF6FfuZ0VEoMKHg",
            "uVkUuBrlOaELGVQWJD4M_qW5bcKEHWGNbOrPA_qAOKKw",
        ]
        .into_iter()
        .enumerate()
        {
            let hmac = hmac(&key, number).expect("a key");
            assert_eq!(derived::label(&hmac), expected, "{number}");
        }
    }
}
