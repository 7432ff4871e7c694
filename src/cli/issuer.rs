//! `countersign issuer`: the organisations of a node.

use super::administration::{ACTOR, Need, json, list, nothing_changed, refused, tenant, with_node};
use super::failure::Failure;
use super::node_options::NodeOptions;
use super::{files, node};
use crate::clock::Moment;
use crate::edge::directory::Tenant;
use crate::edge::founding::{self, Founding};
use crate::edge::issuer_settings::{IssuerSettings, SealName};
use crate::edge::lists;
use crate::edge::state::State;
use crate::json::{self as tree, Object, Value};
use crate::limits;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// List, add, show and close the organisations of a node
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
    Add(AddArgs),
    Show(ShowArgs),
    Close(CloseArgs),
}

/// List the organisations
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign issuer list --data /var/lib/countersign")]
struct ListArgs {
    #[command(flatten)]
    node: NodeOptions,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Add an organisation, with a first key and a status list
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign issuer add northmarch --root --profile northmarch.json"
)]
struct AddArgs {
    /// The last part of its addresses: it is in every badge and never changes
    slug: String,
    /// Its Open Badges profile (JSON), without an id
    #[arg(long, value_name = "FILE", required_unless_present = "name")]
    profile: Option<PathBuf>,
    /// Its name, if that is all there is to say
    #[arg(long, conflicts_with = "profile")]
    name: Option<String>,
    /// Make it the node's own organisation: its address is the node's
    #[arg(long)]
    root: bool,
    /// How its badges name it
    #[arg(long, value_enum, default_value = "did")]
    id_form: IdForm,
    /// The seal on its badges: eddsa-rdfc-2022, eddsa-jcs-2022,
    /// ecdsa-rdfc-2019 or vc-jwt
    #[arg(long, value_parser = parse_seal, default_value = "eddsa-rdfc-2022")]
    seal: SealName,
    #[command(flatten)]
    node: NodeOptions,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum IdForm {
    Did,
    Https,
}

/// Show an organisation
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign issuer show northmarch")]
struct ShowArgs {
    /// The last part of its addresses
    slug: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Close an organisation: it gives no more badges; those it gave stay good
///
/// It cannot be opened again. Without --apply nothing is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign issuer close fenmoor --apply")]
struct CloseArgs {
    /// The last part of its addresses
    slug: String,
    /// Do it
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    node: NodeOptions,
}

fn parse_seal(text: &str) -> Result<SealName, String> {
    SealName::named(text).ok_or_else(|| {
        "write eddsa-rdfc-2022, eddsa-jcs-2022, ecdsa-rdfc-2019 or vc-jwt".to_owned()
    })
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::List(args) => with_node(&args.node, Need::Existing, async |state| {
            all(&state, args.json)
        }),
        Command::Add(args) => {
            let profile = profile(args)?;
            with_node(&args.node, Need::Any, async |state| {
                add(&state, args, profile).await
            })
        }
        Command::Show(args) => {
            with_node(&args.node, Need::Existing, async |state| show(&state, args))
        }
        Command::Close(args) => with_node(&args.node, Need::Existing, async |state| {
            close(&state, args).await
        }),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn row(tenant: &Tenant) -> serde_json::Value {
    let issuer = &tenant.issuer;
    json!({
        "slug": issuer.slug,
        "id": tenant.id(),
        "base": tenant.address.base,
        "name": issuer.name,
        "state": issuer.state,
        "seal": tenant.settings.seal.name(),
        "keys": tenant.keys.len(),
        "createdAt": moment(issuer.created_at),
        "closedAt": issuer.closed_at.map(moment),
    })
}

/// Seconds since 1970 as a date and time.
pub(super) fn moment(seconds: i64) -> String {
    Moment::from_unix(seconds)
        .map(Moment::to_rfc3339)
        .unwrap_or_default()
}

fn all(state: &State, as_json: bool) -> Result<(), Failure> {
    let tenants = state.directory.all();
    let rows: Vec<_> = tenants.iter().map(|tenant| row(tenant)).collect();
    list(
        &["Path", "State", "Name", "Identifier"],
        &rows,
        &["slug", "state", "name", "id"],
        as_json,
    )
}

fn profile(args: &AddArgs) -> Result<Object<'static>, Failure> {
    let Some(path) = &args.profile else {
        let mut profile = Object::new();
        profile.set("name", args.name.clone().unwrap_or_default());
        return Ok(profile);
    };
    let bytes = files::read(path, limits::DOCUMENT_BYTES)?;
    match tree::parse(&bytes) {
        Ok(Value::Object(profile)) => Ok(profile.into_owned()),
        Ok(_) => Err(Failure::data(format!(
            "{}: it is no object",
            path.display()
        ))),
        Err(error) => Err(Failure::data(format!("{}: {error}", path.display()))),
    }
}

async fn add(state: &State, args: &AddArgs, profile: Object<'static>) -> Result<(), Failure> {
    let failed = |problem| refused(&problem);
    let now = state.clock.unix();
    let settings = IssuerSettings {
        seal: args.seal,
        ..IssuerSettings::default()
    };
    let new = Founding {
        slug: args.slug.clone(),
        profile,
        is_root: args.root,
        id_form: match args.id_form {
            IdForm::Did => "did",
            IdForm::Https => "https",
        },
        settings: settings.clone(),
    };
    let issuer = founding::issuer(state, new, now).map_err(failed)?;
    let key = founding::first_key(state, &issuer, &settings, now).map_err(failed)?;
    let id = issuer.id.clone();
    state
        .store
        .write(move |tx| founding::add(tx, &issuer, &key, (ACTOR, "", now)))
        .await
        .map_err(failed)?;
    let tenant = state.refresh(&id).await.map_err(failed)?;
    lists::require_shown(state, &tenant, 1)
        .await
        .map_err(failed)?;
    node::say(&format!(
        "Added {}.\n  {}\n",
        tenant.issuer.name,
        tenant.id()
    ))
}

fn show(state: &State, args: &ShowArgs) -> Result<(), Failure> {
    let tenant = tenant(state, &args.slug)?;
    let mut shown = row(&tenant);
    let profile = serde_json::from_str(&tenant.issuer.profile);
    let profile: serde_json::Value = profile.map_err(|error| Failure::ours(error.to_string()))?;
    if args.json {
        if let Some(members) = shown.as_object_mut() {
            members.insert("profile".to_owned(), profile);
        }
        return json(&shown);
    }
    let rows = [
        ("Name", tenant.issuer.name.as_str()),
        ("Identifier", tenant.id()),
        ("Address", tenant.address.base.as_str()),
        ("State", tenant.issuer.state.as_str()),
        ("Seal", tenant.settings.seal.name()),
    ];
    let mut text: String = rows
        .iter()
        .map(|(name, value)| format!("{name:<12} {value}\n"))
        .collect();
    for key in &tenant.keys {
        text.push_str(&format!(
            "{:<12} {} ({}, {})\n",
            "Key", key.id, key.algorithm, key.state
        ));
    }
    node::say(&text)
}

async fn close(state: &State, args: &CloseArgs) -> Result<(), Failure> {
    let tenant = tenant(state, &args.slug)?;
    let name = &tenant.issuer.name;
    if !tenant.issuer.is_open() {
        return node::say(&format!("{name} is closed already.\n"));
    }
    if !args.apply {
        return nothing_changed(&format!("close {name} for good"));
    }
    let (id, now) = (tenant.issuer.id.clone(), state.clock.unix());
    state
        .store
        .write(move |tx| founding::close(tx, &id, now, (ACTOR, "", now)))
        .await
        .map_err(|problem| refused(&problem))?;
    node::say(&format!("Closed {name}. It gives no more badges.\n"))
}
