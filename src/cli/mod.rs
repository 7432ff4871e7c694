//! The command line: one file for each command.
//!
//! Scripts rely on the commands, their options and their exit codes; they
//! change only by addition. Whatever goes wrong with a call is one clear line
//! on standard error.

mod achievement;
mod administration;
mod backup;
mod bake;
mod check;
mod completion;
mod config;
mod credential;
mod demo;
mod doctor;
mod documents;
mod failure;
mod files;
mod issuer;
mod key;
mod network;
mod node;
mod node_options;
mod serve;
mod show;
mod sign;
mod token;
mod vectors;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Sign, check and save Open Badges.
#[derive(Debug, Parser)]
#[command(
    name = "countersign",
    version,
    about,
    max_term_width = 100,
    propagate_version = true
)]
#[command(after_help = "Examples:\n  \
    countersign check badge.png https://badges.example.org/credentials/1\n  \
    countersign check --json --documents saved/ badge.json\n  \
    countersign key new -o council.key\n  \
    countersign sign draft.json --key council.key --set-issuer -o badge.json\n  \
    countersign bake picture.svg badge.json -o badge.svg\n\n\
    `countersign help COMMAND` says more about each.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Sign(sign::Args),
    Bake(bake::BakeArgs),
    Unbake(bake::UnbakeArgs),
    Key(key::Args),
    Issuer(issuer::Args),
    Achievement(achievement::Args),
    Credential(credential::Args),
    Token(token::Args),
    Vectors(vectors::Args),
    Demo(demo::Args),
    Serve(serve::Args),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    Doctor(doctor::DoctorArgs),
    Migrate(doctor::MigrateArgs),
    Audit(doctor::AuditArgs),
    Openapi(doctor::OpenApiArgs),
    Config(config::Args),
    Completion(completion::Args),
}

/// Runs the command line and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let outcome = match Cli::try_parse_from(arguments) {
        Ok(cli) => dispatch(cli.command),
        Err(error) if error.use_stderr() => Err(Failure::usage(first_line(&error))),
        Err(help) => {
            // Help and version go to standard output; nothing is lost if it is
            // closed.
            let _ = help.print();
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|failure| failure.report())
}

fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Sign(args) => sign::run(&args),
        Command::Bake(args) => bake::bake(&args),
        Command::Unbake(args) => bake::unbake(&args),
        Command::Key(args) => key::run(&args),
        Command::Issuer(args) => issuer::run(&args),
        Command::Achievement(args) => achievement::run(&args),
        Command::Credential(args) => credential::run(&args),
        Command::Token(args) => token::run(&args),
        Command::Vectors(args) => vectors::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Doctor(args) => doctor::doctor(&args),
        Command::Migrate(args) => doctor::migrate(&args),
        Command::Audit(args) => doctor::audit(&args),
        Command::Openapi(args) => doctor::openapi(&args),
        Command::Config(args) => config::run(&args),
        Command::Completion(args) => Ok(completion::run(&args)),
    }
}

/// What clap says, without the usage text below it.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let mut lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let said: Vec<&str> = lines.by_ref().filter(|line| !line.is_empty()).collect();
    said.join(" ").trim_start_matches("error: ").to_owned()
}

/// The whole command line, for completion scripts and tests.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
