//! Spellings of one meaning.
//!
//! A signature over statements cannot tell two spellings of one statement
//! apart, and need not. This is the complete list of those that pass: whatever
//! else is authentic says exactly what was signed.

use countersign::canon::jcs;
use countersign::json::{Object, Value};
use countersign::proof::Suite;
use std::collections::BTreeSet;

/// What a signed document says.
#[derive(Debug, PartialEq, Eq)]
pub struct Meaning {
    document: String,
    proofs: BTreeSet<String>,
}

impl Meaning {
    /// The meaning of `document`; `by_statements` if its seals cover statements
    /// and none covers the JSON.
    pub fn of(document: &Value<'_>, by_statements: bool) -> Self {
        let mut plain = document.clone().into_owned();
        let mut proofs = BTreeSet::new();
        if let Value::Object(object) = &mut plain {
            proofs = known_proofs(object, by_statements);
            object.remove("proof");
            if by_statements {
                issuer(object);
                contexts(object);
            }
        }
        if by_statements {
            plain = plainly(plain);
        }
        Self {
            document: jcs::to_text(&plain),
            proofs,
        }
    }

    /// Whether this says no more, and nothing else, than `signed`: nobody can
    /// see that a proof of a set was taken out.
    pub fn is_of(&self, signed: &Self) -> bool {
        self.document == signed.document && self.proofs.is_subset(&signed.proofs)
    }
}

/// Proofs of kinds that we do not know, and proofs of keys that nobody can ask
/// for here, are listed and change nothing. A proof may repeat the document's
/// contexts.
fn known_proofs(object: &Object<'static>, by_statements: bool) -> BTreeSet<String> {
    let contexts = object.get("@context").map_or(&[][..], Value::one_or_many);
    let proofs = object.get("proof").map_or(&[][..], Value::one_or_many);
    let is_of_other_kind =
        |proof: &Object<'_>| proof.text("type").is_some() && Suite::of(proof).is_none();
    let is_of_other_key = |proof: &Object<'_>| {
        proof
            .text("verificationMethod")
            .is_some_and(|method| method.contains(':') && !method.starts_with("did:key:"))
    };
    let has_known_kind = |proof: &&Value<'_>| {
        proof
            .as_object()
            .is_none_or(|proof| !is_of_other_kind(proof) && !is_of_other_key(proof))
    };
    let known = proofs.iter().filter(has_known_kind).map(|proof| {
        let mut proof = proof.clone();
        if let (true, Value::Object(proof)) = (by_statements, &mut proof) {
            let own = proof.get("@context").map(Value::one_or_many);
            if own.is_some_and(|own| contexts.starts_with(own)) {
                proof.remove("@context");
            }
            return jcs::to_text(&plainly(Value::Object(proof.clone())));
        }
        jcs::to_text(&proof)
    });
    known.collect()
}

/// A context that is named again adds nothing, also in an endorsement.
fn contexts(object: &mut Object<'static>) {
    for (name, value) in object.iter_mut() {
        if let (Value::Array(contexts), "@context") = (&mut *value, name) {
            let mut seen: Vec<Value<'static>> = Vec::new();
            contexts.retain(|context| {
                let is_new = !seen.contains(context);
                seen.push(context.clone());
                is_new
            });
        }
        let inner = match value {
            Value::Array(items) => items.as_mut_slice(),
            one => std::slice::from_mut(one),
        };
        for object in inner.iter_mut().filter_map(Value::as_object_mut) {
            contexts(object);
        }
    }
}

/// An issuer may be an object with nothing but its id.
fn issuer(object: &mut Object<'static>) {
    let id = match object.get("issuer") {
        Some(Value::Object(issuer)) if issuer.len() == 1 => issuer.text("id"),
        _ => None,
    };
    if let Some(id) = id.map(str::to_owned) {
        object.set("issuer", id);
    }
}

/// A list of nothing says nothing, and a list of one says that one.
fn plainly(value: Value<'static>) -> Value<'static> {
    match value {
        Value::Object(object) => Value::Object(
            object
                .iter()
                .filter(|(_, value)| !is_empty(value))
                .map(|(name, value)| (name.to_owned().into(), plainly(value.clone())))
                .collect(),
        ),
        Value::Array(items) => {
            let mut items: Vec<Value<'static>> = items
                .into_iter()
                .filter(|item| !is_empty(item))
                .map(plainly)
                .collect();
            match (items.pop(), items.is_empty()) {
                (Some(only), true) => only,
                (last, _) => {
                    items.extend(last);
                    Value::Array(items)
                }
            }
        }
        other => other,
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(is_empty))
}
