//! `/api/v1/stops`: switches that outlive a restart (REL-24).

use super::Problems;
use crate::edge::caller::{NodeCaller, may};
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::store::stops::{self, Stop};
use crate::store::{Tx, audit};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};

/// What can be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StopName {
    /// Giving badges.
    Issue,
    /// Fetching what others publish.
    Fetch,
}

impl StopName {
    const fn stop(self) -> Stop {
        match self {
            Self::Issue => Stop::Issue,
            Self::Fetch => Stop::Fetch,
        }
    }
}

/// Something to stop.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewStop {
    /// Why, for other operators.
    #[schema(max_length = 256)]
    pub(crate) reason: String,
}

/// A switch in a path.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct StopPath {
    /// What is stopped.
    what: StopName,
}

/// Stops giving badges, or fetching, on the whole node. Safe to repeat.
#[utoipa::path(put, path = "/api/v1/stops/{what}", tag = "Operation", operation_id = "stop",
    params(StopPath), request_body = NewStop, security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn put(
    state: Data<State>,
    caller: NodeCaller<may::StopNode>,
    context: Context,
    path: Path<StopPath>,
    body: Body<NewStop>,
) -> Result<HttpResponse, Problem> {
    let reason = body.value.reason;
    if reason.len() > 256 {
        return Err(super::issuers::faulty("/reason", "at most 256 bytes"));
    }
    let (what, now, actor) = (
        path.what.stop(),
        state.clock.unix(),
        caller.bearer.id.clone(),
    );
    state
        .store
        .write(move |tx| {
            if !stops::set(tx.conn, "", what, &reason, now)? {
                return Ok(());
            }
            note(tx, ("stop.set", what), actor, context.id, now)
        })
        .await?;
    state.stopped(what, true);
    Ok(HttpResponse::NoContent().finish())
}

/// Lets it go on. Safe to repeat.
#[utoipa::path(delete, path = "/api/v1/stops/{what}", tag = "Operation", operation_id = "resume",
    params(StopPath), security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn lift(
    state: Data<State>,
    caller: NodeCaller<may::StopNode>,
    context: Context,
    path: Path<StopPath>,
) -> Result<HttpResponse, Problem> {
    let (what, now, actor) = (
        path.what.stop(),
        state.clock.unix(),
        caller.bearer.id.clone(),
    );
    state
        .store
        .write(move |tx| {
            if !stops::lift(tx.conn, "", what)? {
                return Ok(());
            }
            note(tx, ("stop.lifted", what), actor, context.id, now)
        })
        .await?;
    state.stopped(what, false);
    Ok(HttpResponse::NoContent().finish())
}

fn note(
    tx: &mut Tx<'_>,
    (act, what): (&'static str, Stop),
    actor: String,
    request: String,
    now: i64,
) -> Result<(), Problem> {
    let act = audit::Act {
        actor,
        act,
        object: what.name().to_owned(),
        request,
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, now)?;
    Ok(())
}
