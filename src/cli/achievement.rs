//! `countersign achievement`: the badge designs of a node.

use super::administration::{ACTOR, Need, nothing_changed, refused, with_node};
use super::failure::Failure;
use super::node_options::NodeOptions;
use super::{files, node};
use crate::edge::loading::{self, Fate, Order, Plan, source};
use crate::edge::state::State;
use crate::limits;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Load badge designs into a node
///
/// The node must not be running; while it runs, use its API.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Load(LoadArgs),
}

/// Load a file of badge designs
///
/// Each design goes to the organisation that its policy names; the node's own
/// organisation is the root one, others are made from --issuers if they are not
/// there. A design's addresses on its own host become addresses of this node;
/// everything else stays as it is. Loading again changes only what differs.
/// Without --apply nothing is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    countersign achievement load achievements.json --issuers issuers.json --organisation NCC --images images/ --apply")]
struct LoadArgs {
    /// The badge designs (JSON)
    file: PathBuf,
    /// The organisations (JSON)
    #[arg(long, value_name = "FILE")]
    issuers: Option<PathBuf>,
    /// The code of the node's own organisation (default: that of the first
    /// design)
    #[arg(long, value_name = "CODE")]
    organisation: Option<String>,
    /// A folder of pictures: SVG files, named by the codes in small letters
    #[arg(long, value_name = "DIR")]
    images: Option<PathBuf>,
    /// Do it
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Most bytes of a file of designs.
const FILE_BYTES: usize = 64 * 1024 * 1024;

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let Command::Load(args) = &args.command;
    let order = order(args)?;
    let need = if args.apply {
        Need::Any
    } else {
        Need::Existing
    };
    with_node(&args.node, need, async |state| {
        load(&state, &order, args.apply).await
    })?;
    Ok(ExitCode::SUCCESS)
}

fn order(args: &LoadArgs) -> Result<Order, Failure> {
    let failed = |problem| refused(&problem);
    let designs = source::designs(&read(&args.file)?).map_err(failed)?;
    let organisations = match &args.issuers {
        Some(path) => source::organisations(&read(path)?).map_err(failed)?,
        None => Vec::new(),
    };
    let first = designs.first().map(|design| design.organisation.clone());
    let own = args.organisation.clone().or(first).unwrap_or_default();
    if !designs.iter().any(|design| design.organisation == own)
        && !organisations.iter().any(|one| one.code == own)
    {
        return Err(Failure::data(format!(
            "no badge design is of the organisation {own:?}"
        )));
    }
    let mut pictures = HashMap::new();
    if let Some(folder) = &args.images {
        for design in &designs {
            let code = design.code.to_ascii_lowercase();
            if let Some(bytes) = picture(folder, &code)? {
                pictures.insert(code, bytes);
            }
        }
    }
    Ok(Order {
        designs,
        organisations,
        own,
        pictures,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = files::read(path, FILE_BYTES)?;
    if bytes.len() > FILE_BYTES {
        return Err(Failure::unreadable(path, "it is larger than 64 MiB"));
    }
    Ok(bytes)
}

/// The picture of a design, if the folder has one.
fn picture(folder: &Path, code: &str) -> Result<Option<Vec<u8>>, Failure> {
    // A code is a file's name here, and must not lead anywhere else.
    if !folder.is_dir() {
        return Err(Failure::unreadable(folder, "it is no folder"));
    }
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !code.chars().all(is_plain) {
        return Ok(None);
    }
    let path = folder.join(format!("{code}.svg"));
    if !path.exists() {
        return Ok(None);
    }
    files::read(&path, limits::IMAGE_BYTES).map(Some)
}

async fn load(state: &State, order: &Order, apply: bool) -> Result<(), Failure> {
    let plan = loading::plan(state, order).await;
    let plan = plan.map_err(|problem| refused(&problem))?;
    node::say(&told(&plan))?;
    let sum = sum(&plan);
    if plan.is_nothing() {
        return node::say("Everything is loaded already.\n");
    }
    if !apply {
        return nothing_changed(&format!("load {sum}"));
    }
    loading::apply(state, plan, ACTOR)
        .await
        .map_err(|problem| refused(&problem))?;
    node::say(&format!("Loaded {sum}.\n"))
}

const fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Changed => "changed",
        Fate::Same => "the same",
    }
}

fn told(plan: &Plan) -> String {
    let mut text = String::new();
    for organisation in &plan.organisations {
        let closes = if organisation.closes_at.is_some() {
            ", closes"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{:<9} {:<24} {}{closes}",
            word(organisation.fate),
            organisation.code,
            organisation.id
        );
    }
    for design in &plan.designs {
        let picture = if design.file.is_some() {
            ", with a picture"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{:<9} {:<24} {}{picture}",
            word(design.fate),
            design.code,
            design.version.achievement_id
        );
    }
    text
}

fn sum(plan: &Plan) -> String {
    let count = |fate: Fate| plan.designs.iter().filter(|one| one.fate == fate).count();
    let made = plan.organisations.iter();
    let made = made.filter(|one| one.fate == Fate::New).count();
    format!(
        "{} new badge designs, {} changed ones ({} are the same), {made} new organisations",
        count(Fate::New),
        count(Fate::Changed),
        count(Fate::Same)
    )
}
