//! `/api/v1/issuers/{issuer}/tokens` and `/api/v1/tokens`: who may call.

use super::{IssuerPath, ItemPath, Problems, moment};
use crate::access::Role;
use crate::edge::caller::{Caller, NodeCaller, may};
use crate::edge::granting::{self, Grant};
use crate::edge::paging::{Page, Paging};
use crate::edge::problem::{Code, Problem};
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::http::reply;
use crate::store::audit;
use crate::store::tokens::{self, Token};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

/// A token that somebody is to get.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewToken {
    /// What it may do.
    pub(crate) role: RoleName,
    /// What its owner calls it.
    #[schema(example = "Moodle", min_length = 1, max_length = 100)]
    pub(crate) name: String,
    /// How many days it works: 1 to 365.
    #[serde(default = "usual_days")]
    #[schema(minimum = 1, maximum = 365)]
    pub(crate) days: i64,
}

const fn usual_days() -> i64 {
    90
}

/// The roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RoleName {
    /// Runs the node.
    Operator,
    /// Runs one organisation.
    Administrator,
    /// Gives and withdraws badges.
    Officer,
    /// Approves badges.
    Approver,
    /// Reads everything of one organisation.
    Auditor,
    /// Calls the VC-API profile.
    Tester,
}

impl RoleName {
    const fn role(self) -> Role {
        match self {
            Self::Operator => Role::Operator,
            Self::Administrator => Role::Administrator,
            Self::Officer => Role::Officer,
            Self::Approver => Role::Approver,
            Self::Auditor => Role::Auditor,
            Self::Tester => Role::Tester,
        }
    }
}

/// A token, without its secret.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TokenBody {
    /// Its name in the audit.
    pub(crate) id: String,
    /// What it may do.
    pub(crate) role: String,
    /// What its owner calls it.
    pub(crate) name: String,
    /// When it was made.
    pub(crate) created_at: String,
    /// Until when it works.
    pub(crate) expires_at: String,
    /// Since when it was ended.
    pub(crate) revoked_at: Option<String>,
    /// When it was used last, to the hour.
    pub(crate) last_used_at: Option<String>,
    /// The token itself: shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
}

fn body(row: Token) -> TokenBody {
    TokenBody {
        id: row.id,
        role: row.role,
        name: row.name,
        created_at: moment(row.created_at),
        expires_at: moment(row.expires_at),
        revoked_at: row.revoked_at.map(moment),
        last_used_at: row.last_used_at.map(moment),
        token: None,
    }
}

/// Makes a token for an organisation. It is shown once.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/tokens", tag = "Tokens", operation_id = "createToken",
    params(IssuerPath), request_body = NewToken, security(("token" = [])),
    responses((status = 201, body = TokenBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::ManageTokens>,
    context: Context,
    body: Body<NewToken>,
) -> Result<HttpResponse, Problem> {
    let issuer = Some(caller.tenant.issuer.id.clone());
    if body.value.role.role().is_of_node() {
        return Err(Problem::new(
            Code::NOT_ALLOWED,
            "that is a role of the node",
        ));
    }
    make(
        &state,
        issuer,
        body.value,
        (caller.bearer.id.clone(), context.id),
    )
    .await
}

/// Makes a token for the node, or for an organisation that has nobody yet: the
/// operator names its first administrator.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "Tokens", operation_id = "createNodeToken",
    request_body = NewNodeToken, security(("token" = [])),
    responses((status = 201, body = TokenBody), Problems))]
pub(crate) async fn create_of_node(
    state: Data<State>,
    caller: NodeCaller<may::ManageNode>,
    context: Context,
    body: Body<NewNodeToken>,
) -> Result<HttpResponse, Problem> {
    let NewNodeToken {
        issuer,
        role,
        name,
        days,
    } = body.value;
    let token = NewToken { role, name, days };
    let is_of_node = token.role.role().is_of_node();
    let issuer = match issuer {
        None if is_of_node => None,
        Some(slug) if token.role == RoleName::Administrator => {
            let tenant = state.directory.get(&slug);
            Some(
                tenant
                    .ok_or_else(|| Problem::not_found("organisation"))?
                    .issuer
                    .id
                    .clone(),
            )
        }
        _ => {
            return Err(Problem::new(
                Code::NOT_ALLOWED,
                "an operator makes tokens for operators, and names an organisation's administrator",
            ));
        }
    };
    make(
        &state,
        issuer,
        token,
        (caller.bearer.id.clone(), context.id),
    )
    .await
}

/// A token that an operator makes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewNodeToken {
    /// The organisation whose administrator it is for.
    pub(crate) issuer: Option<String>,
    /// What it may do: `operator`, or `administrator` of an organisation.
    pub(crate) role: RoleName,
    /// What its owner calls it.
    #[schema(example = "Head of IT", min_length = 1, max_length = 100)]
    pub(crate) name: String,
    /// How many days it works: 1 to 365.
    #[serde(default = "usual_days")]
    #[schema(minimum = 1, maximum = 365)]
    pub(crate) days: i64,
}

async fn make(
    state: &State,
    issuer: Option<String>,
    new: NewToken,
    (actor, request): (String, String),
) -> Result<HttpResponse, Problem> {
    let grant = Grant {
        issuer,
        role: new.role.role(),
        name: new.name,
        days: new.days,
        actor,
        request,
    };
    let (row, secret) = granting::grant(state, grant).await?;
    let shown = TokenBody {
        token: Some(secret.to_string()),
        ..body(row)
    };
    Ok(reply::json(201, &shown))
}

/// Lists the tokens of an organisation.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/tokens", tag = "Tokens", operation_id = "listTokens",
    params(IssuerPath, Paging), security(("token" = [])),
    responses((status = 200, body = Page<TokenBody>), Problems))]
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller<may::ManageTokens>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    page(&state, Some(caller.tenant.issuer.id.clone()), &paging).await
}

/// Lists the tokens of the node.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "Tokens", operation_id = "listNodeTokens",
    params(Paging), security(("token" = [])),
    responses((status = 200, body = Page<TokenBody>), Problems))]
pub(crate) async fn list_of_node(
    state: Data<State>,
    _caller: NodeCaller<may::ManageNode>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    page(&state, None, &paging).await
}

async fn page(
    state: &State,
    issuer: Option<String>,
    paging: &Paging,
) -> Result<HttpResponse, Problem> {
    let (rows, after) = (paging.rows()?, paging.after()?.unwrap_or_default());
    let found = state
        .store
        .read(move |conn| tokens::page(conn, issuer.as_deref(), &after, rows + 1))
        .await
        .map_err(Problem::from)?;
    let page = Page::new(found, rows, |row| row.id.clone(), body);
    Ok(reply::json(200, &page))
}

/// Ends a token of an organisation. Safe to repeat.
#[utoipa::path(delete, path = "/api/v1/issuers/{issuer}/tokens/{id}", tag = "Tokens", operation_id = "endToken",
    params(ItemPath), security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn end(
    state: Data<State>,
    caller: Caller<may::ManageTokens>,
    context: Context,
    path: Path<ItemPath>,
) -> Result<HttpResponse, Problem> {
    let issuer = Some(caller.tenant.issuer.id.clone());
    revoke(
        &state,
        issuer,
        path.id.clone(),
        (caller.bearer.id.clone(), context.id),
    )
    .await
}

/// A token of the node in a path.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TokenPath {
    /// The token's name in the audit.
    #[param(max_length = 64)]
    id: String,
}

/// Ends a token of the node. Safe to repeat.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "Tokens", operation_id = "endNodeToken",
    params(TokenPath), security(("token" = [])), responses((status = 204), Problems))]
pub(crate) async fn end_of_node(
    state: Data<State>,
    caller: NodeCaller<may::ManageNode>,
    context: Context,
    path: Path<TokenPath>,
) -> Result<HttpResponse, Problem> {
    revoke(
        &state,
        None,
        path.id.clone(),
        (caller.bearer.id.clone(), context.id),
    )
    .await
}

async fn revoke(
    state: &State,
    issuer: Option<String>,
    id: String,
    (actor, request): (String, String),
) -> Result<HttpResponse, Problem> {
    let now = state.clock.unix();
    let digest = state
        .store
        .write(move |tx| {
            let (digest, is_new) = tokens::revoke(tx.conn, issuer.as_deref(), &id, now)?
                .ok_or_else(|| Problem::not_found("token"))?;
            if !is_new {
                return Ok(digest);
            }
            let act = audit::Act {
                actor,
                tenant: issuer.unwrap_or_default(),
                act: "token.ended",
                object: id,
                request,
                ..audit::Act::default()
            };
            audit::record(tx.conn, act, now)?;
            Ok::<_, Problem>(digest)
        })
        .await?;
    state.tokens.forget(&digest);
    Ok(HttpResponse::NoContent().finish())
}
