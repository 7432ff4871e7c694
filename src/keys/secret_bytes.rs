//! A secret key as bare bytes, for sealing only: nothing says what they are.

use super::secret::Secret;
use super::{Error, SecretKey};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use zeroize::Zeroizing;

impl SecretKey {
    /// What `SecretKey::from_bytes` takes: a seed, a scalar, or for RSA the
    /// key in PKCS #8.
    pub(super) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let bytes = match &self.secret {
            Secret::Ed25519(key) => key.as_bytes().to_vec(),
            Secret::P256(key) => Zeroizing::new(key.to_bytes()).to_vec(),
            Secret::P384(key) => Zeroizing::new(key.to_bytes()).to_vec(),
            Secret::Rsa(key) => {
                let der: Pkcs8V1Der<'_> = key.as_der().map_err(|_| Error::Failed)?;
                der.as_ref().to_vec()
            }
        };
        Ok(Zeroizing::new(bytes))
    }
}
