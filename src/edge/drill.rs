//! A key is in other hands (SEC-46): signing stops, the key is revoked, a new
//! one takes its place, every badge it signed since is given anew, the old ones
//! are withdrawn, and those to be told are on a list.
//!
//! **Promises.** May be run again at any point: what is done stays done, and a
//! second run over finished work does nothing.

use super::directory::Tenant;
use super::idempotency::Once;
use super::issuing::draft::{self, Drafted};
use super::issuing::{self, Follows, Planned};
use super::problem::{Code, Problem};
use super::state::State;
use super::{following, keys as making, lists};
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::store::credentials::{self, Credential};
use crate::store::stops::{self, Stop};
use crate::store::{Error, achievements, keys, status};
use crate::text::random_id;
use std::sync::Arc;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Drill {
    /// The path segment of the issuer.
    pub issuer: String,
    /// The key that was lost.
    pub key: String,
    /// Since when it may have been in other hands.
    pub since: Moment,
    /// Who says so.
    pub actor: String,
}

/// What was done, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Badges that the key signed since, and that have no newer one yet.
    pub affected: usize,
    /// Badges that were given anew.
    pub reissued: usize,
    /// Badges that could not be given anew, and why.
    pub failed: Vec<(String, String)>,
    /// The key that signs now.
    pub new_key: Option<String>,
}

/// Counts what a drill would do.
///
/// # Errors
/// `not_found`.
pub async fn plan(state: &State, drill: &Drill) -> Result<Done, Problem> {
    let tenant = tenant(state, drill)?;
    let mut done = Done::default();
    let mut after = String::new();
    while let Some(rows) = page(state, &tenant, drill, &after).await? {
        for row in &rows {
            after.clone_from(&row.id);
            if !has_newer(state, row).await? {
                done.affected += 1;
            }
        }
    }
    Ok(done)
}

/// Does it all.
///
/// # Errors
/// [`Problem`]; a second run goes on where this one ended.
pub async fn run(state: &State, drill: &Drill) -> Result<Done, Problem> {
    let before = tenant(state, drill)?;
    let issuer = before.issuer.id.clone();
    stop(state, &issuer, true).await?;
    let new_key = replace_key(state, &before, drill).await?;
    let tenant = state.refresh(&issuer).await?;
    for list in state
        .store
        .read({
            let issuer = issuer.clone();
            move |conn| status::lists(conn, &issuer)
        })
        .await
        .map_err(Problem::from)?
    {
        lists::publish(state, &issuer, list.number).await?;
    }
    // Only this drill may give badges of the issuer now.
    stop(state, &issuer, false).await?;
    let mut done = reissue(state, &tenant, drill).await?;
    done.new_key = Some(new_key);
    Ok(done)
}

fn tenant(state: &State, drill: &Drill) -> Result<Arc<Tenant>, Problem> {
    let tenant = state
        .directory
        .get(&drill.issuer)
        .ok_or_else(|| Problem::not_found("organisation"))?;
    if tenant.keys.iter().any(|key| key.id == drill.key) {
        Ok(tenant)
    } else {
        Err(Problem::not_found("key"))
    }
}

async fn stop(state: &State, issuer: &str, is_set: bool) -> Result<(), Problem> {
    let (issuer, now) = (issuer.to_owned(), state.clock.unix());
    state
        .store
        .write(move |tx| {
            if is_set {
                stops::set(tx.conn, &issuer, Stop::Issue, "a key was lost", now).map(drop)
            } else {
                stops::lift(tx.conn, &issuer, Stop::Issue).map(drop)
            }
        })
        .await
        .map_err(|error: Error| error.into())
}

/// Revokes the key, and if it was the one that signs, puts a new one in its
/// place at once: nobody may go on trusting the old one while the new one
/// becomes known.
async fn replace_key(state: &State, tenant: &Tenant, drill: &Drill) -> Result<String, Problem> {
    let now = state.clock.unix();
    let lost = tenant.keys.iter().find(|key| key.id == drill.key);
    let kind = lost.map(|key| key.algorithm.clone()).unwrap_or_default();
    let others =
        |key: &&keys::Key| key.state == "active" && key.algorithm == kind && key.id != drill.key;
    let active = tenant.keys.iter().find(others).map(|key| key.id.clone());
    let fresh = match &active {
        Some(_) => None,
        None => {
            let id = making::next_id(&tenant.keys);
            Some(making::new_key(state, &tenant.issuer, &id, &kind, now)?)
        }
    };
    let (issuer, drill) = (tenant.issuer.id.clone(), drill.clone());
    state
        .store
        .write(move |tx| {
            let by = (drill.actor.as_str(), "", now);
            let from = drill.since.as_unix().min(now);
            making::revoke(tx, &issuer, &drill.key, from, by)?;
            let Some(fresh) = fresh else {
                return Ok(active.unwrap_or_default());
            };
            keys::add(tx.conn, &fresh)?;
            making::activate(tx, &issuer, &fresh.id, 0, by)?;
            Ok::<_, Problem>(fresh.id)
        })
        .await
}

async fn reissue(state: &State, tenant: &Arc<Tenant>, drill: &Drill) -> Result<Done, Problem> {
    let mut done = Done::default();
    let mut after = String::new();
    while let Some(rows) = page(state, tenant, drill, &after).await? {
        let mut planned = Vec::new();
        for row in rows {
            after.clone_from(&row.id);
            if has_newer(state, &row).await? {
                continue;
            }
            done.affected += 1;
            match anew(state, tenant, &row).await {
                Ok(plan) => planned.push(plan),
                Err(problem) => done.failed.push((row.id, problem.to_string())),
            }
        }
        done.reissued += give(state, tenant, planned, drill).await?;
    }
    Ok(done)
}

async fn page(
    state: &State,
    tenant: &Tenant,
    drill: &Drill,
    after: &str,
) -> Result<Option<Vec<Credential>>, Problem> {
    const PAGE: i64 = 100;
    let names = (tenant.issuer.id.clone(), drill.key.clone());
    let (from, after) = (drill.since.as_unix(), after.to_owned());
    let rows = state
        .store
        .read(move |conn| credentials::of_key(conn, (&names.0, &names.1), from, &after, PAGE))
        .await
        .map_err(Problem::from)?;
    Ok((!rows.is_empty()).then_some(rows))
}

async fn has_newer(state: &State, row: &Credential) -> Result<bool, Problem> {
    let id = row.id.clone();
    let newer = state
        .store
        .read(move |conn| credentials::newer(conn, &id))
        .await
        .map_err(Problem::from)?;
    Ok(newer.is_some())
}

/// The same badge with a new id, new positions and the issuer's present
/// profile. Its dates stay: the person earned it then.
async fn anew(state: &State, tenant: &Tenant, row: &Credential) -> Result<Planned, Problem> {
    let mut badge = following::badge(row)?;
    let id = random_id(&mut rand::rng());
    let had_two = badge
        .get("credentialStatus")
        .is_some_and(|entries| entries.as_array().is_some());
    for gone in [
        "proof",
        "credentialStatus",
        "iss",
        "jti",
        "sub",
        "nbf",
        "exp",
    ] {
        badge.remove(gone);
    }
    badge.set("id", state.address.credential(&id));
    badge.set("issuer", tenant.profile.clone());
    let version = version(state, row).await?;
    let subject = subject_id(&badge).unwrap_or_default();
    let moment = |seconds| Moment::from_unix(seconds).map_err(Problem::internal);
    let drafted = Drafted {
        id,
        version,
        object: badge,
        purposes: if had_two {
            vec!["revocation", "suspension"]
        } else {
            vec!["revocation"]
        },
        subject,
        valid_from: moment(row.valid_from)?,
        valid_until: row.valid_until.map(moment).transpose()?,
    };
    let example = drafted.with_positions(tenant, &[(1, 0), (2, 0)]);
    draft::lint(state, tenant, &example, state.clock.now())?;
    Ok(Planned {
        drafted,
        follows: Some(Follows {
            id: row.id.clone(),
            how: "reissue",
        }),
        waits: false,
    })
}

async fn version(state: &State, row: &Credential) -> Result<achievements::Version, Problem> {
    let (issuer, id, number) = (
        row.issuer_id.clone(),
        row.achievement_id.clone(),
        row.achievement_version,
    );
    state
        .store
        .read(move |conn| achievements::version(conn, &issuer, &id, number))
        .await
        .map_err(Problem::from)?
        .ok_or_else(|| Problem::new(Code::STATE_CONFLICT, "its design is gone"))
}

fn subject_id(badge: &Object<'_>) -> Option<String> {
    let subject = badge.get("credentialSubject").and_then(Value::as_object)?;
    subject.text("id").map(str::to_owned)
}

/// Reserves, seals and finishes a group of badges.
async fn give(
    state: &State,
    tenant: &Arc<Tenant>,
    planned: Vec<Planned>,
    drill: &Drill,
) -> Result<usize, Problem> {
    if planned.is_empty() {
        return Ok(0);
    }
    let once = Once {
        tenant: tenant.issuer.id.clone(),
        key: format!("drill {}", random_id(&mut rand::rng())),
        fingerprint: "drill".to_owned(),
    };
    let (now, actor, owner, named) = (
        state.clock.unix(),
        drill.actor.clone(),
        Arc::clone(tenant),
        once.clone(),
    );
    let rows = state
        .store
        .write(move |tx| issuing::reserve(tx, &owner, &planned, (&named, &actor), now))
        .await?;
    let mut sealed = Vec::new();
    for row in rows {
        let bytes = issuing::seal(state, tenant, &row)?;
        sealed.push((row, bytes));
    }
    let rows = state
        .store
        .write(move |tx| issuing::finish(tx, sealed, Some((&once, 201)), "drill", now))
        .await?;
    Ok(rows.len())
}
