//! `/api/v1/issuers/{issuer}/achievements`: badge designs.

use super::{IdempotencyKey, IssuerPath, ItemPath, Problems, moment};
use crate::edge::address::is_slug;
use crate::edge::caller::{Caller, may};
use crate::edge::designs::{self, Design};
use crate::edge::idempotency::once;
use crate::edge::paging::{Page, Paging};
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::edge::wire::JsonObject;
use crate::http::reply;
use crate::store::achievements::{self, Achievement, Version};
use crate::text::random_id;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

/// A badge design that an organisation is to have.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewAchievement {
    /// The last part of its address; made up if nothing is said.
    #[schema(example = "ncc-safe-basic", max_length = 64)]
    pub(crate) slug: Option<String>,
    /// The Open Badges `Achievement`, without an id: that follows from the
    /// slug.
    #[schema(value_type = Object, example = json!({"name": "Safeguarding basics", "description": "An online course.", "criteria": {"narrative": "Finish all five units."}}))]
    pub(crate) achievement: JsonObject,
    /// How the service treats it: how long badges last, who approves, whether
    /// they may be paused.
    #[schema(value_type = Option<Object>, example = json!({"validityMonths": 12, "approvals": ["automatic"]}))]
    pub(crate) policy: Option<JsonObject>,
}

/// A new version of a badge design.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AchievementChange {
    /// The whole new `Achievement`.
    #[schema(value_type = Object)]
    pub(crate) achievement: JsonObject,
    /// The whole new policy; the old one if nothing is said.
    #[schema(value_type = Option<Object>)]
    pub(crate) policy: Option<JsonObject>,
}

/// A badge design.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AchievementBody {
    /// The last part of its address.
    pub(crate) slug: String,
    /// Its address: the id in badges.
    pub(crate) id: String,
    /// The version, from 1 upwards.
    pub(crate) version: i64,
    /// `published` or `retired`.
    pub(crate) state: String,
    /// The Open Badges `Achievement`.
    #[schema(value_type = Object)]
    pub(crate) achievement: serde_json::Value,
    /// How the service treats it.
    #[schema(value_type = Object)]
    pub(crate) policy: serde_json::Value,
    /// When this version was made.
    pub(crate) created_at: String,
}

fn body(state: &State, (design, version): (Achievement, Version)) -> AchievementBody {
    AchievementBody {
        id: state.address.achievement(&design.id),
        slug: design.id,
        version: version.number,
        state: design.state,
        achievement: serde_json::from_str(&version.body).unwrap_or_default(),
        policy: serde_json::from_str(&version.policy).unwrap_or_default(),
        created_at: moment(version.created_at),
    }
}

/// Makes a badge design.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/achievements", tag = "Badge designs", operation_id = "createAchievement",
    params(IssuerPath, IdempotencyKey), request_body = NewAchievement, security(("token" = [])),
    responses((status = 201, body = AchievementBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::ManageAchievements>,
    context: Context,
    body: Body<NewAchievement>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let request = context.once(&issuer, &body.bytes)?;
    let slug = match &body.value.slug {
        Some(slug) if is_slug(slug) => slug.clone(),
        Some(_) => {
            return Err(super::issuers::faulty(
                "/slug",
                "small letters, digits and single dashes, at most 64",
            ));
        }
        None => random_id(&mut rand::rng()),
    };
    let policy = body.value.policy.as_ref().map(JsonObject::text);
    let new = Design {
        slug: &slug,
        achievement: body.value.achievement.parse()?,
        policy: policy.unwrap_or("{}"),
    };
    let (design, version) = designs::first(&state, &issuer, new)?;
    let actor = caller.bearer.id.clone();
    let answer = once(&state, request, move |tx| {
        designs::add(tx, (&design, &version), (&actor, &context.id))?;
        reply::answer(201, &serde_json::json!({ "slug": design.id }))
    })
    .await?;
    show(&state, &issuer, 201, &answer.body).await
}

#[derive(Deserialize)]
struct Named {
    slug: String,
}

async fn show(
    state: &State,
    issuer: &str,
    status: u16,
    answer: &str,
) -> Result<HttpResponse, Problem> {
    let named: Named = serde_json::from_str(answer).map_err(Problem::internal)?;
    let found = find(state, issuer, named.slug).await?;
    let version = found.1.number;
    Ok(reply::versioned(status, version, &body(state, found)))
}

async fn find(state: &State, issuer: &str, id: String) -> Result<(Achievement, Version), Problem> {
    let issuer = issuer.to_owned();
    state
        .store
        .read(move |conn| achievements::find(conn, &issuer, &id))
        .await
        .map_err(Problem::from)?
        .ok_or_else(|| Problem::not_found("badge design"))
}

/// Lists the badge designs of an organisation, each with its newest version.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/achievements", tag = "Badge designs", operation_id = "listAchievements",
    params(IssuerPath, Paging), security(("token" = [])),
    responses((status = 200, body = Page<AchievementBody>), Problems))]
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller<may::SeeAchievements>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let (rows, after) = (paging.rows()?, paging.after()?.unwrap_or_default());
    let found = state
        .store
        .read(move |conn| achievements::page(conn, &issuer, &after, rows + 1))
        .await
        .map_err(Problem::from)?;
    let page = Page::new(
        found,
        rows,
        |(design, _)| design.id.clone(),
        |found| body(&state, found),
    );
    Ok(reply::json(200, &page))
}

/// Reads a badge design with its newest version.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/achievements/{id}", tag = "Badge designs", operation_id = "getAchievement",
    params(ItemPath), security(("token" = [])), responses((status = 200, body = AchievementBody), Problems))]
pub(crate) async fn read(
    state: Data<State>,
    caller: Caller<may::SeeAchievements>,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let found = find(&state, &caller.tenant.issuer.id, path.id.clone()).await?;
    let version = found.1.number;
    Ok(reply::versioned(200, version, &body(&state, found)))
}

/// Adds a version to a badge design. Badges that were given keep the version
/// they were given from.
#[utoipa::path(put, path = "/api/v1/issuers/{issuer}/achievements/{id}", tag = "Badge designs", operation_id = "changeAchievement",
    params(ItemPath), request_body = AchievementChange, security(("token" = [])),
    responses((status = 200, body = AchievementBody), Problems))]
pub(crate) async fn change(
    state: Data<State>,
    caller: Caller<may::ManageAchievements>,
    request: HttpRequest,
    context: Context,
    (path, body): (Path<ItemPath>, Body<AchievementChange>),
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let (_, latest) = find(&state, &issuer, path.id.clone()).await?;
    let number = latest.number;
    reply::require_match(&request, number)?;
    let policy = match &body.value.policy {
        Some(policy) => policy.text().to_owned(),
        None => latest.policy.clone(),
    };
    let new = Design {
        slug: &path.id,
        achievement: body.value.achievement.parse()?,
        policy: &policy,
    };
    let version = designs::version(&state, &issuer, new, number + 1)?;
    let actor = caller.bearer.id.clone();
    state
        .store
        .write(move |tx| designs::change(tx, &version, (&actor, &context.id)))
        .await?;
    let found = find(&state, &issuer, path.id.clone()).await?;
    Ok(reply::versioned(
        200,
        found.1.number,
        &self::body(&state, found),
    ))
}

/// Retires a badge design: no more badges are given from it. Safe to repeat.
#[utoipa::path(delete, path = "/api/v1/issuers/{issuer}/achievements/{id}", tag = "Badge designs", operation_id = "retireAchievement",
    params(ItemPath), security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn retire(
    state: Data<State>,
    caller: Caller<may::ManageAchievements>,
    context: Context,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let (_, latest) = find(&state, &issuer, path.id.clone()).await?;
    let (actor, now) = (caller.bearer.id.clone(), state.clock.unix());
    state
        .store
        .write(move |tx| designs::retire(tx, &latest, (&actor, &context.id), now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
