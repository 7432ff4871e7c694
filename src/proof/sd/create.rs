//! Makes base proofs (VC-DI-ECDSA §3.6.1, `createBaseProof`).

use super::base::Division;
use super::value::{Base, Signatures};
use super::{Groups, Reader, options_digest};
use crate::json::{Object, Value};
use crate::keys::{Algorithm, SecretKey, Signer};
use crate::proof::sign::options;
use crate::proof::{Claims, Error, Suite};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// The secrets that a base proof has for itself: they are made anew for each.
pub struct Chance {
    /// Names the blank nodes. It is no secret of the issuer's: the holder gets
    /// it with the proof.
    hmac_key: Zeroizing<[u8; 32]>,
    /// Signs the statements that may be left out, and is forgotten then.
    key: SecretKey,
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Chance").finish_non_exhaustive()
    }
}

impl Chance {
    /// Takes chance.
    ///
    /// # Errors
    /// [`Error::Key`] if no key can be made.
    pub fn new(chance: &mut dyn CryptoRng) -> Result<Self, Error> {
        let mut hmac_key = Zeroizing::new([0; 32]);
        chance.fill_bytes(&mut *hmac_key);
        let key = SecretKey::generate(Algorithm::P256, chance).map_err(|_| Error::Key)?;
        Ok(Self { hmac_key, key })
    }

    /// Takes secrets that are known: the same ones make the same proof. For the
    /// standard's own values; who signs something takes [`Self::new`].
    #[must_use]
    pub fn known(hmac_key: [u8; 32], key: SecretKey) -> Self {
        Self {
            hmac_key: Zeroizing::new(hmac_key),
            key,
        }
    }
}

/// A base proof of `document`, of which `pointers` select what every derived
/// proof has to show. The document is read without the proofs it has.
///
/// # Errors
/// [`Error::Algorithm`] unless the key is of P-256, [`Error::Value`] for what
/// is no JSON Pointer, [`Error::Signature`] for one that leads nowhere,
/// [`Error::Unsupported`] for what cannot be divided exactly, [`Error::Canon`],
/// or [`Error::Key`].
pub fn create<'e>(
    document: &Value<'_>,
    key: &dyn Signer,
    claims: &Claims<'_>,
    (pointers, chance): (&[String], Chance),
    reader: impl Into<Reader<'e>>,
) -> Result<Object<'static>, Error> {
    if key.algorithm() != Algorithm::P256 || chance.key.algorithm() != Algorithm::P256 {
        return Err(Error::Algorithm);
    }
    let reader = reader.into();
    let mut proof = options(document, Suite::EcdsaSd2023, claims);
    let division = Division {
        hmac_key: &chance.hmac_key,
        pointers,
    };
    let statements = division.statements(document, reader)?;
    let groups = Groups::of(&statements, |_, statement| statement.selected);
    let own = chance.key.public();
    let key_bytes: [u8; 35] = own
        .to_multicodec()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(Error::Key)?;
    let others = groups
        .others
        .iter()
        .map(|line| signature(&chance.key, line.as_bytes()))
        .collect::<Result<_, _>>()?;
    let digest = groups.mandatory_digest();
    let signed = [
        &options_digest(document, &proof, reader)?[..],
        &key_bytes,
        &digest,
    ]
    .concat();
    let base = Base {
        signatures: Signatures {
            base: signature(key, &signed)?,
            key_bytes,
            key: own.clone(),
            others,
        },
        hmac_key: *chance.hmac_key,
        pointers: pointers.to_vec(),
    };
    proof.set("proofValue", base.to_text()?);
    Ok(proof)
}

fn signature(key: &dyn Signer, message: &[u8]) -> Result<[u8; 64], Error> {
    let signature = key.sign(message).map_err(|_| Error::Key)?;
    signature.try_into().map_err(|_| Error::Key)
}
