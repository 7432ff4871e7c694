//! `countersign credential`: the badges of a node.

use super::administration::{self, ACTOR, Need, nothing_changed, refused, tenant, with_node};
use super::failure::Failure;
use super::issuer::moment;
use super::node;
use super::node_options::NodeOptions;
use crate::edge::problem::Problem;
use crate::edge::standing::{self, Standing};
use crate::edge::state::State;
use crate::edge::withdrawing::{self, Said};
use crate::store::credentials::{self, After, Credential};
use serde_json::json;
use std::process::ExitCode;

/// List, show, withdraw, pause and resume badges of a node
///
/// The node must not be running; while it runs, use its API.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(ListArgs),
    Show(ShowArgs),
    Withdraw(WithdrawArgs),
    Pause(PauseArgs),
    Resume(ResumeArgs),
}

/// List the badges of an organisation, oldest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign credential list northmarch --json")]
struct ListArgs {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// Only badges of this design: the last part of its address
    #[arg(long, value_name = "SLUG")]
    achievement: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Which badge is meant.
#[derive(Debug, clap::Args)]
struct Which {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// The badge: its address, or the last part of it
    badge: String,
    #[command(flatten)]
    node: NodeOptions,
}

impl Which {
    fn id(&self) -> &str {
        self.badge.rsplit('/').next().unwrap_or_default()
    }
}

/// Show a badge, and whether it was withdrawn or paused
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign credential show northmarch 4q0v…")]
struct ShowArgs {
    #[command(flatten)]
    which: Which,
    /// Print JSON, with the badge itself
    #[arg(long)]
    json: bool,
}

/// Withdraw a badge, for good
///
/// Without --apply nothing is changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign credential withdraw northmarch 4q0v… --reason 'given in error' --apply"
)]
struct WithdrawArgs {
    #[command(flatten)]
    which: Which,
    /// What everybody who checks the badge may know; nothing about the person
    #[arg(long, value_parser = parse_reason)]
    reason: Option<String>,
    /// Do it
    #[arg(long)]
    apply: bool,
}

/// Pause a badge, until it is resumed
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign credential pause northmarch 4q0v…")]
struct PauseArgs {
    #[command(flatten)]
    which: Which,
    /// What everybody who checks the badge may know; nothing about the person
    #[arg(long, value_parser = parse_reason)]
    reason: Option<String>,
}

/// Resume a paused badge
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign credential resume northmarch 4q0v…")]
struct ResumeArgs {
    #[command(flatten)]
    which: Which,
}

fn parse_reason(text: &str) -> Result<String, String> {
    const MOST: usize = 256;
    if text.len() > MOST {
        return Err("write at most 256 bytes".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::List(args) => with_node(&args.node, Need::Existing, async |state| {
            list(&state, args).await
        }),
        Command::Show(args) => with_node(&args.which.node, Need::Existing, async |state| {
            show(&state, args).await
        }),
        Command::Withdraw(args) => with_node(&args.which.node, Need::Existing, async |state| {
            withdraw(&state, args).await
        }),
        Command::Pause(args) => with_node(&args.which.node, Need::Existing, async |state| {
            let said = (true, args.reason.clone());
            let changed = say(&state, &args.which, "suspension", said).await?;
            tell(changed, "Paused", "is paused already", &args.which)
        }),
        Command::Resume(args) => with_node(&args.which.node, Need::Existing, async |state| {
            let changed = say(&state, &args.which, "suspension", (false, None)).await?;
            tell(changed, "Resumed", "was not paused", &args.which)
        }),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn tell(changed: bool, done: &str, already: &str, which: &Which) -> Result<(), Failure> {
    let id = which.id();
    node::say(&if changed {
        format!("{done} {id}.\n")
    } else {
        format!("{id} {already}.\n")
    })
}

fn row(state: &State, badge: &Credential) -> serde_json::Value {
    json!({
        "id": badge.id,
        "address": state.address.credential(&badge.id),
        "achievement": badge.achievement_id,
        "achievementVersion": badge.achievement_version,
        "state": badge.state,
        "subject": badge.subject,
        "validFrom": moment(badge.valid_from),
        "validUntil": badge.valid_until.map(moment),
        "issuedAt": badge.issued_at.map(moment),
        "follows": badge.follows,
        "followsAs": badge.follows_as,
        "digest": badge.digest,
    })
}

async fn list(state: &State, args: &ListArgs) -> Result<(), Failure> {
    const ROWS: i64 = 500;
    let tenant = tenant(state, &args.issuer)?;
    let (mut rows, mut after): (Vec<serde_json::Value>, Option<After>) = (Vec::new(), None);
    loop {
        let (issuer, design) = (tenant.issuer.id.clone(), args.achievement.clone());
        let from = after.clone();
        let page = state.store.read(move |conn| {
            credentials::page(conn, &issuer, design.as_deref(), from.as_ref(), ROWS)
        });
        let page = page.await.map_err(|error| refused(&error.into()))?;
        let Some(last) = page.last() else { break };
        after = Some(After {
            created_at: last.created_at,
            id: last.id.clone(),
        });
        rows.extend(page.iter().map(|badge| row(state, badge)));
    }
    administration::list(
        &["Badge", "State", "Design", "From", "Until"],
        &rows,
        &["id", "state", "achievement", "validFrom", "validUntil"],
        args.json,
    )
}

async fn find(state: &State, which: &Which) -> Result<Credential, Failure> {
    let issuer = tenant(state, &which.issuer)?.issuer.id.clone();
    let id = which.id().to_owned();
    let found = state
        .store
        .read(move |conn| credentials::find(conn, &issuer, &id))
        .await
        .map_err(|error| refused(&error.into()))?;
    found.ok_or_else(|| Failure::data(format!("{} has no badge {}", which.issuer, which.id())))
}

async fn standing(state: &State, badge: &Credential) -> Result<Standing, Failure> {
    let standing = standing::of(state, badge).await;
    standing.map_err(|problem| refused(&problem))
}

async fn show(state: &State, args: &ShowArgs) -> Result<(), Failure> {
    let badge = find(state, &args.which).await?;
    let standing = standing(state, &badge).await?;
    let mut shown = row(state, &badge);
    let members = [
        ("Badge", "address"),
        ("Design", "achievement"),
        ("State", "state"),
        ("Person", "subject"),
        ("From", "validFrom"),
        ("Until", "validUntil"),
    ];
    if !args.json {
        let value = |name: &str| shown.get(name).and_then(serde_json::Value::as_str);
        let mut text: String = members
            .iter()
            .filter_map(|(name, member)| Some(format!("{name:<12} {}\n", value(member)?)))
            .collect();
        text.push_str(&said_of_it(&standing));
        return node::say(&text);
    }
    if let Some(members) = shown.as_object_mut() {
        members.insert("standing".to_owned(), json!(standing));
        let body = badge.body.unwrap_or_default();
        let is_token = badge.seal == "vc-jwt";
        match serde_json::from_str::<serde_json::Value>(&body) {
            Ok(body) if !is_token => members.insert("credential".to_owned(), body),
            _ => members.insert("token".to_owned(), json!(body)),
        };
    }
    administration::json(&shown)
}

fn said_of_it(standing: &Standing) -> String {
    let line = |what: &str, at: &Option<String>, reason: &Option<String>| match (at, reason) {
        (Some(at), Some(reason)) => format!("{what:<12} {at}, {reason}\n"),
        (Some(at), None) => format!("{what:<12} {at}\n"),
        (None, _) => String::new(),
    };
    let withdrawn = line(
        "Withdrawn",
        &standing.withdrawn_at,
        &standing.withdrawn_reason,
    );
    withdrawn + &line("Paused", &standing.paused_at, &standing.paused_reason)
}

async fn withdraw(state: &State, args: &WithdrawArgs) -> Result<(), Failure> {
    let badge = find(state, &args.which).await?;
    if let Some(at) = standing(state, &badge).await?.withdrawn_at {
        return node::say(&format!("{} was withdrawn on {at}.\n", badge.id));
    }
    if !args.apply {
        let address = state.address.credential(&badge.id);
        return nothing_changed(&format!("withdraw {address} for good"));
    }
    let said = (true, args.reason.clone());
    let changed = say(state, &args.which, "revocation", said).await?;
    tell(changed, "Withdrew", "was withdrawn already", &args.which)
}

/// Says something of a badge, as the API does.
async fn say(
    state: &State,
    which: &Which,
    purpose: &'static str,
    (is_set, reason): (bool, Option<String>),
) -> Result<bool, Failure> {
    let badge = find(state, which).await?;
    let now = state.clock.unix();
    let said = Said {
        is_set,
        reason,
        actor: ACTOR.to_owned(),
        request: String::new(),
    };
    let changed = state
        .store
        .write(move |tx| withdrawing::say(tx, &badge.issuer_id, &badge.id, purpose, &said, now));
    changed.await.map_err(|problem: Problem| refused(&problem))
}
