//! Thirty-two secret bytes, and what is derived from them.
//!
//! **Promises.** The bytes stay in one place in memory however the value is
//! moved, and are wiped there. Nothing is encrypted with them directly: each
//! use has a key of its own, so that what one use publishes says nothing about
//! another.

use super::Error;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// How long a key is.
pub(super) const KEY_BYTES: usize = 32;

/// How long a key's name is. It commits to the key: with 128 bits nobody finds
/// two keys that open one sealed value, which GCM alone does not promise.
pub(super) const ID_BYTES: usize = 16;

/// A secret that others are derived from.
pub(super) struct Root(Box<Zeroizing<[u8; KEY_BYTES]>>);

impl Root {
    /// The root that `fill` writes.
    ///
    /// # Errors
    /// What `fill` says.
    pub(super) fn try_with(
        fill: impl FnOnce(&mut [u8; KEY_BYTES]) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut bytes = Box::new(Zeroizing::new([0; KEY_BYTES]));
        fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(super) fn generate(chance: &mut dyn CryptoRng) -> Self {
        let mut bytes = Box::new(Zeroizing::new([0; KEY_BYTES]));
        chance.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    /// `None` unless there are thirty-two.
    pub(super) fn from_slice(slice: &[u8]) -> Option<Self> {
        let slice: &[u8; KEY_BYTES] = slice.try_into().ok()?;
        let mut bytes = Box::new(Zeroizing::new([0; KEY_BYTES]));
        bytes.copy_from_slice(slice);
        Some(Self(bytes))
    }

    /// The secret itself, for those who write it down or wrap it.
    pub(super) fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The key for one use: HKDF-Expand (RFC 5869 §2.3) of one block.
    pub(super) fn derive(&self, label: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.expose()).map_err(|_| Error::Failed)?;
        mac.update(label.as_bytes());
        mac.update(&[1]);
        Ok(Zeroizing::new(mac.finalize().into_bytes().into()))
    }

    /// The key's public name.
    pub(super) fn id(&self) -> Result<[u8; ID_BYTES], Error> {
        let whole = self.derive("countersign vault 1: name")?;
        let name = whole.first_chunk().ok_or(Error::Failed)?;
        Ok(*name)
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::hex;

    /// Computed with another implementation of HMAC: whoever changes this
    /// locks everybody out of their keys.
    #[test]
    fn what_is_derived_stays_the_same() {
        let root = Root::from_slice(&[7; 32]).expect("a root");
        assert_eq!(
            root.derive("countersign vault 1: seal")
                .expect("a key")
                .to_vec(),
            hex("55b95892a92889d53b8ec7daa3d7f3c4f38684400fcbdbc410121e04791b73a8")
        );
        assert_eq!(
            root.id().expect("a name").to_vec(),
            hex("3bf1ca9c4dd85e5349ed964c42ac8dfe")
        );
    }

    #[test]
    fn each_use_has_a_key_of_its_own() {
        let root = Root::from_slice(&[7; 32]).expect("a root");
        let other = Root::from_slice(&[8; 32]).expect("a root");
        let key = root.derive("one").expect("a key");
        assert_ne!(*key, *root.derive("two").expect("a key"));
        assert_ne!(*key, *other.derive("one").expect("a key"));
        assert_ne!(*key, *root.expose());
        assert_ne!(root.id(), other.id());
    }

    #[test]
    fn a_root_has_one_length() {
        for length in [0, 16, 31, 33, 64] {
            assert!(Root::from_slice(&vec![1; length]).is_none(), "{length}");
        }
    }
}
