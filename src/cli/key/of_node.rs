//! `countersign key list|add|activate|revoke`: the keys of a node's
//! organisations.

use super::Kind;
use crate::cli::administration::{self, ACTOR, Need, nothing_changed, refused, tenant, with_node};
use crate::cli::failure::Failure;
use crate::cli::issuer::moment;
use crate::cli::node_options::NodeOptions;
use crate::cli::{files, node};
use crate::clock::Moment;
use crate::edge::directory::Tenant;
use crate::edge::keyring::algorithm_name;
use crate::edge::keys as making;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::store::keys::Key;
use serde_json::json;

/// List the keys of an organisation
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign key list northmarch")]
pub(super) struct ListArgs {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Publish a new key of an organisation; it signs nothing yet
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign key add northmarch --type p256")]
pub(super) struct AddArgs {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// What kind of key
    #[arg(long = "type", value_enum, default_value = "ed25519")]
    kind: Kind,
    /// Make it in the device of the settings, of the kind that it knows
    #[arg(long, conflicts_with = "kind")]
    hardware: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Let a published key sign; the one before it retires
///
/// The secret half of the key before it is destroyed; what it signed stays
/// good. Without --apply nothing is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  countersign key activate northmarch key-2 --apply")]
pub(super) struct ActivateArgs {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// The key, like key-2
    key: String,
    /// Do it
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    node: NodeOptions,
}

/// Take back a key that may be in other hands
///
/// What it signed no longer counts as current. Without --apply nothing is
/// changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign key revoke northmarch key-1 --since 2026-11-01T00:00:00Z --apply"
)]
pub(super) struct RevokeArgs {
    /// The organisation: the last part of its addresses
    issuer: String,
    /// The key, like key-1
    key: String,
    /// Since when it may have been in other hands
    #[arg(long, value_name = "RFC3339", value_parser = files::parse_moment)]
    since: Moment,
    /// Do it
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    node: NodeOptions,
}

pub(super) fn list(args: &ListArgs) -> Result<(), Failure> {
    with_node(&args.node, Need::Existing, async |state| {
        let tenant = tenant(&state, &args.issuer)?;
        let rows: Result<Vec<_>, Failure> =
            tenant.keys.iter().map(|key| row(&tenant, key)).collect();
        administration::list(
            &["Key", "Kind", "State", "Published", "Thumbprint"],
            &rows?,
            &["id", "algorithm", "state", "publishedAt", "thumbprint"],
            args.json,
        )
    })
}

fn row(tenant: &Tenant, key: &Key) -> Result<serde_json::Value, Failure> {
    let method = tenant.method_id(key);
    Ok(json!({
        "id": key.id,
        "verificationMethod": method.map_err(|error| refused(&error.into()))?,
        "algorithm": key.algorithm,
        "state": key.state,
        "thumbprint": key.thumbprint,
        "publishedAt": moment(key.created_at),
        "activatedAt": key.activated_at.map(moment),
        "retiredAt": key.retired_at.map(moment),
        "revokedFrom": key.revoked_from.map(moment),
    }))
}

pub(super) fn add(args: &AddArgs) -> Result<(), Failure> {
    with_node(&args.node, Need::Existing, async |state| {
        let tenant = tenant(&state, &args.issuer)?;
        let key = publish(&state, &tenant, args).await;
        let key = key.map_err(|problem| refused(&problem))?;
        node::say(&format!(
            "Published {} ({}). Let it sign when others have had time to see it:\n  \
             countersign key activate {} {} --apply\n",
            key.id, key.algorithm, args.issuer, key.id
        ))
    })
}

async fn publish(state: &State, tenant: &Tenant, args: &AddArgs) -> Result<Key, Problem> {
    let (now, id) = (state.clock.unix(), making::next_id(&tenant.keys));
    let key = if args.hardware {
        making::new_hardware_key(state, &tenant.issuer, &id, now)?
    } else {
        let kind = algorithm_name(args.kind.algorithm());
        making::new_key(state, &tenant.issuer, &id, kind, now)?
    };
    let kept = key.clone();
    state
        .store
        .write(move |tx| making::publish(tx, &kept, (ACTOR, "", now)))
        .await?;
    state.refresh(&tenant.issuer.id).await?;
    Ok(key)
}

/// The key of this name.
fn find<'t>(tenant: &'t Tenant, id: &str) -> Result<&'t Key, Failure> {
    let found = tenant.keys.iter().find(|key| key.id == id);
    found.ok_or_else(|| {
        let slug = &tenant.issuer.slug;
        Failure::data(format!(
            "there is no key {id}; `countersign key list {slug}` shows them"
        ))
    })
}

pub(super) fn activate(args: &ActivateArgs) -> Result<(), Failure> {
    with_node(&args.node, Need::Existing, async |state| {
        let tenant = tenant(&state, &args.issuer)?;
        let key = find(&tenant, &args.key)?;
        if key.state == "active" {
            return node::say(&format!("{} signs already.\n", key.id));
        }
        if !args.apply {
            return nothing_changed(&format!(
                "let {} sign, and destroy the secret half of the {} key before it",
                key.id, key.algorithm
            ));
        }
        let (issuer, id) = (tenant.issuer.id.clone(), key.id.clone());
        let (now, wait) = (state.clock.unix(), state.choices.key_wait_seconds);
        let changed = state.store.write(move |tx| {
            making::activate(tx, &issuer, &id, wait, (ACTOR, "", now))?;
            making::sign_lists_again(tx, &issuer, now)
        });
        changed.await.map_err(|problem| refused(&problem))?;
        again(&state, &tenant).await?;
        node::say(&format!("{} signs from now on.\n", key.id))
    })
}

pub(super) fn revoke(args: &RevokeArgs) -> Result<(), Failure> {
    with_node(&args.node, Need::Existing, async |state| {
        let tenant = tenant(&state, &args.issuer)?;
        let key = find(&tenant, &args.key)?;
        let now = state.clock.unix();
        let from = args.since.as_unix().min(now);
        if !args.apply {
            return nothing_changed(&format!(
                "take back {} as of {}: what it signed would no longer count as current",
                key.id,
                moment(from)
            ));
        }
        let (issuer, id) = (tenant.issuer.id.clone(), key.id.clone());
        let changed = state.store.write(move |tx| {
            let changed = making::revoke(tx, &issuer, &id, from, (ACTOR, "", now))?;
            making::sign_lists_again(tx, &issuer, now)?;
            Ok::<_, Problem>(changed)
        });
        let changed = changed.await.map_err(|problem| refused(&problem))?;
        again(&state, &tenant).await?;
        node::say(&if changed {
            format!("{} is taken back as of {}.\n", key.id, moment(from))
        } else {
            format!("{} was taken back already.\n", key.id)
        })
    })
}

/// The documents follow from the rows.
async fn again(state: &State, tenant: &Tenant) -> Result<(), Failure> {
    let refreshed = state.refresh(&tenant.issuer.id).await;
    refreshed.map(drop).map_err(|problem| refused(&problem))
}
