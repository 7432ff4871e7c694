//! `countersign key`: keys in files, and the keys of a node's organisations.

mod compromise;
mod of_node;

use super::failure::Failure;
use super::files;
use crate::did;
use crate::keys::{Algorithm, SecretKey};
use std::path::PathBuf;
use std::process::ExitCode;

/// Make keys, and look after those of a node's organisations
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(NewArgs),
    List(of_node::ListArgs),
    Add(of_node::AddArgs),
    Activate(of_node::ActivateArgs),
    Revoke(of_node::RevokeArgs),
    Compromise(compromise::Args),
}

/// Make a key, write it to a new file, and print its public names
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign key new -o council.key\n\nThe file is PKCS #8 (PEM), readable by its owner only. Keep it secret and keep a copy."
)]
struct NewArgs {
    /// What kind of key
    #[arg(long = "type", value_enum, default_value = "ed25519")]
    kind: Kind,
    /// The file to write; it must not exist
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    Ed25519,
    P256,
    P384,
    Rsa,
}

impl Kind {
    const fn algorithm(self) -> Algorithm {
        match self {
            Self::Ed25519 => Algorithm::Ed25519,
            Self::P256 => Algorithm::P256,
            Self::P384 => Algorithm::P384,
            Self::Rsa => Algorithm::Rsa,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::New(args) => new(args),
        Command::List(args) => of_node::list(args),
        Command::Add(args) => of_node::add(args),
        Command::Activate(args) => of_node::activate(args),
        Command::Revoke(args) => of_node::revoke(args),
        Command::Compromise(args) => compromise::run(args),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn new(args: &NewArgs) -> Result<(), Failure> {
    let algorithm = args.kind.algorithm();
    let mut chance = rand::rng();
    let key = SecretKey::generate(algorithm, &mut chance)
        .map_err(|error| Failure::ours(error.to_string()))?;
    let pem = key
        .to_pem()
        .map_err(|error| Failure::ours(error.to_string()))?;
    files::write_secret(&args.output, pem.as_bytes())?;
    files::write(None, names(&key).as_bytes())
}

fn names(key: &SecretKey) -> String {
    let public = key.public();
    match (did::key::did(public), public.to_multibase()) {
        (Some(did), Some(multibase)) => format!("did        {did}\nmultikey   {multibase}\n"),
        _ => format!(
            "did        {}\njwk        {}\n",
            did::jwk::did(public),
            crate::json::Value::Object(public.to_jwk()).to_json()
        ),
    }
}
