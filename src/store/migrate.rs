//! Changes of the database's shape; they are compiled in.

use super::Conn;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// What [`run`] would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Names of the changes, in order.
    pub names: Vec<String>,
}

/// What has to be done before this version can use the database.
///
/// # Errors
/// What the database says.
pub fn pending(conn: &mut Conn) -> Result<Pending, diesel::result::Error> {
    let pending = conn.pending_migrations(MIGRATIONS).map_err(unknown)?;
    Ok(Pending {
        names: pending
            .iter()
            .map(|migration| migration.name().to_string())
            .collect(),
    })
}

/// Brings the database up to date. A change that fails leaves the database as
/// it was before that change.
///
/// # Errors
/// What the database says.
pub fn run(conn: &mut Conn) -> Result<(), diesel::result::Error> {
    conn.run_pending_migrations(MIGRATIONS)
        .map(drop)
        .map_err(unknown)
}

/// Undoes every change; for tests of the way back.
///
/// # Errors
/// What the database says.
pub fn undo_all(conn: &mut Conn) -> Result<(), diesel::result::Error> {
    conn.revert_all_migrations(MIGRATIONS)
        .map(drop)
        .map_err(unknown)
}

fn unknown(error: Box<dyn std::error::Error + Send + Sync>) -> diesel::result::Error {
    diesel::result::Error::QueryBuilderError(error)
}
