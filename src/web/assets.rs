//! The stylesheet and the icon, at addresses that change with their content,
//! so that they may be kept for ever.

use crate::edge::problem::Problem;
use crate::text::hex;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: String,
    media_type: &'static str,
    text: &'static str,
}

impl Asset {
    fn new(text: &'static str, ending: &str, media_type: &'static str) -> Self {
        let digest = hex(&Sha256::digest(text));
        let short = digest.get(..16).unwrap_or_default();
        Self {
            name: format!("{short}.{ending}"),
            media_type,
            text,
        }
    }
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("assets/style.css");
    Asset::new(text, "css", "text/css; charset=utf-8")
});
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("assets/icon.svg"), "svg", "image/svg+xml"));

/// The address of the stylesheet.
pub(super) fn style() -> String {
    format!("/assets/{}", STYLE.name)
}

/// The address of the icon.
pub(super) fn icon() -> String {
    format!("/assets/{}", ICON.name)
}

/// Serves an asset. An address of another version is not there.
pub(super) async fn serve(name: Path<String>) -> Result<HttpResponse, Problem> {
    let name = name.into_inner();
    let found = [&STYLE, &ICON]
        .into_iter()
        .find(|asset| asset.name == name)
        .ok_or_else(|| Problem::not_found("file"))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::CONTENT_TYPE, found.media_type))
        .body(found.text))
}
