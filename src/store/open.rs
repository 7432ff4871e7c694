//! Opens the database so that nothing which was acknowledged can be lost.
//!
//! SQLite: write-ahead log, every commit on the disk before it is told, one
//! writer (REL-14). A library that is older than 3.51.3 can damage a database
//! with two connections and is refused.

use super::{Conn, Error};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, RunQueryDsl as _};
use std::path::{Path, PathBuf};

/// The oldest SQLite that does not damage a database (the WAL-reset race).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Why a database cannot be used at all. For operators.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or read.
    #[error("{path}: {source}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The library is too old.
    #[error("SQLite {found} can damage databases; 3.51.3 or newer is needed")]
    OldSqlite {
        /// The version found.
        found: String,
    },
    /// The file lies where locks and writes are not what they seem.
    #[error(
        "{path} lies on a network or user file system ({kind}); the database needs a local disk"
    )]
    NotLocal {
        /// The folder.
        path: PathBuf,
        /// The kind of file system.
        kind: &'static str,
    },
    /// Another node has it.
    #[error("{path} is in use by another node")]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The file is no database, or has a shape that this version does not know.
    #[error("{path} cannot be used: {why}")]
    Unusable {
        /// The database file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

/// What every connection is set to. `trusted_schema` keeps functions out of a
/// file that somebody else made; `secure_delete` overwrites what is erased.
const EVERY_CONNECTION: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA secure_delete = ON;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
";

/// Opens the connection that writes.
///
/// # Errors
/// [`OpenError`].
pub(super) fn writer(file: &Path) -> Result<Conn, OpenError> {
    let mut conn = connect(file)?;
    require_new_sqlite(&mut conn, file)?;
    let unusable = |error: diesel::result::Error| OpenError::Unusable {
        path: file.to_owned(),
        why: error.to_string(),
    };
    conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 2000;")
        .map_err(unusable)?;
    conn.batch_execute(EVERY_CONNECTION).map_err(unusable)?;
    Ok(conn)
}

/// Opens a connection that only reads.
///
/// # Errors
/// [`Error`].
pub(super) fn reader(file: &Path) -> Result<Conn, Error> {
    let mut conn = beside(file)?;
    conn.batch_execute("PRAGMA query_only = ON; PRAGMA cache_size = -16384;")?;
    Ok(conn)
}

/// Opens a connection beside a node that runs, for SQLite's own copying.
///
/// # Errors
/// [`Error`].
pub(super) fn beside(file: &Path) -> Result<Conn, Error> {
    if !file.is_file() {
        return Err(Error::Damaged("there is no database"));
    }
    let mut conn = Conn::establish(&file.to_string_lossy()).map_err(|_| Error::Closed)?;
    conn.batch_execute(EVERY_CONNECTION)?;
    Ok(conn)
}

fn connect(file: &Path) -> Result<Conn, OpenError> {
    Conn::establish(&file.to_string_lossy()).map_err(|error| OpenError::Unusable {
        path: file.to_owned(),
        why: error.to_string(),
    })
}

fn require_new_sqlite(conn: &mut Conn, file: &Path) -> Result<(), OpenError> {
    let found: Version = diesel::sql_query("SELECT sqlite_version() AS version")
        .get_result(conn)
        .map_err(|error| OpenError::Unusable {
            path: file.to_owned(),
            why: error.to_string(),
        })?;
    if is_new_enough(&found.version) {
        Ok(())
    } else {
        Err(OpenError::OldSqlite {
            found: found.version,
        })
    }
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    match (next(), next(), next()) {
        (Some(major), Some(minor), Some(patch)) => (major, minor, patch) >= OLDEST_SQLITE,
        _ => false,
    }
}

/// Refuses folders on network and user file systems by their `statfs` type.
///
/// # Errors
/// [`OpenError::NotLocal`], [`OpenError::Folder`].
pub(super) fn require_local(folder: &Path) -> Result<(), OpenError> {
    let found = rustix::fs::statfs(folder).map_err(|error| OpenError::Folder {
        path: folder.to_owned(),
        source: error.into(),
    })?;
    // The type is signed on some platforms; the numbers fit 32 bits.
    let kind = u32::try_from(found.f_type & 0xffff_ffff).unwrap_or_default();
    match remote_kind(kind) {
        None => Ok(()),
        Some(kind) => Err(OpenError::NotLocal {
            path: folder.to_owned(),
            kind,
        }),
    }
}

/// `statfs(2)`: the numbers of file systems that are not a local disk.
const fn remote_kind(kind: u32) -> Option<&'static str> {
    match kind {
        0x6969 => Some("NFS"),
        0xff53_4d42 | 0x517b | 0xfe53_4d42 => Some("SMB"),
        0x6573_5546 => Some("FUSE"),
        0x0102_1997 => Some("9P"),
        0x00c3_6400 => Some("Ceph"),
        0x5346_414f | 0x6b41_4653 => Some("AFS"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_refused() {
        for (version, good) in [
            ("3.51.3", true),
            ("3.53.2", true),
            ("4.0.0", true),
            ("3.51.2", false),
            ("3.40.1", false),
            ("3.7.17", false),
            ("", false),
            ("3.51", false),
        ] {
            assert_eq!(is_new_enough(version), good, "{version}");
        }
    }

    #[test]
    fn file_systems_of_other_machines_are_refused() {
        for kind in [0x6969, 0xff53_4d42, 0x6573_5546, 0x0102_1997] {
            assert!(remote_kind(kind).is_some(), "{kind:x}");
        }
        // ext4, xfs, btrfs, tmpfs, overlay
        for kind in [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630] {
            assert_eq!(remote_kind(kind), None, "{kind:x}");
        }
    }
}
