//! A file or a text that somebody hands in.

use super::forms::{self, checked};
use super::result::{self, Carried};
use crate::bake::{self, Payload as Baked};
use crate::edge::parts::{self, Form};
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

/// A text up to this size is handed back in the page, so that asking about
/// another person needs no second upload.
const CARRIED: usize = 128 * 1024;

/// `POST /check/file`.
pub(in crate::web) async fn file_sent(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let form = match parts::read(&request, payload).await {
        Ok(form) => form,
        Err(problem) if problem.code == Code::PAYLOAD_TOO_LARGE => {
            return forms::file_form(&state, Some("The selected file must be smaller than 4MB"));
        }
        Err(_) => {
            let words = "The selected file could not be uploaded – try again";
            return forms::file_form(&state, Some(words));
        }
    };
    if form.file.is_empty() {
        let words = if form.file_name.is_empty() {
            "Select a badge file"
        } else {
            "The selected file is empty"
        };
        return forms::file_form(&state, Some(words));
    }
    let (bytes, recipient) = (form.file, form.recipient);
    handed_in(&state, &bytes, recipient.as_deref()).await
}

/// `POST /check/text`.
pub(in crate::web) async fn text_sent(
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let Form {
        text, recipient, ..
    } = match parts::read(&request, payload).await {
        Ok(form) => form,
        Err(problem) if problem.code == Code::PAYLOAD_TOO_LARGE => {
            return forms::text_form(&state, Some("The text must be shorter than 4MB"));
        }
        Err(_) => return forms::text_form(&state, Some("Paste the text of the badge")),
    };
    match text {
        None => forms::text_form(&state, Some("Paste the text of the badge")),
        Some(text) => handed_in(&state, text.as_bytes(), recipient.as_deref()).await,
    }
}

async fn handed_in(
    state: &State,
    bytes: &[u8],
    recipient: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let recipient = recipient.and_then(result::named);
    let report = checked(state, bytes, recipient).await?;
    let own = result::own_of(state, &report).await?;
    result::answer(state, &report, own.as_ref(), carried(bytes))
}

/// The badge as text, out of its picture if it came in one.
fn carried(bytes: &[u8]) -> Option<Carried> {
    let text = if bake::looks_like(bytes).is_some() {
        match bake::unbake(bytes).ok()?.payload {
            Baked::Json(text) | Baked::Jws(text) | Baked::HostedUrl(text) => text,
        }
    } else {
        std::str::from_utf8(bytes).ok()?.to_owned()
    };
    (text.len() <= CARRIED).then_some(Carried::Text(text))
}
