//! What others fetch from a node: documents, badge designs, shared badges and
//! pictures.

use super::reply;
use crate::edge::designs;
use crate::edge::download::File;
use crate::edge::problem::Problem;
use crate::edge::published::Served;
use crate::edge::sharing::{self, Linked, Place};
use crate::edge::state::State;
use crate::store::{achievements, files};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// A document that lies finished in memory: keys, profiles, status lists. The
/// database is not asked (REL-26).
pub(super) async fn published(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let found = state.published.get(request.path());
    let served = found.ok_or_else(|| Problem::not_found("document"))?;
    Ok(reply::served(&request, &served))
}

/// The profile of an organisation; for browsers its page is at the same
/// address, so caches have to look at `Accept`.
pub(super) async fn profile(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let path = format!("{}/", request.path().trim_end_matches('/'));
    let served = state
        .published
        .get(&path)
        .ok_or_else(|| Problem::not_found("organisation"))?;
    let mut response = reply::served(&request, &served);
    vary_by_accept(&mut response);
    Ok(response)
}

fn vary_by_accept(response: &mut HttpResponse) {
    response
        .headers_mut()
        .insert(header::VARY, header::HeaderValue::from_static("Accept"));
}

/// A badge design as JSON-LD.
pub(super) async fn achievement(
    state: Data<State>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    const MAX_AGE: u32 = 300;
    let id = id.into_inner();
    let found = state
        .store
        .read(move |conn| achievements::find_public(conn, &id))
        .await
        .map_err(Problem::from)?;
    let (_, version) = found.ok_or_else(|| Problem::not_found("badge design"))?;
    let document = designs::document(&version)?;
    let served = Served::new(document, "application/ld+json", MAX_AGE);
    let mut response = reply::served(&request, &served);
    vary_by_accept(&mut response);
    Ok(response)
}

/// The picture of a badge design that has no other address.
pub(super) async fn achievement_image(
    state: Data<State>,
    request: HttpRequest,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (media_type, bytes) = designs::picture(&state, id.into_inner()).await?;
    Ok(picture(&request, &media_type, bytes))
}

/// The drawn logo of an organisation that has no other.
pub(super) async fn logo(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = request.match_info().get("slug");
    let tenants = state.directory.all();
    let tenant = tenants.iter().find(|tenant| match slug {
        Some(slug) => tenant.issuer.slug == slug,
        None => tenant.issuer.is_root,
    });
    let tenant = tenant.ok_or_else(|| Problem::not_found("organisation"))?;
    let drawn = crate::picture::drawn(&tenant.issuer.name, "", "#1f5c4a");
    Ok(picture(&request, "image/svg+xml", drawn.into_bytes()))
}

/// A picture by its digest.
pub(super) async fn file(
    state: Data<State>,
    request: HttpRequest,
    digest: Path<String>,
) -> Result<HttpResponse, Problem> {
    let digest = digest.into_inner();
    let found = state
        .store
        .read(move |conn| files::find(conn, &digest))
        .await
        .map_err(Problem::from)?;
    let file = found.ok_or_else(|| Problem::not_found("file"))?;
    Ok(picture(&request, &file.media_type, file.bytes))
}

/// SEC-65, SEC-67: a stranger's picture is shown, and nothing else.
fn picture(request: &HttpRequest, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    const MAX_AGE: u32 = 86_400;
    let shown = match media_type {
        "image/png" => "image/png",
        _ => "image/svg+xml",
    };
    let served = Served::new(bytes, shown, MAX_AGE);
    let mut response = reply::served(request, &served);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    response
}

/// A badge of this node, for everybody it is shared with. Without a share it
/// is not there.
pub(super) async fn badge(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let path = request.path();
    if let Some(served) = state.badges.get(path) {
        return Ok(shared(&request, &served));
    }
    let place = Place::of_path(path).ok_or_else(|| Problem::not_found("badge"))?;
    let is_code = matches!(place, Place::Share("code", _));
    let Linked::Badge(row) = sharing::at(&state, place).await? else {
        return Err(Problem::not_found("badge"));
    };
    let media_type = if row.seal == "vc-jwt" {
        "text/plain"
    } else {
        "application/vc+ld+json"
    };
    let body = row.body.clone().unwrap_or_default();
    let served = Arc::new(Served::new(body, media_type, 0));
    // Codes are typed in many ways; one badge must not fill the memory.
    if !is_code && sharing::lasts(&state, &row).await? {
        state.badges.insert(path.to_owned(), Arc::clone(&served));
    }
    Ok(shared(&request, &served))
}

fn shared(request: &HttpRequest, served: &Served) -> HttpResponse {
    let mut response = reply::served(request, served);
    vary_by_accept(&mut response);
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}

/// A file to save.
pub(super) fn attachment(file: File) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name),
        ))
        .insert_header((header::CONTENT_TYPE, file.media_type))
        .body(file.bytes)
}
