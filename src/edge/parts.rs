//! Forms with a file, as browsers send them, read under limits.

use super::problem::{Code, Problem};
use super::request::payload_problem;
use crate::limits;
use actix_multipart::{Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::web::Payload;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

/// What was in a form.
#[derive(Debug, Default)]
pub struct Form {
    /// The file.
    pub file: Vec<u8>,
    /// Its name, for showing.
    pub file_name: String,
    /// The person that a badge should be about.
    pub recipient: Option<String>,
    /// A link or code.
    pub link: Option<String>,
    /// Pasted text.
    pub text: Option<String>,
}

/// Most parts of a form.
const PARTS: usize = 8;

/// Reads a form: a `file`, and a few short texts.
///
/// # Errors
/// `payload_too_large`, `bad_request`.
pub async fn read(request: &HttpRequest, payload: Payload) -> Result<Form, Problem> {
    let mut parts = Multipart::new(request.headers(), payload);
    let mut form = Form::default();
    for _ in 0..=PARTS {
        let Some(part) = next(&mut parts).await else {
            return Ok(form);
        };
        let mut part = part.map_err(|error| unreadable(&error))?;
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .unwrap_or_default()
            .chars()
            .filter(|letter| !letter.is_control())
            .take(100)
            .collect();
        let bytes = collect(&mut part).await?;
        let text = || {
            String::from_utf8(bytes.clone())
                .ok()
                .filter(|text| !text.trim().is_empty())
        };
        match name.as_str() {
            "file" => {
                form.file_name = file_name;
                form.file = bytes;
            }
            "recipient" => form.recipient = text(),
            "link" => form.link = text(),
            "text" => form.text = text(),
            _ => {}
        }
    }
    Err(Problem::new(
        Code::BAD_REQUEST,
        "the form has too many parts",
    ))
}

fn unreadable(error: &MultipartError) -> Problem {
    if let MultipartError::Payload(error) = error {
        return payload_problem(error);
    }
    Problem::new(Code::BAD_REQUEST, "the form cannot be read")
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

async fn collect(part: &mut actix_multipart::Field) -> Result<Vec<u8>, Problem> {
    let mut all = Vec::new();
    while let Some(chunk) = next(part).await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if all.len() + chunk.len() > limits::IMAGE_BYTES {
            return Err(Problem::new(
                Code::PAYLOAD_TOO_LARGE,
                "a file of at most 4 MiB",
            ));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all)
}
