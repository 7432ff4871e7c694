//! The one writer: requests that come together share a commit (REL-15).
//!
//! **Promises.** What was asked for runs in a transaction of its own, so one
//! that fails takes back nothing of another. An answer is given after the
//! commit is on the disk, never before (REL-02). What goes to the issue log is
//! on the disk before the commit: the log knows at least as much as the
//! database.
//!
//! **Does not** wait for more requests to come: while one commit is being
//! written the next group gathers by itself.

use super::facts;
use super::issue_log::IssueLog;
use super::{Conn, Error, Tx};
use diesel::Connection as _;
use diesel::connection::AnsiTransactionManager;
use diesel::connection::TransactionManager as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Most requests in one commit.
const GROUP: usize = 100;

/// L-20: most requests that wait.
const QUEUE: usize = 4_096;

/// A request to the writer: runs once, and is told how the commit went.
trait Act: Send {
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran;
    fn finish(self: Box<Self>, committed: Result<(), Error>);
}

/// How a request went, as far as its own transaction is concerned.
enum Ran {
    Kept,
    TakenBack,
}

struct Request<T, E, F> {
    act: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Act for Request<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Ran {
        let Some(act) = self.act.take() else {
            return Ran::TakenBack;
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| act(tx)))
            .unwrap_or_else(|_| Err(E::from(Error::Panicked)));
        let ran = match outcome {
            Ok(_) => Ran::Kept,
            Err(_) => Ran::TakenBack,
        };
        self.outcome = Some(outcome);
        ran
    }

    fn finish(self: Box<Self>, committed: Result<(), Error>) {
        let outcome = match (self.outcome, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Ok(_)) | None, Err(error)) => Err(E::from(error)),
            (Some(Err(error)), _) => Err(error),
            (None, Ok(())) => Err(E::from(Error::Closed)),
        };
        // Nobody waits any longer: the act stands all the same.
        drop(self.reply.send(outcome));
    }
}

/// The handle of the writer's thread.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Act>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread; it ends when the handle is dropped, after everything
    /// that was queued.
    pub(super) fn start(
        conn: Conn,
        log: IssueLog,
        on_commit: fn(u32, Duration),
    ) -> std::io::Result<Self> {
        let (queue, requests) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("database writer".to_owned())
            .spawn(move || {
                let mut all = Loop {
                    conn,
                    log,
                    on_commit,
                };
                all.run(&requests);
            })?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Queues a request.
    pub(super) fn ask<T, E, F>(&self, act: F) -> Result<oneshot::Receiver<Result<T, E>>, Error>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            act: Some(act),
            outcome: None,
            reply,
        };
        let queue = self.queue.as_ref().ok_or(Error::Closed)?;
        match queue.try_send(Box::new(request)) {
            Ok(()) => Ok(answer),
            Err(TrySendError::Full(_)) => Err(Error::Overloaded),
            Err(TrySendError::Disconnected(_)) => Err(Error::Closed),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct Loop {
    conn: Conn,
    log: IssueLog,
    on_commit: fn(u32, Duration),
}

impl Loop {
    fn run(&mut self, requests: &Receiver<Box<dyn Act>>) {
        while let Ok(first) = requests.recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(next) = requests.try_recv()
            {
                group.push(next);
            }
            let began = Instant::now();
            let committed = self.commit(&mut group);
            (self.on_commit)(
                u32::try_from(group.len()).unwrap_or(u32::MAX),
                began.elapsed(),
            );
            for act in group {
                act.finish(match &committed {
                    Ok(()) => Ok(()),
                    Err(error) => Err(again(error)),
                });
            }
        }
    }

    /// All of a group in one commit. After a failed commit nothing of it is
    /// kept.
    fn commit(&mut self, group: &mut [Box<dyn Act>]) -> Result<(), Error> {
        AnsiTransactionManager::begin_transaction_sql(&mut self.conn, "BEGIN IMMEDIATE")?;
        let written = self.run_all(group).and_then(|()| {
            fail::fail_point!("store.before_log", |_| std::process::abort());
            if let Some(mark) = self.log.write().map_err(Error::Log)? {
                facts::set_log_mark(&mut self.conn, mark)?;
            }
            fail::fail_point!("store.before_commit", |_| std::process::abort());
            AnsiTransactionManager::commit_transaction(&mut self.conn).map_err(Error::from)
        });
        fail::fail_point!("store.after_commit", |_| std::process::abort());
        if written.is_err() {
            self.log.forget();
            drop(AnsiTransactionManager::rollback_transaction(&mut self.conn));
        }
        written
    }

    fn run_all(&mut self, group: &mut [Box<dyn Act>]) -> Result<(), Error> {
        for act in group {
            let before = self.log.waiting();
            let log = &mut self.log;
            let ran = self.conn.transaction(|conn| {
                let mut tx = Tx { conn, log };
                match act.run(&mut tx) {
                    Ran::Kept => Ok(()),
                    Ran::TakenBack => Err(diesel::result::Error::RollbackTransaction),
                }
            });
            match ran {
                Ok(()) => {}
                Err(diesel::result::Error::RollbackTransaction) => self.log.forget_from(before),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The same failure for each of a group.
fn again(error: &Error) -> Error {
    match error {
        Error::Full => Error::Full,
        Error::Log(source) => Error::Log(std::io::Error::from(source.kind())),
        _ => Error::Database(diesel::result::Error::RollbackTransaction),
    }
}
