//! `countersign backup` and `countersign restore`.

use super::failure::Failure;
use super::node_options::NodeOptions;
use super::{files, node};
use crate::app::{self, Keys};
use crate::config::Config;
use crate::edge::backup::{self, Header};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Copy a node's database to one sealed file, and look the copy over
///
/// The node may run. The master key and the issue log are not in it: keep the
/// key elsewhere, and the issue log on another disk.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign backup --data /var/lib/countersign -o monday.backup"
)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    node: NodeOptions,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Put a back-up in the place of a lost database
///
/// Without --apply it only opens the back-up and tells what is inside. With it
/// the badges that were given since come back from the issue log, and nothing
/// is given again from a status list that was open then.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign restore monday.backup --data /var/lib/countersign\n  \
    countersign restore monday.backup --data /var/lib/countersign --apply\n  \
    countersign restore --resume --without-issue-log --data /var/lib/countersign --apply")]
pub(super) struct RestoreArgs {
    /// The back-up
    #[arg(value_name = "FILE", required_unless_present = "resume")]
    input: Option<PathBuf>,
    #[command(flatten)]
    node: NodeOptions,
    /// Do it
    #[arg(long)]
    apply: bool,
    /// Only bring a restored database up to date
    #[arg(long, conflicts_with = "input")]
    resume: bool,
    /// The issue log is lost: go on without it, on new status lists
    #[arg(long)]
    without_issue_log: bool,
}

pub(super) fn backup(args: &BackupArgs) -> Result<ExitCode, Failure> {
    let config = node::config(&args.node)?;
    let keys = keys(&config)?;
    let now = files::moment(None)?;
    let header = backup::write(&config.database.file, &args.output, &keys.master, now)
        .map_err(|error| Failure::data(error.to_string()))?;
    node::say(&format!(
        "{}\nwritten to {}, opened again and read whole.\n",
        told(&header),
        args.output.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn keys(config: &Config) -> Result<Keys, Failure> {
    app::keys(config).map_err(|error| Failure::config(error.to_string()))
}

fn told(header: &Header) -> String {
    let counts = &header.counts;
    format!(
        "A back-up of {}: {} organisations, {} badge designs, {} badges, {} entries of the audit,",
        header.created_at, counts.issuers, counts.achievements, counts.credentials, counts.audit
    )
}

pub(super) fn restore(args: &RestoreArgs) -> Result<ExitCode, Failure> {
    let config = node::config(&args.node)?;
    if let Some(input) = &args.input {
        put_back(args, &config, input)?;
        if !args.apply {
            return Ok(ExitCode::SUCCESS);
        }
    }
    if !args.apply {
        return Err(Failure::usage(
            "say --apply to bring the database up to date",
        ));
    }
    up_to_date(args, config)
}

/// Opens the back-up beside the place of the database, and with `--apply`
/// moves it there.
fn put_back(args: &RestoreArgs, config: &Config, input: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::data(error.to_string());
    let file = &config.database.file;
    if args.apply && file.exists() {
        return Err(failed(&backup::Error::Occupied(file.clone())));
    }
    let keys =
        app::keys_for_restoring(config).map_err(|error| Failure::config(error.to_string()))?;
    std::fs::create_dir_all(&config.database.folder)
        .map_err(|error| Failure::unwritable(&config.database.folder, error))?;
    let place = file.with_extension("restoring");
    drop(std::fs::remove_file(&place));
    let unpacked = backup::unpack(input, &place, &keys.master);
    let moved = unpacked
        .map_err(|error| failed(&error))
        .and_then(|unpacked| {
            node::say(&format!(
                "{}\nread whole; {} entries of the audit follow each other.\n",
                told(&unpacked.header),
                unpacked.audit_entries
            ))?;
            if args.apply {
                std::fs::rename(&place, file).map_err(|error| Failure::unwritable(file, error))?;
            }
            Ok(())
        });
    drop(std::fs::remove_file(&place));
    moved
}

fn up_to_date(args: &RestoreArgs, config: Config) -> Result<ExitCode, Failure> {
    let now = files::moment(None)?.as_unix();
    let opened = node::open_restored(config, args.without_issue_log)?;
    let store = &opened.state.store;
    if args.without_issue_log {
        let closed = backup::resume_without_log(store, now)
            .map_err(|error| Failure::data(error.to_string()))?;
        node::say(&format!(
            "{closed} status lists are closed; new badges get new ones.\n"
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let found = backup::reconcile(store, now).map_err(|error| Failure::data(error.to_string()))?;
    node::say(&format!(
        "The issue log knows {} badges; {} of them were missing and are back. {} withdrawals and pauses in it hold. {} status lists are closed; new badges get new ones.\n",
        found.logged, found.recovered, found.changes, found.closed_lists
    ))?;
    for id in &found.lost {
        node::say(&format!(
            "Not back, because its organisation or key came later: {id}\n"
        ))?;
    }
    let code = if found.lost.is_empty() { 0 } else { 1 };
    Ok(ExitCode::from(code))
}
