//! Making keys on a token.
//!
//! **Promises.** A key is made on the token, stays there, and cannot be read
//! out of it: `CKA_SENSITIVE`, not `CKA_EXTRACTABLE`. A name that is taken is
//! refused.

use super::connection::Connection;
use super::{Device, Error, HardwareKey, KeyName, public};
use crate::keys::Algorithm;
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::Attribute;
use rand_core::CryptoRng;

impl Device {
    /// What a new key is best made for: Ed25519 if the token can, else P-256.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if it can do neither.
    pub fn best_algorithm(&self) -> Result<Algorithm, Error> {
        let edwards = [
            MechanismType::ECC_EDWARDS_KEY_PAIR_GEN,
            MechanismType::EDDSA,
        ];
        let ecdsa = [MechanismType::ECC_KEY_PAIR_GEN, MechanismType::ECDSA];
        if self.knows(&edwards)? {
            Ok(Algorithm::Ed25519)
        } else if self.knows(&ecdsa)? {
            Ok(Algorithm::P256)
        } else {
            Err(Error::Unsupported {
                what: "signatures that badges are sealed with",
            })
        }
    }

    /// Makes a key pair. `chance` gives its `CKA_ID`, which is no secret; the
    /// key itself comes from the token.
    ///
    /// # Errors
    /// [`Error::KeyExists`], [`Error::Unsupported`].
    pub fn generate(
        &self,
        algorithm: Algorithm,
        label: &str,
        chance: &mut dyn CryptoRng,
    ) -> Result<HardwareKey, Error> {
        let name = KeyName::Label(label.to_owned());
        let mut id = [0; 16];
        chance.fill_bytes(&mut id);
        self.with(|connection| {
            connection.refuse_taken(&name)?;
            make(connection, algorithm, label, &id)
        })?;
        self.key(name)
    }
}

/// Tries the spellings of the curve until the token takes one.
fn make(
    connection: &Connection,
    algorithm: Algorithm,
    label: &str,
    id: &[u8],
) -> Result<(), Error> {
    let mechanism = match algorithm {
        Algorithm::Ed25519 => Mechanism::EccEdwardsKeyPairGen,
        Algorithm::P256 | Algorithm::P384 => Mechanism::EccKeyPairGen,
        Algorithm::Rsa => {
            return Err(Error::Unsupported {
                what: "RSA keys in devices",
            });
        }
    };
    let mut answer = Err(Error::Unsupported { what: "this curve" });
    for curve in public::spellings(algorithm) {
        let (public, private) = templates(curve, label, id);
        answer = connection
            .session()
            .generate_key_pair(&mechanism, &public, &private)
            .map(|_| ())
            .map_err(Error::from);
        if answer.is_ok() {
            break;
        }
    }
    answer
}

fn templates(curve: &[u8], label: &str, id: &[u8]) -> (Vec<Attribute>, Vec<Attribute>) {
    let both = [
        Attribute::Token(true),
        Attribute::Label(label.as_bytes().to_vec()),
        Attribute::Id(id.to_vec()),
    ];
    let mut public = both.to_vec();
    public.extend([
        Attribute::Private(false),
        Attribute::Verify(true),
        Attribute::EcParams(curve.to_vec()),
    ]);
    let mut private = both.to_vec();
    private.extend([
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ]);
    (public, private)
}
