//! `/api/v1/issuers/{issuer}/keys`: the signing keys of an organisation.

use super::{IdempotencyKey, IssuerPath, ItemPath, Problems, moment};
use crate::clock::Moment;
use crate::edge::caller::{Caller, may};
use crate::edge::directory::Tenant;
use crate::edge::idempotency::once;
use crate::edge::keys as making;
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::http::reply;
use crate::store::keys::Key;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A key that an organisation is to have.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewKey {
    /// What kind of key.
    #[serde(default)]
    pub(crate) algorithm: KeyKind,
    /// Whether it is made in the node's device, of the kind that the device
    /// signs with best; its secret half never leaves it.
    #[serde(default)]
    pub(crate) hardware: bool,
}

/// The kinds of key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyKind {
    /// For every reader of Open Badges 3.0.
    #[default]
    Ed25519,
    /// For readers and devices that know no Ed25519.
    P256,
    /// A longer one of the same kind.
    P384,
    /// For tokens that old platforms read.
    Rsa,
}

impl KeyKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::Rsa => "rsa",
        }
    }
}

/// A key was lost.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeyRevocation {
    /// Since when it may have been in other hands.
    #[schema(format = DateTime, example = "2026-11-01T00:00:00Z")]
    pub(crate) since: String,
}

/// A key.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyBody {
    /// Its name in the organisation's documents.
    pub(crate) id: String,
    /// Its name in proofs.
    pub(crate) verification_method: String,
    /// What kind of key.
    pub(crate) algorithm: String,
    /// `pre-published`, `active`, `retired` or `revoked`.
    pub(crate) state: String,
    /// RFC 7638.
    pub(crate) thumbprint: String,
    /// When it was published.
    pub(crate) published_at: String,
    /// When it began to sign.
    pub(crate) activated_at: Option<String>,
    /// When it ceased to sign.
    pub(crate) retired_at: Option<String>,
    /// Since when it may have been in other hands.
    pub(crate) revoked_from: Option<String>,
}

/// The keys of an organisation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct KeyList {
    /// The keys, oldest first.
    pub(crate) items: Vec<KeyBody>,
}

fn body(tenant: &Tenant, key: &Key) -> Result<KeyBody, Problem> {
    Ok(KeyBody {
        id: key.id.clone(),
        verification_method: tenant.method_id(key).map_err(Problem::from)?,
        algorithm: key.algorithm.clone(),
        state: key.state.clone(),
        thumbprint: key.thumbprint.clone(),
        published_at: moment(key.created_at),
        activated_at: key.activated_at.map(moment),
        retired_at: key.retired_at.map(moment),
        revoked_from: key.revoked_from.map(moment),
    })
}

fn found(tenant: &Arc<Tenant>, id: &str) -> Result<KeyBody, Problem> {
    let key = tenant
        .keys
        .iter()
        .find(|key| key.id == id)
        .ok_or_else(|| Problem::not_found("key"))?;
    body(tenant, key)
}

/// Lists the keys of an organisation.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/keys", tag = "Keys", operation_id = "listKeys",
    params(IssuerPath), security(("token" = [])), responses((status = 200, body = KeyList), Problems))]
pub(crate) async fn list(caller: Caller<may::SeeIssuer>) -> Result<HttpResponse, Problem> {
    let items: Result<Vec<_>, Problem> = caller
        .tenant
        .keys
        .iter()
        .map(|key| body(&caller.tenant, key))
        .collect();
    Ok(reply::json(200, &KeyList { items: items? }))
}

/// Publishes a new key. It signs nothing yet: others have to see it first.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/keys", tag = "Keys", operation_id = "createKey",
    params(IssuerPath, IdempotencyKey), request_body = NewKey, security(("token" = [])),
    responses((status = 201, body = KeyBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::ManageKeys>,
    context: Context,
    body: Body<NewKey>,
) -> Result<HttpResponse, Problem> {
    let tenant = &caller.tenant;
    let request = context.once(&tenant.issuer.id, &body.bytes)?;
    let (now, id) = (state.clock.unix(), making::next_id(&tenant.keys));
    let kind = body.value.algorithm.name();
    let key = if body.value.hardware {
        making::new_hardware_key(&state, &tenant.issuer, &id, now)?
    } else {
        making::new_key(&state, &tenant.issuer, &id, kind, now)?
    };
    let actor = caller.bearer.id.clone();
    let answer = once(&state, request, move |tx| {
        making::publish(tx, &key, (&actor, &context.id, now))?;
        reply::answer(201, &serde_json::json!({ "id": key.id }))
    })
    .await?;
    answer_with_key(&state, &tenant.issuer.id, 201, &answer.body).await
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

async fn answer_with_key(
    state: &State,
    issuer: &str,
    status: u16,
    answer: &str,
) -> Result<HttpResponse, Problem> {
    let named: Named = serde_json::from_str(answer).map_err(Problem::internal)?;
    let tenant = state.refresh(issuer).await?;
    Ok(reply::json(status, &found(&tenant, &named.id)?))
}

/// Lets a published key sign. The one before it retires: its private half is
/// destroyed, its public half stays, and what it signed goes on verifying.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/keys/{id}/activation", tag = "Keys", operation_id = "activateKey",
    params(ItemPath, IdempotencyKey), security(("token" = [])),
    responses((status = 200, body = KeyBody), Problems))]
pub(crate) async fn activate(
    state: Data<State>,
    caller: Caller<may::ManageKeys>,
    context: Context,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let request = context.once(&issuer, b"")?;
    let (now, wait) = (state.clock.unix(), state.choices.key_wait_seconds);
    let (owner, id, actor) = (issuer.clone(), path.id.clone(), caller.bearer.id.clone());
    let answer = once(&state, request, move |tx| {
        let by = (actor.as_str(), context.id.as_str(), now);
        making::activate(tx, &owner, &id, wait, by)?;
        making::sign_lists_again(tx, &owner, now)?;
        reply::answer(200, &serde_json::json!({ "id": id }))
    })
    .await?;
    answer_with_key(&state, &issuer, 200, &answer.body).await
}

/// Revokes a key that may be in other hands. Badges of that key no longer
/// count as current; `countersign key compromise` gives them anew.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/keys/{id}/revocation", tag = "Keys", operation_id = "revokeKey",
    params(ItemPath, IdempotencyKey), request_body = KeyRevocation, security(("token" = [])),
    responses((status = 200, body = KeyBody), Problems))]
pub(crate) async fn revoke(
    state: Data<State>,
    caller: Caller<may::ManageKeys>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<KeyRevocation>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let request = context.once(&issuer, &body.bytes)?;
    let now = state.clock.unix();
    let since = Moment::parse(&body.value.since)
        .map_err(|error| super::issuers::faulty("/since", &error.to_string()))?;
    let from = since.as_unix().min(now);
    let (owner, id, actor) = (issuer.clone(), path.id.clone(), caller.bearer.id.clone());
    let answer = once(&state, request, move |tx| {
        let by = (actor.as_str(), context.id.as_str(), now);
        making::revoke(tx, &owner, &id, from, by)?;
        making::sign_lists_again(tx, &owner, now)?;
        reply::answer(200, &serde_json::json!({ "id": id }))
    })
    .await?;
    answer_with_key(&state, &issuer, 200, &answer.body).await
}
