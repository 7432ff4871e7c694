//! RSA public keys (RFC 8017), for VC-JWT with RS256.

use super::Error;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

/// NIST SP 800-131A: fewer bits prove nothing any more.
const FEWEST_BITS: usize = 2_048;

/// More bits cost milliseconds a check, and the library refuses them.
const MOST_BITS: usize = 8_192;

/// The library refuses exponents from 2^33 on; nobody uses more than 65537.
const EXPONENT_BYTES: usize = 4;

/// A modulus and an exponent, and the key the library made of them.
pub(super) struct RsaPublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl RsaPublicKey {
    /// Takes big-endian numbers in as few bytes as they need (RFC 7518
    /// §6.3.1).
    pub(super) fn new(modulus: Vec<u8>, exponent: Vec<u8>) -> Result<Self, Error> {
        check_modulus(&modulus)?;
        check_exponent(&exponent)?;
        let components = RsaPublicKeyComponents {
            n: &modulus,
            e: &exponent,
        };
        let parsed = components
            .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
            .map_err(|_| Error::Jwk { member: "n" })?;
        Ok(Self {
            modulus,
            exponent,
            parsed,
        })
    }

    pub(super) fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    pub(super) fn exponent(&self) -> &[u8] {
        &self.exponent
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }
}

impl PartialEq for RsaPublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.modulus == other.modulus && self.exponent == other.exponent
    }
}

fn check_modulus(modulus: &[u8]) -> Result<(), Error> {
    let malformed = Error::Jwk { member: "n" };
    let (first, last) = modulus.first().zip(modulus.last()).ok_or(malformed)?;
    if *first == 0 || last % 2 == 0 {
        return Err(malformed);
    }
    match modulus.len() * 8 - first.leading_zeros() as usize {
        ..FEWEST_BITS => Err(Error::Weak),
        FEWEST_BITS..=MOST_BITS => Ok(()),
        _ => Err(Error::Unsupported),
    }
}

fn check_exponent(exponent: &[u8]) -> Result<(), Error> {
    let malformed = Error::Jwk { member: "e" };
    let (first, last) = exponent.first().zip(exponent.last()).ok_or(malformed)?;
    if *first == 0 || last % 2 == 0 {
        return Err(malformed);
    }
    match exponent {
        [1] => Err(Error::Weak), // every message is its own signature
        _ if exponent.len() > EXPONENT_BYTES => Err(Error::Unsupported),
        _ => Ok(()),
    }
}
