//! Whether a badge was withdrawn or paused, from its rows.

use super::problem::Problem;
use super::state::State;
use crate::clock::Moment;
use crate::store::credentials::{self, Credential};
use crate::store::{Error, status};
use serde::Serialize;

/// What was said of a badge last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// When it was withdrawn, if it is.
    pub withdrawn_at: Option<String>,
    /// Why, as everybody may know.
    pub withdrawn_reason: Option<String>,
    /// When it was paused, if it is.
    pub paused_at: Option<String>,
    /// Why, as everybody may know.
    pub paused_reason: Option<String>,
    /// The badge that took its place.
    pub followed_by: Option<String>,
}

/// The standing of a badge now.
///
/// # Errors
/// [`Problem`].
pub async fn of(state: &State, row: &Credential) -> Result<Standing, Problem> {
    let (issuer, id) = (row.issuer_id.clone(), row.id.clone());
    state
        .store
        .read(move |conn| {
            let mut standing = Standing::default();
            for (entry, purpose) in status::entries(conn, &issuer, &id)? {
                let latest = status::latest(conn, &entry)?.filter(|change| change.is_set);
                let Some(change) = latest else { continue };
                let at = Moment::from_unix(change.created_at)
                    .map(Moment::to_rfc3339)
                    .ok();
                if purpose == "revocation" {
                    standing.withdrawn_at = at;
                    standing.withdrawn_reason = change.reason;
                } else {
                    standing.paused_at = at;
                    standing.paused_reason = change.reason;
                }
            }
            standing.followed_by = credentials::newer(conn, &id)?.map(|newer| newer.id);
            Ok::<_, Error>(standing)
        })
        .await
        .map_err(Problem::from)
}
