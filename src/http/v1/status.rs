//! What becomes of a badge: withdrawn, paused, resumed, renewed, replaced,
//! approved.

use super::credentials::{CredentialBody, answer, find, whole};
use super::{IdempotencyKey, ItemPath, Problems};
use crate::edge::caller::{Caller, may};
use crate::edge::directory::Tenant;
use crate::edge::following;
use crate::edge::idempotency::once;
use crate::edge::issuing::{self, Follows, NewCredential, Order};
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::edge::tokens::Bearer;
use crate::edge::withdrawing::{self, Said};
use crate::http::reply;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use std::sync::Arc;

/// Why a badge is withdrawn or paused.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Reason {
    /// What everybody who checks the badge may know. Nothing about the
    /// person.
    #[schema(example = "issued in error", max_length = 256)]
    pub(crate) reason: Option<String>,
}

/// Which position is meant, and what is said of it.
struct Telling {
    purpose: &'static str,
    is_set: bool,
    reason: Option<String>,
}

async fn tell(
    state: &State,
    (tenant, bearer): (&Arc<Tenant>, &Arc<Bearer>),
    context: Context,
    id: &str,
    telling: Telling,
    bytes: &[u8],
) -> Result<HttpResponse, Problem> {
    let issuer = tenant.issuer.id.clone();
    let request = context.once(&issuer, bytes)?;
    if telling
        .reason
        .as_ref()
        .is_some_and(|reason| reason.len() > 256)
    {
        return Err(super::issuers::faulty("/reason", "at most 256 bytes"));
    }
    let said = Said {
        is_set: telling.is_set,
        reason: telling.reason,
        actor: bearer.id.clone(),
        request: context.id,
    };
    let (owner, credential, now) = (issuer.clone(), id.to_owned(), state.clock.unix());
    let kept = once(state, request, move |tx| {
        withdrawing::say(tx, &owner, &credential, telling.purpose, &said, now)?;
        reply::answer(200, &serde_json::json!({ "id": credential }))
    })
    .await?;
    let row = find(state, &issuer, id).await?;
    answer(state, kept.status, &row).await
}

/// Withdraws a badge. Safe to repeat: the first date stays.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/revocation", tag = "Badges", operation_id = "revokeCredential",
    params(ItemPath, IdempotencyKey), request_body = Reason, security(("token" = [])),
    responses((status = 200, body = CredentialBody), Problems))]
pub(crate) async fn revoke(
    state: Data<State>,
    caller: Caller<may::Revoke>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<Reason>,
) -> Result<HttpResponse, Problem> {
    let telling = Telling {
        purpose: "revocation",
        is_set: true,
        reason: body.value.reason,
    };
    let by = (&caller.tenant, &caller.bearer);
    tell(&state, by, context, &path.id, telling, &body.bytes).await
}

/// Pauses a badge.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/suspension", tag = "Badges", operation_id = "suspendCredential",
    params(ItemPath, IdempotencyKey), request_body = Reason, security(("token" = [])),
    responses((status = 200, body = CredentialBody), Problems))]
pub(crate) async fn suspend(
    state: Data<State>,
    caller: Caller<may::Revoke>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<Reason>,
) -> Result<HttpResponse, Problem> {
    let telling = Telling {
        purpose: "suspension",
        is_set: true,
        reason: body.value.reason,
    };
    let by = (&caller.tenant, &caller.bearer);
    tell(&state, by, context, &path.id, telling, &body.bytes).await
}

/// Resumes a paused badge.
#[utoipa::path(delete, path = "/api/v1/issuers/{issuer}/credentials/{id}/suspension", tag = "Badges", operation_id = "resumeCredential",
    params(ItemPath, IdempotencyKey), security(("token" = [])),
    responses((status = 200, body = CredentialBody), Problems))]
pub(crate) async fn resume(
    state: Data<State>,
    caller: Caller<may::Revoke>,
    context: Context,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let telling = Telling {
        purpose: "suspension",
        is_set: false,
        reason: None,
    };
    let by = (&caller.tenant, &caller.bearer);
    tell(&state, by, context, &path.id, telling, b"").await
}

/// What a renewal may say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Renewal {
    /// Until when the new badge holds, if not as the design says.
    #[schema(format = DateTime)]
    pub(crate) valid_until: Option<String>,
}

/// Renews a badge: the person gets a new one that keeps the date of the first
/// award.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/renewal", tag = "Badges", operation_id = "renewCredential",
    params(ItemPath, IdempotencyKey), request_body = Renewal, security(("token" = [])),
    responses((status = 201, body = CredentialBody), Problems))]
pub(crate) async fn renew(
    state: Data<State>,
    caller: Caller<may::Issue>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<Renewal>,
) -> Result<HttpResponse, Problem> {
    let once = context.once(&caller.tenant.issuer.id, &body.bytes)?;
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    let new = following::renewal(&state, &row, body.value.valid_until).await?;
    let follows = Follows {
        id: row.id,
        how: "renewal",
    };
    let order = Order {
        tenant: caller.tenant,
        all: vec![(new, Some(follows))],
        once,
        actor: caller.bearer.id.clone(),
        request: context.id,
    };
    follow(&state, order).await
}

/// Replaces a badge by a corrected one; the old one is withdrawn.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/replacement", tag = "Badges", operation_id = "replaceCredential",
    params(ItemPath, IdempotencyKey), request_body = NewCredential, security(("token" = [])),
    responses((status = 201, body = CredentialBody), Problems))]
pub(crate) async fn replace(
    state: Data<State>,
    caller: Caller<may::Issue>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<NewCredential>,
) -> Result<HttpResponse, Problem> {
    let once = context.once(&caller.tenant.issuer.id, &body.bytes)?;
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    following::require_issued(&row)?;
    let follows = Follows {
        id: row.id,
        how: "replacement",
    };
    let order = Order {
        tenant: caller.tenant,
        all: vec![(body.value, Some(follows))],
        once,
        actor: caller.bearer.id.clone(),
        request: context.id,
    };
    follow(&state, order).await
}

async fn follow(state: &State, order: Order) -> Result<HttpResponse, Problem> {
    let given = issuing::give(state, order).await?;
    let row = given.rows.first();
    let row = row.ok_or_else(|| Problem::internal("a badge was given and is not there"))?;
    Ok(reply::json(201, &whole(state, row)?))
}

/// Approves a badge that waits. Nobody approves what they asked for.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/approval", tag = "Badges", operation_id = "approveCredential",
    params(ItemPath, IdempotencyKey), security(("token" = [])),
    responses((status = 200, body = CredentialBody), Problems))]
pub(crate) async fn approve(
    state: Data<State>,
    caller: Caller<may::Approve>,
    context: Context,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let request = context.once(&issuer, b"")?;
    let by = (caller.bearer.id.clone(), context.id);
    let row = issuing::approve(&state, &caller.tenant, &path.id, request, by).await?;
    answer(&state, 200, &row).await
}
