//! Decoded public keys, kept by their text.
//!
//! Checking many badges of one issuer decodes the same point each time, which
//! costs a tenth of the signature check. What is kept is a pure function of
//! the text, so a hit can never give another key than decoding would.

use super::{Error, PublicKey};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// Most keys kept. Which keys are asked for is the stranger's choice, so the
/// cache has an end; when it is full it starts anew, which costs no more than
/// decoding each key once again.
pub const CAPACITY: usize = 1_024;

static KEYS: LazyLock<RwLock<HashMap<Box<str>, PublicKey>>> = LazyLock::new(RwLock::default);

/// [`PublicKey::from_multibase`], remembered. Refusals are not: they are cheap
/// to repeat, and a stranger could fill the cache with them.
///
/// # Errors
/// As [`PublicKey::from_multibase`].
pub fn cached_from_multibase(text: &str) -> Result<PublicKey, Error> {
    let kept = KEYS.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = kept.get(text) {
        return Ok(key.clone());
    }
    drop(kept);
    let key = PublicKey::from_multibase(text)?;
    let mut kept = KEYS.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= CAPACITY {
        kept.clear();
    }
    kept.insert(text.into(), key.clone());
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    #[test]
    fn a_cached_key_is_the_decoded_key_and_the_cache_has_an_end() {
        for number in 0..CAPACITY as u32 + 10 {
            let mut seed = [0; 32];
            seed[..4].copy_from_slice(&number.to_be_bytes());
            let key = SecretKey::from_ed25519_seed(&seed);
            let text = key
                .public()
                .to_multibase()
                .expect("Ed25519 has a multibase");
            assert_eq!(cached_from_multibase(&text).as_ref(), Ok(key.public()));
            assert_eq!(cached_from_multibase(&text).as_ref(), Ok(key.public()));
        }
        assert!(KEYS.read().expect("not poisoned").len() <= CAPACITY);
    }

    #[test]
    fn refusals_are_not_kept() {
        let text = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hw0";
        assert_eq!(cached_from_multibase(text), Err(Error::Multibase));
        assert!(!KEYS.read().expect("not poisoned").contains_key(text));
    }
}
