//! Where secrets meet the machine: keys in devices (PKCS #11), files that hold
//! secrets, and the memory of the process.
//!
//! **For:** a node whose signing keys never leave a device, or whose master key
//! is sealed by one. A [`Device`] is one token: a hardware security module, a
//! card, or SoftHSM. A [`HardwareKey`] is a key pair on it, and a
//! [`crate::keys::Signer`].
//!
//! **Promises.** Keys are made so that no device gives them out. What a device
//! signed is checked before it is handed on. A PIN that lies in a file is read
//! when it is needed and wiped at once. No PIN is printed, and one that was
//! refused is not tried again, since devices lock after a few. A device that
//! was away is found again without a restart.
//!
//! **Does not:** set devices up (that takes their own tools and another PIN), or
//! wait well: each call blocks until the device has answered, so it belongs on
//! a thread for work that blocks.

mod connection;
mod device;
mod error;
mod generate;
mod key;
mod master;
mod pool;
mod process;
mod public;
mod secret_file;
mod settings;

pub use device::Device;
pub use error::Error;
pub use key::{HardwareKey, KeyName};
pub use process::{Unprotected, protect_memory};
pub use secret_file::{SecretFileError, read_secret_file};
pub use settings::{PinFrom, Settings, TokenName};
