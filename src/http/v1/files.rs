//! `/api/v1/issuers/{issuer}/files`: pictures, made anew from what is
//! uploaded.

use super::{Binary, IssuerPath, Problems};
use crate::edge::caller::{Caller, may};
use crate::edge::pictures;
use crate::edge::problem::Problem;
use crate::edge::request::{Context, body_problem};
use crate::edge::state::State;
use crate::http::reply;
use crate::picture;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse};
use serde::Serialize;

/// A picture that was taken in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileBody {
    /// Where it is served: the `id` of an `image`.
    pub(crate) address: String,
    /// SHA-256 of the picture as it is served.
    pub(crate) digest: String,
    /// What it is now.
    pub(crate) media_type: String,
    /// Its size, in bytes.
    pub(crate) size: usize,
}

/// Takes in a picture: PNG, JPEG or SVG, at most 4 MiB. It is made anew:
/// nothing but the picture itself is kept.
#[utoipa::path(post, path = "/api/v1/issuers/{issuer}/files", tag = "Badge designs", operation_id = "createFile",
    params(IssuerPath), security(("token" = [])),
    request_body(content((Binary = "image/png"), (Binary = "image/jpeg"), (Binary = "image/svg+xml"))),
    responses((status = 201, body = FileBody), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: Caller<may::ManageAchievements>,
    context: Context,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let mut inner = payload.into_inner();
    let bytes = Bytes::from_request(&request, &mut inner)
        .await
        .map_err(|error| body_problem(&error))?;
    let picture = tokio::task::spawn_blocking(move || picture::sanitise(&bytes))
        .await
        .map_err(Problem::internal)?
        .map_err(|error| pictures::refused(&error))?;
    let file = pictures::row(&caller.tenant.issuer.id, picture, state.clock.unix());
    let shown = FileBody {
        address: state.address.file(&file.digest),
        digest: file.digest.clone(),
        media_type: file.media_type.clone(),
        size: file.bytes.len(),
    };
    let actor = caller.bearer.id.clone();
    state
        .store
        .write(move |tx| pictures::keep(tx, &file, (&actor, &context.id)))
        .await?;
    Ok(reply::json(201, &shown))
}
