//! `…/audit`: who did what.

use super::{IssuerPath, Problems, moment};
use crate::edge::caller::{Caller, NodeCaller, may};
use crate::edge::paging::{Page, Paging};
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::http::reply;
use crate::store::audit::{self, Entry};
use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Serialize;

/// An entry of the audit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditEntry {
    /// Its place, from 1.
    pub(crate) seq: i64,
    /// When.
    pub(crate) at: String,
    /// Who: the id of a token, or `system`.
    pub(crate) actor: String,
    /// What.
    pub(crate) act: String,
    /// To what.
    pub(crate) object: String,
    /// Digest of the object before.
    pub(crate) before: String,
    /// Digest of the object after.
    pub(crate) after: String,
    /// The request it was done in.
    pub(crate) request: String,
    /// The chain of digests up to here.
    pub(crate) hash: String,
}

fn body(entry: Entry) -> AuditEntry {
    AuditEntry {
        seq: entry.seq,
        at: moment(entry.created_at),
        actor: entry.actor,
        act: entry.act,
        object: entry.object,
        before: entry.before,
        after: entry.after,
        request: entry.request,
        hash: entry.hash,
    }
}

async fn page(
    state: &State,
    tenant: Option<String>,
    paging: &Paging,
) -> Result<HttpResponse, Problem> {
    let rows = paging.rows()?;
    let after = match paging.after()? {
        None => 0,
        Some(text) => text.parse().map_err(|_| {
            Problem::new(Code::SCHEMA_INVALID, "cursor is `next` of the page before")
        })?,
    };
    let found = state
        .store
        .read(move |conn| audit::page(conn, tenant.as_deref(), after, rows + 1))
        .await
        .map_err(Problem::from)?;
    let page = Page::new(found, rows, |entry| entry.seq.to_string(), body);
    Ok(reply::json(200, &page))
}

/// Lists what was done for an organisation, oldest first.
#[utoipa::path(get, path = "/api/v1/issuers/{issuer}/audit", tag = "Audit", operation_id = "listAudit",
    params(IssuerPath, Paging), security(("token" = [])),
    responses((status = 200, body = Page<AuditEntry>), Problems))]
pub(crate) async fn list(
    state: Data<State>,
    caller: Caller<may::ReadAudit>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    page(&state, Some(caller.tenant.issuer.id.clone()), &paging).await
}

/// Lists what was done on the node, oldest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "Audit", operation_id = "listNodeAudit",
    params(Paging), security(("token" = [])),
    responses((status = 200, body = Page<AuditEntry>), Problems))]
pub(crate) async fn list_of_node(
    state: Data<State>,
    _caller: NodeCaller<may::ReadNodeAudit>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    page(&state, None, &paging).await
}
