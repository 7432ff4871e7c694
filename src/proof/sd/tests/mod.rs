//! Proofs that other software made, and what becomes of them when something is
//! changed. `tests/vectors/sd/README.md` says where they come from.

mod documents;
mod holds;
mod made;
mod values;

use super::*;
use crate::json;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;

const PICKED_BASE: &str = include_str!("../../../../tests/vectors/sd/picked-base.json");
const PICKED_DERIVED: &str = include_str!("../../../../tests/vectors/sd/picked-derived.json");
const NOTHING_BASE: &str = include_str!("../../../../tests/vectors/sd/nothing-base.json");
const NOTHING_DERIVED: &str = include_str!("../../../../tests/vectors/sd/nothing-derived.json");
const EVERYTHING_BASE: &str = include_str!("../../../../tests/vectors/sd/everything-base.json");
const EVERYTHING_DERIVED: &str =
    include_str!("../../../../tests/vectors/sd/everything-derived.json");
const ORDER_BASE: &str = include_str!("../../../../tests/vectors/sd/order-base.json");
const ORDER_DERIVED: &str = include_str!("../../../../tests/vectors/sd/order-derived.json");
const FOREIGN: &str = include_str!("../../../../tests/vectors/sd/1edtech-derived.json");
const STANDARD: &str = include_str!("../../../../tests/vectors/sd/w3c-employ.json");

/// Where the elements of a value are.
const SIGNATURE: usize = 0;
const KEY: usize = 1;
const OTHERS: usize = 2;
const LABELS: usize = 3;
const INDEXES: usize = 4;
const HMAC_KEY: usize = 2;
const BASE_OTHERS: usize = 3;
const POINTERS: usize = 4;

/// A sealed badge, to be changed and checked.
#[derive(Clone)]
struct Sealed {
    document: Value<'static>,
    proof: Object<'static>,
    value: String,
    key: PublicKey,
}

impl Sealed {
    fn read(text: &str) -> Self {
        let document = json::parse(text.as_bytes()).expect("JSON").into_owned();
        let proofs = document.get("proof").expect("a proof").one_or_many();
        let proof = proofs[0].as_object().expect("an object").clone();
        let method = proof.text("verificationMethod").expect("a method");
        let (_, key) = method.split_once('#').expect("a fragment");
        Self {
            key: PublicKey::from_multibase(key).expect("a key"),
            value: proof.text("proofValue").expect("a value").to_owned(),
            proof,
            document,
        }
    }

    fn check(&self) -> Result<Kind, Error> {
        let Self {
            document,
            proof,
            value,
            key,
        } = self;
        verify(document, proof, value, key, Reading::STANDARD)
    }

    fn bytes(&self) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(&self.value[1..]).expect("base64url")
    }

    fn set_bytes(&mut self, bytes: &[u8]) {
        self.value = format!("u{}", URL_SAFE_NO_PAD.encode(bytes));
    }

    /// The elements of the value, changed.
    fn with_value(&self, change: impl FnOnce(&mut [Cbor])) -> Self {
        let bytes = self.bytes();
        let value: Cbor = ciborium::from_reader(&bytes[3..]).expect("CBOR");
        let mut elements = value.into_array().expect("an array");
        change(&mut elements);
        let mut written = bytes[..3].to_vec();
        ciborium::into_writer(&elements, &mut written).expect("CBOR");
        let mut changed = self.clone();
        changed.set_bytes(&written);
        changed
    }

    fn with_list(&self, at: usize, change: impl FnOnce(&mut Vec<Cbor>)) -> Self {
        self.with_value(|elements| change(elements[at].as_array_mut().expect("an array")))
    }

    fn with_proof(&self, change: impl FnOnce(&mut Object<'static>)) -> Self {
        let mut changed = self.clone();
        change(&mut changed.proof);
        changed
    }

    /// The document with the value at a JSON Pointer replaced.
    fn with(&self, pointer: &str, value: impl Into<Value<'static>>) -> Self {
        let mut changed = self.clone();
        let mut place = &mut changed.document;
        for step in pointer.split('/').skip(1) {
            place = match place {
                Value::Object(object) => {
                    if !object.contains(step) {
                        object.set(step.to_owned(), Value::Null);
                    }
                    object.get_mut(step).expect("a member")
                }
                Value::Array(items) => &mut items[step.parse::<usize>().expect("a number")],
                _ => panic!("{pointer}"),
            };
        }
        *place = value.into();
        changed
    }
}

#[track_caller]
fn fails(sealed: &Sealed, expected: &Error) {
    assert_eq!(sealed.check().as_ref(), Err(expected));
}

#[track_caller]
fn is_unsupported(sealed: &Sealed) {
    let outcome = sealed.check();
    assert!(
        matches!(outcome, Err(Error::Unsupported { .. })),
        "{outcome:?}"
    );
}
