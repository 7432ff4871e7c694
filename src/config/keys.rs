//! The section `[keys]`.

use super::parse;
use super::secret::{Secret, SecretFrom};
use std::path::{Path, PathBuf};

/// How the master key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MasterKind {
    /// In a file.
    File,
    /// In nobody's file: it is made from a passphrase.
    Passphrase,
    /// In hardware.
    Pkcs11,
}

const KINDS: [(&str, MasterKind); 3] = [
    ("file", MasterKind::File),
    ("passphrase", MasterKind::Passphrase),
    ("pkcs11", MasterKind::Pkcs11),
];

settings! {
    /// The section as it is written.
    pub(super) struct Written = "keys" {
        /// How the master key is kept, which seals all other keys: "file", "passphrase" or
        /// "pkcs11" (hardware).
        master_key: MasterKind = "file" => |raw| parse::word(raw, &KINDS);
        /// The file of the master key, for "file". Only its owner may read it. Keep a copy away
        /// from the back-ups.
        master_key_file: PathBuf = "master.key" => parse::path;
        /// A file whose first line is the passphrase, for "passphrase".
        passphrase_file: Option<PathBuf> = "" => |raw| parse::optional(raw, parse::path);
        /// The passphrase itself, for "passphrase". Only the variable can hold it, and a file is
        /// better.
        passphrase: Option<Secret> = "" => |raw| parse::optional(raw, parse::secret);
        /// The library of the hardware's maker, for "pkcs11".
        pkcs11_module: Option<PathBuf> = "" => |raw| parse::optional(raw, parse::path);
        /// The label of the token that holds the key, for "pkcs11".
        pkcs11_token: Option<String> = "" => |raw| parse::optional(raw, parse::text);
        /// A file whose first line is the PIN, for "pkcs11".
        pkcs11_pin_file: Option<PathBuf> = "" => |raw| parse::optional(raw, parse::path);
        /// The PIN itself, for "pkcs11". Only the variable can hold it, and a file is better.
        pkcs11_pin: Option<Secret> = "" => |raw| parse::optional(raw, parse::secret);
    }
}

/// Where the keys of the node are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// What seals all other keys.
    pub master: MasterKey,
}

/// What seals all other keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MasterKey {
    /// A file with the key.
    File(PathBuf),
    /// A passphrase that the key is made from.
    Passphrase(SecretFrom),
    /// A key in hardware.
    Pkcs11 {
        /// The library of the hardware's maker.
        module: PathBuf,
        /// The label of the token.
        token: String,
        /// The PIN of the token.
        pin: SecretFrom,
    },
}

impl Keys {
    /// The files that hold secrets, each with the setting that names it.
    #[must_use]
    pub fn secret_files(&self) -> Vec<(&'static str, &Path)> {
        match &self.master {
            MasterKey::File(path) => vec![("keys.master_key_file", path)],
            MasterKey::Passphrase(SecretFrom::File(path)) => {
                vec![("keys.passphrase_file", path)]
            }
            MasterKey::Pkcs11 {
                pin: SecretFrom::File(path),
                ..
            } => vec![("keys.pkcs11_pin_file", path)],
            MasterKey::Passphrase(SecretFrom::Variable(_))
            | MasterKey::Pkcs11 {
                pin: SecretFrom::Variable(_),
                ..
            } => Vec::new(),
        }
    }
}

impl Written {
    /// Puts together what the kind of key needs; nothing if something is
    /// missing (the rules say what).
    pub(super) fn keys(self, folder: &Path) -> Option<Keys> {
        let secret = |file: Option<PathBuf>, text: Option<Secret>| match (file, text) {
            (_, Some(text)) => Some(SecretFrom::Variable(text)),
            (Some(file), None) => Some(SecretFrom::File(folder.join(file))),
            (None, None) => None,
        };
        let master = match self.master_key {
            MasterKind::File => MasterKey::File(folder.join(self.master_key_file)),
            MasterKind::Passphrase => {
                MasterKey::Passphrase(secret(self.passphrase_file, self.passphrase)?)
            }
            MasterKind::Pkcs11 => MasterKey::Pkcs11 {
                module: folder.join(self.pkcs11_module?),
                token: self.pkcs11_token?,
                pin: secret(self.pkcs11_pin_file, self.pkcs11_pin)?,
            },
        };
        Some(Keys { master })
    }
}
