//! What makes signatures, wherever its secret lies.
//!
//! **For:** everything that signs. Two things do: a [`SecretKey`] in memory, and
//! a key that never leaves its device (`hardware`).
//!
//! **Promises.** A signature has the form that [`PublicKey::verify`] takes:
//! Ed25519 over the message itself; ECDSA as r ‖ s with the lower of the two
//! values of s, over the message hashed as the curve asks; RSA as PKCS #1 v1.5.
//!
//! **Does not:** promise that one message always gets one signature. Devices
//! that make ECDSA signatures take chance of their own.

use super::{Algorithm, Error, PublicKey, SecretKey};

/// Somebody who can sign with one key.
pub trait Signer: Send + Sync {
    /// The public half.
    fn public(&self) -> &PublicKey;

    /// Signs `message`, which is hashed here as the algorithm says.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails, [`Error::Down`] if
    /// the device cannot be reached or does not let us.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error>;

    /// The one algorithm this key is for.
    fn algorithm(&self) -> Algorithm {
        self.public().algorithm()
    }
}

impl Signer for SecretKey {
    fn public(&self) -> &PublicKey {
        self.public()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.sign(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_key_signs_the_same_through_the_trait() {
        let key = SecretKey::from_ed25519_seed(&[7; 32]);
        let signer: &dyn Signer = &key;
        assert_eq!(signer.public(), key.public());
        assert_eq!(signer.algorithm(), Algorithm::Ed25519);
        assert_eq!(signer.sign(b"badge"), key.sign(b"badge"));
    }
}
