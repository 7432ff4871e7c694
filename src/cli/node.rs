//! What the commands share that open a node's data.

use super::failure::Failure;
use super::files;
use super::node_options::{NodeOptions, variables};
use crate::app::{self, OpenNodeError, Opened};
use crate::config::Config;

/// Reads the settings; all problems are told.
pub(super) fn config(options: &NodeOptions) -> Result<Config, Failure> {
    Config::load(&options.overrides(), variables())
        .map_err(|problems| Failure::config(problems.to_string()))
}

/// Opens the node's data.
pub(super) fn open(config: Config) -> Result<Opened, Failure> {
    app::open(config).map_err(|error| not_opened(&error))
}

/// A node that does not open, as a command tells it.
pub(super) fn not_opened(error: &OpenNodeError) -> Failure {
    match error {
        OpenNodeError::Store(_) => Failure::ours(error.to_string()),
        error => Failure::config(error.to_string()),
    }
}

/// Opens a database that was restored; without its issue log if that is lost.
pub(super) fn open_restored(config: Config, without_log: bool) -> Result<Opened, Failure> {
    if without_log && !config.database.issue_log.exists() {
        let forgotten = crate::store::forget_log(&config.database.file);
        forgotten.map_err(|error| Failure::config(error.to_string()))?;
    }
    open(config)
}

/// Writes to standard output.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    files::write(None, text.as_bytes())
}

/// Ctrl-C, or SIGTERM of the service manager.
pub(super) async fn wait_for_the_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(tokio::signal::ctrl_c().await);
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
