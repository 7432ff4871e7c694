//! Why something sealed does not open.

use crate::keys;

/// Why something is not sealed or does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Sealed under another master key than this one.
    #[error("this is not the master key that it was sealed with")]
    WrongMasterKey,
    /// Sealed under another issuer's data key, or an earlier one.
    #[error("this is not the data key that it was sealed with")]
    WrongDataKey,
    /// The key is the right one, so the sealed bytes are not what they were, or
    /// not where they were.
    #[error("the sealed key is damaged, or lies in the place of another")]
    Damaged,
    /// Sealed in a form that a later version of this software writes.
    #[error("the key was sealed by a later version of this software")]
    Version,
    /// Not a master key as it is written to a file.
    #[error("this is not a master key as this software writes it")]
    MasterKeyText,
    /// Written as a master key is, but a character is wrong or missing.
    #[error("the master key was not copied whole: its check does not fit")]
    MasterKeyMistyped,
    /// Not the value that a master key is recognised by.
    #[error("the value that the master key is recognised by is malformed")]
    CheckValue,
    /// A passphrase that is too short to keep anything.
    #[error("a passphrase has at least 15 characters")]
    ShortPassphrase,
    /// Not a recipe for passphrases, or a weak or an unreasonable one.
    #[error("the recipe for the passphrase is malformed or out of bounds")]
    Recipe,
    /// What was sealed is not a key of the kind that its place says.
    #[error(transparent)]
    Key(#[from] keys::Error),
    /// The cryptographic library failed, for want of memory for example.
    #[error("the cryptographic library failed")]
    Failed,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongMasterKey => "master_key_wrong",
            Self::MasterKeyText | Self::MasterKeyMistyped => "master_key_malformed",
            Self::WrongDataKey | Self::Damaged | Self::CheckValue => "key_sealed_damaged",
            Self::Version => "key_sealed_later",
            Self::ShortPassphrase => "passphrase_short",
            Self::Recipe => "passphrase_recipe",
            Self::Key(error) => error.code(),
            Self::Failed => "key_operation_failed",
        }
    }
}
