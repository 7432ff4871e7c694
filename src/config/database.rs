//! The section `[database]`.

use super::parse;
use std::path::PathBuf;

/// The data folder, if nobody names another.
pub(super) const FOLDER: &str = "countersign-data";

settings! {
    /// Where the node keeps what it must not lose.
    pub struct Database = "database" {
        /// The data folder. All other paths that do not begin at the root are taken from here.
        folder: PathBuf = "countersign-data" => parse::path;
        /// The SQLite database, on a local disk.
        file: PathBuf = "countersign.db" => parse::path;
        /// The issue log: every badge ever issued, one after the other. Best on a disk of its own:
        /// it is what a restored database is compared with.
        issue_log: PathBuf = "issue.log" => parse::path;
        /// Connections that read beside each other.
        readers: u32 = "4" => |raw| parse::number(raw, 1..=64);
    }
}
