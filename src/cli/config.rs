//! `countersign config`: a node's settings, looked at before it runs.

use super::failure::Failure;
use super::files;
use super::node_options::{NodeOptions, variables};
use crate::config::{Config, MasterKey, Problem, Problems, SAMPLE, check_modes, show};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Look at a node's settings
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(CheckArgs),
    Show(ShowArgs),
    /// Print a settings file with every setting, its default and what it means
    Sample,
}

/// Say everything that is wrong with the settings
///
/// Also looks at the files that hold secrets: nobody but their owner may read
/// them. Exit code: 0 if all is fine, else 78.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign config check --config /etc/countersign/countersign.toml"
)]
struct CheckArgs {
    #[command(flatten)]
    node: NodeOptions,
}

/// Print the settings that are in effect, and where each comes from
///
/// What is printed can serve as a settings file. Secrets are shown as ***.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign config show --data /var/lib/countersign")]
struct ShowArgs {
    #[command(flatten)]
    node: NodeOptions,
}

/// The exit code of wrong settings (`sysexits`: EX_CONFIG).
const WRONG: u8 = 78;

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Check(args) => check(&args.node),
        Command::Show(args) => match show(&args.node.overrides(), variables()) {
            Ok(text) => print(&text),
            Err(problems) => tell(&problems.0),
        },
        Command::Sample => print(SAMPLE),
    }
}

fn check(node: &NodeOptions) -> Result<ExitCode, Failure> {
    match Config::load(&node.overrides(), variables()) {
        Err(Problems(problems)) => tell(&problems),
        Ok(config) => match check_modes(&config).as_slice() {
            [] => print(&summary(&config)),
            problems => tell(problems),
        },
    }
}

fn print(text: &str) -> Result<ExitCode, Failure> {
    files::write(None, text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Every problem on a line of its own, and their number.
fn tell(problems: &[Problem]) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    for problem in problems {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{problem}");
    }
    let _ = match problems.len() {
        1 => writeln!(text, "\nThere is 1 problem."),
        many => writeln!(text, "\nThere are {many} problems."),
    };
    files::write(None, text.as_bytes())?;
    Ok(ExitCode::from(WRONG))
}

/// The settings that matter most, without secrets.
fn summary(config: &Config) -> String {
    let dev = if config.dev { ", --dev" } else { "" };
    let environment = match config.environment {
        crate::config::Environment::Production => "production",
        crate::config::Environment::Development => "development",
    };
    let metrics = config
        .http
        .metrics
        .map_or("off".to_owned(), |address| address.to_string());
    let rows = [
        ("Environment", format!("{environment}{dev}")),
        ("Address", config.http.base_url.to_string()),
        ("Listens on", config.http.listen.to_string()),
        ("Metrics on", metrics),
        ("Data folder", config.database.folder.display().to_string()),
        ("Database", config.database.file.display().to_string()),
        ("Issue log", config.database.issue_log.display().to_string()),
        ("Master key", master_key(&config.keys.master)),
    ];
    let mut text = "The configuration is fine.\n\n".to_owned();
    for (name, value) in rows {
        let _ = writeln!(text, "  {name:<12} {value}");
    }
    text
}

fn master_key(key: &MasterKey) -> String {
    match key {
        MasterKey::File(path) if path.exists() => path.display().to_string(),
        MasterKey::File(path) => format!("{} (not there yet)", path.display()),
        MasterKey::Passphrase(_) => "from a passphrase".to_owned(),
        MasterKey::Pkcs11 { token, .. } => format!("in hardware, token {token}"),
    }
}
