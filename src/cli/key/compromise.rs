//! `countersign key compromise`: a key is in other hands (SEC-46).

use crate::cli::administration::{self, ACTOR, Need, nothing_changed, refused, with_node};
use crate::cli::failure::Failure;
use crate::cli::node_options::NodeOptions;
use crate::cli::{files, node};
use crate::clock::Moment;
use crate::edge::drill::{self, Drill};
use crate::store::stops;

/// A key is in other hands: revoke it, and give anew what it sealed since
///
/// Revokes the key, puts a new one in its place at once, signs the status
/// lists again, gives every badge anew that the key sealed since with the same
/// dates, withdraws the old ones, and lists whose holders are to be told.
/// Without --apply it only says how many badges that is. It may be run again:
/// finished work stays as it is.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  countersign key compromise northmarch key-1 --since 2026-11-01T00:00:00Z --apply"
)]
pub(super) struct Args {
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

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let order = Drill {
        issuer: args.issuer.clone(),
        key: args.key.clone(),
        since: args.since,
        actor: ACTOR.to_owned(),
    };
    with_node(&args.node, Need::Existing, async |state| {
        if !args.apply {
            let planned = drill::plan(&state, &order)
                .await
                .map_err(|problem| refused(&problem))?;
            return nothing_changed(&format!(
                "revoke {} and give anew the {} badges that it sealed since {}",
                args.key,
                planned.affected,
                args.since.to_plain_moment()
            ));
        }
        let done = drill::run(&state, &order)
            .await
            .map_err(|problem| refused(&problem))?;
        let tenant = administration::tenant(&state, &args.issuer)?;
        let id = tenant.issuer.id.clone();
        let holders = state
            .store
            .read_blocking(|conn| stops::to_tell(conn, &id))
            .map_err(|error| Failure::ours(error.to_string()))?;
        node::say(&format!(
            "{} is revoked; {} signs now. {} badges were given anew, {} could not be. {} holders are to be told:\n",
            args.key,
            done.new_key.unwrap_or_default(),
            done.reissued,
            done.failed.len(),
            holders.len()
        ))?;
        for holder in holders {
            let newer = holder.newer_id.unwrap_or_default();
            node::say(&format!("  {} is now {newer}\n", holder.credential_id))?;
        }
        for (id, why) in done.failed {
            node::say(&format!("  {id} could not be given anew: {why}\n"))?;
        }
        Ok(())
    })
}
