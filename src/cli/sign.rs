//! `countersign sign`.

use super::failure::Failure;
use super::files;
use crate::clock::Moment;
use crate::did;
use crate::issue::lint::Broken;
use crate::issue::{self, Draft, Method, Seal, Settings, Signed};
use crate::json::Value;
use crate::keys::{Algorithm, PublicKey, SecretKey, Signer};
use crate::limits;
use crate::proof::Suite;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Seal one badge offline: looks it over first, and checks what was sealed
///
/// Exit code 65: the draft cannot be issued as it is; every reason is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign sign draft.json --key council.key --set-issuer -o badge.json\n  \
    countersign sign draft.json --key council.key --method did:web:badges.example.org#key-1\n  \
    countersign sign draft.json --key wallet.key --suite vc-jwt -o badge.jwt\n\n\
    Suites: eddsa-rdfc-2022 (the default for Ed25519 keys), eddsa-jcs-2022, ecdsa-rdfc-2019\n\
    (the default for P-256 and P-384), ecdsa-jcs-2019, vc-jwt (the default for RSA).\n\
    A proof is added to those that are there already.")]
pub(super) struct Args {
    /// The badge to seal, or - for standard input
    #[arg(value_name = "FILE")]
    draft: PathBuf,
    /// The secret key: PKCS #8 (PEM), JWK or Multikey
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// How to seal it
    #[arg(long, value_name = "NAME", value_parser = parse_seal)]
    suite: Option<Seal>,
    /// Where the public key is found [default: the key's did:key or did:jwk]
    #[arg(long, value_name = "URL")]
    method: Option<String>,
    /// Write the method's controller into issuer.id
    #[arg(long)]
    set_issuer: bool,
    /// Seal as of this moment instead of now
    #[arg(long, value_name = "RFC3339", value_parser = files::parse_moment)]
    at: Option<Moment>,
    /// The file to write instead of standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

fn parse_seal(name: &str) -> Result<Seal, String> {
    if name == "vc-jwt" {
        return Ok(Seal::VcJwt);
    }
    match Suite::named(name) {
        Some(suite) if suite.is_issued() => Ok(Seal::Embedded(suite)),
        Some(_) => Err(format!("{name} is checked but not made")),
        None => Err("there is no such suite".to_owned()),
    }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let key = read_key(&args.key)?;
    let bytes = files::read(&args.draft, limits::INPUT_BYTES)?;
    let draft = Draft::parse(&bytes)
        .map_err(|error| Failure::data(format!("{}: {error}", args.draft.display())))?;
    let order = Order {
        seal: args.suite.unwrap_or_else(|| default_seal(key.algorithm())),
        method: args
            .method
            .clone()
            .unwrap_or_else(|| own_method(key.public())),
        set_issuer: args.set_issuer,
        now: files::moment(args.at)?,
    };
    let signed = seal(draft, &key, order)?;
    files::write(args.output.as_deref(), printed(&signed).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// What is asked for.
pub(super) struct Order {
    pub(super) seal: Seal,
    pub(super) method: String,
    pub(super) set_issuer: bool,
    pub(super) now: Moment,
}

/// Lints and signs; warnings go to standard error.
pub(super) fn seal(mut draft: Draft, key: &dyn Signer, order: Order) -> Result<Signed, Failure> {
    let controller = order
        .method
        .split('#')
        .next()
        .unwrap_or_default()
        .to_owned();
    if order.set_issuer {
        draft.set_issuer(&controller);
    }
    let settings = Settings {
        dev: is_loopback(&controller),
        ..Settings::new(controller, order.seal)
    };
    let (ready, warnings) =
        issue::lint(draft, &settings, order.now).map_err(|broken| refusal(&broken))?;
    for warning in &warnings {
        Failure::data(format!("note: {warning}")).report();
    }
    let method = Method {
        seal: order.seal,
        verification_method: order.method,
        created: order.now,
    };
    issue::sign(ready, key, &method).map_err(|error| match error {
        issue::Error::Mismatch { .. } => Failure::ours(error.to_string()),
        error => Failure::data(error.to_string()),
    })
}

/// Badges of a node that is tried out on this machine.
fn is_loopback(controller: &str) -> bool {
    [
        "did:web:localhost%3A",
        "http://localhost:",
        "http://127.0.0.1:",
    ]
    .iter()
    .any(|beginning| controller.starts_with(beginning))
}

fn refusal(broken: &[Broken]) -> Failure {
    let lines: Vec<String> = broken
        .iter()
        .map(|broken| format!("\n  {}: {broken}", broken.lint.name))
        .collect();
    Failure::data(format!("this cannot be issued:{}", lines.concat()))
}

fn read_key(path: &Path) -> Result<SecretKey, Failure> {
    let bytes = files::read(path, limits::DOCUMENT_BYTES)?;
    SecretKey::parse(&bytes).map_err(|error| Failure::unreadable(path, error))
}

pub(super) const fn default_seal(algorithm: Algorithm) -> Seal {
    match algorithm {
        Algorithm::Ed25519 => Seal::Embedded(Suite::EddsaRdfc2022),
        Algorithm::P256 | Algorithm::P384 => Seal::Embedded(Suite::EcdsaRdfc2019),
        Algorithm::Rsa => Seal::VcJwt,
    }
}

/// The key by itself: `did:key`, or for RSA `did:jwk`.
pub(super) fn own_method(key: &PublicKey) -> String {
    did::key::method_id(key).unwrap_or_else(|| format!("{}#0", did::jwk::did(key)))
}

/// What is written: JSON for people to read, or the bare token.
pub(super) fn printed(signed: &Signed) -> String {
    match signed {
        Signed::Json(object) => format!("{}\n", Value::Object(object.clone()).to_json_pretty()),
        Signed::Token(token) => format!("{token}\n"),
    }
}
