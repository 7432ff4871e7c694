//! A badge as a file: itself, or its picture with the badge inside.

use super::designs;
use super::following;
use super::problem::{Code, Problem};
use super::sharing::require_whole;
use super::state::State;
use crate::bake::{self, Badge};
use crate::json::{Object, Value};
use crate::picture;
use crate::store::credentials::Credential;
use crate::store::files;
use serde::Deserialize;

/// The forms of a badge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The badge itself: JSON, or a token.
    #[default]
    Json,
    /// A PNG with the badge inside.
    Png,
    /// An SVG with the badge inside.
    Svg,
}

/// A file to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What to call it; plain letters.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Makes the file.
///
/// # Errors
/// [`Problem`].
pub async fn file(state: &State, row: &Credential, form: Form) -> Result<File, Problem> {
    let body = row
        .body
        .as_deref()
        .ok_or_else(|| Problem::not_found("badge"))?;
    require_whole(body, row)?;
    let named = |ending: &str| format!("badge-{}.{ending}", row.id);
    if form == Form::Json {
        let is_token = row.seal == "vc-jwt";
        return Ok(File {
            name: named(if is_token { "jwt" } else { "json" }),
            media_type: row.media_type.clone().unwrap_or_default(),
            bytes: body.as_bytes().to_vec(),
        });
    }
    let image = image(state, row, form).await?;
    let inside = if row.seal == "vc-jwt" {
        Badge::Jws(body)
    } else {
        Badge::Json(body)
    };
    let bytes = bake::bake(&image, inside).map_err(Problem::internal)?;
    let (ending, media_type) = match form {
        Form::Png => ("png", "image/png"),
        _ => ("svg", "image/svg+xml"),
    };
    Ok(File {
        name: named(ending),
        media_type: media_type.to_owned(),
        bytes,
    })
}

/// The design's own picture if it is of the right kind, else a drawn one.
async fn image(state: &State, row: &Credential, form: Form) -> Result<Vec<u8>, Problem> {
    let badge = following::badge(row)?;
    let wanted = match form {
        Form::Png => "image/png",
        _ => "image/svg+xml",
    };
    let own = match own_picture(state, &badge) {
        Some(path) => kept(state, path).await?,
        None => None,
    };
    if let Some((_, bytes)) = own.filter(|(media_type, _)| media_type == wanted) {
        return Ok(bytes);
    }
    if form == Form::Png {
        return Ok(picture::plain_png());
    }
    let name = badge.get("name").and_then(Value::as_str).unwrap_or("Badge");
    let issuer = badge
        .get("issuer")
        .and_then(Value::as_object)
        .and_then(|issuer| issuer.text("name"))
        .unwrap_or_default();
    Ok(picture::drawn(name, issuer, "#1f5c4a").into_bytes())
}

/// The path of a picture that lies on this node.
fn own_picture<'u>(state: &State, badge: &'u Object<'_>) -> Option<&'u str> {
    let achievement = badge
        .get("credentialSubject")?
        .as_object()?
        .get("achievement")?;
    let image = achievement.as_object()?.get("image")?;
    let url = match image.as_object() {
        Some(image) => image.text("id")?,
        None => image.as_str()?,
    };
    state.address.path_of(url)
}

/// The picture at a path of ours: one that was uploaded, or that of a design.
async fn kept(state: &State, path: &str) -> Result<Option<(String, Vec<u8>)>, Problem> {
    if let Some(design) = path
        .strip_prefix("/achievements/")
        .and_then(|rest| rest.strip_suffix("/image.svg"))
    {
        return designs::picture(state, design.to_owned()).await.map(Some);
    }
    let Some(digest) = path.strip_prefix("/files/").map(str::to_owned) else {
        return Ok(None);
    };
    let found = state
        .store
        .read(move |conn| files::find(conn, &digest))
        .await
        .map_err(Problem::from)?;
    Ok(found.map(|file| (file.media_type, file.bytes)))
}

/// A form by its name.
///
/// # Errors
/// `not_acceptable`.
pub fn form_named(name: &str) -> Result<Form, Problem> {
    match name {
        "json" => Ok(Form::Json),
        "png" => Ok(Form::Png),
        "svg" => Ok(Form::Svg),
        _ => Err(Problem::new(Code::NOT_ACCEPTABLE, "json, png or svg")),
    }
}
