//! The options that every command about a node takes, and the one reading of
//! the environment.

use crate::config::Overrides;
use std::ffi::OsString;
use std::path::PathBuf;

/// Which node is meant, and what differs from its settings file.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct NodeOptions {
    /// The settings file (default: countersign.toml in the data folder)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address and port to listen on
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The address that strangers reach the node by
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Try things out on this machine: plain http, a base URL on localhost
    #[arg(long)]
    dev: bool,
}

impl NodeOptions {
    /// What the options say.
    pub(super) fn overrides(&self) -> Overrides {
        Overrides {
            config: self.config.clone(),
            data: self.data.clone(),
            listen: self.listen.clone(),
            base_url: self.base_url.clone(),
            dev: self.dev,
        }
    }
}

/// The environment of the process.
pub(super) fn variables() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os()
}
