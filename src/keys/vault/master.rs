//! The master key of a node: it wraps the data keys.

use super::envelope::{self, Kind};
use super::root::{ID_BYTES, KEY_BYTES, Root};
use super::{DataKey, Error, Recipe};
use crate::keys::base64url;
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// How a master key begins when it is written to a file. The number is the
/// version of the form, and the words are what scanners for lost secrets find.
const TEXT: &str = "countersign-master-key-1:";
const CHECK: &str = "countersign-master-check-1:";
const CHECKSUM_BYTES: usize = 4;

/// The one key of a node that is not in its database.
#[derive(Debug)]
pub struct MasterKey(Root);

impl MasterKey {
    /// Makes a new one.
    #[must_use]
    pub fn generate(chance: &mut dyn CryptoRng) -> Self {
        Self(Root::generate(chance))
    }

    /// The key of a passphrase. This takes a good part of a second and the
    /// memory that the recipe asks for: not for a thread that others wait for.
    ///
    /// Any passphrase gives a key; [`Self::check`] tells whether it is the one.
    ///
    /// # Errors
    /// [`Error::ShortPassphrase`]; [`Error::Failed`] if there is no memory.
    pub fn from_passphrase(passphrase: &str, recipe: &Recipe) -> Result<Self, Error> {
        Root::try_with(|bytes| recipe.stretch(passphrase, bytes)).map(Self)
    }

    /// The key of thirty-two bytes, as a device gives them out.
    ///
    /// # Errors
    /// [`Error::Damaged`] if there are more or fewer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Root::from_slice(bytes).map(Self).ok_or(Error::Damaged)
    }

    /// The secret itself, for a device that wraps it.
    #[must_use]
    pub fn expose(&self) -> &[u8; KEY_BYTES] {
        self.0.expose()
    }

    /// Reads what [`Self::to_text`] wrote. White space around it is left out:
    /// a file ends with a line break.
    ///
    /// # Errors
    /// [`Error::MasterKeyText`] if it is something else,
    /// [`Error::MasterKeyMistyped`] if it was cut or changed.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let digits = text.trim().strip_prefix(TEXT).ok_or(Error::MasterKeyText)?;
        let bytes = base64url::decode(digits)
            .map(Zeroizing::new)
            .ok_or(Error::MasterKeyMistyped)?;
        let (key, sum) = bytes
            .split_last_chunk::<CHECKSUM_BYTES>()
            .ok_or(Error::MasterKeyMistyped)?;
        if checksum(key) != *sum {
            return Err(Error::MasterKeyMistyped);
        }
        Root::from_slice(key)
            .map(Self)
            .ok_or(Error::MasterKeyMistyped)
    }

    /// The key as one line for a file that only its owner may read.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES + CHECKSUM_BYTES]);
        let (key, sum) = bytes.split_at_mut(KEY_BYTES);
        key.copy_from_slice(self.expose());
        sum.copy_from_slice(&checksum(self.expose()));
        let digits = Zeroizing::new(base64url::encode(&*bytes));
        // In one piece: a text that grows leaves its beginnings in memory.
        let mut text = Zeroizing::new(String::with_capacity(TEXT.len() + digits.len()));
        text.push_str(TEXT);
        text.push_str(&digits);
        text
    }

    /// A value by which [`Self::check`] recognises this key. It belongs in the
    /// database: it is no secret, but with it a passphrase can be guessed at, as
    /// with anything that the key has sealed.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn check_value(&self) -> Result<String, Error> {
        let name = self.0.derive("countersign vault 1: check")?;
        let name = name.first_chunk::<ID_BYTES>().ok_or(Error::Failed)?;
        Ok(format!("{CHECK}{}", base64url::encode(name)))
    }

    /// Whether this is the key that `value` was made with.
    ///
    /// # Errors
    /// [`Error::WrongMasterKey`] if it is another, [`Error::CheckValue`] if the
    /// value is none.
    pub fn check(&self, value: &str) -> Result<(), Error> {
        let digits = value.strip_prefix(CHECK).ok_or(Error::CheckValue)?;
        let is_one = base64url::decode(digits).is_some_and(|bytes| bytes.len() == ID_BYTES);
        if !is_one {
            return Err(Error::CheckValue);
        }
        if self
            .check_value()?
            .as_bytes()
            .ct_eq(value.as_bytes())
            .into()
        {
            Ok(())
        } else {
            Err(Error::WrongMasterKey)
        }
    }

    /// Wraps an issuer's data key.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn wrap(
        &self,
        key: &DataKey,
        tenant: &str,
        chance: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        let secret = key.0.expose();
        envelope::seal(&self.0, Kind::DataKey, &[tenant], secret, chance)
    }

    /// Opens an issuer's data key.
    ///
    /// # Errors
    /// [`Error::WrongMasterKey`]; [`Error::Damaged`], also for another issuer's
    /// data key; [`Error::Version`].
    pub fn open(&self, wrapped: &[u8], tenant: &str) -> Result<DataKey, Error> {
        let secret = envelope::open(&self.0, Kind::DataKey, &[tenant], wrapped)?;
        Root::from_slice(&secret).map(DataKey).ok_or(Error::Damaged)
    }

    /// Wraps a wrapped data key anew, under the master key that takes this
    /// one's place. What the data key seals stays as it is.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn rewrap(
        &self,
        wrapped: &[u8],
        tenant: &str,
        next: &Self,
        chance: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        next.wrap(&self.open(wrapped, tenant)?, tenant, chance)
    }
}

fn checksum(key: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let whole = Sha256::new()
        .chain_update(TEXT)
        .chain_update(key)
        .finalize();
    let mut sum = [0; CHECKSUM_BYTES];
    sum.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
    sum
}
