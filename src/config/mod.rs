//! A node's settings, from a file, the environment and the command line.
//!
//! **For:** everything that an operator may choose. Each section is one file
//! here, written once: the struct, its table for the manual and its reading
//! come from one list.
//!
//! **Promises.** All problems are told at once, each with its setting, where it
//! was given, what is wrong and what would be right. A value that was read is
//! what it claims to be: a time is longer than none, the base address is one
//! that others fetch from. Secrets are never printed. Nothing here reads the
//! environment of the process: variables are an argument.
//!
//! **Does not:** open databases, read keys, or make files.

// The sections below are written with its macro.
#[macro_use]
mod settings;

mod database;
mod fetch;
mod file;
mod given;
mod http;
mod issuing;
mod keys;
mod logs;
mod modes;
mod nearest;
mod node;
mod parse;
mod problem;
mod rates;
mod raw;
mod retention;
mod rules;
mod secret;
mod sections;
mod show;
mod values;

#[cfg(test)]
mod sample_tests;
#[cfg(test)]
mod tests;

pub use database::Database;
pub use fetch::Fetch;
pub use http::Http;
pub use issuing::Issuing;
pub use keys::{Keys, MasterKey, MasterKind};
pub use logs::{LogFormat, LogLevel, Logs};
pub use modes::check_modes;
pub use node::Environment;
pub use problem::{Origin, Problem, Problems};
pub use rates::Rates;
pub use retention::Retention;
pub use secret::{Secret, SecretFrom, SecretUnreadable};
pub use sections::fields;
pub use settings::Field;
pub use show::show;
pub use values::{BaseUrl, ByteSize, Cidr, HostPort, Rate};

use given::Given;
use sections::Drafts;
use std::ffi::OsString;
use std::path::PathBuf;

/// A settings file with every setting, its default and what it means.
pub const SAMPLE: &str = include_str!("sample.toml");

/// All settings of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What the node is for.
    pub environment: Environment,
    /// Whether it was started with `--dev`: plain http on this machine.
    pub dev: bool,
    /// How others reach the node.
    pub http: Http,
    /// Where it keeps what it must not lose.
    pub database: Database,
    /// Where its keys are.
    pub keys: Keys,
    /// How often one client may ask.
    pub rates: Rates,
    /// How it fetches what others publish.
    pub fetch: Fetch,
    /// How badges and status lists are made.
    pub issuing: Issuing,
    /// How long things are kept.
    pub retention: Retention,
    /// What it logs.
    pub logs: Logs,
}

/// What the command line says about settings; it wins over all else.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The settings file (`--config`).
    pub config: Option<PathBuf>,
    /// The data folder (`--data`).
    pub data: Option<PathBuf>,
    /// The address to listen on (`--listen`).
    pub listen: Option<String>,
    /// The base address (`--base-url`).
    pub base_url: Option<String>,
    /// For trying things out on this machine (`--dev`).
    pub dev: bool,
}

impl Config {
    /// Reads all settings: defaults, then the file, then variables, then
    /// options. The file is the one that `overrides` names, else the variable
    /// `COUNTERSIGN_CONFIG`, else `countersign.toml` in the data folder if it
    /// is there.
    ///
    /// # Errors
    /// [`Problems`]: all of them.
    pub fn load(
        overrides: &Overrides,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let given = Given::gather(overrides, variables, &mut problems);
        let drafts = Drafts::read(&given, &mut problems);
        problems.extend(rules::check(&drafts, overrides.dev, &given));
        let config = drafts.finish(overrides.dev);
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(Problems(problems)),
        }
    }
}
