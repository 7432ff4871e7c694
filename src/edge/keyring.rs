//! The signing keys that a node has open.
//!
//! **Promises.** A secret key is in memory in one place, wiped when it goes;
//! what is stored is sealed under the issuer's data key, and that under the
//! master key (SEC-43).

use super::problem::{Code, Problem};
use crate::hardware::{Device, KeyName};
use crate::keys::vault::{DataKey, MasterKey, Place, Purpose};
use crate::keys::{Algorithm, PublicKey, SecretKey, Signer};
use crate::store::issuers::Issuer;
use crate::store::keys::Key;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

type OpenKeys = HashMap<(String, String), Arc<dyn Signer>>;

/// The open keys, and what opens more.
pub struct Keyring {
    master: MasterKey,
    hardware: Option<Device>,
    open: RwLock<OpenKeys>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").finish_non_exhaustive()
    }
}

impl Keyring {
    /// A keyring that opens with this master key.
    #[must_use]
    pub fn new(master: MasterKey, hardware: Option<Device>) -> Self {
        Self {
            master,
            hardware,
            open: RwLock::default(),
        }
    }

    /// A new data key for an issuer, sealed.
    ///
    /// # Errors
    /// [`Problem::internal`].
    pub fn new_data_key(&self, issuer: &str) -> Result<Vec<u8>, Problem> {
        let mut chance = rand::rng();
        let data_key = DataKey::generate(&mut chance);
        self.master
            .wrap(&data_key, issuer, &mut chance)
            .map_err(Problem::internal)
    }

    /// Seals a new secret key for storing.
    ///
    /// # Errors
    /// [`Problem::internal`].
    pub fn seal(&self, issuer: &Issuer, id: &str, key: &SecretKey) -> Result<Vec<u8>, Problem> {
        let data_key = self
            .master
            .open(&issuer.data_key, &issuer.id)
            .map_err(Problem::internal)?;
        data_key
            .seal(
                key,
                &place(&issuer.id, id, key.algorithm()),
                &mut rand::rng(),
            )
            .map_err(Problem::internal)
    }

    /// The signer of a stored key; opened once.
    ///
    /// # Errors
    /// `state_conflict` if its private half was destroyed, `signer_down` if
    /// hardware does not answer.
    pub fn signer(&self, issuer: &Issuer, key: &Key) -> Result<Arc<dyn Signer>, Problem> {
        let name = (key.issuer_id.clone(), key.id.clone());
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(signer) = open.get(&name) {
            return Ok(Arc::clone(signer));
        }
        drop(open);
        let signer = self.open_key(issuer, key)?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert(name, Arc::clone(&signer));
        Ok(signer)
    }

    fn open_key(&self, issuer: &Issuer, key: &Key) -> Result<Arc<dyn Signer>, Problem> {
        if let Some(label) = &key.hardware {
            return self.hardware_key(label);
        }
        let sealed = key.sealed.as_ref().ok_or_else(|| {
            Problem::new(Code::STATE_CONFLICT, "the private half of this key is gone")
        })?;
        let algorithm = algorithm(&key.algorithm).ok_or_else(|| {
            Problem::internal(crate::store::Error::Damaged("the algorithm of a key"))
        })?;
        let data_key = self
            .master
            .open(&issuer.data_key, &issuer.id)
            .map_err(Problem::internal)?;
        let secret = data_key
            .open(sealed, &place(&issuer.id, &key.id, algorithm))
            .map_err(Problem::internal)?;
        Ok(Arc::new(secret))
    }

    fn hardware_key(&self, label: &str) -> Result<Arc<dyn Signer>, Problem> {
        let device = self.hardware.as_ref().ok_or_else(down)?;
        let key = device
            .key(KeyName::Label(label.to_owned()))
            .map_err(|error| {
                tracing::error!(code = error.code(), %error, "a key in hardware cannot be used");
                down()
            })?;
        Ok(Arc::new(key))
    }

    /// Makes a key in the device of the settings; its secret half never leaves
    /// it. The kind that the device signs with best.
    ///
    /// # Errors
    /// `state_conflict` without a device, `signer_down`.
    pub fn new_hardware_key(&self, label: &str) -> Result<PublicKey, Problem> {
        let device = self.hardware.as_ref().ok_or_else(|| {
            Problem::new(Code::STATE_CONFLICT, "this node keeps no keys in hardware")
        })?;
        let made = device
            .best_algorithm()
            .and_then(|algorithm| device.generate(algorithm, label, &mut rand::rng()));
        match made {
            Ok(key) => Ok(key.public().clone()),
            Err(error) => {
                tracing::error!(code = error.code(), %error, "no key could be made in hardware");
                Err(down())
            }
        }
    }

    /// Forgets an issuer's open keys: they were rotated, revoked or destroyed.
    pub fn forget(&self, issuer: &str) {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(owner, _), _| owner != issuer);
    }

    /// The node's own key for audit checkpoints, sealed under the master key.
    #[must_use]
    pub const fn master(&self) -> &MasterKey {
        &self.master
    }
}

fn down() -> Problem {
    const SOON: u64 = 30;
    let words = "the device that holds the key does not answer";
    Problem::new(Code::SIGNER_DOWN, words).retry_after(SOON)
}

/// The names of algorithms in the database.
#[must_use]
pub fn algorithm(name: &str) -> Option<Algorithm> {
    [
        Algorithm::Ed25519,
        Algorithm::P256,
        Algorithm::P384,
        Algorithm::Rsa,
    ]
    .into_iter()
    .find(|algorithm| algorithm_name(*algorithm) == name)
}

/// The name of an algorithm in the database and the API.
#[must_use]
pub const fn algorithm_name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Ed25519 => "ed25519",
        Algorithm::P256 => "p256",
        Algorithm::P384 => "p384",
        Algorithm::Rsa => "rsa",
    }
}

const fn place<'a>(tenant: &'a str, key: &'a str, algorithm: Algorithm) -> Place<'a> {
    Place {
        tenant,
        key,
        algorithm,
        purpose: Purpose::Assertion,
    }
}
