//! Checks what somebody hands in: a file, a text, or a link.
//!
//! **Promises.** The engine and the answer are those of `countersign check
//! --json`. Nothing of the input is kept. What this node publishes itself is
//! never fetched. A link to a badge that is not shared shows nothing of it.

use super::gather::{self, Order};
use super::problem::{Code, Problem};
use super::sharing::{self, Linked};
use super::state::State;
use super::telemetry::record;
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::net::Look;
use crate::store::Error;
use crate::store::stops::{self, SavedCheck};
use crate::text::random_id;
use crate::trust::TrustFile;
use crate::verify::{Answer, Policy, Report, Unavailable, Wanted, explain, to_wire};
use std::sync::atomic::Ordering;
use tokio::time::Instant;

/// What is to be checked, and how.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What the caller calls it; a file's name, a link.
    pub name: String,
    /// The person it should be about.
    pub recipient: Option<String>,
    /// The challenge a presentation must answer.
    pub challenge: Option<String>,
    /// Whom a presentation must be for.
    pub domain: Option<String>,
    /// Whether a presentation of nothing counts as one.
    pub may_be_empty: bool,
    /// The moment as of which it is judged.
    pub at: Option<Moment>,
    /// How old a status list may be, in seconds.
    pub max_status_age: Option<u32>,
    /// Whether the check is to be kept, and what the caller calls it.
    pub keep: Option<Option<String>>,
    /// Whom the one who checks recognises; nobody is asked if there is none.
    pub trust: Option<TrustFile>,
}

/// The answer.
#[derive(Debug)]
pub struct Checked {
    /// The report, if there was a badge to look at.
    pub report: Option<Report>,
    /// As JSON.
    pub wire: Object<'static>,
    /// The outcome's id.
    pub outcome: &'static str,
}

/// Checks bytes.
///
/// # Errors
/// [`Problem`] for our own faults only: whatever is wrong with the badge is in
/// the report.
pub async fn bytes(state: &State, bytes: &[u8], asked: &Asked) -> Result<Checked, Problem> {
    let (now, began) = (state.clock.now(), Instant::now());
    let order = Order {
        as_of: asked.at,
        max_status_age: asked.max_status_age,
        ..Order::new(bytes, now, policy(state, asked))
    };
    let gathered = run(state, &order).await;
    for look in &gathered.looks {
        record::fetch(look.code);
    }
    let explained = explain(&gathered.report);
    let mut wire = to_wire(&gathered.report, &asked.name);
    if !gathered.looks.is_empty() {
        wire.set("documents", looks(&gathered.looks));
    }
    let outcome = explained.outcome.id();
    record::check(
        gathered.report.conclusion(),
        explained.outcome,
        began.elapsed(),
    );
    keep(state, asked, &mut wire, outcome, Some(&gathered.report)).await?;
    Ok(Checked {
        outcome,
        report: Some(gathered.report),
        wire,
    })
}

async fn run(state: &State, order: &Order<'_>) -> gather::Gathered {
    gather::gather(order, &state.fetcher, async |wanted: &Wanted| {
        own(state, wanted)
    })
    .await
}

fn policy(state: &State, asked: &Asked) -> Policy {
    Policy {
        dev: state.address.is_dev(),
        recipient: asked.recipient.clone(),
        challenge: asked.challenge.clone(),
        domain: asked.domain.clone(),
        trust: asked.trust.clone(),
        empty_presentations: asked.may_be_empty,
        ..Policy::default()
    }
}

/// What this node publishes itself. While fetching is stopped, everything else
/// is unavailable.
fn own(state: &State, wanted: &Wanted) -> Option<Answer> {
    let Some(path) = state.address.path_of(&wanted.url) else {
        let is_stopped = state.fetch_stopped.load(Ordering::Relaxed);
        return is_stopped.then_some(Answer::Unavailable(Unavailable::Offline));
    };
    let found = state
        .published
        .get(path)
        .or_else(|| state.published.get(&format!("{path}/")));
    Some(match found {
        Some(served) => Answer::Document(served.document()),
        None => Answer::Unavailable(Unavailable::Refused),
    })
}

fn looks(looks: &[Look]) -> Value<'static> {
    Value::Array(
        looks
            .iter()
            .map(|look| Value::Object(look.to_wire()))
            .collect(),
    )
}

/// Checks what a link or a code leads to.
///
/// # Errors
/// `schema_invalid` for what is neither; as [`bytes`].
pub async fn link(state: &State, typed: &str, asked: &Asked) -> Result<Checked, Problem> {
    let typed = typed.trim();
    match sharing::follow(state, typed).await? {
        Linked::Badge(row) => {
            let body = row.body.clone().unwrap_or_default();
            bytes(state, body.as_bytes(), asked).await
        }
        Linked::Private => silent(state, asked, "private", "This badge is private").await,
        Linked::Ended => silent(state, asked, "link-ended", "This link has stopped working").await,
        Linked::Nothing => {
            let words = "We cannot find a badge with that code";
            silent(state, asked, "not-found", words).await
        }
        Linked::Elsewhere(url) => elsewhere(state, &url, asked).await,
        Linked::NotALink => Err(Problem::new(
            Code::SCHEMA_INVALID,
            "send a link that begins with https://, or a code such as B7K-4PD-2HX",
        )),
    }
}

async fn elsewhere(state: &State, url: &str, asked: &Asked) -> Result<Checked, Problem> {
    if state.fetch_stopped.load(Ordering::Relaxed) {
        return unreachable(state, asked, url, Unavailable::Offline).await;
    }
    match state.fetcher.fetch_badge(url).await {
        Ok(found) => bytes(state, &found, asked).await,
        Err(Unavailable::Refused | Unavailable::Gone) => {
            silent(
                state,
                asked,
                "not-found",
                "We cannot find a badge at that link",
            )
            .await
        }
        Err(why) => unreachable(state, asked, url, why).await,
    }
}

async fn unreachable(
    state: &State,
    asked: &Asked,
    url: &str,
    why: Unavailable,
) -> Result<Checked, Problem> {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let words = format!("We could not check this badge. We could not reach {host}");
    let mut checked = silent(state, asked, "key-unreachable", &words).await?;
    checked.wire.set("reason", why.code());
    Ok(checked)
}

/// An answer about a badge that was not looked at.
async fn silent(
    state: &State,
    asked: &Asked,
    outcome: &'static str,
    headline: &str,
) -> Result<Checked, Problem> {
    let mut wire = Object::new();
    wire.set("input", asked.name.clone());
    wire.set("outcome", outcome);
    wire.set("conclusion", "undecided");
    wire.set("headline", headline.to_owned());
    wire.set("findings", Value::Array(Vec::new()));
    for question in ["authentic", "current", "recognised", "person"] {
        let mut answer = Object::new();
        answer.set("state", "not_reached");
        answer.set("code", outcome);
        answer.set("text", headline.to_owned());
        wire.set(question, answer);
    }
    wire.set("checked_at", state.clock.now().to_rfc3339());
    keep(state, asked, &mut wire, outcome, None).await?;
    Ok(Checked {
        report: None,
        wire,
        outcome,
    })
}

/// Keeps the check if that was asked for: the outcome, the moment and the
/// badge's id, nothing else.
async fn keep(
    state: &State,
    asked: &Asked,
    wire: &mut Object<'static>,
    outcome: &str,
    report: Option<&Report>,
) -> Result<(), Problem> {
    let Some(own_reference) = &asked.keep else {
        return Ok(());
    };
    let verified = report
        .filter(|report| report.is_authentic())
        .and_then(|report| report.verified.as_ref());
    let check = SavedCheck {
        reference: random_id(&mut rand::rng()),
        outcome: outcome.to_owned(),
        badge_id: verified.and_then(|verified| verified.id.clone()),
        own_reference: own_reference.clone(),
        created_at: state.clock.unix(),
    };
    wire.set("reference", check.reference.clone());
    state
        .store
        .write(move |tx| stops::save_check(tx.conn, &check))
        .await
        .map_err(|error: Error| error.into())
}
