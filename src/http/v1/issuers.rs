//! `/api/v1/issuers`: the organisations of a node.

use crate::edge::caller::{Caller, NodeCaller, may};
use crate::edge::directory::Tenant;
use crate::edge::founding::{self, Founding};
use crate::edge::idempotency::once;
use crate::edge::issuer_settings::IssuerSettings;
use crate::edge::lists;
use crate::edge::paging::{Page, Paging};
use crate::edge::problem::{Code, Problem};
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::edge::wire::{self, JsonObject};
use crate::http::reply;
use crate::store::{audit, issuers};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

/// An organisation that a node is to issue for.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewIssuer {
    /// The last part of its addresses. It is in every badge, so it can never
    /// change.
    #[schema(
        example = "northmarch",
        max_length = 64,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    )]
    pub(crate) slug: String,
    /// Its Open Badges `Profile`, without an id: that follows from the slug.
    #[schema(value_type = Object, example = json!({"name": "Northmarch County Council", "url": "https://northmarch.example.org", "email": "badges@northmarch.example.org"}))]
    pub(crate) profile: JsonObject,
    /// Whether it is the node's root organisation: its base is the node's own.
    #[serde(default)]
    pub(crate) root: bool,
    /// How its badges name it.
    #[serde(default)]
    pub(crate) id_form: IdForm,
    /// How it issues.
    #[serde(default, deserialize_with = "wire::object")]
    pub(crate) settings: IssuerSettings,
}

/// How badges name their issuer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum IdForm {
    /// By a did:web.
    #[default]
    Did,
    /// By an https address, for readers that know no DIDs.
    Https,
}

impl IdForm {
    const fn name(self) -> &'static str {
        match self {
            Self::Did => "did",
            Self::Https => "https",
        }
    }
}

/// What may change of an organisation.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IssuerChange {
    /// The whole new profile.
    #[schema(value_type = Option<Object>)]
    pub(crate) profile: Option<JsonObject>,
    /// The whole new settings.
    #[serde(default, deserialize_with = "wire::optional_object")]
    pub(crate) settings: Option<IssuerSettings>,
}

/// An organisation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssuerBody {
    /// The identifier in its badges.
    pub(crate) id: String,
    /// The last part of its addresses.
    pub(crate) slug: String,
    /// Where everything of it lies.
    pub(crate) base: String,
    /// Its did:web.
    pub(crate) did: String,
    /// What people call it.
    pub(crate) name: String,
    /// Its profile.
    #[schema(value_type = Object)]
    pub(crate) profile: serde_json::Value,
    /// How it issues.
    pub(crate) settings: IssuerSettings,
    /// `open` or `closed`.
    pub(crate) state: String,
    /// When it was closed.
    pub(crate) closed_at: Option<String>,
    /// When it was made.
    pub(crate) created_at: String,
}

impl IssuerBody {
    fn of(tenant: &Tenant) -> Self {
        let issuer = &tenant.issuer;
        Self {
            id: tenant.id().to_owned(),
            slug: issuer.slug.clone(),
            base: tenant.address.base.clone(),
            did: tenant.address.did.clone(),
            name: issuer.name.clone(),
            profile: serde_json::from_str(&issuer.profile).unwrap_or_default(),
            settings: tenant.settings.clone(),
            state: issuer.state.clone(),
            closed_at: issuer.closed_at.map(super::moment),
            created_at: super::moment(issuer.created_at),
        }
    }
}

/// Makes an organisation, with a first key and its status lists.
#[utoipa::path(post, path = "/api/v1/issuers", tag = "Organisations", operation_id = "createIssuer",
    params(super::IdempotencyKey), request_body = NewIssuer, security(("token" = [])),
    responses((status = 201, body = IssuerBody), super::Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: NodeCaller<may::ManageNode>,
    context: Context,
    body: Body<NewIssuer>,
) -> Result<HttpResponse, Problem> {
    let request = context.once("", &body.bytes)?;
    let now = state.clock.unix();
    let new = Founding {
        slug: body.value.slug.clone(),
        profile: body.value.profile.parse()?,
        is_root: body.value.root,
        id_form: body.value.id_form.name(),
        settings: body.value.settings.clone(),
    };
    let issuer = founding::issuer(&state, new, now)?;
    let key = founding::first_key(&state, &issuer, &body.value.settings, now)?;
    let actor = caller.bearer.id.clone();
    let answer = once(&state, request, move |tx| {
        founding::add(tx, &issuer, &key, (&actor, &context.id, now))?;
        reply::answer(201, &serde_json::json!({ "id": issuer.id }))
    })
    .await?;
    // A repeated request made another id, which was thrown away.
    let made: Made = serde_json::from_str(&answer.body).map_err(Problem::internal)?;
    let tenant = match state.directory.by_id(&made.id) {
        Some(tenant) => tenant,
        None => state.refresh(&made.id).await?,
    };
    lists::require_shown(&state, &tenant, 1).await?;
    Ok(reply::versioned(
        201,
        tenant.issuer.version,
        &IssuerBody::of(&tenant),
    ))
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

pub(super) fn faulty(at: &str, detail: &str) -> Problem {
    Problem::faulty(at, detail)
}

/// Lists the organisations of the node.
#[utoipa::path(get, path = "/api/v1/issuers", tag = "Organisations", operation_id = "listIssuers",
    params(Paging), security(("token" = [])),
    responses((status = 200, body = Page<IssuerBody>), super::Problems))]
pub(crate) async fn list(
    state: Data<State>,
    _caller: NodeCaller<may::ManageNode>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let (rows, after) = (paging.rows()?, paging.after()?.unwrap_or_default());
    let found = state
        .store
        .read(move |conn| issuers::page(conn, &after, rows + 1))
        .await
        .map_err(Problem::from)?;
    let tenants: Vec<_> = found
        .iter()
        .filter_map(|issuer| state.directory.get(&issuer.slug))
        .collect();
    let page = Page::new(
        tenants,
        rows,
        |tenant| tenant.issuer.slug.clone(),
        |tenant| IssuerBody::of(&tenant),
    );
    Ok(reply::json(200, &page))
}

/// Reads an organisation.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}", tag = "Organisations", operation_id = "getIssuer",
    params(super::IssuerPath), security(("token" = [])),
    responses((status = 200, body = IssuerBody), super::Problems))]
pub(crate) async fn read(caller: Caller<may::SeeIssuer>) -> Result<HttpResponse, Problem> {
    let tenant = &caller.tenant;
    Ok(reply::versioned(
        200,
        tenant.issuer.version,
        &IssuerBody::of(tenant),
    ))
}

/// Changes an organisation's profile or settings. `If-Match` keeps two people
/// from overwriting each other.
#[utoipa::path(patch, path = "/api/v1/issuers/{issuer}", tag = "Organisations", operation_id = "changeIssuer",
    params(super::IssuerPath), request_body = IssuerChange, security(("token" = [])),
    responses((status = 200, body = IssuerBody), super::Problems))]
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller<may::ManageIssuer>,
    request: HttpRequest,
    context: Context,
    body: Body<IssuerChange>,
) -> Result<HttpResponse, Problem> {
    let issuer = &caller.tenant.issuer;
    let version = issuer.version;
    reply::require_match(&request, version)?;
    let profile = match &body.value.profile {
        Some(profile) => founding::checked_profile(profile.parse()?)?.to_json(),
        None => issuer.profile.clone(),
    };
    let settings = match &body.value.settings {
        Some(settings) => checked_settings(&caller.tenant, settings)?,
        None => issuer.settings.clone(),
    };
    let name = name_of(&profile).unwrap_or_else(|| issuer.name.clone());
    let change = issuers::Change {
        name,
        profile,
        settings,
    };
    let (id, actor, now) = (
        issuer.id.clone(),
        caller.bearer.id.clone(),
        state.clock.unix(),
    );
    state
        .store
        .write(move |tx| {
            if !issuers::change(tx.conn, &id, version, &change, now)? {
                return Err(Problem::new(Code::ETAG_MISMATCH, "read it again first"));
            }
            let act = audit::Act {
                actor,
                tenant: id.clone(),
                act: "issuer.changed",
                object: id,
                request: context.id,
                ..audit::Act::default()
            };
            audit::record(tx.conn, act, now)?;
            Ok(())
        })
        .await?;
    let tenant = state.refresh(&issuer.id).await?;
    Ok(reply::versioned(
        200,
        tenant.issuer.version,
        &IssuerBody::of(&tenant),
    ))
}

fn name_of(profile: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(profile).ok()?;
    value.get("name")?.as_str().map(str::to_owned)
}

/// A seal that no key of the organisation can make would stop it from issuing.
fn checked_settings(tenant: &Tenant, settings: &IssuerSettings) -> Result<String, Problem> {
    tenant.signing_key(settings.seal)?;
    serde_json::to_string(settings).map_err(Problem::internal)
}

/// Closes an organisation: it issues nothing more; everything it gave goes on
/// verifying.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/closure", tag = "Organisations", operation_id = "closeIssuer",
    params(super::IssuerPath, super::IdempotencyKey), security(("token" = [])),
    responses((status = 200, body = IssuerBody), super::Problems))]
pub(crate) async fn close(
    state: Data<State>,
    caller: Caller<may::ManageIssuer>,
    context: Context,
) -> Result<HttpResponse, Problem> {
    let id = caller.tenant.issuer.id.clone();
    let request = context.once(&id, b"")?;
    let (actor, now, issuer) = (caller.bearer.id.clone(), state.clock.unix(), id.clone());
    once(&state, request, move |tx| {
        founding::close(tx, &id, now, (&actor, &context.id, now))?;
        reply::answer(200, &serde_json::json!({}))
    })
    .await?;
    let tenant = state.refresh(&issuer).await?;
    Ok(reply::versioned(
        200,
        tenant.issuer.version,
        &IssuerBody::of(&tenant),
    ))
}
