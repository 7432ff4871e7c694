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

    /// `RSAPublicKey` of PKCS #1 (RFC 8017 §A.1.1), in DER.
    pub(super) fn to_pkcs1(&self) -> Vec<u8> {
        let numbers = [der_integer(&self.modulus), der_integer(&self.exponent)].concat();
        der(0x30, &numbers)
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

/// A positive number: a leading zero keeps a high first bit from being a sign.
fn der_integer(number: &[u8]) -> Vec<u8> {
    let sign = number.first().is_some_and(|first| *first >= 0x80);
    der(0x02, &[if sign { &[0][..] } else { &[] }, number].concat())
}

/// Tag, length in as few bytes as it needs (X.690 §10.1), content.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let used: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut bytes = vec![tag];
    match used.as_slice() {
        [] => bytes.push(0),
        [short] if *short < 0x80 => bytes.push(*short),
        long => {
            bytes.push(0x80 | u8::try_from(long.len()).unwrap_or(0x7F));
            bytes.extend(long);
        }
    }
    bytes.extend(content);
    bytes
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PublicKey, RsaSize, SecretKey};

    #[test]
    fn a_key_written_as_multikey_is_the_same_key() {
        let key = SecretKey::generate_rsa(RsaSize::Bits2048).expect("a key");
        let multikey = key.public().to_multibase().expect("a multikey");
        assert!(multikey.starts_with("z4MX"), "{multikey}");
        assert_eq!(
            PublicKey::from_multibase(&multikey),
            Ok(key.public().clone())
        );
    }

    #[test]
    fn lengths_are_written_in_as_few_bytes_as_they_need() {
        assert_eq!(der(2, &[1]), [2, 1, 1]);
        assert_eq!(der_integer(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(der(4, &[7; 128])[..3], [4, 0x81, 128]);
        assert_eq!(der(4, &[7; 300])[..4], [4, 0x82, 1, 44]);
        assert_eq!(der(4, &[]), [4, 0]);
    }
}
