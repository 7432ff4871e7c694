//! `/livez` and `/readyz` (REL-35).

use super::reply;
use crate::edge::health;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Whether the node runs at all.
pub(super) async fn live() -> HttpResponse {
    reply::json(200, &serde_json::json!({ "status": "alive" }))
}

/// Whether the node can do its work, and if not, what is in the way.
pub(super) async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    let health = health::of(&state).await;
    let status = if health.is_ready() { 200 } else { 503 };
    Ok(reply::json(status, &health))
}
