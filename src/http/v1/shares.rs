//! `…/credentials/{id}/shares` and `…/file`: a badge is handed on.

use super::credentials::find;
use super::{Binary, ItemPath, Problems, moment};
use crate::clock::Moment;
use crate::edge::caller::{Caller, may};
use crate::edge::download::{self, Form};
use crate::edge::following;
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::http::reply;
use crate::store::audit;
use crate::store::shares::{self, Share};
use crate::text::{random_code, random_id};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

/// How a badge is to be shared.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewShare {
    /// By a link, by a code that can be read out, or by a public page.
    pub(crate) kind: ShareKind,
    /// When it stops working. The badge itself does not end then.
    #[schema(format = DateTime)]
    pub(crate) stops_at: Option<String>,
}

/// The ways of sharing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ShareKind {
    /// A link that nobody guesses.
    Link,
    /// A code that can be read out.
    Code,
    /// A page for everybody.
    Page,
}

/// A share.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShareBody {
    /// The link's last part, or the code.
    pub(crate) token: String,
    /// `link`, `code` or `page`.
    pub(crate) kind: String,
    /// What to hand on.
    pub(crate) address: String,
    /// When it stops working.
    pub(crate) stops_at: Option<String>,
    /// When it was ended.
    pub(crate) ended_at: Option<String>,
}

/// The shares of a badge.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ShareList {
    /// The shares, oldest first.
    pub(crate) items: Vec<ShareBody>,
}

fn body(state: &State, share: Share) -> ShareBody {
    let letter = match share.kind.as_str() {
        "link" => "s",
        "code" => "c",
        _ => "b",
    };
    ShareBody {
        address: format!("{}/{letter}/{}", state.address.base(), share.token),
        token: share.token,
        kind: share.kind,
        stops_at: share.stops_at.map(moment),
        ended_at: share.ended_at.map(moment),
    }
}

/// Shares a badge. Until it is shared, nobody can see it.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/{id}/shares", tag = "Sharing", operation_id = "createShare",
    params(ItemPath), request_body = NewShare, security(("token" = [])),
    responses((status = 201, body = ShareBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::Share>,
    context: Context,
    path: Path<ItemPath>,
    body: Body<NewShare>,
) -> Result<HttpResponse, Problem> {
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    following::require_issued(&row)?;
    let stops_at = match &body.value.stops_at {
        None => None,
        Some(text) => {
            let stops = Moment::parse(text)
                .map_err(|error| super::issuers::faulty("/stopsAt", &error.to_string()))?;
            if stops <= state.clock.now() {
                return Err(super::issuers::faulty(
                    "/stopsAt",
                    "a moment that is to come",
                ));
            }
            Some(stops.as_unix())
        }
    };
    let (kind, token) = match body.value.kind {
        ShareKind::Link => ("link", random_id(&mut rand::rng())),
        ShareKind::Code => ("code", random_code(&mut rand::rng())),
        ShareKind::Page => ("page", random_id(&mut rand::rng())),
    };
    let now = state.clock.unix();
    let share = Share {
        token,
        issuer_id: row.issuer_id,
        credential_id: row.id,
        kind: kind.to_owned(),
        stops_at,
        ended_at: None,
        created_at: now,
    };
    let (kept, actor) = (share.clone(), caller.bearer.id.clone());
    state
        .store
        .write(move |tx| {
            shares::add(tx.conn, &kept)?;
            let act = act(actor, &kept, "credential.shared", context.id);
            audit::record(tx.conn, act, now)?;
            Ok::<_, Problem>(())
        })
        .await?;
    Ok(reply::json(201, &self::body(&state, share)))
}

/// The audit names the badge, never the link.
fn act(actor: String, share: &Share, what: &'static str, request: String) -> audit::Act {
    audit::Act {
        actor,
        tenant: share.issuer_id.clone(),
        act: what,
        object: share.credential_id.clone(),
        request,
        ..audit::Act::default()
    }
}

/// Lists how a badge is shared.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/credentials/{id}/shares", tag = "Sharing", operation_id = "listShares",
    params(ItemPath), security(("token" = [])), responses((status = 200, body = ShareList), Problems))]
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller<may::Share>,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    let found = state
        .store
        .read(move |conn| shares::of_credential(conn, &row.issuer_id, &row.id))
        .await
        .map_err(Problem::from)?;
    let items = found.into_iter().map(|share| body(&state, share)).collect();
    Ok(reply::json(200, &ShareList { items }))
}

/// A share of a badge in a path.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SharePath {
    /// The last part of the organisation's addresses.
    #[param(max_length = 64)]
    #[expect(dead_code, reason = "the caller's extractor reads it")]
    issuer: String,
    /// The badge.
    #[param(max_length = 64)]
    id: String,
    /// The link's last part, or the code.
    #[param(max_length = 64)]
    token: String,
}

/// Ends a share. The badge itself does not change. Safe to repeat.
#[utoipa::path(delete, path = "/api/v1/issuers/{issuer}/credentials/{id}/shares/{token}", tag = "Sharing", operation_id = "endShare",
    params(SharePath), security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn end(
    state: Data<State>,
    caller: Caller<may::Share>,
    context: Context,
    path: Path<SharePath>,
) -> Result<HttpResponse, Problem> {
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    let (token, actor, now) = (
        path.token.clone(),
        caller.bearer.id.clone(),
        state.clock.unix(),
    );
    state
        .store
        .write(move |tx| {
            let ended = shares::end(tx.conn, &row.issuer_id, &row.id, &token, now)?;
            if !ended.ok_or_else(|| Problem::not_found("share"))? {
                return Ok::<_, Problem>(());
            }
            let act = audit::Act {
                actor,
                tenant: row.issuer_id,
                act: "credential.unshared",
                object: row.id,
                request: context.id,
                ..audit::Act::default()
            };
            audit::record(tx.conn, act, now)?;
            Ok(())
        })
        .await?;
    state.badges.invalidate_all();
    Ok(HttpResponse::NoContent().finish())
}

/// Which form of a badge is wanted.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `json` (or the token, if it is one), `png` or `svg`; `json` if nothing
    /// is said.
    form: Form,
}

/// Downloads a badge: the file itself, or its picture with the badge inside.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/credentials/{id}/file", tag = "Badges", operation_id = "downloadCredential",
    params(ItemPath, Wanted), security(("token" = [])),
    responses((status = 200, description = "The file.", content((Object = "application/vc+ld+json"), (String = "text/plain"), (Binary = "image/png"), (Binary = "image/svg+xml"))), Problems))]
pub(crate) async fn download(
    state: Data<State>,
    caller: Caller<may::SeeCredentials>,
    path: Path<ItemPath>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    following::require_issued(&row)?;
    let file = download::file(&state, &row, wanted.form).await?;
    Ok(crate::http::hosted::attachment(file))
}
