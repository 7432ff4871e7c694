//! The data key of one issuer: it seals what the issuer signs with.

use super::envelope::{self, Kind};
use super::root::Root;
use super::{Error, Place};
use crate::keys::{self, SecretKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// What an issuer's signing keys are sealed with. It is never stored but
/// wrapped by a [`super::MasterKey`].
#[derive(Debug)]
pub struct DataKey(pub(super) Root);

/// Where a part of a back-up belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 0.
    pub index: u64,
    /// Whether nothing comes after it.
    pub is_last: bool,
}

impl Part {
    fn name(self) -> String {
        format!("{}{}", self.index, if self.is_last { " end" } else { "" })
    }
}

impl DataKey {
    /// Makes a new one.
    #[must_use]
    pub fn generate(chance: &mut dyn CryptoRng) -> Self {
        Self(Root::generate(chance))
    }

    /// Seals a signing key for its place.
    ///
    /// # Errors
    /// [`Error::Key`] if the key is of another algorithm than the place says.
    pub fn seal(
        &self,
        key: &SecretKey,
        place: &Place<'_>,
        chance: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        if key.algorithm() != place.algorithm {
            return Err(Error::Key(keys::Error::Mismatch));
        }
        let secret = key.to_bytes()?;
        envelope::seal(&self.0, Kind::SigningKey, &place.parts(), &secret, chance)
    }

    /// Seals a part of a back-up, bound to its place in it: parts that were
    /// moved, left out or cut off at the end do not open.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn seal_part(
        &self,
        bytes: &[u8],
        part: Part,
        chance: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, Error> {
        envelope::seal(&self.0, Kind::BackupPart, &[&part.name()], bytes, chance)
    }

    /// Opens what [`Self::seal_part`] sealed for this place.
    ///
    /// # Errors
    /// [`Error::WrongDataKey`], [`Error::Damaged`], [`Error::Version`].
    pub fn open_part(&self, sealed: &[u8], part: Part) -> Result<Zeroizing<Vec<u8>>, Error> {
        envelope::open(&self.0, Kind::BackupPart, &[&part.name()], sealed)
    }

    /// Opens a signing key that was sealed for this place. Its public half is
    /// derived from it: whoever has another one beside it should compare.
    ///
    /// # Errors
    /// [`Error::WrongDataKey`] for another issuer's, [`Error::Damaged`] for
    /// another place or changed bytes, [`Error::Version`].
    pub fn open(&self, sealed: &[u8], place: &Place<'_>) -> Result<SecretKey, Error> {
        let secret = envelope::open(&self.0, Kind::SigningKey, &place.parts(), sealed)?;
        Ok(SecretKey::from_bytes(place.algorithm, &secret)?)
    }
}
