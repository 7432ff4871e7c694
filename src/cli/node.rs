//! What the commands share that open a node's data.

use super::failure::Failure;
use super::files;
use crate::app::{self, OpenNodeError, Opened};
use crate::config::{Config, Overrides};
use std::path::PathBuf;

/// Where a node's settings and data are.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct NodeArgs {
    /// The settings file
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The folder of the node's data
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// The address to listen on
    #[arg(long, value_name = "ADDR")]
    pub(super) listen: Option<String>,
    /// How others reach the node
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Try things out on this machine: plain http, loopback only
    #[arg(long)]
    pub(super) dev: bool,
}

/// Reads the settings; all problems are told.
pub(super) fn config(args: &NodeArgs) -> Result<Config, Failure> {
    let overrides = Overrides {
        config: args.config.clone(),
        data: args.data.clone(),
        listen: args.listen.clone(),
        base_url: args.base_url.clone(),
        dev: args.dev,
    };
    Config::load(&overrides, std::env::vars_os())
        .map_err(|problems| Failure::config(problems.to_string()))
}

/// Opens the node's data.
pub(super) fn open(config: Config) -> Result<Opened, Failure> {
    app::open(config).map_err(|error| match error {
        OpenNodeError::Store(_) => Failure::ours(error.to_string()),
        error => Failure::config(error.to_string()),
    })
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
