//! Keys: what a signature is checked with, and what makes one.
//!
//! **For:** reading the public keys of strangers in the forms the standards
//! use (Multikey, JWK), checking signatures with them, and signing with our
//! own keys. [`vault`] seals them for storage.
//!
//! **Promises.** The algorithm belongs to the key and to nothing else: no
//! header, suite name or member of a document can choose another. Ed25519 is
//! only ever checked strictly, and a key that would accept a signature over
//! anything is refused when it is read. A secret key is wiped when dropped and
//! never printed.
//!
//! **Does not:** fetch keys, decide whose a key is (`did`), know which
//! canonical form or header is signed (`proof`), or talk to devices that hold
//! keys (`hardware`).

mod algorithm;
pub(crate) mod base58;
pub mod base64url;
pub mod cache;
mod error;
mod jwk;
mod multikey;
mod pem;
mod public;
mod rsa;
mod secret;
mod secret_bytes;
mod secret_forms;
mod signer;
pub mod vault;

pub use algorithm::Algorithm;
pub use cache::cached_from_multibase;
pub use error::{BadSignature, Error};
pub use public::PublicKey;
pub use secret::{RsaSize, SecretKey};
pub use signer::Signer;

/// Test vectors are published in hexadecimal.
#[cfg(test)]
fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}
