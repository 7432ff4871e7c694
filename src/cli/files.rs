//! Reading and writing files, and the one reading of the clock.

use super::failure::Failure;
use crate::clock::Moment;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

/// Reads a file, or standard input for `-`, up to `limit` bytes and one more:
/// what is longer is found to be too long by whoever reads it.
pub(super) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let outcome = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| Failure::unreadable(path, plain(&error)))?;
    Ok(bytes)
}

/// Writes to a file, or to standard output without one.
pub(super) fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = path else {
        let mut out = std::io::stdout().lock();
        return out
            .write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|error| Failure::unwritable(Path::new("standard output"), plain(&error)));
    };
    fs::write(path, bytes).map_err(|error| Failure::unwritable(path, plain(&error)))
}

/// Writes a new file that only its owner may read. An existing file is never
/// overwritten: it may hold the only copy of a key.
pub(super) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|error| Failure::unwritable(path, plain(&error)))
}

/// The moment given, or now in whole seconds.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub(super) fn moment(given: Option<Moment>) -> Result<Moment, Failure> {
    if let Some(moment) = given {
        return Ok(moment);
    }
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok());
    seconds
        .and_then(|seconds| Moment::from_unix(seconds).ok())
        .ok_or_else(|| Failure::ours("the clock of this machine is wrong"))
}

/// Reads `--at`.
pub(super) fn parse_moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text)
        .map_err(|_| "write a date and time with a zone, like 2026-11-25T12:00:00Z".to_owned())
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::AlreadyExists => "the file is there already".to_owned(),
        _ => error.to_string(),
    }
}
