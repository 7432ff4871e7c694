//! `countersign completion`.

use std::process::ExitCode;

/// Print a completion script for your shell
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign completion bash > /etc/bash_completion.d/countersign"
)]
pub(super) struct Args {
    /// Which shell
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> ExitCode {
    clap_complete::generate(
        args.shell,
        &mut super::command(),
        "countersign",
        &mut std::io::stdout(),
    );
    ExitCode::SUCCESS
}
