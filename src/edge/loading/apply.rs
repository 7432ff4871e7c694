//! Keeps what was planned, in one transaction.

use super::plan::{Fate, Plan};
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::edge::{designs, founding, lists, pictures};
use crate::store::achievements::Achievement;
use crate::store::keys::Key;
use crate::store::{Tx, files};

/// Keeps a plan: all of it, or nothing. Then what follows from it is published.
///
/// # Errors
/// [`Problem`]: nothing was kept then.
pub async fn apply(state: &State, plan: Plan, actor: &str) -> Result<(), Problem> {
    let now = state.clock.unix();
    let mut keys = Vec::new();
    let mut touched = Vec::new();
    for organisation in &plan.organisations {
        if organisation.fate == Fate::New {
            let key =
                founding::first_key(state, &organisation.issuer, &organisation.settings, now)?;
            keys.push(key);
        }
        touched.push(organisation.issuer.id.clone());
    }
    let actor = actor.to_owned();
    state
        .store
        .write(move |tx| keep(tx, &plan, &keys, &actor, now))
        .await?;
    for issuer in touched {
        let tenant = state.refresh(&issuer).await?;
        lists::require_shown(state, &tenant, 1).await?;
    }
    Ok(())
}

fn keep(tx: &mut Tx<'_>, plan: &Plan, keys: &[Key], actor: &str, now: i64) -> Result<(), Problem> {
    for organisation in &plan.organisations {
        let key = keys
            .iter()
            .find(|key| key.issuer_id == organisation.issuer.id);
        if let Some(key) = key {
            founding::add(tx, &organisation.issuer, key, (actor, "", now))?;
        }
    }
    for design in &plan.designs {
        if design.fate == Fate::Same {
            continue;
        }
        if let Some(file) = &design.file
            && files::find(tx.conn, &file.digest)?.is_none()
        {
            pictures::keep(tx, file, (actor, ""))?;
        }
        let version = &design.version;
        if design.fate == Fate::Changed {
            designs::change(tx, version, (actor, ""))?;
            continue;
        }
        let achievement = Achievement {
            id: version.achievement_id.clone(),
            issuer_id: version.issuer_id.clone(),
            state: "published".to_owned(),
            latest: version.number,
            created_at: version.created_at,
            updated_at: version.created_at,
        };
        designs::add(tx, (&achievement, version), (actor, ""))?;
    }
    for organisation in &plan.organisations {
        if let Some(at) = organisation.closes_at {
            founding::close(tx, &organisation.issuer.id, at, (actor, "", now))?;
        }
    }
    Ok(())
}
