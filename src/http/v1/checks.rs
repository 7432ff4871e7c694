//! `POST /api/v1/checks`: the same engine and answer as `countersign check
//! --json`.

use super::Problems;
use crate::clock::Moment;
use crate::edge::checking::{self, Asked, Checked};
use crate::edge::parts;
use crate::edge::problem::{Code, Problem};
use crate::edge::request::{body_problem, media_type};
use crate::edge::state::State;
use crate::edge::wire;
use crate::json::Value;
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A day, in seconds.
const MOST_STATUS_AGE: u32 = 86_400;

/// What is to be checked. One of `credential`, `text` or `link`.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewCheck {
    /// The badge, or a presentation of badges.
    #[schema(value_type = Option<Object>)]
    credential: Option<Box<RawValue>>,
    /// The badge as text: JSON or a token.
    text: Option<String>,
    /// A link to a badge, or a code.
    #[schema(example = "https://badges.example.org/s/6qk1x", max_length = 2048)]
    link: Option<String>,
    /// The e-mail address, identifier or name of the person it should be about.
    #[schema(max_length = 512)]
    recipient: Option<String>,
    /// The challenge that a presentation must answer.
    #[schema(max_length = 512)]
    challenge: Option<String>,
    /// Whom a presentation must be for.
    #[schema(max_length = 512)]
    domain: Option<String>,
    /// The moment as of which it is judged.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// How old a status list may be, in seconds; 0 asks the issuer again.
    #[schema(maximum = 86400)]
    max_status_age: Option<u32>,
    /// Whether to keep that this check was made: its outcome, the moment and
    /// the badge's id.
    #[serde(default)]
    keep: bool,
    /// What you call it yourself, kept with it.
    #[schema(max_length = 128)]
    own_reference: Option<String>,
}

impl NewCheck {
    /// What the description promises to refuse.
    fn require_short(&self) -> Result<(), Problem> {
        let texts = [
            (&self.recipient, 512, "/recipient"),
            (&self.challenge, 512, "/challenge"),
            (&self.domain, 512, "/domain"),
            (&self.own_reference, 128, "/ownReference"),
        ];
        for (text, most, at) in texts {
            let length = text.as_ref().map_or(0, |text| text.chars().count());
            if length > most {
                let detail = format!("at most {most} letters");
                return Err(super::issuers::faulty(at, &detail));
            }
        }
        if self.max_status_age.is_some_and(|age| age > MOST_STATUS_AGE) {
            return Err(super::issuers::faulty("/maxStatusAge", "at most a day"));
        }
        Ok(())
    }

    fn asked(&self, name: &str) -> Result<Asked, Problem> {
        let at = match &self.at {
            None => None,
            Some(text) => Some(
                Moment::parse(text)
                    .map_err(|error| super::issuers::faulty("/at", &error.to_string()))?,
            ),
        };
        self.require_short()?;
        Ok(Asked {
            name: name.to_owned(),
            recipient: self.recipient.clone(),
            challenge: self.challenge.clone(),
            domain: self.domain.clone(),
            at,
            max_status_age: self.max_status_age,
            keep: self.keep.then(|| self.own_reference.clone()),
            ..Asked::default()
        })
    }
}

/// Checks a badge. Whatever is wrong with the badge is in the report, with
/// status 200; 4xx is about the request.
///
/// The body is a request as described, the badge itself
/// (`application/vc+ld+json`, `application/vc`, `application/ld+json`), a token
/// (`application/jwt`, `application/vc+jwt`, `text/plain`), a picture
/// (`image/png`, `image/svg+xml`), or a form with a `file`.
#[utoipa::path(post, path = "/api/v1/checks", tag = "Checking", operation_id = "check",
    request_body(content((NewCheck = "application/json"))),
    responses((status = 200, description = "The report.", body = Object), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let media_type = media_type(&request);
    if media_type == "multipart/form-data" {
        let form = parts::read(&request, payload).await?;
        let asked = Asked {
            name: form.file_name,
            recipient: form.recipient,
            ..Asked::default()
        };
        return answer(checking::bytes(&state, &form.file, &asked).await?);
    }
    let mut inner = payload.into_inner();
    let bytes = Bytes::from_request(&request, &mut inner)
        .await
        .map_err(|error| body_problem(&error))?;
    if media_type.is_empty() && bytes.is_empty() {
        return Err(Problem::new(Code::BAD_REQUEST, "send a badge"));
    }
    let is_known = matches!(
        media_type.as_str(),
        "" | "application/json"
            | "application/vc+ld+json"
            | "application/vp+ld+json"
            | "application/ld+json"
            | "application/vc"
            | "application/vp"
            | "application/jwt"
            | "application/vc+jwt"
            | "application/vp+jwt"
            | "application/octet-stream"
            | "text/plain"
            | "image/png"
            | "image/svg+xml"
    );
    if !is_known {
        return Err(Problem::new(
            Code::MEDIA_TYPE,
            "send JSON, a token, a PNG or an SVG",
        ));
    }
    if media_type == "application/json" && !is_badge_itself(&bytes) {
        return answer(enveloped(&state, &bytes).await?);
    }
    let asked = Asked {
        name: "-".to_owned(),
        ..Asked::default()
    };
    answer(checking::bytes(&state, &bytes, &asked).await?)
}

/// A badge that was sent as plain JSON is taken as one.
fn is_badge_itself(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Peek<'a> {
        #[serde(borrow, rename = "@context")]
        context: Option<&'a RawValue>,
    }
    serde_json::from_slice::<Peek<'_>>(bytes).is_ok_and(|peek| peek.context.is_some())
}

async fn enveloped(state: &State, bytes: &[u8]) -> Result<Checked, Problem> {
    // Not the scanner: what is inside is a stranger's, and wrong in the report.
    let new: NewCheck = serde_json::from_slice(bytes).map_err(|error| {
        let code = if error.is_data() {
            Code::SCHEMA_INVALID
        } else {
            Code::JSON_SYNTAX
        };
        Problem::new(
            code,
            "send {\"credential\": …}, {\"text\": \"…\"} or {\"link\": \"…\"}",
        )
    })?;
    wire::require_object(bytes)?;
    match (&new.credential, &new.text, &new.link) {
        (Some(badge), None, None) => {
            checking::bytes(state, badge.get().as_bytes(), &new.asked("credential")?).await
        }
        (None, Some(text), None) => {
            checking::bytes(state, text.as_bytes(), &new.asked("text")?).await
        }
        (None, None, Some(link)) if link.len() <= 2_048 => {
            checking::link(state, link, &new.asked(link)?).await
        }
        _ => Err(Problem::new(
            Code::SCHEMA_INVALID,
            "send one of credential, text or link",
        )),
    }
}

fn answer(checked: Checked) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(Value::Object(checked.wire).to_json()))
}
