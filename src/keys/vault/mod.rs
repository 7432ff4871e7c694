//! Keys at rest: what is written to a database or a file instead of a key.
//!
//! ```text
//! MasterKey    from chance, a passphrase, a line of text, or a device
//!   └─ wraps   DataKey      one for each issuer
//!                └─ seals   SecretKey     what signs
//! ```
//!
//! **For:** a node that keeps many issuers' keys in one database. Whoever has
//! the database alone has no key; whoever has one issuer's data key has no
//! other issuer's keys; and a new master key is put in place by wrapping the
//! data keys anew, without touching what they seal.
//!
//! **Promises.** AES-256-GCM, with a nonce of 96 bits from the chance that is
//! handed in. What is sealed is bound to its [`Place`]: in another issuer's
//! row, under another key's name, for another algorithm or purpose it does not
//! open. No byte of it can be changed. A wrong key is told apart from damaged
//! data. Secrets are wiped when dropped, and no `Debug` shows them.
//!
//! **Does not:** read files, ask for passphrases, keep anything, or notice that
//! an older sealed value was put back in its own place.
//!
//! ```
//! use countersign::keys::vault::{DataKey, MasterKey, Place, Purpose};
//! use countersign::keys::{Algorithm, SecretKey};
//!
//! let mut chance = rand::rng();
//! let master = MasterKey::generate(&mut chance);
//! let wrapped = master.wrap(&DataKey::generate(&mut chance), "council", &mut chance)?;
//!
//! let key = SecretKey::generate(Algorithm::Ed25519, &mut chance)?;
//! let place = Place {
//!     tenant: "council",
//!     key: "key-1",
//!     algorithm: Algorithm::Ed25519,
//!     purpose: Purpose::Assertion,
//! };
//! let sealed = master.open(&wrapped, "council")?.seal(&key, &place, &mut chance)?;
//! assert_eq!(master.open(&wrapped, "council")?.open(&sealed, &place)?.public(), key.public());
//! assert!(master.open(&wrapped, "college").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod data;
mod envelope;
mod error;
mod master;
mod passphrase;
mod place;
mod root;
#[cfg(test)]
mod tests;

pub use data::{DataKey, Part};
pub use error::Error;
pub use master::MasterKey;
pub use passphrase::Recipe;
pub use place::{Place, Purpose};
