//! Changes of the database's shape; they are compiled in.

use super::Conn;
use diesel::RunQueryDsl as _;
use diesel::migration::{MigrationName, MigrationSource};
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// What [`run`] would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Names of the changes, in order.
    pub names: Vec<String>,
}

/// What has to be done before this version can use the database. Nothing is
/// written, so it may be asked beside a node that runs.
///
/// # Errors
/// What the database says.
pub fn pending(conn: &mut Conn) -> Result<Pending, diesel::result::Error> {
    let done: Vec<Version> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load(conn)?;
    let all = MigrationSource::<Sqlite>::migrations(&MIGRATIONS).map_err(unknown)?;
    let is_done = |name: &dyn MigrationName| {
        let version = name.version().to_string();
        done.iter().any(|done| done.version == version)
    };
    Ok(Pending {
        names: all
            .iter()
            .filter(|migration| !is_done(migration.name()))
            .map(|migration| migration.name().to_string())
            .collect(),
    })
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
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
