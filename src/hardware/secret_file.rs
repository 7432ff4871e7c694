//! Files that hold a secret: a PIN, a master key, a passphrase.
//!
//! **Promises.** A file that anybody but its owner may open is refused, because
//! then it may have been read already (SEC-84). What is looked at is the open
//! file, not the name, so it can't be exchanged in between.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// No PIN, passphrase or master key is longer.
const LONGEST: usize = 4096;

/// Why a file with a secret is not read.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// It is not there, or cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others may read or change it.
    #[error("{} is open to others (mode {mode:03o}): take the secret for known, or set mode 600", .path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Empty, too long, not a file, or not text.
    #[error("{} does not hold one line of text", .path.display())]
    NotALine {
        /// Which file.
        path: PathBuf,
    },
}

impl SecretFileError {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "secret_file_unreadable",
            Self::Open { .. } => "secret_file_open",
            Self::NotALine { .. } => "secret_file_malformed",
        }
    }
}

/// Reads the one line of a file that only its owner may open, without the line
/// break at its end. Other white space may be a part of the secret.
///
/// # Errors
/// [`SecretFileError`].
pub fn read_secret_file(path: &Path) -> Result<Zeroizing<String>, SecretFileError> {
    let unreadable = |source| SecretFileError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let not_a_line = || SecretFileError::NotALine {
        path: path.to_owned(),
    };
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(not_a_line());
    }
    refuse_open(path, &metadata)?;
    // In one piece: a text that grows leaves its beginnings in memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    file.take(LONGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| not_a_line())?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() || line.contains(['\n', '\r', '\0']) || bytes.len() > LONGEST {
        return Err(not_a_line());
    }
    Ok(Zeroizing::new(line.to_owned()))
}

#[cfg(unix)]
fn refuse_open(path: &Path, metadata: &std::fs::Metadata) -> Result<(), SecretFileError> {
    let mode = std::os::unix::fs::MetadataExt::mode(metadata) & 0o777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(SecretFileError::Open {
            path: path.to_owned(),
            mode,
        })
    }
}

/// Elsewhere files have no mode, and their owner has to see to it.
#[cfg(not(unix))]
const fn refuse_open(_: &Path, _: &std::fs::Metadata) -> Result<(), SecretFileError> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn file(name: &str, bytes: &[u8], mode: u32) -> PathBuf {
        let name = format!("countersign-secret-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("a mode");
        path
    }

    #[track_caller]
    fn check(name: &str, bytes: &[u8], mode: u32) -> Result<String, &'static str> {
        let path = file(name, bytes, mode);
        let read = read_secret_file(&path);
        std::fs::remove_file(path).expect("removed");
        read.map(|line| line.to_string())
            .map_err(|error| error.code())
    }

    #[test]
    fn one_line_is_read_without_its_end() {
        assert_eq!(check("plain", b"1234", 0o600).as_deref(), Ok("1234"));
        assert_eq!(check("unix", b"1234\n", 0o400).as_deref(), Ok("1234"));
        assert_eq!(check("windows", b"1234\r\n", 0o600).as_deref(), Ok("1234"));
        assert_eq!(check("spaces", b" 1 2 \n", 0o600).as_deref(), Ok(" 1 2 "));
        let longest = vec![b'x'; LONGEST];
        assert!(check("longest", &longest, 0o600).is_ok());
    }

    #[test]
    fn a_file_that_others_may_open_is_refused() {
        for mode in [0o644, 0o640, 0o604, 0o660, 0o620, 0o602, 0o611, 0o777] {
            let name = format!("open-{mode:o}");
            assert_eq!(
                check(&name, b"1234", mode),
                Err("secret_file_open"),
                "{mode:o}"
            );
        }
    }

    #[test]
    fn what_is_not_one_line_is_refused() {
        let too_long = vec![b'x'; LONGEST + 1];
        for (name, bytes) in [
            ("empty", &b""[..]),
            ("blank", b"\n"),
            ("two", b"1234\n5678\n"),
            ("old", b"1234\r5678"),
            ("zero", b"12\x0034"),
            ("binary", b"\xff\xfe"),
            ("long", &too_long),
        ] {
            assert_eq!(
                check(name, bytes, 0o600),
                Err("secret_file_malformed"),
                "{name}"
            );
        }
        let folder = read_secret_file(&std::env::temp_dir()).map_err(|error| error.code());
        assert_eq!(folder.err(), Some("secret_file_malformed"));
    }

    #[test]
    fn a_missing_file_is_told_by_its_name() {
        let error = read_secret_file(Path::new("/nowhere/pin")).expect_err("no file");
        assert_eq!(error.code(), "secret_file_unreadable");
        assert!(error.to_string().contains("/nowhere/pin"), "{error}");
    }
}
