//! The value of a proof: multibase, then three bytes that tell the kind, then
//! CBOR (VC-DI-ECDSA §3.5.3 `parseBaseProofValue`, §3.5.8
//! `parseDerivedProofValue`).
//!
//! **Promises.** Types, lengths and counts are exact, and the CBOR is in the
//! one preferred spelling: definite lengths, shortest numbers, no tags, nothing
//! after it. So a proof cannot be changed without changing what it says.

use crate::canon;
use crate::keys::{Algorithm, PublicKey};
use crate::limits;
use crate::proof::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value;
use std::collections::BTreeSet;

const BASE: [u8; 3] = [0xd9, 0x5d, 0x00];
const DERIVED: [u8; 3] = [0xd9, 0x5d, 0x01];

/// Deeper than any honest value nests.
const CBOR_DEPTH: usize = 8;

/// More pointers than one object has members name the same things twice; each
/// is compared with the place of each statement.
const POINTERS: usize = limits::JSON_MEMBERS;

/// A `proofValue`, taken apart but not yet checked.
#[derive(Debug, Clone)]
pub(super) enum ProofValue {
    /// Of a base proof.
    Base(Base),
    /// Of a derived proof.
    Derived(Derived),
}

/// What both kinds have.
#[derive(Debug, Clone)]
pub(super) struct Signatures {
    /// By the issuer's key.
    pub(super) base: [u8; 64],
    /// The key that signed the statements, as the issuer signed for it.
    pub(super) key_bytes: [u8; 35],
    /// The same, decoded.
    pub(super) key: PublicKey,
    /// By that key, one for each statement that is not mandatory.
    pub(super) others: Vec<[u8; 64]>,
}

/// The value of a base proof.
#[derive(Debug, Clone)]
pub(super) struct Base {
    pub(super) signatures: Signatures,
    /// Names the blank nodes.
    pub(super) hmac_key: [u8; 32],
    /// Selects what is mandatory.
    pub(super) pointers: Vec<String>,
}

/// The value of a derived proof.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub(super) signatures: Signatures,
    /// The names of the blank nodes: the `n`-th is that of `c14n{n}`.
    pub(super) labels: Vec<[u8; 32]>,
    /// The numbers of the mandatory statements.
    pub(super) mandatory: BTreeSet<usize>,
}

impl ProofValue {
    /// Reads a `proofValue`.
    ///
    /// # Errors
    /// [`Error::Value`] if it is malformed, [`Error::Algorithm`] if its key is
    /// of another curve, [`canon::Error::TooLarge`] beyond our limits.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix('u').ok_or(Error::Value)?;
        if text.len() > limits::SD_PROOF_VALUE_BYTES {
            return Err(canon::Error::TooLarge.into());
        }
        let bytes = URL_SAFE_NO_PAD.decode(digits).map_err(|_| Error::Value)?;
        let (kind, cbor) = bytes.split_first_chunk::<3>().ok_or(Error::Value)?;
        match *kind {
            BASE => {
                let [base, key, hmac_key, others, pointers] = components(cbor)?;
                Ok(Self::Base(Base {
                    signatures: Signatures::of(&base, &key, others)?,
                    hmac_key: bytes_of(&hmac_key)?,
                    pointers: pointers_of(pointers)?,
                }))
            }
            DERIVED => {
                let [base, key, others, labels, mandatory] = components(cbor)?;
                Ok(Self::Derived(Derived {
                    signatures: Signatures::of(&base, &key, others)?,
                    labels: labels_of(&labels)?,
                    mandatory: indexes_of(&mandatory)?,
                }))
            }
            _ => Err(Error::Value),
        }
    }
}

impl Base {
    /// Writes the `proofValue` (§3.5.2 `serializeBaseProofValue`).
    pub(super) fn to_text(&self) -> Result<String, Error> {
        let others = self.signatures.others.iter();
        let elements = Value::Array(vec![
            Value::Bytes(self.signatures.base.to_vec()),
            Value::Bytes(self.signatures.key_bytes.to_vec()),
            Value::Bytes(self.hmac_key.to_vec()),
            Value::Array(others.map(|one| Value::Bytes(one.to_vec())).collect()),
            Value::Array(self.pointers.iter().cloned().map(Value::Text).collect()),
        ]);
        let mut bytes = BASE.to_vec();
        ciborium::into_writer(&elements, &mut bytes).map_err(|_| Error::Value)?;
        let text = format!("u{}", URL_SAFE_NO_PAD.encode(bytes));
        if text.len() > limits::SD_PROOF_VALUE_BYTES {
            return Err(canon::Error::TooLarge.into());
        }
        Ok(text)
    }
}

impl Signatures {
    fn of(base: &Value, key: &Value, others: Value) -> Result<Self, Error> {
        let others = array_of(others, limits::QUADS)?;
        let (key_bytes, key) = key_of(key)?;
        Ok(Self {
            base: bytes_of(base)?,
            key_bytes,
            key,
            others: others.iter().map(bytes_of).collect::<Result<_, _>>()?,
        })
    }
}

/// The five elements. Writing them again must give the same bytes: that is
/// what refuses every second spelling.
fn components(cbor: &[u8]) -> Result<[Value; 5], Error> {
    let mut rest = cbor;
    let value: Value = ciborium::de::from_reader_with_recursion_limit(&mut rest, CBOR_DEPTH)
        .map_err(|_| Error::Value)?;
    let mut written = Vec::with_capacity(cbor.len());
    ciborium::into_writer(&value, &mut written).map_err(|_| Error::Value)?;
    if written != cbor {
        return Err(Error::Value);
    }
    let elements = value.into_array().map_err(|_| Error::Value)?;
    elements.try_into().map_err(|_| Error::Value)
}

fn bytes_of<const N: usize>(value: &Value) -> Result<[u8; N], Error> {
    let bytes = value.as_bytes().ok_or(Error::Value)?;
    bytes.as_slice().try_into().map_err(|_| Error::Value)
}

fn array_of(value: Value, most: usize) -> Result<Vec<Value>, Error> {
    let items = value.into_array().map_err(|_| Error::Value)?;
    if items.len() > most {
        return Err(canon::Error::TooLarge.into());
    }
    Ok(items)
}

/// A P-256 key after its multicodec prefix. The standard knows no other kind
/// here, so a sound key of another one is an algorithm that does not fit.
fn key_of(value: &Value) -> Result<([u8; 35], PublicKey), Error> {
    let bytes = value.as_bytes().ok_or(Error::Value)?;
    let key = PublicKey::from_multicodec(bytes).map_err(|_| Error::Value)?;
    if key.algorithm() != Algorithm::P256 {
        return Err(Error::Algorithm);
    }
    Ok((bytes_of(value)?, key))
}

/// The numbers of the map are 0 and on, in any order, and no two blank nodes
/// share a name: else a holder could take one thing apart into two.
fn labels_of(value: &Value) -> Result<Vec<[u8; 32]>, Error> {
    let entries = value.as_map().ok_or(Error::Value)?;
    if entries.len() > limits::BLANK_NODES {
        return Err(canon::Error::TooLarge.into());
    }
    let mut labels = vec![None; entries.len()];
    for (number, label) in entries {
        let place = labels.get_mut(number_of(number)?).ok_or(Error::Value)?;
        if place.replace(bytes_of(label)?).is_some() {
            return Err(Error::Value);
        }
    }
    let labels: Vec<[u8; 32]> = labels.into_iter().flatten().collect();
    if labels.iter().collect::<BTreeSet<_>>().len() == entries.len() {
        Ok(labels)
    } else {
        Err(Error::Value)
    }
}

fn indexes_of(value: &Value) -> Result<BTreeSet<usize>, Error> {
    let items = value.as_array().ok_or(Error::Value)?;
    let indexes: BTreeSet<usize> = items.iter().map(number_of).collect::<Result<_, _>>()?;
    if indexes.len() == items.len() {
        Ok(indexes)
    } else {
        Err(Error::Value)
    }
}

fn number_of(value: &Value) -> Result<usize, Error> {
    let integer = value.as_integer().ok_or(Error::Value)?;
    usize::try_from(integer).map_err(|_| Error::Value)
}

fn pointers_of(value: Value) -> Result<Vec<String>, Error> {
    array_of(value, POINTERS)?
        .into_iter()
        .map(|item| item.into_text().map_err(|_| Error::Value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of VC-DI-ECDSA §A.7, and one of P-384.
    const KEY: &str = "zDnaeTHfhmSaQKBc7CmdL3K7oYg3D6SC7yowe2eBeVd2DH32r";
    const P384: &str = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ";

    fn key(text: &str) -> Value {
        let key = PublicKey::from_multibase(text).expect("a key");
        Value::Bytes(key.to_multicodec().expect("a codec"))
    }

    fn bytes(byte: u8, length: usize) -> Value {
        Value::Bytes(vec![byte; length])
    }

    fn map(entries: &[(i64, u8)]) -> Value {
        let entries = entries
            .iter()
            .map(|(n, byte)| (Value::from(*n), bytes(*byte, 32)));
        Value::Map(entries.collect())
    }

    fn derived() -> Vec<Value> {
        vec![
            bytes(1, 64),
            key(KEY),
            Value::Array(vec![bytes(2, 64), bytes(3, 64)]),
            map(&[(0, 4), (1, 5)]),
            Value::Array(vec![Value::from(0), Value::from(7)]),
        ]
    }

    fn base() -> Vec<Value> {
        vec![
            bytes(1, 64),
            key(KEY),
            bytes(6, 32),
            Value::Array(vec![bytes(2, 64)]),
            Value::Array(vec![Value::from("/issuer"), Value::from("")]),
        ]
    }

    fn cbor(elements: &[Value]) -> Vec<u8> {
        let mut written = Vec::new();
        ciborium::into_writer(&elements, &mut written).expect("CBOR");
        written
    }

    fn text(kind: [u8; 3], cbor: &[u8]) -> String {
        format!("u{}", URL_SAFE_NO_PAD.encode([&kind, cbor].concat()))
    }

    #[track_caller]
    fn refused(text: &str, expected: &Error) {
        assert_eq!(
            ProofValue::parse(text).err().as_ref(),
            Some(expected),
            "{text:.60}"
        );
    }

    /// A derived value with one element in another form.
    #[track_caller]
    fn refused_with(at: usize, element: Value, expected: &Error) {
        let mut elements = derived();
        elements[at] = element;
        refused(&text(DERIVED, &cbor(&elements)), expected);
    }

    #[test]
    fn both_kinds_are_taken_apart() {
        match ProofValue::parse(&text(DERIVED, &cbor(&derived()))) {
            Ok(ProofValue::Derived(value)) => {
                assert_eq!(value.signatures.base, [1; 64]);
                assert_eq!(value.signatures.others, [[2; 64], [3; 64]]);
                assert_eq!(value.labels, [[4; 32], [5; 32]]);
                assert_eq!(value.mandatory, BTreeSet::from([0, 7]));
            }
            other => panic!("{other:?}"),
        }
        match ProofValue::parse(&text(BASE, &cbor(&base()))) {
            Ok(ProofValue::Base(value)) => {
                assert_eq!(value.hmac_key, [6; 32]);
                assert_eq!(value.signatures.others, [[2; 64]]);
                assert_eq!(value.pointers, ["/issuer", ""]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn labels_and_indexes_may_come_in_any_order() {
        let mut elements = derived();
        elements[3] = map(&[(1, 5), (0, 4)]);
        elements[4] = Value::Array(vec![Value::from(7), Value::from(0)]);
        match ProofValue::parse(&text(DERIVED, &cbor(&elements))) {
            Ok(ProofValue::Derived(value)) => assert_eq!(value.labels, [[4; 32], [5; 32]]),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_strict_base64url_is_read() {
        let good = text(DERIVED, &cbor(&derived()));
        let digits = &good[1..];
        for bad in [
            String::new(),
            "u".to_owned(),
            digits.to_owned(),
            format!("z{}", bs58::encode(digits).into_string()),
            format!("m{digits}"),
            format!("U{digits}"),
            format!("{good}="),
            format!("{good}\n"),
            format!(" {good}"),
            good.replacen('V', "+", 1),
            good[..good.len() - 1].to_owned(),
        ] {
            refused(&bad, &Error::Value);
        }
    }

    #[test]
    fn every_cut_is_refused() {
        for (kind, elements) in [(DERIVED, derived()), (BASE, base())] {
            let cbor = cbor(&elements);
            for length in 0..cbor.len() {
                refused(&text(kind, &cbor[..length]), &Error::Value);
            }
        }
        refused("u2V0", &Error::Value);
    }

    #[test]
    fn the_first_three_bytes_tell_the_kind() {
        refused(&text(BASE, &cbor(&derived())), &Error::Value);
        refused(&text(DERIVED, &cbor(&base())), &Error::Value);
        refused(&text([0xd9, 0x5d, 0x02], &cbor(&derived())), &Error::Value);
        refused(&text([0xd9, 0x5c, 0x01], &cbor(&derived())), &Error::Value);
    }

    #[test]
    fn cbor_has_one_spelling() {
        let good = cbor(&derived());
        let rest = &good[1..];
        let changed = |from: &[u8], to: &[u8]| {
            let at = good.windows(from.len()).rposition(|part| part == from);
            let (before, after) = good.split_at(at.expect("there"));
            [before, to, &after[from.len()..]].concat()
        };
        for bad in [
            [&good[..], &[0]].concat(),                        // something after it
            [&good[..], &good[..]].concat(),                   // twice
            [&[0x9f], rest, &[0xff]].concat(),                 // an array without length
            [&[0x98, 5], rest].concat(),                       // a longer length
            changed(&[0x82, 0, 7], &[0x9f, 0, 7, 0xff]),       // the same, inside
            changed(&[0x82, 0, 7], &[0x82, 0, 0x18, 7]),       // a longer number
            changed(&[0x82, 0, 7], &[0x82, 0, 0xc2, 0x41, 7]), // a big number
            changed(&[0x82, 0, 7], &[0x82, 0, 0xf9, 0x47, 0]), // 7.0
            [&[0xd8, 0x40], &good[..]].concat(),               // a tag
            [&good[..1], &[0xd8, 0x40], rest].concat(),        // a tag inside
            [&[0x85, 0x5f], rest.get(..66).unwrap(), &[0xff], &rest[66..]].concat(), // bytes in parts
        ] {
            refused(&text(DERIVED, &bad), &Error::Value);
        }
    }

    #[test]
    fn a_length_that_is_not_there_costs_nothing() {
        let huge = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        refused(&text(DERIVED, &huge), &Error::Value);
        let huge = [0x85, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        refused(&text(DERIVED, &huge), &Error::Value);
        refused(&text(DERIVED, &[0x81; 40_000]), &Error::Value); // deep
    }

    #[test]
    fn every_element_has_its_type_and_length() {
        for length in [0, 63, 65, 72] {
            refused_with(0, bytes(1, length), &Error::Value);
            refused_with(2, Value::Array(vec![bytes(1, length)]), &Error::Value);
        }
        refused_with(0, Value::from("text"), &Error::Value);
        refused_with(1, bytes(2, 35), &Error::Value);
        refused_with(1, Value::from(KEY), &Error::Value);
        refused_with(1, key(P384), &Error::Algorithm);
        refused_with(2, bytes(2, 64), &Error::Value);
        refused_with(2, Value::Array(vec![Value::Null]), &Error::Value);
        refused_with(3, Value::Array(Vec::new()), &Error::Value);
        refused_with(4, Value::from(0), &Error::Value);
        refused_with(4, Value::Array(vec![Value::from(-1)]), &Error::Value);
        refused_with(4, Value::Array(vec![Value::from("0")]), &Error::Value);
        refused(&text(DERIVED, &cbor(&derived()[..4])), &Error::Value);
        let six = [derived(), vec![Value::Null]].concat();
        refused(&text(DERIVED, &cbor(&six)), &Error::Value);
        for (at, element) in [
            (2, bytes(6, 31)),
            (2, bytes(6, 33)),
            (4, Value::Array(vec![bytes(1, 3)])),
            (4, Value::from("/issuer")),
        ] {
            let mut elements = base();
            elements[at] = element;
            refused(&text(BASE, &cbor(&elements)), &Error::Value);
        }
    }

    #[test]
    fn labels_are_one_for_each_number_and_no_two_alike() {
        refused_with(3, map(&[(0, 4), (2, 5)]), &Error::Value);
        refused_with(3, map(&[(1, 4), (2, 5)]), &Error::Value);
        refused_with(3, map(&[(0, 4), (0, 5)]), &Error::Value);
        refused_with(3, map(&[(0, 4), (-1, 5)]), &Error::Value);
        refused_with(3, map(&[(0, 4), (1, 4)]), &Error::Value);
        refused_with(
            3,
            Value::Map(vec![(Value::from("0"), bytes(4, 32))]),
            &Error::Value,
        );
        refused_with(
            3,
            Value::Map(vec![(Value::from(0), bytes(4, 31))]),
            &Error::Value,
        );
    }

    #[test]
    fn an_index_comes_once() {
        let twice = vec![Value::from(0), Value::from(7), Value::from(0)];
        refused_with(4, Value::Array(twice), &Error::Value);
    }

    #[test]
    fn a_limit_is_no_fault() {
        let too_large = Error::Canon(canon::Error::TooLarge);
        assert!(too_large.is_unknown());
        refused(&format!("u{}", "A".repeat(1024 * 1024)), &too_large);
        refused(&format!("z{}", "1".repeat(1024 * 1024)), &Error::Value);
        let many = (0..=limits::BLANK_NODES as i64).map(|n| (Value::from(n), Value::Null));
        refused_with(3, Value::Map(many.collect()), &too_large);
        let mut elements = base();
        elements[4] = Value::Array(vec![Value::from(""); POINTERS + 1]);
        refused(&text(BASE, &cbor(&elements)), &too_large);
        let many = vec![Value::Bytes(Vec::new()); limits::QUADS + 1];
        refused_with(2, Value::Array(many), &too_large);
    }
}
