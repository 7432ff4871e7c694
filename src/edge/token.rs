//! API tokens: 256 bits of chance, recognisable to scanners for lost secrets,
//! kept as a digest only (SEC-52).

use crate::text::hex;
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// What every token begins with.
const PREFIX: &str = "csk_";
/// 32 bytes in base64url.
const SECRET_LETTERS: usize = 43;
/// Of the checksum.
const CHECK_LETTERS: usize = 8;

/// Makes a token: shown once, to the one who asked.
#[must_use]
pub fn make(chance: &mut dyn CryptoRng) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    chance.fill_bytes(&mut *bytes);
    let secret = Zeroizing::new(crate::keys::base64url::encode(&*bytes));
    Zeroizing::new(format!("{PREFIX}{}{}", *secret, checksum(&secret)))
}

/// The digest that is kept of a token; `None` if it cannot be one, so that
/// nonsense costs no look at the database.
#[must_use]
pub fn digest(token: &str) -> Option<String> {
    let rest = token.strip_prefix(PREFIX)?;
    let (secret, check) = rest.split_at_checked(SECRET_LETTERS)?;
    let expected = checksum(secret);
    if check.len() != CHECK_LETTERS || !bool::from(expected.as_bytes().ct_eq(check.as_bytes())) {
        return None;
    }
    Some(hex(&Sha256::digest(token.as_bytes())))
}

fn checksum(secret: &str) -> String {
    format!("{:08x}", crc32fast::hash(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_and_recognised() {
        let token = make(&mut rand::rng());
        assert_eq!(token.len(), PREFIX.len() + SECRET_LETTERS + CHECK_LETTERS);
        assert_eq!(digest(&token).expect("a digest").len(), 64);
        assert_ne!(*token, *make(&mut rand::rng()));
    }

    #[test]
    fn what_is_no_token_has_no_digest() {
        let token = make(&mut rand::rng());
        let other = if token.as_bytes()[10] == b'a' {
            "b"
        } else {
            "a"
        };
        let mut changed = token.to_string();
        changed.replace_range(10..11, other);
        for text in [
            "",
            "csk_",
            &changed,
            &token[..token.len() - 1],
            &format!("{}0", *token),
            &token.replacen("csk_", "abc_", 1),
            "csk_é",
        ] {
            assert_eq!(digest(text), None, "{text}");
        }
    }
}
