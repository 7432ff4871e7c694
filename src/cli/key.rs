//! `countersign key`.

use super::failure::Failure;
use super::files;
use crate::did;
use crate::keys::{Algorithm, SecretKey};
use std::path::PathBuf;
use std::process::ExitCode;

/// Make keys
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(NewArgs),
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

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let Command::New(args) = &args.command;
    let algorithm = match args.kind {
        Kind::Ed25519 => Algorithm::Ed25519,
        Kind::P256 => Algorithm::P256,
        Kind::P384 => Algorithm::P384,
        Kind::Rsa => Algorithm::Rsa,
    };
    let mut chance = rand::rng();
    let key = SecretKey::generate(algorithm, &mut chance)
        .map_err(|error| Failure::ours(error.to_string()))?;
    let pem = key
        .to_pem()
        .map_err(|error| Failure::ours(error.to_string()))?;
    files::write_secret(&args.output, pem.as_bytes())?;
    files::write(None, names(&key).as_bytes())?;
    Ok(ExitCode::SUCCESS)
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
