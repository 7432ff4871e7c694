//! `countersign sign`.
use super::failure::Failure;
use std::process::ExitCode;

/// Seal one badge offline
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args) -> Result<ExitCode, Failure> {
    Err(Failure::usage("not yet"))
}
