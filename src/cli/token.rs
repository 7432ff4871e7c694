//! `countersign token`: who may use a node's API.

use super::administration::{ACTOR, Need, refused, tenant, with_node};
use super::failure::Failure;
use super::node;
use super::node_options::NodeOptions;
use crate::access::Role;
use crate::edge::granting::{self, Grant};
use crate::edge::state::State;
use std::process::ExitCode;

/// Make tokens for a node's API
///
/// The node must not be running; while it runs, use its API.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(AddArgs),
}

/// Make a token; it is printed this once
///
/// Standard output is the token and nothing else.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign token add --role operator --name 'on call'\n  \
    countersign token add --issuer northmarch --role officer --name Moodle --days 365")]
struct AddArgs {
    /// What it may do: operator, or for an organisation administrator,
    /// officer, approver, auditor or tester
    #[arg(long, value_parser = parse_role)]
    role: Role,
    /// The organisation: the last part of its addresses
    #[arg(long, value_name = "SLUG")]
    issuer: Option<String>,
    /// What its owner calls it
    #[arg(long)]
    name: String,
    /// How many days it works
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=365))]
    days: i64,
    #[command(flatten)]
    node: NodeOptions,
}

fn parse_role(text: &str) -> Result<Role, String> {
    let names = Role::ALL.map(Role::name).join(", ");
    Role::named(text).ok_or_else(|| format!("write one of {names}"))
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let Command::Add(args) = &args.command;
    match (args.role.is_of_node(), &args.issuer) {
        (true, Some(_)) => {
            return Err(Failure::usage(
                "an operator is of the node: leave out --issuer",
            ));
        }
        (false, None) => {
            return Err(Failure::usage(format!(
                "a token for an {} needs --issuer",
                args.role.name()
            )));
        }
        _ => {}
    }
    with_node(&args.node, Need::Existing, async |state| {
        add(&state, args).await
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn add(state: &State, args: &AddArgs) -> Result<(), Failure> {
    let issuer = match &args.issuer {
        Some(slug) => Some(tenant(state, slug)?.issuer.id.clone()),
        None => None,
    };
    let grant = Grant {
        issuer,
        role: args.role,
        name: args.name.clone(),
        days: args.days,
        actor: ACTOR.to_owned(),
        request: String::new(),
    };
    let (_, token) = granting::grant(state, grant)
        .await
        .map_err(|problem| refused(&problem))?;
    node::say(&format!("{}\n", *token))
}
