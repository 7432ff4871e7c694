//! The four steps, one after the other.

use super::draft::{self, Follows, Ground, NewCredential};
use super::{Planned, finish, reserve, seal};
use crate::edge::directory::Tenant;
use crate::edge::following;
use crate::edge::idempotency::{Answer, Once};
use crate::edge::lists;
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::store::achievements::{self, Version};
use crate::store::credentials::{self, Credential, Sealed};
use crate::store::{Conn, Error, audit, idempotency};
use crate::text::random_id;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Badges that somebody asks for in one request.
#[derive(Debug)]
pub struct Order {
    /// The issuer.
    pub tenant: Arc<Tenant>,
    /// The badges.
    pub all: Vec<(NewCredential, Option<Follows>)>,
    /// The request's own name.
    pub once: Once,
    /// Who asks: the id of a token.
    pub actor: String,
    /// The request's id in logs and audit.
    pub request: String,
}

/// What was given.
#[derive(Debug)]
pub struct Given {
    /// The badges, in the order they were asked for.
    pub rows: Vec<Credential>,
    /// Whether they were given to an earlier attempt.
    pub is_repeated: bool,
}

/// Gives badges: all of them, or none.
///
/// # Errors
/// [`Problem`]: nothing was given then, except after `internal` and
/// `signer_down`, where what was reserved is sealed later and the same request
/// finds it.
pub async fn give(state: &State, order: Order) -> Result<Given, Problem> {
    if let Some(given) = earlier(state, &order.once).await? {
        return Ok(given);
    }
    state.require_safe_clock()?;
    let planned = plan(state, &order).await?;
    fail::fail_point!("issuing.before_reserve", |_| std::process::abort());
    let rows = keep(state, &order, planned).await?;
    fail::fail_point!("issuing.after_reserve", |_| std::process::abort());
    let asked: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let (waiting, reserved): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.state == "waiting");
    let sealed = seal_all(state, &order.tenant, reserved).await;
    let sealed = match sealed.and_then(|sealed| unchanged(state, &order.tenant, sealed)) {
        Ok(sealed) => sealed,
        Err(problem) => return Err(give_up(state, &order, problem).await),
    };
    let now = state.clock.unix();
    let (once, request) = (order.once, order.request);
    let rows = state
        .store
        .write(move |tx| {
            let mut rows = finish(tx, sealed, None, &request, now)?;
            rows.extend(waiting);
            rows.sort_by_key(|row| asked.iter().position(|id| *id == row.id));
            once.answered(tx.conn, &super::finish::remembered(&rows, 201))?;
            Ok::<_, Problem>(rows)
        })
        .await?;
    fail::fail_point!("issuing.before_answer", |_| std::process::abort());
    record::issued(u64::try_from(rows.len()).unwrap_or_default());
    state.work.notify_one();
    Ok(Given {
        rows,
        is_repeated: false,
    })
}

/// Step 3.
async fn seal_all(
    state: &State,
    tenant: &Tenant,
    rows: Vec<Credential>,
) -> Result<Vec<(Credential, Sealed)>, Problem> {
    let mut sealed = Vec::new();
    for row in rows {
        show_lists(state, tenant, &row).await?;
        let bytes = seal(state, tenant, &row)?;
        sealed.push((row, bytes));
    }
    Ok(sealed)
}

/// SEC-42: what was sealed is of the organisation as it is now.
fn unchanged<T>(state: &State, tenant: &Tenant, sealed: T) -> Result<T, Problem> {
    let now = state.directory.get(&tenant.issuer.slug);
    if now.is_some_and(|now| now.digest == tenant.digest) {
        return Ok(sealed);
    }
    let words = "nothing was given; send it again";
    Err(Problem::new(Code::PROFILE_CHANGED, words))
}

/// What cannot be sealed now may be later, and is left for [`super::recover`].
/// What can never be sealed is given up with its positions, and the request's
/// name is free again.
async fn give_up(state: &State, order: &Order, problem: Problem) -> Problem {
    let waits = [
        Code::SIGNER_DOWN,
        Code::STORAGE_LOW,
        Code::OVERLOADED,
        Code::STOPPING,
    ];
    if waits.contains(&problem.code) {
        return problem;
    }
    let (tenant, key) = (order.once.tenant.clone(), order.once.key.clone());
    let given_up = state.store.write(move |tx| {
        credentials::fail_request(tx.conn, &tenant, &key)?;
        idempotency::forget(tx.conn, &tenant, &key)
    });
    match given_up.await {
        Ok(()) => problem,
        Err(error) => Problem::from(error),
    }
}

#[derive(Deserialize)]
struct Remembered {
    issued: Vec<String>,
}

async fn earlier(state: &State, once: &Once) -> Result<Option<Given>, Problem> {
    let once = once.clone();
    state
        .store
        .read(move |conn| match once.earlier(conn)? {
            None => Ok(None),
            Some(answer) => repeated(conn, &answer).map(Some),
        })
        .await
}

fn repeated(conn: &mut Conn, answer: &Answer) -> Result<Given, Problem> {
    let remembered: Remembered = serde_json::from_str(&answer.body).map_err(Problem::internal)?;
    let rows: Result<Vec<_>, Problem> = remembered
        .issued
        .iter()
        .map(|id| {
            credentials::find_any(conn, id)?
                .ok_or_else(|| Error::Damaged("a badge is missing").into())
        })
        .collect();
    Ok(Given {
        rows: rows?,
        is_repeated: true,
    })
}

/// Step 1.
async fn plan(state: &State, order: &Order) -> Result<Vec<Planned>, Problem> {
    if !order.tenant.issuer.is_open() {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "this organisation is closed",
        ));
    }
    let versions = designs(state, order).await?;
    let mut planned = Vec::new();
    for (new, follows) in &order.all {
        let version = versions
            .get(new.achievement.as_str())
            .ok_or_else(|| Problem::not_found("badge design"))?;
        let ground = Ground {
            tenant: &order.tenant,
            version,
            now: state.clock.now(),
        };
        let drafted = draft::draft(state, ground, new, random_id(&mut rand::rng()))?;
        let policy = draft::Policy::read(version)?;
        planned.push(Planned {
            waits: order.tenant.settings.two_people
                && policy.needs_approval()
                && !repeats(follows.as_ref()),
            drafted,
            follows: follows.clone(),
        });
    }
    Ok(planned)
}

/// Whether a badge says again what was approved before. A replacement may say
/// anything.
fn repeats(follows: Option<&Follows>) -> bool {
    follows.is_some_and(|follows| matches!(follows.how, "renewal" | "reissue"))
}

/// The newest version of each design that is asked for.
async fn designs(state: &State, order: &Order) -> Result<HashMap<String, Version>, Problem> {
    let issuer = order.tenant.issuer.id.clone();
    let mut wanted: Vec<String> = order
        .all
        .iter()
        .map(|(new, _)| new.achievement.clone())
        .collect();
    wanted.sort();
    wanted.dedup();
    state
        .store
        .read(move |conn| {
            let mut found = HashMap::new();
            for id in wanted {
                if let Some((design, version)) = achievements::find(conn, &issuer, &id)? {
                    if design.state == "retired" {
                        return Err(Problem::new(
                            Code::STATE_CONFLICT,
                            format!("the badge design {id} is retired"),
                        ));
                    }
                    found.insert(id, version);
                }
            }
            Ok::<_, Problem>(found)
        })
        .await
}

/// Step 2.
async fn keep(
    state: &State,
    order: &Order,
    planned: Vec<Planned>,
) -> Result<Vec<Credential>, Problem> {
    let (tenant, once) = (Arc::clone(&order.tenant), order.once.clone());
    let (actor, now) = (order.actor.clone(), state.clock.unix());
    let request = order.request.clone();
    state
        .store
        .write(move |tx| {
            for one in &planned {
                if let Some(follows) = &one.follows {
                    following::require_good(tx.conn, &tenant.issuer.id, follows)?;
                }
            }
            let rows = reserve(tx, &tenant, &planned, (&once, &actor), now)?;
            for row in rows.iter().filter(|row| row.state == "waiting") {
                audit::record(tx.conn, requested(row, &request), now)?;
            }
            Ok::<_, Problem>(rows)
        })
        .await
}

/// That a badge waits is an act of its own: somebody asked for it.
fn requested(row: &Credential, request: &str) -> audit::Act {
    audit::Act {
        actor: row.created_by.clone(),
        tenant: row.issuer_id.clone(),
        act: "credential.requested",
        object: row.id.clone(),
        request: request.to_owned(),
        ..audit::Act::default()
    }
}

/// Every list that a badge names can be fetched before the badge is handed
/// out.
async fn show_lists(state: &State, tenant: &Tenant, row: &Credential) -> Result<(), Problem> {
    let text = row.draft.as_deref().unwrap_or_default();
    for list in lists_named(text, &tenant.address.base) {
        lists::require_shown(state, tenant, list).await?;
    }
    Ok(())
}

/// The numbers of the lists that a draft of ours names.
fn lists_named(draft: &str, base: &str) -> Vec<i64> {
    let beginning = format!("{base}/status/");
    let mut numbers: Vec<i64> = draft
        .match_indices(&beginning)
        .filter_map(|(at, _)| {
            let rest = draft.get(at + beginning.len()..)?;
            let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
            rest.get(..digits)?.parse().ok()
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
