//! The bytes of a sealed value, and how they are made and opened.
//!
//! ```text
//! 0        kind: what is inside
//! 1        version of this form
//! 2..18    name of the key that sealed it
//! 18..30   nonce
//! 30..     AES-256-GCM of the secret, and its tag of 16 bytes
//! ```
//!
//! Authenticated with it, and not stored: the kind and the version, and what
//! the value is and where it belongs.

use super::Error;
use super::root::{ID_BYTES, Root};
use aes_gcm::aead::AeadInOut as _;
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// What is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A data key, under a master key.
    DataKey = 1,
    /// A signing key, under a data key.
    SigningKey = 2,
    /// A part of a back-up, under a data key.
    BackupPart = 3,
}

impl Kind {
    /// How it is told that the key is another.
    const fn wrong_key(self) -> Error {
        match self {
            Self::DataKey => Error::WrongMasterKey,
            Self::SigningKey | Self::BackupPart => Error::WrongDataKey,
        }
    }
}

/// Seals `secret`, bound to all of `belongs`.
pub(super) fn seal(
    root: &Root,
    kind: Kind,
    belongs: &[&str],
    secret: &[u8],
    chance: &mut dyn CryptoRng,
) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE_BYTES];
    chance.fill_bytes(&mut nonce);
    let mut sealed = vec![kind as u8, VERSION];
    sealed.extend(root.id()?);
    sealed.extend(nonce);
    let mut inside = Zeroizing::new(Vec::with_capacity(secret.len() + TAG_BYTES));
    inside.extend_from_slice(secret);
    cipher(root)?
        .encrypt_in_place(&Nonce::from(nonce), &bound(kind, belongs), &mut *inside)
        .map_err(|_| Error::Failed)?;
    sealed.extend_from_slice(&inside);
    Ok(sealed)
}

/// Opens what [`seal`] made with the same key, kind and place.
pub(super) fn open(
    root: &Root,
    kind: Kind,
    belongs: &[&str],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (head, rest) = sealed.split_first_chunk::<2>().ok_or(Error::Damaged)?;
    if head[0] != kind as u8 {
        return Err(Error::Damaged);
    }
    if head[1] != VERSION {
        return Err(Error::Version);
    }
    let (id, rest) = rest.split_first_chunk::<ID_BYTES>().ok_or(Error::Damaged)?;
    let (nonce, rest) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(Error::Damaged)?;
    let mut inside = Zeroizing::new(rest.to_vec());
    let opened =
        cipher(root)?.decrypt_in_place(&Nonce::from(*nonce), &bound(kind, belongs), &mut *inside);
    // The name alone may be damaged, so both are looked at.
    let is_ours: bool = id.ct_eq(&root.id()?).into();
    match (opened, is_ours) {
        (Ok(()), true) => Ok(inside),
        (Err(_), false) => Err(kind.wrong_key()),
        (Ok(()), false) | (Err(_), true) => Err(Error::Damaged),
    }
}

fn cipher(root: &Root) -> Result<Aes256Gcm, Error> {
    let key = root.derive("countersign vault 1: seal")?;
    Aes256Gcm::new_from_slice(&*key).map_err(|_| Error::Failed)
}

/// Each part with its length before it: no two lists of parts have the same
/// bytes.
fn bound(kind: Kind, belongs: &[&str]) -> Vec<u8> {
    let mut bytes = vec![kind as u8, VERSION];
    for part in belongs {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    fn root(byte: u8) -> Root {
        Root::from_slice(&[byte; 32]).expect("a root")
    }

    fn sealed() -> Vec<u8> {
        let mut chance = StdRng::seed_from_u64(1);
        let kind = Kind::SigningKey;
        seal(&root(1), kind, &["a", "bc"], b"secret", &mut chance).expect("sealed")
    }

    #[track_caller]
    fn refused(kind: Kind, belongs: &[&str], sealed: &[u8], expected: Error) {
        let opened = open(&root(1), kind, belongs, sealed);
        assert_eq!(opened.err(), Some(expected), "{sealed:?}");
    }

    #[test]
    fn what_was_sealed_opens() {
        let opened = open(&root(1), Kind::SigningKey, &["a", "bc"], &sealed());
        assert_eq!(opened.expect("open").as_slice(), b"secret");
        assert_eq!(sealed().len(), 30 + 6 + 16);
    }

    #[test]
    fn a_value_in_another_place_does_not_open() {
        for belongs in [
            &["ab", "c"][..],
            &["abc"],
            &["a", "bc", ""],
            &["", "a", "bc"],
            &["bc", "a"],
            &["a"],
            &[],
            &["a", "bC"],
        ] {
            refused(Kind::SigningKey, belongs, &sealed(), Error::Damaged);
        }
    }

    #[test]
    fn a_value_of_another_kind_does_not_open() {
        refused(Kind::DataKey, &["a", "bc"], &sealed(), Error::Damaged);
        // Nor if it says that it is of that kind.
        let mut relabelled = sealed();
        relabelled[0] = Kind::DataKey as u8;
        refused(Kind::DataKey, &["a", "bc"], &relabelled, Error::Damaged);
    }

    #[test]
    fn a_later_version_is_told_from_damage() {
        let mut later = sealed();
        later[1] = 2;
        refused(Kind::SigningKey, &["a", "bc"], &later, Error::Version);
    }

    #[test]
    fn a_wrong_key_is_told_from_damage() {
        for (kind, expected) in [
            (Kind::DataKey, Error::WrongMasterKey),
            (Kind::SigningKey, Error::WrongDataKey),
        ] {
            let mut chance = StdRng::seed_from_u64(1);
            let sealed = seal(&root(2), kind, &["a"], b"secret", &mut chance).expect("sealed");
            refused(kind, &["a"], &sealed, expected);
        }
    }

    #[test]
    fn no_byte_can_be_changed_added_or_left_out() {
        let whole = sealed();
        for at in 0..whole.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= flip;
                let opened = open(&root(1), Kind::SigningKey, &["a", "bc"], &changed);
                let expected = if at == 1 {
                    Error::Version
                } else {
                    Error::Damaged
                };
                assert_eq!(opened.err(), Some(expected), "{at}");
            }
            let opened = open(&root(1), Kind::SigningKey, &["a", "bc"], &whole[..at]);
            assert_eq!(opened.err(), Some(Error::Damaged), "{at}");
        }
        let longer = [&whole[..], &[0]].concat();
        refused(Kind::SigningKey, &["a", "bc"], &longer, Error::Damaged);
    }

    #[test]
    fn no_two_values_share_a_nonce() {
        let mut chance = StdRng::seed_from_u64(1);
        let mut nonces = std::collections::HashSet::new();
        for _ in 0..1_000 {
            let sealed = seal(&root(1), Kind::DataKey, &[], b"secret", &mut chance);
            nonces.insert(sealed.expect("sealed")[18..30].to_vec());
        }
        assert_eq!(nonces.len(), 1_000);
    }
}
