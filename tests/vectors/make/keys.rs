//! Keys from fixed seeds, and whose they are. Everybody can make these keys:
//! they are for tests only.

use super::doc::Doc;
use countersign::did;
use countersign::json::Value;
use countersign::keys::SecretKey;
use sha2::{Digest, Sha256, Sha384};

const SEED: &str = "countersign test vectors: ";

pub fn ed25519(name: &str) -> SecretKey {
    SecretKey::from_ed25519_seed(&Sha256::digest(format!("{SEED}{name}")).into())
}

pub fn p256(name: &str) -> SecretKey {
    let seed = Sha256::digest(format!("{SEED}{name}"));
    from_multicodec(&[&[0x86, 0x26], &seed[..]].concat())
}

pub fn p384(name: &str) -> SecretKey {
    let seed = Sha384::digest(format!("{SEED}{name}"));
    from_multicodec(&[&[0x87, 0x26], &seed[..]].concat())
}

/// RSA has no seed that matters: the key was made once.
pub fn rsa() -> SecretKey {
    SecretKey::from_pem(include_str!("rsa-2048.pem")).expect("a key")
}

fn from_multicodec(bytes: &[u8]) -> SecretKey {
    let text = bs58::encode(bytes).into_string();
    let multikey = format!(r#"{{"secretKeyMultibase":"z{text}"}}"#);
    SecretKey::parse(multikey.as_bytes()).expect("a key")
}

/// Somebody who signs.
#[derive(Debug)]
pub struct Party {
    /// Who they are.
    pub id: String,
    /// The name of their key.
    pub method: String,
    pub key: SecretKey,
}

impl Party {
    /// Somebody who is their key.
    pub fn did_key(key: SecretKey) -> Self {
        Self {
            id: did::key::did(key.public()).expect("a did:key"),
            method: did::key::method_id(key.public()).expect("a did:key"),
            key,
        }
    }

    pub fn did_jwk(key: SecretKey) -> Self {
        let id = did::jwk::did(key.public());
        Self {
            method: format!("{id}#0"),
            id,
            key,
        }
    }

    /// Somebody with a document at an address.
    pub fn at(id: &str, key: SecretKey) -> Self {
        Self {
            id: id.to_owned(),
            method: format!("{id}#key-1"),
            key,
        }
    }

    /// The document that lists the key.
    pub fn document(&self) -> Doc {
        let method = multikey(&self.method, &self.id, &self.key);
        Doc::read(r#"{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"]}"#)
            .text("/id", &self.id)
            .with("/verificationMethod", vec![method])
            .with(
                "/assertionMethod",
                vec![Value::from(self.method.clone())],
            )
    }
}

/// A verification method.
pub fn multikey(id: &str, controller: &str, key: &SecretKey) -> Value<'static> {
    let multibase = key.public().to_multibase().expect("multibase");
    Doc::read(r#"{"id":"","type":"Multikey"}"#)
        .text("/id", id)
        .text("/controller", controller)
        .text("/publicKeyMultibase", &multibase)
        .0
}

/// A verification method with a JWK, which RSA needs.
pub fn json_web_key(id: &str, controller: &str, key: &SecretKey) -> Value<'static> {
    Doc::read(r#"{"id":"","type":"JsonWebKey"}"#)
        .text("/id", id)
        .text("/controller", controller)
        .with("/publicKeyJwk", key.public().to_jwk())
        .0
}

pub const COUNCIL: &str = "did:web:northmarch.badges.example.org";
pub const COUNCIL_DOCUMENT: &str = "https://northmarch.badges.example.org/.well-known/did.json";

/// The council, as an organisation that is its key: needs no document.
pub fn issuer() -> Party {
    Party::did_key(ed25519("issuer"))
}

/// The council, with its document on its own host.
pub fn council() -> Party {
    Party::at(COUNCIL, ed25519("council"))
}

/// Somebody else.
pub fn stranger() -> Party {
    Party::did_key(ed25519("stranger"))
}

/// The person a badge is about.
pub fn learner() -> Party {
    Party::did_key(ed25519("learner"))
}
