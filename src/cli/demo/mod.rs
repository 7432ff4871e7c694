//! `countersign demo`.
use super::failure::Failure;
use std::process::ExitCode;

/// Show what it does
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args) -> Result<ExitCode, Failure> {
    Err(Failure::usage("not yet"))
}
