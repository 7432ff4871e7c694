//! `/api/v1/issuers/{issuer}/credentials`: badges, given and read.

use super::{IdempotencyKey, IssuerPath, ItemPath, Problems, moment};
use crate::edge::caller::{Caller, may};
use crate::edge::issuing::{self, Given, NewCredential, Order};
use crate::edge::paging::{Page, Paging};
use crate::edge::problem::{Code, Problem};
use crate::edge::request::{Body, Context};
use crate::edge::standing::{self, Standing};
use crate::edge::state::State;
use crate::edge::wire;
use crate::http::reply;
use crate::store::credentials::{self, After, Credential};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A badge.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CredentialBody {
    /// The last part of its address.
    pub(crate) id: String,
    /// Its address: the id inside the badge.
    pub(crate) address: String,
    /// The badge design.
    pub(crate) achievement: String,
    /// The version of the design.
    pub(crate) achievement_version: i64,
    /// `waiting` for approval, `reserved`, `issued`, `failed` or `erased`.
    pub(crate) state: String,
    /// The person's identifier in the badge.
    pub(crate) subject: Option<String>,
    /// From when it holds.
    pub(crate) valid_from: String,
    /// Until when.
    pub(crate) valid_until: Option<String>,
    /// When it was handed out.
    pub(crate) issued_at: Option<String>,
    /// The badge before it.
    pub(crate) follows: Option<String>,
    /// `renewal`, `replacement` or `reissue`.
    pub(crate) follows_as: Option<String>,
    /// SHA-256 of the badge's bytes, in hexadecimal.
    pub(crate) digest: Option<String>,
    /// Whether it was withdrawn or paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) standing: Option<Standing>,
    /// The badge itself, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub(crate) credential: Option<Box<RawValue>>,
    /// The badge itself, if it is a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
}

/// Several badges.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewCredentials {
    /// The badges; all are given, or none.
    #[schema(min_items = 1, max_items = 500)]
    #[serde(deserialize_with = "wire::objects")]
    pub(crate) credentials: Vec<NewCredential>,
}

/// Badges that were given together.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CredentialList {
    /// The badges, in the order they were asked for.
    pub(crate) items: Vec<CredentialBody>,
}

/// Which badges are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only badges of this design.
    #[param(max_length = 64)]
    achievement: Option<String>,
}

/// A row as it is shown, without the badge itself.
pub(super) fn summary(state: &State, row: &Credential) -> CredentialBody {
    CredentialBody {
        id: row.id.clone(),
        address: state.address.credential(&row.id),
        achievement: row.achievement_id.clone(),
        achievement_version: row.achievement_version,
        state: row.state.clone(),
        subject: row.subject.clone(),
        valid_from: moment(row.valid_from),
        valid_until: row.valid_until.map(moment),
        issued_at: row.issued_at.map(moment),
        follows: row.follows.clone(),
        follows_as: row.follows_as.clone(),
        digest: row.digest.clone(),
        standing: None,
        credential: None,
        token: None,
    }
}

/// A row as it is shown, with the badge itself, byte for byte.
pub(super) fn whole(state: &State, row: &Credential) -> Result<CredentialBody, Problem> {
    let mut shown = summary(state, row);
    match (row.seal.as_str(), &row.body) {
        (_, None) => {}
        ("vc-jwt", Some(body)) => shown.token = Some(body.clone()),
        (_, Some(body)) => {
            let raw = RawValue::from_string(body.clone()).map_err(Problem::internal)?;
            shown.credential = Some(raw);
        }
    }
    Ok(shown)
}

/// The answer to a request for badges; the same for every attempt.
fn given_one(state: &State, given: &Given) -> Result<HttpResponse, Problem> {
    let row = given.rows.first();
    let row = row.ok_or_else(|| Problem::internal("a badge was given and is not there"))?;
    Ok(reply::json(201, &whole(state, row)?))
}

/// Gives a badge.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials", tag = "Badges", operation_id = "createCredential",
    params(IssuerPath, IdempotencyKey), request_body = NewCredential, security(("token" = [])),
    responses((status = 201, body = CredentialBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::Issue>,
    context: Context,
    body: Body<NewCredential>,
) -> Result<HttpResponse, Problem> {
    let order = Order {
        once: context.once(&caller.tenant.issuer.id, &body.bytes)?,
        tenant: caller.tenant,
        all: vec![(body.value, None)],
        actor: caller.bearer.id.clone(),
        request: context.id,
    };
    let given = issuing::give(&state, order).await?;
    given_one(&state, &given)
}

/// Gives several badges: all of them, or none.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/credentials/batch", tag = "Badges", operation_id = "createCredentials",
    params(IssuerPath, IdempotencyKey), request_body = NewCredentials, security(("token" = [])),
    responses((status = 201, body = CredentialList), Problems))]
pub(crate) async fn create_batch(
    state: Data<State>,
    caller: Caller<may::Issue>,
    context: Context,
    body: Body<NewCredentials>,
) -> Result<HttpResponse, Problem> {
    let all = body.value.credentials;
    if all.is_empty() {
        return Err(super::issuers::faulty("/credentials", "at least one badge"));
    }
    if all.len() > state.choices.batch {
        return Err(Problem::new(
            Code::BATCH_TOO_LARGE,
            format!("at most {} badges at a time", state.choices.batch),
        ));
    }
    let order = Order {
        once: context.once(&caller.tenant.issuer.id, &body.bytes)?,
        tenant: caller.tenant,
        all: all.into_iter().map(|new| (new, None)).collect(),
        actor: caller.bearer.id.clone(),
        request: context.id,
    };
    let given = issuing::give(&state, order).await?;
    let items: Result<Vec<_>, Problem> = given.rows.iter().map(|row| whole(&state, row)).collect();
    Ok(reply::json(201, &CredentialList { items: items? }))
}

/// Lists the badges of an organisation, oldest first.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/credentials", tag = "Badges", operation_id = "listCredentials",
    params(IssuerPath, Paging, Which), security(("token" = [])),
    responses((status = 200, body = Page<CredentialBody>), Problems))]
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller<may::SeeCredentials>,
    paging: Query<Paging>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let issuer = caller.tenant.issuer.id.clone();
    let rows = paging.rows()?;
    let after = paging.after()?.map(|text| after(&text)).transpose()?;
    let achievement = which.into_inner().achievement;
    if achievement.as_ref().is_some_and(|id| id.len() > 64) {
        return Err(super::issuers::faulty("achievement", "at most 64 letters"));
    }
    let found = state
        .store
        .read(move |conn| {
            credentials::page(
                conn,
                &issuer,
                achievement.as_deref(),
                after.as_ref(),
                rows + 1,
            )
        })
        .await
        .map_err(Problem::from)?;
    let page = Page::new(
        found,
        rows,
        |row| format!("{} {}", row.created_at, row.id),
        |row| summary(&state, &row),
    );
    Ok(reply::json(200, &page))
}

fn after(cursor: &str) -> Result<After, Problem> {
    cursor
        .split_once(' ')
        .and_then(|(created_at, id)| {
            Some(After {
                created_at: created_at.parse().ok()?,
                id: id.to_owned(),
            })
        })
        .ok_or_else(|| Problem::new(Code::SCHEMA_INVALID, "cursor is `next` of the page before"))
}

/// Reads a badge, with whether it was withdrawn or paused.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/credentials/{id}", tag = "Badges", operation_id = "getCredential",
    params(ItemPath), security(("token" = [])), responses((status = 200, body = CredentialBody), Problems))]
pub(crate) async fn read(
    state: Data<State>,
    caller: Caller<may::SeeCredentials>,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let row = find(&state, &caller.tenant.issuer.id, &path.id).await?;
    answer(&state, 200, &row).await
}

/// A badge with its standing.
pub(super) async fn answer(
    state: &State,
    status: u16,
    row: &Credential,
) -> Result<HttpResponse, Problem> {
    let shown = CredentialBody {
        standing: Some(standing::of(state, row).await?),
        ..whole(state, row)?
    };
    Ok(reply::json(status, &shown))
}

pub(super) async fn find(state: &State, issuer: &str, id: &str) -> Result<Credential, Problem> {
    let (issuer, id) = (issuer.to_owned(), id.to_owned());
    state
        .store
        .read(move |conn| credentials::find(conn, &issuer, &id))
        .await
        .map_err(Problem::from)?
        .ok_or_else(|| Problem::not_found("badge"))
}
