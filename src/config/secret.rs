//! Secrets in settings: never printed, wiped when dropped.

use std::fmt;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A text that nobody may see. It has no `Display`, its `Debug` shows `***`,
/// and its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Whoever calls this keeps it out of logs and errors.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("***")
    }
}

/// Where a secret is to be had from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretFrom {
    /// The first line of a file.
    File(PathBuf),
    /// A variable held it.
    Variable(Secret),
}

/// A secret could not be read. What was read is never told.
#[derive(Debug, thiserror::Error)]
pub enum SecretUnreadable {
    /// The file cannot be read.
    #[error("{0}: it cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// The file holds no secret on its first line.
    #[error("{0}: its first line is empty")]
    Empty(PathBuf),
    /// The file is no short text.
    #[error("{0}: it is longer than {MOST_BYTES} bytes")]
    TooLong(PathBuf),
}

impl SecretUnreadable {
    /// A stable name for logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "secret_unreadable"
    }
}

/// No passphrase and no PIN is longer.
const MOST_BYTES: u64 = 4096;

impl SecretFrom {
    /// Reads the secret: the first line of the file, without its end.
    ///
    /// # Errors
    /// [`SecretUnreadable`].
    pub fn read(&self) -> Result<Secret, SecretUnreadable> {
        use std::io::Read as _;
        let path = match self {
            Self::Variable(secret) => return Ok(secret.clone()),
            Self::File(path) => path,
        };
        // Room from the start: a string that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(8192));
        std::fs::File::open(path)
            .and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text))
            .map_err(|error| SecretUnreadable::File(path.clone(), error))?;
        if u64::try_from(text.len()).is_ok_and(|bytes| bytes > MOST_BYTES) {
            return Err(SecretUnreadable::TooLong(path.clone()));
        }
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Secret::new(line.to_owned())),
            _ => Err(SecretUnreadable::Empty(path.clone())),
        }
    }
}
