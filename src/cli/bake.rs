//! `countersign bake` and `countersign unbake`.

use super::failure::Failure;
use super::files;
use crate::bake::{self, Badge, Generation};
use crate::limits;
use crate::proof::Jws;
use std::path::PathBuf;
use std::process::ExitCode;

/// Save a badge inside a picture
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign bake picture.png badge.json -o badge.png\n\nA badge that is in the picture already is replaced."
)]
pub(super) struct BakeArgs {
    /// A PNG or SVG picture
    image: PathBuf,
    /// The badge: JSON or a JWS, of Open Badges 3 or 2
    credential: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

/// Take a badge out of a picture
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign unbake badge.png > badge.json\n\nExit code 3: there is no badge in the picture."
)]
pub(super) struct UnbakeArgs {
    /// A PNG or SVG picture
    image: PathBuf,
    /// The file to write instead of standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

pub(super) fn bake(args: &BakeArgs) -> Result<ExitCode, Failure> {
    let image = files::read(&args.image, limits::IMAGE_BYTES)?;
    let bytes = files::read(&args.credential, limits::BAKED_TEXT_BYTES)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::unreadable(&args.credential, "it is not text"))?
        .trim();
    let is_token = Jws::looks_like(text);
    let badge = match (is_token, is_older(text)) {
        (true, false) => Badge::Jws(text),
        (true, true) => Badge::SignedAssertion(text),
        (false, false) => Badge::Json(text),
        (false, true) => Badge::HostedAssertion {
            json: text,
            url: &hosted_at(text)?,
        },
    };
    let baked = bake::bake(&image, badge).map_err(|error| Failure::data(error.to_string()))?;
    files::write(Some(&args.output), &baked)?;
    Ok(ExitCode::SUCCESS)
}

fn is_older(text: &str) -> bool {
    let payload;
    let bytes = match Jws::parse(text) {
        Ok(jws) => {
            payload = jws.payload().to_vec();
            payload.as_slice()
        }
        Err(_) => text.as_bytes(),
    };
    crate::json::parse(bytes).is_ok_and(|tree| {
        matches!(
            crate::credential::DocumentKind::of(&tree),
            crate::credential::DocumentKind::OpenBadges2(_)
        )
    })
}

fn hosted_at(text: &str) -> Result<String, Failure> {
    crate::json::parse(text.as_bytes())
        .ok()
        .and_then(|tree| tree.get("id").and_then(|id| id.as_str()).map(str::to_owned))
        .ok_or_else(|| Failure::data("the badge has no address (id) to save in the picture"))
}

pub(super) fn unbake(args: &UnbakeArgs) -> Result<ExitCode, Failure> {
    let image = files::read(&args.image, limits::IMAGE_BYTES)?;
    match bake::unbake(&image) {
        Ok(baked) => {
            if baked.generation != Generation::V3 {
                Failure::data("note: this is an older kind of badge").report();
            }
            files::write(args.output.as_deref(), baked.payload.as_str().as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(bake::Error::NoBadge) => {
            Failure::data(format!("there is no badge in {}", args.image.display())).report();
            Ok(ExitCode::from(3))
        }
        Err(error) => Err(Failure::data(format!("{}: {error}", args.image.display()))),
    }
}
