//! Secret keys: making them, and signing with them.

use super::public::Inner as Public;
use super::rsa::RsaPublicKey;
use super::{Algorithm, Error, PublicKey};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use p256::ecdsa::signature::Signer as _;
use p256::elliptic_curve::Generate as _;
use rand_core::CryptoRng;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A secret key. It is wiped from memory when dropped, cannot be cloned, and
/// its `Debug` shows only the public half.
///
/// The public half is always derived from the secret one, never taken from
/// beside it: a signer that takes both can be made to give its secret away.
pub struct SecretKey {
    pub(super) secret: Secret,
    public: PublicKey,
}

pub(super) enum Secret {
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    Rsa(KeyPair),
}

/// How long a new RSA key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RsaSize {
    /// 2,048 bits: what every wallet takes.
    Bits2048,
    /// 3,072 bits: as strong as P-256 and Ed25519.
    Bits3072,
}

impl SecretKey {
    /// Makes a new key. An RSA key gets 3,072 bits.
    ///
    /// `chance` is where the secret of the elliptic curves comes from. RSA is
    /// the exception: its generator has randomness of its own, and `chance` is
    /// not asked.
    ///
    /// # Errors
    /// [`Error::Failed`] if the RSA generator fails.
    pub fn generate(algorithm: Algorithm, chance: &mut dyn CryptoRng) -> Result<Self, Error> {
        match algorithm {
            Algorithm::Ed25519 => {
                let mut seed = Zeroizing::new([0; 32]);
                chance.fill_bytes(&mut *seed);
                Ok(Self::from_ed25519_seed(&seed))
            }
            Algorithm::P256 => Ok(Self::from_p256(p256::ecdsa::SigningKey::generate_from_rng(
                chance,
            ))),
            Algorithm::P384 => Ok(Self::from_p384(p384::ecdsa::SigningKey::generate_from_rng(
                chance,
            ))),
            Algorithm::Rsa => Self::generate_rsa(RsaSize::Bits3072),
        }
    }

    /// Makes a new RSA key, with the library's own randomness.
    ///
    /// # Errors
    /// [`Error::Failed`] if the generator fails.
    pub fn generate_rsa(size: RsaSize) -> Result<Self, Error> {
        let size = match size {
            RsaSize::Bits2048 => KeySize::Rsa2048,
            RsaSize::Bits3072 => KeySize::Rsa3072,
        };
        Self::from_rsa(KeyPair::generate(size).map_err(|_| Error::Failed)?)
    }

    /// The key of a 32-byte Ed25519 seed (RFC 8032 §5.1.5).
    #[must_use]
    pub fn from_ed25519_seed(seed: &[u8; 32]) -> Self {
        Self::from_ed25519(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The key of raw secret bytes: a seed, a scalar in [1, n − 1], or for RSA
    /// the key in PKCS #8.
    pub(super) fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, Error> {
        match algorithm {
            Algorithm::Ed25519 => bytes
                .try_into()
                .map(Self::from_ed25519_seed)
                .map_err(|_| Error::Length),
            // The library would pad a shorter scalar; a key has one length.
            Algorithm::P256 if bytes.len() == 32 => p256::ecdsa::SigningKey::from_slice(bytes)
                .map(Self::from_p256)
                .map_err(|_| Error::Point),
            Algorithm::P384 if bytes.len() == 48 => p384::ecdsa::SigningKey::from_slice(bytes)
                .map(Self::from_p384)
                .map_err(|_| Error::Point),
            Algorithm::P256 | Algorithm::P384 => Err(Error::Length),
            Algorithm::Rsa => KeyPair::from_pkcs8(bytes)
                .map_err(|_| Error::NoSecretKey)
                .and_then(Self::from_rsa),
        }
    }

    pub(super) fn from_ed25519(key: ed25519_dalek::SigningKey) -> Self {
        Self {
            public: PublicKey(Public::Ed25519(key.verifying_key())),
            secret: Secret::Ed25519(key),
        }
    }

    pub(super) fn from_p256(key: p256::ecdsa::SigningKey) -> Self {
        Self {
            public: PublicKey(Public::P256(*key.verifying_key())),
            secret: Secret::P256(key),
        }
    }

    pub(super) fn from_p384(key: p384::ecdsa::SigningKey) -> Self {
        Self {
            public: PublicKey(Public::P384(*key.verifying_key())),
            secret: Secret::P384(key),
        }
    }

    pub(super) fn from_rsa(key: KeyPair) -> Result<Self, Error> {
        let public = key.public_key();
        let (modulus, exponent) = (public.modulus(), public.exponent());
        let public = RsaPublicKey::new(
            modulus.big_endian_without_leading_zero().to_vec(),
            exponent.big_endian_without_leading_zero().to_vec(),
        )?;
        Ok(Self {
            public: PublicKey(Public::Rsa(Arc::new(public))),
            secret: Secret::Rsa(key),
        })
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The one algorithm this key is for.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    /// Signs `message`; the same message always gets the same signature, in
    /// the form [`PublicKey::verify`] takes. ECDSA uses RFC 6979 and the lower
    /// of the two values of s.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        match &self.secret {
            Secret::Ed25519(key) => Ok(key.sign(message).to_bytes().to_vec()),
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature =
                    key.try_sign(message).map_err(|_| Error::Failed)?;
                Ok(signature.normalize_s().to_bytes().to_vec())
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature =
                    key.try_sign(message).map_err(|_| Error::Failed)?;
                Ok(signature.normalize_s().to_bytes().to_vec())
            }
            Secret::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                // PKCS #1 v1.5 needs no chance; the library ignores the source.
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    message,
                    &mut signature,
                )
                .map_err(|_| Error::Failed)?;
                Ok(signature)
            }
        }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretKey(*** of {:?})", self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::hex;

    /// A source of chance that is none.
    struct Fixed(u8);

    impl rand_core::TryRng for Fixed {
        type Error = std::convert::Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(u32::from(self.0))
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(u64::from(self.0))
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    impl rand_core::TryCryptoRng for Fixed {}

    #[test]
    fn a_generated_key_comes_from_the_given_chance_and_signs() {
        for algorithm in [Algorithm::Ed25519, Algorithm::P256, Algorithm::P384] {
            let key = SecretKey::generate(algorithm, &mut Fixed(7)).expect("a key");
            let again = SecretKey::generate(algorithm, &mut Fixed(7)).expect("a key");
            let other = SecretKey::generate(algorithm, &mut Fixed(8)).expect("a key");
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(key.public(), again.public());
            assert_ne!(key.public(), other.public());
            let signature = key.sign(b"badge").expect("a signature");
            assert_eq!(key.sign(b"badge").as_ref(), Ok(&signature));
            assert!(key.public().verify(b"badge", &signature).is_ok());
            assert!(key.public().verify(b"bad", &signature).is_err());
            assert!(other.public().verify(b"badge", &signature).is_err());
        }
    }

    #[test]
    fn the_rfc_8032_key_signs_as_published() {
        let seed = hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        let key = SecretKey::from_ed25519_seed(&seed.try_into().expect("32 bytes"));
        let expected = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
        assert_eq!(key.sign(&[0xaf, 0x82]), Ok(hex(expected)));
    }

    #[test]
    fn the_rfc_6979_keys_sign_as_published_with_the_lower_s() {
        // Appendix A.2.5 and A.2.6, message "sample". Both published values of
        // s are the higher of the two, which a verifier has to take as well.
        for (algorithm, secret, r, s) in [
            (
                Algorithm::P256,
                "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
                "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
            ),
            (
                Algorithm::P384,
                "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
                "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
                "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
            ),
        ] {
            let key = SecretKey::from_bytes(algorithm, &hex(secret)).expect("a scalar");
            let published = hex(&format!("{r}{s}"));
            assert!(key.public().verify(b"sample", &published).is_ok());
            let ours = key.sign(b"sample").expect("a signature");
            assert_eq!(ours[..r.len() / 2], hex(r));
            assert_ne!(ours, published);
            assert!(ours[r.len() / 2] < 0x80);
            assert!(key.public().verify(b"sample", &ours).is_ok());
        }
    }

    #[test]
    fn an_rsa_key_signs_the_same_each_time() {
        let key = SecretKey::generate_rsa(RsaSize::Bits2048).expect("a key");
        let signature = key.sign(b"badge").expect("a signature");
        assert_eq!(signature.len(), 256);
        assert_eq!(key.sign(b"badge").as_ref(), Ok(&signature));
        assert!(key.public().verify(b"badge", &signature).is_ok());
        assert!(key.public().verify(b"bad", &signature).is_err());
    }

    #[test]
    fn scalars_outside_the_range_are_no_keys() {
        let order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for (algorithm, bytes, expected) in [
            (Algorithm::P256, &[0; 32][..], Error::Point),
            (Algorithm::P256, &order, Error::Point),
            (Algorithm::P256, &[1; 31], Error::Length),
            (Algorithm::P256, &[1; 33], Error::Length),
            (Algorithm::P384, &[0; 48], Error::Point),
            (Algorithm::P384, &[0xff; 48], Error::Point),
            (Algorithm::P384, &[1; 32], Error::Length),
            (Algorithm::Ed25519, &[1; 64], Error::Length),
            (Algorithm::Ed25519, &[], Error::Length),
        ] {
            assert_eq!(
                SecretKey::from_bytes(algorithm, bytes).err(),
                Some(expected)
            );
        }
    }

    #[test]
    fn a_secret_key_does_not_print_its_secret() {
        let key = SecretKey::from_ed25519_seed(&[0xab; 32]);
        let name = key.public().to_multibase().expect("a name");
        let expected = format!("SecretKey(*** of PublicKey(Ed25519 {name}))");
        assert_eq!(format!("{key:?}"), expected);
        assert_eq!(format!("{key:#?}"), expected);
    }
}
