//! Back-ups of a node's database, sealed: one file, made while the node runs,
//! looked over before it counts (REL-16).
//!
//! ```text
//! line 1    JSON: what it is, when it was made, its key (sealed by the master key)
//! then      parts: length (4 bytes, big-endian), sealed bytes; the last says so
//! ```
//!
//! **Promises.** A back-up that was not opened again and read whole is not
//! called one. It holds no key that opens without the master key, which is not
//! in it. A cut-off, changed or re-ordered file does not open.

mod read;
mod reconcile;
mod write;

pub use read::{Unpacked, unpack};
pub use reconcile::{Reconciled, reconcile, resume_without_log};
pub use write::write;

use crate::store::backup::Counts;
use serde::{Deserialize, Serialize};

/// What a file of ours begins with.
const FORMAT: &str = "countersign backup 1";
/// Bytes of the database in a part.
const PART: usize = 1024 * 1024;
/// What the key is sealed for, in place of an issuer's name.
const TENANT: &str = "backup";

/// The first line of a back-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    format: String,
    /// When it was made.
    pub created_at: String,
    /// How often the database was restored before.
    pub epoch: i64,
    /// How many rows it has.
    pub counts: Counts,
    /// The head of the audit.
    pub audit_head: String,
    key: String,
}

/// Why a back-up cannot be made or used. For operators.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no back-up, or is cut off or changed.
    #[error("this is no whole back-up: {0}")]
    Damaged(&'static str),
    /// It opens with another master key.
    #[error("the back-up does not open with this master key: {0}")]
    Key(#[from] crate::keys::vault::Error),
    /// The database in it is not as it should be.
    #[error("the database: {0}")]
    Database(#[from] crate::store::Error),
    /// The audit in it is not whole.
    #[error("the audit: {0}")]
    Audit(crate::store::audit::Broken),
    /// There is a database already.
    #[error("{0} is there already; move it away first")]
    Occupied(std::path::PathBuf),
}

fn at(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}
