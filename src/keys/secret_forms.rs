//! The forms secret keys are kept and handed over in: PKCS #8 in PEM
//! (RFC 5958, RFC 7468), private JWK, and Multikey with `secretKeyMultibase`.

use super::jwk::{Operation, check_use};
use super::secret::Secret;
use super::{Algorithm, Error, PublicKey, SecretKey, base64url, multikey};
use crate::json::{self, Object};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use ed25519_dalek::pkcs8::KeypairBytes;
use p256::pkcs8::{
    EncodePrivateKey as _, LineEnding, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument,
};
use zeroize::Zeroizing;

const LABEL: &str = "PRIVATE KEY";

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

impl SecretKey {
    /// Reads a secret key in any of the forms: PEM, JWK or Multikey.
    ///
    /// # Errors
    /// [`Error::NoSecretKey`] if it is none of them; else what is wrong with
    /// the key. A public part written beside the secret must be its own.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::NoSecretKey)?;
        if text.trim_start().starts_with("-----BEGIN ") {
            return Self::from_pem(text.trim());
        }
        let value = json::parse(bytes).map_err(|_| Error::NoSecretKey)?;
        let object = value.as_object().ok_or(Error::NoSecretKey)?;
        if object.contains("kty") {
            Self::from_jwk(object)
        } else {
            Self::from_multikey(object)
        }
    }

    /// Reads an unencrypted PKCS #8 key in PEM.
    ///
    /// # Errors
    /// [`Error::NoSecretKey`] if the text is not that, [`Error::Unsupported`]
    /// for other kinds of keys.
    pub fn from_pem(pem: &str) -> Result<Self, Error> {
        let (label, document) = SecretDocument::from_pem(pem).map_err(|_| Error::NoSecretKey)?;
        if label != LABEL {
            return Err(Error::NoSecretKey);
        }
        let info =
            PrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| Error::NoSecretKey)?;
        match info.algorithm.oid {
            ED25519 => ed25519_dalek::SigningKey::try_from(info)
                .map(Self::from_ed25519)
                .map_err(|_| Error::NoSecretKey),
            EC => match info.algorithm.parameters_oid() {
                Ok(P256) => p256::SecretKey::try_from(info)
                    .map(|key| Self::from_p256(key.into()))
                    .map_err(|_| Error::NoSecretKey),
                Ok(P384) => p384::SecretKey::try_from(info)
                    .map(|key| Self::from_p384(key.into()))
                    .map_err(|_| Error::NoSecretKey),
                _ => Err(Error::Unsupported),
            },
            RSA => aws_lc_rs::rsa::KeyPair::from_pkcs8(document.as_bytes())
                .map_err(|_| Error::NoSecretKey)
                .and_then(Self::from_rsa),
            _ => Err(Error::Unsupported),
        }
    }

    /// The key as PKCS #8 in PEM. Ed25519 is written in version 1 (RFC 8410
    /// §7), which every tool reads.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, Error> {
        let document = match &self.secret {
            Secret::Ed25519(key) => KeypairBytes {
                secret_key: key.to_bytes(),
                public_key: None,
            }
            .to_pkcs8_der(),
            Secret::P256(key) => key.to_pkcs8_der(),
            Secret::P384(key) => key.to_pkcs8_der(),
            Secret::Rsa(key) => {
                let der: Pkcs8V1Der<'_> = key.as_der().map_err(|_| Error::Failed)?;
                SecretDocument::try_from(der.as_ref()).map_err(Into::into)
            }
        };
        document
            .map_err(|_| Error::Failed)?
            .to_pem(LABEL, LineEnding::LF)
            .map_err(|_| Error::Failed)
    }

    /// Reads a private JWK (RFC 7518 §6.2.2, RFC 8037 §2).
    fn from_jwk(jwk: &Object<'_>) -> Result<Self, Error> {
        let written = PublicKey::from_jwk_material(jwk)?;
        let algorithm = written.algorithm();
        if algorithm == Algorithm::Rsa {
            return Err(Error::Unsupported);
        }
        check_use(jwk, algorithm, Operation::Sign)?;
        let secret = jwk.text("d").ok_or(Error::NoSecretKey)?;
        let secret = base64url::decode(secret).map(Zeroizing::new);
        let key = Self::from_bytes(algorithm, &secret.ok_or(Error::Jwk { member: "d" })?)?;
        key.is_of(&written)
    }

    /// Reads a Multikey with its secret (Controlled Identifiers 1.0 §2.2.2).
    /// The earlier name of the member is still found in key files.
    fn from_multikey(multikey: &Object<'_>) -> Result<Self, Error> {
        let secret = multikey
            .text("secretKeyMultibase")
            .or_else(|| multikey.text("privateKeyMultibase"))
            .ok_or(Error::NoSecretKey)?;
        let (algorithm, secret) = multikey::decode_secret(secret)?;
        let key = Self::from_bytes(algorithm, &secret)?;
        match multikey.get("publicKeyMultibase") {
            None => Ok(key),
            Some(written) => {
                let written = written.as_str().ok_or(Error::Multibase)?;
                key.is_of(&PublicKey::from_multibase(written)?)
            }
        }
    }

    /// The key, if `written` is its public half.
    fn is_of(self, written: &PublicKey) -> Result<Self, Error> {
        if self.public() == written {
            Ok(self)
        } else {
            Err(Error::Mismatch)
        }
    }
}
