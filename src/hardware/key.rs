//! A key pair on a token, and signing with it.

use super::connection::Role;
use super::{Device, Error, public};
use crate::keys::{self, Algorithm, PublicKey, Signer};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use p256::ecdsa::Signature as P256Signature;
use p384::ecdsa::Signature as P384Signature;
use sha2::{Digest as _, Sha256, Sha384};
use std::fmt;

/// What a key is found by. Both halves have the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// `CKA_LABEL`.
    Label(String),
    /// `CKA_ID`.
    Id(Vec<u8>),
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(label) => write!(formatter, "{label:?}"),
            Self::Id(id) => id
                .iter()
                .try_for_each(|byte| write!(formatter, "{byte:02x}")),
        }
    }
}

/// A key pair whose secret half never leaves its token.
#[derive(Clone)]
pub struct HardwareKey {
    device: Device,
    name: KeyName,
    public: PublicKey,
}

impl Device {
    /// Finds a key pair.
    ///
    /// # Errors
    /// [`Error::NoKey`] if one of the halves is missing, [`Error::Ambiguous`],
    /// [`Error::Unsupported`] for kinds that we do not sign with,
    /// [`Error::Key`].
    pub fn key(&self, name: KeyName) -> Result<HardwareKey, Error> {
        let public = self.with(|connection| {
            connection.find(Role::Private, &name)?;
            let handle = connection.find(Role::Public, &name)?;
            public::read(connection.session(), handle)
        })?;
        Ok(HardwareKey {
            device: self.clone(),
            name,
            public,
        })
    }
}

impl HardwareKey {
    /// What the key is found by.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// Signs, and says what went wrong more exactly than [`Signer::sign`].
    ///
    /// # Errors
    /// [`Error::Lost`] or [`Error::NoToken`] if the token is away,
    /// [`Error::BadSignature`] if what it gave does not hold.
    pub fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let algorithm = self.public.algorithm();
        let (mechanism, data) = request(algorithm, message)?;
        let raw = self.device.with(|connection| {
            let handle = connection.find(Role::Private, &self.name)?;
            Ok(connection.session().sign(&mechanism, handle, &data)?)
        })?;
        let signature = lower_s(algorithm, raw)?;
        // A fault in a device may give the secret away with the signature.
        self.public
            .verify(message, &signature)
            .map_err(|_| Error::BadSignature)?;
        Ok(signature)
    }
}

/// How the token is asked. ECDSA is over a digest that we make, which every
/// device can.
fn request(algorithm: Algorithm, message: &[u8]) -> Result<(Mechanism<'static>, Vec<u8>), Error> {
    match algorithm {
        Algorithm::Ed25519 => {
            let plain = EddsaParams::new(EddsaSignatureScheme::Pure);
            Ok((Mechanism::Eddsa(plain), message.to_vec()))
        }
        Algorithm::P256 => Ok((Mechanism::Ecdsa, Sha256::digest(message).to_vec())),
        Algorithm::P384 => Ok((Mechanism::Ecdsa, Sha384::digest(message).to_vec())),
        Algorithm::Rsa => Err(Error::Unsupported {
            what: "RSA keys in devices",
        }),
    }
}

/// Devices give either value of s; we issue the lower.
fn lower_s(algorithm: Algorithm, raw: Vec<u8>) -> Result<Vec<u8>, Error> {
    match algorithm {
        Algorithm::P256 => P256Signature::from_slice(&raw)
            .map(|signature| signature.normalize_s().to_bytes().to_vec())
            .map_err(|_| Error::BadSignature),
        Algorithm::P384 => P384Signature::from_slice(&raw)
            .map(|signature| signature.normalize_s().to_bytes().to_vec())
            .map_err(|_| Error::BadSignature),
        Algorithm::Ed25519 | Algorithm::Rsa => Ok(raw),
    }
}

impl Signer for HardwareKey {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, keys::Error> {
        self.try_sign(message).map_err(|error| {
            // Told here, because the caller learns only that the key is away.
            tracing::warn!(key = %self.name, code = error.code(), "a device did not sign: {error}");
            error.into()
        })
    }
}

impl fmt::Debug for HardwareKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "HardwareKey({} in {:?} of {:?})",
            self.name, self.device, self.public
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;
    use p256::elliptic_curve::ops::Neg as _;

    #[test]
    fn either_value_of_s_becomes_the_lower() {
        let key = SecretKey::generate(Algorithm::P256, &mut rand::rng()).expect("a key");
        let low = key.sign(b"badge").expect("a signature");
        let signature = P256Signature::from_slice(&low).expect("a signature");
        let twin = P256Signature::from_scalars(signature.r(), signature.s().neg());
        let twin = twin.expect("the twin").to_bytes().to_vec();
        assert_ne!(twin, low);
        for raw in [twin, low.clone()] {
            assert_eq!(lower_s(Algorithm::P256, raw).expect("a signature"), low);
        }
    }

    #[test]
    fn what_is_no_signature_is_not_handed_on() {
        for raw in [
            vec![],
            vec![0; 64],
            vec![0xff; 64],
            vec![1; 63],
            vec![1; 72],
        ] {
            for algorithm in [Algorithm::P256, Algorithm::P384] {
                let answer = lower_s(algorithm, raw.clone());
                assert!(matches!(answer, Err(Error::BadSignature)), "{raw:?}");
            }
        }
    }
}
