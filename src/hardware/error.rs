//! What can go wrong with a device, in words of ours.

use super::SecretFileError;
use crate::keys;
use cryptoki::error::{Error as Cryptoki, RvError};
use std::path::PathBuf;

/// Why a device does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The library of the device cannot be loaded or started.
    #[error("the PKCS #11 library {} cannot be used: {why}", .path.display())]
    Module {
        /// Which file.
        path: PathBuf,
        /// What the loader says.
        why: String,
    },
    /// The token is not there.
    #[error("{token} is not there")]
    NoToken {
        /// Which one.
        token: String,
    },
    /// Two tokens or two keys have one name.
    #[error("there are several of {name}")]
    Ambiguous {
        /// The name.
        name: String,
    },
    /// The file with the PIN.
    #[error(transparent)]
    PinFile(#[from] SecretFileError),
    /// The device refused the PIN. It is not tried again before a restart.
    #[error("the device refuses the PIN")]
    Pin,
    /// One more wrong PIN would lock the device, or it is locked already.
    #[error("the PIN is locked or has one try left: log in by hand first")]
    PinLocked,
    /// There is no such key.
    #[error("there is no key {name} on the device")]
    NoKey {
        /// Its name.
        name: String,
    },
    /// A key of this name is there already.
    #[error("there is a key {name} on the device already")]
    KeyExists {
        /// Its name.
        name: String,
    },
    /// The device cannot do this, or the key is of a kind that we do not use.
    #[error("the device or this software does not support {what}")]
    Unsupported {
        /// What.
        what: &'static str,
    },
    /// The public half on the device is not one we accept.
    #[error(transparent)]
    Key(#[from] keys::Error),
    /// Not a master key as a device sealed it for us.
    #[error("this is not a master key that a device sealed")]
    SealedText,
    /// The sealed master key does not open with this key of the device.
    #[error("the device's key does not open this master key")]
    SealedElsewhere,
    /// The device went away, or forgot us.
    #[error("the device does not answer: {why}")]
    Lost {
        /// What the library says.
        why: String,
    },
    /// The device gave a signature that does not fit its own public key.
    #[error("the device gave a signature that does not hold")]
    BadSignature,
    /// Anything else that the library says.
    #[error("the device failed: {why}")]
    Failed {
        /// What the library says.
        why: String,
    },
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Module { .. } => "hardware_module",
            Self::NoToken { .. } | Self::Lost { .. } => "signer_down",
            Self::Ambiguous { .. } => "hardware_ambiguous",
            Self::PinFile(error) => error.code(),
            Self::Pin | Self::PinLocked => "hardware_pin",
            Self::NoKey { .. } => "hardware_key_missing",
            Self::KeyExists { .. } => "hardware_key_exists",
            Self::Unsupported { .. } => "hardware_unsupported",
            Self::Key(error) => error.code(),
            Self::SealedText => "master_key_malformed",
            Self::SealedElsewhere => "master_key_wrong",
            Self::BadSignature | Self::Failed { .. } => "key_operation_failed",
        }
    }

    /// Whether another session may do what this one did not.
    pub(super) const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}

impl From<Cryptoki> for Error {
    fn from(error: Cryptoki) -> Self {
        let why = error.to_string();
        match error {
            Cryptoki::Pkcs11(value, _) => of_value(&value, why),
            _ => Self::Failed { why },
        }
    }
}

fn of_value(value: &RvError, why: String) -> Error {
    match value {
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => Error::Pin,
        RvError::PinLocked | RvError::PinExpired => Error::PinLocked,
        // What is said of a session, a token or a key that was there before.
        RvError::CryptokiNotInitialized
        | RvError::DeviceError
        | RvError::DeviceRemoved
        | RvError::KeyHandleInvalid
        | RvError::ObjectHandleInvalid
        | RvError::OperationActive
        | RvError::SessionClosed
        | RvError::SessionCount
        | RvError::SessionHandleInvalid
        | RvError::SlotIdInvalid
        | RvError::TokenNotPresent
        | RvError::TokenNotRecognized
        | RvError::UserNotLoggedIn => Error::Lost { why },
        RvError::MechanismInvalid => Error::Unsupported {
            what: "this mechanism",
        },
        _ => Error::Failed { why },
    }
}

impl From<Error> for keys::Error {
    /// For those who only know that there is a key: away or broken.
    fn from(error: Error) -> Self {
        match error {
            Error::Key(error) => error,
            Error::Unsupported { .. } => Self::Unsupported,
            Error::BadSignature | Error::Failed { .. } => Self::Failed,
            _ => Self::Down,
        }
    }
}
