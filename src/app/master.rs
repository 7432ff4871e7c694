//! The master key of a node: found, made the first time, and compared with the
//! database.

use crate::config;
use crate::hardware::{self, Device, PinFrom, TokenName};
use crate::keys::vault::{self, MasterKey, Recipe};
use crate::store::{Conn, Error, Store, facts};
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Says which master key a database belongs to.
pub(super) const CHECK: &str = "master_key_check";
/// How the master key is made from a passphrase.
pub(super) const RECIPE: &str = "master_key_recipe";

/// Why there is no master key. For operators.
#[derive(Debug, thiserror::Error)]
pub enum MasterError {
    /// The file cannot be read or written.
    #[error("the master key file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others on the machine can read it.
    #[error("{path} can be read by others; run: chmod 600 {path}")]
    Readable {
        /// The file.
        path: PathBuf,
    },
    /// The file is gone, and the database has keys that only it opens.
    #[error(
        "{path} is missing, and this database was made with it; put it back from where you keep it"
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It is not the key of this database, or damaged.
    #[error("the master key: {0}")]
    Key(#[from] vault::Error),
    /// The passphrase cannot be read.
    #[error("the passphrase: {0}")]
    Secret(#[from] config::SecretUnreadable),
    /// Hardware does not give it.
    #[error("the master key in hardware: {0}")]
    Hardware(String),
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Finds the master key, or makes it for a new database.
///
/// # Errors
/// [`MasterError`].
pub(super) fn open(
    settings: &config::MasterKey,
    device: Option<&Device>,
    store: &Store,
    now: i64,
) -> Result<MasterKey, MasterError> {
    let known = store.read_blocking(|conn| facts::get(conn, CHECK))?;
    let key = match settings {
        config::MasterKey::File(path) => from_file(path, known.is_none())?,
        config::MasterKey::Passphrase(secret) => from_passphrase(secret, store, now)?,
        config::MasterKey::Pkcs11 { .. } => {
            let missing = || MasterError::Hardware("there is no device".to_owned());
            from_hardware(device.ok_or_else(missing)?, store, now)?
        }
    };
    match known {
        Some(value) => key.check(&value)?,
        None => remember(store, CHECK, key.check_value()?, now)?,
    }
    Ok(key)
}

/// What a database says about its master key.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) recipe: Option<String>,
    pub(super) sealed: Option<String>,
}

/// The master key of a database that has one; nothing is made.
///
/// # Errors
/// [`MasterError`].
pub(super) fn known(settings: &config::MasterKey, found: &Found) -> Result<MasterKey, MasterError> {
    match settings {
        config::MasterKey::File(path) => from_file(path, false),
        config::MasterKey::Passphrase(secret) => {
            let recipe = super::keys::recipe(found.recipe.as_deref())?;
            Ok(MasterKey::from_passphrase(
                secret.read()?.reveal(),
                &recipe,
            )?)
        }
        config::MasterKey::Pkcs11 { .. } => {
            let failed = |error: hardware::Error| MasterError::Hardware(error.to_string());
            let device = device(settings)?;
            match (device, &found.sealed) {
                (Some(device), Some(sealed)) => {
                    device.open_master(WRAPPING, sealed).map_err(failed)
                }
                _ => Err(Error::Damaged("the sealed master key").into()),
            }
        }
    }
}

fn remember(store: &Store, name: &'static str, value: String, now: i64) -> Result<(), Error> {
    store.write_blocking(move |tx| facts::set(tx.conn, name, &value, now))
}

fn from_file(path: &Path, is_new: bool) -> Result<MasterKey, MasterError> {
    let at = |source| MasterError::File {
        path: path.to_owned(),
        source,
    };
    match fs::read_to_string(path) {
        Ok(text) => {
            let mode = fs::metadata(path).map_err(at)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(MasterError::Readable {
                    path: path.to_owned(),
                });
            }
            Ok(MasterKey::parse(&text)?)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_new => {
            let key = MasterKey::generate(&mut rand::rng());
            write(path, &key.to_text()).map_err(at)?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(MasterError::Missing {
            path: path.to_owned(),
        }),
        Err(error) => Err(at(error)),
    }
}

/// A file that only its owner reads, on the disk before anything is sealed
/// with it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", text.trim_end())?;
    file.sync_all()
}

fn from_passphrase(
    secret: &config::SecretFrom,
    store: &Store,
    now: i64,
) -> Result<MasterKey, MasterError> {
    let passphrase = secret.read()?;
    let recipe = store.read_blocking(|conn: &mut Conn| facts::get(conn, RECIPE))?;
    let recipe = match recipe {
        Some(text) => Recipe::parse(&text)?,
        None => {
            let recipe = Recipe::new(&mut rand::rng());
            remember(store, RECIPE, recipe.to_string(), now)?;
            recipe
        }
    };
    Ok(MasterKey::from_passphrase(passphrase.reveal(), &recipe)?)
}

/// The key that the device seals our master key with.
const WRAPPING: &str = "countersign-master";
/// The master key as the device sealed it.
pub(super) const SEALED: &str = "master_key_sealed";

/// A device seals the master key; what it sealed lies in the database, and
/// only that device opens it.
fn from_hardware(device: &Device, store: &Store, now: i64) -> Result<MasterKey, MasterError> {
    let failed = |error: hardware::Error| MasterError::Hardware(error.to_string());
    let sealed = store.read_blocking(|conn: &mut Conn| facts::get(conn, SEALED))?;
    if let Some(sealed) = sealed {
        return device.open_master(WRAPPING, &sealed).map_err(failed);
    }
    match device.generate_wrapping_key(WRAPPING) {
        // An earlier first start may have ended between the two steps.
        Ok(()) | Err(hardware::Error::KeyExists { .. }) => {}
        Err(error) => return Err(failed(error)),
    }
    let key = MasterKey::generate(&mut rand::rng());
    let sealed = device
        .seal_master(WRAPPING, &key, &mut rand::rng())
        .map_err(failed)?;
    remember(store, SEALED, sealed, now)?;
    Ok(key)
}

/// The device of the settings, if there is one.
///
/// # Errors
/// [`MasterError::Hardware`], [`MasterError::Secret`].
pub(super) fn device(settings: &config::MasterKey) -> Result<Option<Device>, MasterError> {
    let config::MasterKey::Pkcs11 { module, token, pin } = settings else {
        return Ok(None);
    };
    let pin = match pin {
        config::SecretFrom::File(path) => PinFrom::File(path.clone()),
        config::SecretFrom::Variable(secret) => {
            PinFrom::Given(zeroize::Zeroizing::new(secret.reveal().to_owned()))
        }
    };
    let settings = hardware::Settings {
        module: module.clone(),
        token: TokenName::Label(token.clone()),
        pin,
        sessions: hardware::Settings::SESSIONS,
    };
    Device::open(settings)
        .map(Some)
        .map_err(|error| MasterError::Hardware(error.to_string()))
}
