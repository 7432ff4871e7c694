//! Data Integrity proofs of every kind, good ones and odd ones.

use super::doc::{Doc, json};
use super::keys::Party;
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, engine};
use countersign::json::{Object, Value};
use countersign::proof::{Digester, Form, Reading, Suite, document_digest, proof_digest};
use sha2::{Digest, Sha256};

/// How a proof is to be made.
#[derive(Debug, Clone)]
pub struct Seal<'p> {
    by: &'p Party,
    suite: Suite,
    reading: Reading,
    changes: Vec<(String, Option<Value<'static>>)>,
    lax: bool,
}

impl<'p> Seal<'p> {
    /// A proof of `eddsa-rdfc-2022`.
    pub fn by(by: &'p Party) -> Self {
        Self {
            by,
            suite: Suite::EddsaRdfc2022,
            reading: Reading::STANDARD,
            changes: Vec::new(),
            lax: false,
        }
    }

    /// A proof of `eddsa-jcs-2022`.
    pub fn jcs(by: &'p Party) -> Self {
        Self::by(by).suite(Suite::EddsaJcs2022)
    }

    pub const fn suite(mut self, suite: Suite) -> Self {
        self.suite = suite;
        self
    }

    /// Made by software that reads the document in another way.
    pub const fn reading(mut self, edition: Edition, keep_language_case: bool) -> Self {
        self.reading = Reading {
            edition,
            keep_language_case,
        };
        self
    }

    /// Made by software that signs whatever JSON-LD makes of the document, and
    /// drops the rest in silence.
    pub const fn lax(mut self) -> Self {
        self.lax = true;
        self
    }

    /// With another member, which is signed.
    pub fn with(mut self, member: &str, text: &str) -> Self {
        self.changes.push((member.to_owned(), Some(json(text))));
        self
    }

    /// Without a member that proofs have.
    pub fn without(mut self, member: &str) -> Self {
        self.changes.push((member.to_owned(), None));
        self
    }

    fn options(&self, document: &Doc) -> Object<'static> {
        let mut proof = Object::new();
        if self.suite.form() == Form::Jcs {
            proof.set("@context", document.at("/@context"));
        }
        if self.suite.is_cryptosuite() {
            proof.set("type", "DataIntegrityProof");
            proof.set("cryptosuite", self.suite.name());
        } else {
            proof.set("type", self.suite.name());
        }
        proof.set("created", "2026-03-02T09:00:00Z");
        proof.set("verificationMethod", self.by.method.clone());
        proof.set("proofPurpose", "assertionMethod");
        for (member, value) in &self.changes {
            match value {
                Some(value) => proof.set(member.clone(), value.clone()),
                None => drop(proof.remove(member)),
            }
        }
        proof
    }

    /// Both digests, proof first.
    fn data(&self, document: &Doc, proof: &Object<'_>) -> Vec<u8> {
        let hash = Suite::hash(self.by.key.algorithm());
        let digester = Digester::new(self.suite.form(), hash, self.reading);
        let mut data = proof_digest(&document.0, proof, digester).expect("a proof");
        if self.lax {
            data.extend(lax_digest(&document.0));
            return data;
        }
        let proofs = proofs_of(document);
        let named = proof
            .get("previousProof")
            .map_or(&[][..], Value::one_or_many);
        let earlier: Vec<&Object<'_>> = proofs
            .iter()
            .filter(|earlier| {
                let id = earlier.text("id");
                named.iter().any(|name| id.is_some() && name.as_str() == id)
            })
            .collect();
        data.extend(document_digest(&document.0, &earlier, digester).expect("a document"));
        data
    }

    /// The proof of a document.
    pub fn of(&self, document: &Doc) -> Object<'static> {
        let mut proof = self.options(document);
        let data = self.data(document, &proof);
        let signature = self.by.key.sign(&data).expect("a signature");
        proof.set("proofValue", base58(&signature));
        proof
    }
}

pub fn base58(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

fn proofs_of(document: &Doc) -> Vec<Object<'static>> {
    let proofs = document.object().get("proof");
    let proofs = proofs.map_or(&[][..], Value::one_or_many);
    proofs
        .iter()
        .filter_map(|proof| proof.as_object().cloned())
        .collect()
}

/// What jsonld.js without its safe mode would sign.
fn lax_digest(document: &Value<'_>) -> Vec<u8> {
    let mut dataset = Dataset::new();
    engine(Edition::Newest)
        .read(document, Some("proof"), &Mode::lax(None), &mut dataset)
        .expect("JSON-LD");
    let text = canonicalize(&mut dataset, Hash::Sha256)
        .expect("an order")
        .nquads;
    Sha256::digest(text.as_bytes()).to_vec()
}

impl Doc {
    /// With one more proof.
    pub fn sealed(mut self, seal: &Seal<'_>) -> Self {
        let proof = seal.of(&self);
        self.add_proof(proof);
        self
    }

    pub fn add_proof(&mut self, proof: Object<'static>) {
        let mut proofs: Vec<Value<'static>> =
            proofs_of(self).into_iter().map(Value::Object).collect();
        proofs.push(Value::Object(proof));
        *self = self.clone().with("/proof", proofs);
    }
}
