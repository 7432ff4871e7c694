//! A master key from a passphrase: Argon2id (RFC 9106), and with what numbers.
//!
//! **Promises.** The numbers stand in the [`Recipe`] beside the salt, so they
//! can be raised later and old keys still be had. A recipe that would make
//! guessing cheap, or take a machine's whole memory, is refused: it lies beside
//! the data and may have been changed there. A changed one that is accepted
//! gives another key, which is then found to be the wrong one.

use super::Error;
use super::root::KEY_BYTES;
use crate::keys::base64url;
use argon2::{Algorithm, Argon2, Params, Version};
use rand_core::CryptoRng;
use std::fmt;

/// A passphrase may be guessed at for years by whoever copied the database
/// (NIST SP 800-63B-4 §3.1.1.2 asks as many of a password that stands alone).
const FEWEST_CHARACTERS: usize = 15;

/// RFC 9106 §4, second choice: 64 MiB, three passes, four lanes. More than
/// OWASP's cheat sheet asks (19 MiB, two passes, one lane).
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
const SALT_BYTES: usize = 16;

/// What OWASP's cheat sheet asks, and what a start of a node may take.
const MEMORY_BOUNDS: std::ops::RangeInclusive<u32> = 19 * 1024..=1024 * 1024;
const PASSES_BOUNDS: std::ops::RangeInclusive<u32> = 2..=32;
const LANES_BOUNDS: std::ops::RangeInclusive<u32> = 1..=16;

/// How a passphrase is stretched to a key. Not a secret; without it the
/// passphrase is worth nothing.
///
/// Written as `argon2id-19:m=65536,t=3,p=4:` and the salt in base64url. The
/// first number is Argon2's version 1.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; SALT_BYTES],
}

impl Recipe {
    /// A recipe with a new salt and the numbers of today.
    #[must_use]
    pub fn new(chance: &mut dyn CryptoRng) -> Self {
        let mut salt = [0; SALT_BYTES];
        chance.fill_bytes(&mut salt);
        Self {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt,
        }
    }

    /// Reads what `Display` wrote.
    ///
    /// # Errors
    /// [`Error::Recipe`] if it is anything else, or a number is out of bounds.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let recipe = Self::read(text).ok_or(Error::Recipe)?;
        let is_within = MEMORY_BOUNDS.contains(&recipe.memory_kib)
            && PASSES_BOUNDS.contains(&recipe.passes)
            && LANES_BOUNDS.contains(&recipe.lanes);
        // One spelling: no plus signs, no zeros in front.
        if is_within && recipe.to_string() == text {
            Ok(recipe)
        } else {
            Err(Error::Recipe)
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (numbers, salt) = text.strip_prefix("argon2id-19:")?.split_once(':')?;
        let mut numbers = numbers.split(',');
        let mut number = |name| numbers.next()?.strip_prefix(name)?.parse().ok();
        let recipe = Self {
            memory_kib: number("m=")?,
            passes: number("t=")?,
            lanes: number("p=")?,
            salt: base64url::decode(salt)?.try_into().ok()?,
        };
        numbers.next().is_none().then_some(recipe)
    }

    /// Fills in the key of a passphrase.
    pub(super) fn stretch(&self, passphrase: &str, key: &mut [u8; KEY_BYTES]) -> Result<(), Error> {
        if passphrase.chars().count() < FEWEST_CHARACTERS {
            return Err(Error::ShortPassphrase);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY_BYTES))
            .map_err(|_| Error::Recipe)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &self.salt, key)
            .map_err(|_| Error::Failed)
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "argon2id-19:m={},t={},p={}:{}",
            self.memory_kib,
            self.passes,
            self.lanes,
            base64url::encode(&self.salt)
        )
    }
}
