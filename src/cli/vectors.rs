//! `countersign vectors`.
use super::failure::Failure;
use std::path::PathBuf;
use std::process::ExitCode;

/// Run a folder of test cases
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder
    folder: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    Err(Failure::usage(format!(
        "{}: not yet",
        args.folder.display()
    )))
}
