//! The database of a node.
//!
//! [`Store::open`] takes the folder for itself and brings the schema up to
//! date; [`Store::write`] runs something in a transaction and answers after
//! the commit; [`Store::read`] asks without changing anything. What is asked
//! and changed stands in one file for each aggregate, as functions that take a
//! connection.
//!
//! **Promises.** One process has the database at a time. A write that was
//! answered survives a power cut. A rule of the schema that is broken comes
//! back as [`Error::Refused`] with its name.
//!
//! **Does not** know HTTP, keys or badges: what it stores are texts and bytes.

mod constraint;
mod error;
mod fence;
mod issue_log;
mod migrate;
mod open;
#[rustfmt::skip]
mod schema;
#[cfg(test)]
pub(crate) mod testing;
mod writer;

pub mod achievements;
pub mod audit;
pub mod backup;
pub mod credentials;
pub mod facts;
pub mod files;
pub mod idempotency;
pub mod issuers;
pub mod jobs;
pub mod keys;
pub mod shares;
pub mod status;
pub mod stops;
pub mod tokens;

pub use constraint::Constraint;
pub use error::Error;
pub use fence::take_in;
pub use issue_log::{Entry as LogEntry, IssueLog, Logged, LoggedChange, Mark};
pub use migrate::{Pending, pending, run as migrate, undo_all};
pub use open::OpenError;

use diesel::r2d2::Pool;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// A connection. Part 3 adds PostgreSQL behind this name.
pub type Conn = diesel::sqlite::SqliteConnection;

/// What a write may use: the connection, and the issue log.
pub struct Tx<'a> {
    /// The connection, inside the transaction.
    pub conn: &'a mut Conn,
    log: &'a mut IssueLog,
}

impl Tx<'_> {
    /// Notes a badge for the issue log; it is written before the commit, and
    /// forgotten if the transaction is taken back.
    pub fn log(&mut self, badge: Logged) {
        self.log.add(LogEntry::Badge(badge));
    }

    /// Notes a withdrawal, a pause or an end of one, likewise.
    pub fn log_change(&mut self, change: LoggedChange) {
        self.log.add(LogEntry::Change(change));
    }
}

/// Where a store lies, and how many readers it has.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the database; it is made if it is missing.
    pub folder: PathBuf,
    /// The database file.
    pub file: PathBuf,
    /// The issue log; best on another disk.
    pub log: PathBuf,
    /// Connections that read.
    pub readers: u32,
    /// Told of every commit: how many writes shared it, and how long it took.
    pub on_commit: fn(u32, Duration),
}

impl Settings {
    /// Everything in one folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: folder.join("countersign.db"),
            log: folder.join("issued.log"),
            readers: 4,
            on_commit: |_, _| {},
        }
    }
}

/// The open database. Cheap to share.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

struct Inner {
    writer: Writer,
    readers: Pool<ReaderManager>,
    settings: Settings,
    /// Held as long as the store is open.
    _lock: File,
}

impl Store {
    /// Opens the database: takes the folder, looks at the library and the file
    /// system, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError`]; nothing was changed then, except that the folder may have
    /// been made.
    pub fn open(settings: Settings) -> Result<Self, OpenError> {
        let lock = take(&settings.folder)?;
        open::require_local(&settings.folder)?;
        let mut conn = open::writer(&settings.file)?;
        let unusable = |why: String| OpenError::Unusable {
            path: settings.file.clone(),
            why,
        };
        migrate::run(&mut conn).map_err(|error| unusable(error.to_string()))?;
        let known = facts::log_mark(&mut conn).map_err(|error| unusable(error.to_string()))?;
        let epoch = facts::epoch(&mut conn).map_err(|error| unusable(error.to_string()))?;
        let at_log = |source| OpenError::Folder {
            path: settings.log.clone(),
            source,
        };
        let (log, beyond) = IssueLog::open(&settings.log, epoch, known).map_err(at_log)?;
        fence::of_log(&mut conn, &beyond).map_err(|error| unusable(error.to_string()))?;
        let readers = Pool::builder()
            .max_size(settings.readers)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(false)
            .build(ReaderManager(settings.file.clone()))
            .map_err(|error| unusable(error.to_string()))?;
        let writer = Writer::start(conn, log, settings.on_commit).map_err(at_log)?;
        Ok(Self {
            inner: Arc::new(Inner {
                writer,
                readers,
                settings,
                _lock: lock,
            }),
        })
    }

    /// Runs `act` in a transaction of its own; the answer comes after the
    /// commit. What is in `act` is kept or taken back as one.
    ///
    /// # Errors
    /// Those of `act`; [`Error::Overloaded`] if too many writes wait,
    /// [`Error::Full`], [`Error::Closed`] and the like if it could not be kept.
    pub async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let answer = self.inner.writer.ask(act)?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// [`Store::write`] for callers without a runtime.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T, E, F>(&self, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let answer = self.inner.writer.ask(act)?;
        answer
            .blocking_recv()
            .unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Asks the database on a thread where waiting is allowed.
    ///
    /// # Errors
    /// Those of `ask`; [`Error::Closed`] if there is no connection.
    pub async fn read<T, E, F>(&self, ask: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_blocking(ask))
            .await
            .unwrap_or_else(|_| Err(Error::Panicked.into()))
    }

    /// [`Store::read`] on this thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T, E>(&self, ask: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<Error>,
    {
        let mut conn = self.inner.readers.get().map_err(|_| Error::Closed)?;
        ask(&mut conn)
    }

    /// Where it lies.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }
}

/// Lets a database forget how far it knew an issue log that is lost.
///
/// # Errors
/// [`OpenError`].
pub fn forget_log(file: &Path) -> Result<(), OpenError> {
    let mut conn = open::writer(file)?;
    facts::forget_log_mark(&mut conn).map_err(|error| OpenError::Unusable {
        path: file.to_owned(),
        why: error.to_string(),
    })
}

/// Makes connections that only read.
#[derive(Debug)]
struct ReaderManager(PathBuf);

impl diesel::r2d2::ManageConnection for ReaderManager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        open::reader(&self.0).map_err(|_| {
            diesel::r2d2::Error::ConnectionError(diesel::ConnectionError::BadConnection(
                "the database cannot be read".to_owned(),
            ))
        })
    }

    fn is_valid(&self, _conn: &mut Conn) -> Result<(), Self::Error> {
        Ok(())
    }

    fn has_broken(&self, _conn: &mut Conn) -> bool {
        false
    }
}

/// Makes the folder and locks it for this process (REL-20).
fn take(folder: &Path) -> Result<File, OpenError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| OpenError::Folder { path, source }
    };
    make_private(folder).map_err(at(folder))?;
    let path = folder.join("lock");
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(at(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::InUse { path }),
        Err(std::fs::TryLockError::Error(source)) => Err(OpenError::Folder { path, source }),
    }
}

/// Badges are about people: nobody else on the machine reads the folder.
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(test)]
mod tests {
    use super::testing::Folder;
    use super::*;

    fn put(store: &Store, name: &'static str, fail: bool) -> Result<(), Error> {
        store.write_blocking(move |tx| {
            facts::set(tx.conn, name, "1", 0)?;
            if fail {
                Err(Error::Damaged("on purpose"))
            } else {
                Ok(())
            }
        })
    }

    fn get(store: &Store, name: &'static str) -> Option<String> {
        store
            .read_blocking(|conn| facts::get(conn, name))
            .expect("the fact")
    }

    #[test]
    fn what_fails_is_taken_back_and_what_holds_is_kept() {
        let folder = Folder::new();
        let store = Store::open(Settings::in_folder(folder.path())).expect("a store");
        put(&store, "kept", false).expect("kept");
        assert!(put(&store, "lost", true).is_err());
        assert_eq!(get(&store, "kept").as_deref(), Some("1"));
        assert_eq!(get(&store, "lost"), None);
    }

    #[test]
    fn a_panic_takes_back_only_what_it_did() {
        let folder = Folder::new();
        let store = Store::open(Settings::in_folder(folder.path())).expect("a store");
        let panicked: Result<(), Error> = store.write_blocking(|tx| {
            facts::set(tx.conn, "lost", "1", 0)?;
            panic!("on purpose");
        });
        assert!(matches!(panicked, Err(Error::Panicked)));
        put(&store, "kept", false).expect("the writer lives");
        assert_eq!(get(&store, "lost"), None);
    }

    #[test]
    fn many_writers_share_commits_and_lose_nothing() {
        let folder = Folder::new();
        let store = Store::open(Settings::in_folder(folder.path())).expect("a store");
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let store = store.clone();
                scope.spawn(move || {
                    for n in 0..50 {
                        let name = format!("{thread}-{n}");
                        let done: Result<(), Error> =
                            store.write_blocking(move |tx| facts::set(tx.conn, &name, "1", 0));
                        done.expect("written");
                    }
                });
            }
        });
        for thread in 0..8 {
            for n in 0..50 {
                let name = format!("{thread}-{n}");
                let found = store.read_blocking(|conn| facts::get(conn, &name));
                assert_eq!(found.expect("a fact").as_deref(), Some("1"));
            }
        }
    }

    #[test]
    fn a_second_node_does_not_get_the_folder() {
        let folder = Folder::new();
        let first = Store::open(Settings::in_folder(folder.path())).expect("a store");
        let second = Store::open(Settings::in_folder(folder.path()));
        assert!(matches!(second, Err(OpenError::InUse { .. })));
        drop(first);
        Store::open(Settings::in_folder(folder.path())).expect("it is free again");
    }

    #[test]
    fn readers_cannot_write() {
        let folder = Folder::new();
        let store = Store::open(Settings::in_folder(folder.path())).expect("a store");
        let written = store.read_blocking(|conn| facts::set(conn, "x", "1", 0));
        assert!(written.is_err());
    }
}
