//! The forms, and what is answered to a link or a code.

use super::result::{self, Carried};
use super::typed::{self, Typed};
use crate::edge::checking::{self, Asked};
use crate::edge::problem::Problem;
use crate::edge::recognised;
use crate::edge::sharing::{self, Linked};
use crate::edge::state::State;
use crate::limits;
use crate::text::read_code;
use crate::verify::Report;
use crate::web::frame::{Frame, Keep, Section, page};
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use url::form_urlencoded;

/// One field for a link or a code.
#[derive(Debug, Clone, Template)]
#[template(path = "check.html")]
pub struct LinkPage {
    /// The frame.
    pub frame: Frame,
    /// What was typed.
    pub typed: String,
    /// What is wrong with it.
    pub error: Option<&'static str>,
    /// The field that is wrong.
    pub field: &'static str,
}

/// Asks whether a link to another host is to be followed.
#[derive(Debug, Clone, Template)]
#[template(path = "elsewhere.html")]
pub struct ElsewherePage {
    /// The frame.
    pub frame: Frame,
    /// The link.
    pub link: String,
    /// The host, as computers write it.
    pub host: String,
    /// Whether it has letters of other alphabets, spelled out.
    pub is_spelled: bool,
}

/// A form for a file.
#[derive(Debug, Clone, Template)]
#[template(path = "file.html")]
pub struct FilePage {
    /// The frame.
    pub frame: Frame,
    /// What is wrong.
    pub error: Option<&'static str>,
    /// The field that is wrong.
    pub field: &'static str,
    /// The largest file, in MB.
    pub megabytes: usize,
}

/// A form for text.
#[derive(Debug, Clone, Template)]
#[template(path = "text.html")]
pub struct TextPage {
    /// The frame.
    pub frame: Frame,
    /// What is wrong.
    pub error: Option<&'static str>,
    /// The field that is wrong.
    pub field: &'static str,
}

impl LinkPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("Check a badge", Section::Check).with_error(true),
            typed: "B7K-4PD".to_owned(),
            error: Some("The code must be 9 characters"),
            field: "q",
        }
    }
}

impl ElsewherePage {
    fn new(frame: Frame, link: String, host: String) -> Self {
        Self {
            frame,
            is_spelled: host.split('.').any(|label| label.starts_with("xn--")),
            link,
            host,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self::new(
            Frame::sample("Check a badge from another site", Section::Check).unlisted(),
            "https://xn--nrthmarch-p9a.badges.example.org/s/4f0c2k".to_owned(),
            "xn--nrthmarch-p9a.badges.example.org".to_owned(),
        )
    }
}

impl FilePage {
    fn new(frame: Frame, error: Option<&'static str>) -> Self {
        const MEGABYTE: usize = 1024 * 1024;
        Self {
            frame: frame.with_error(error.is_some()),
            error,
            field: "file",
            megabytes: limits::IMAGE_BYTES / MEGABYTE,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let frame = Frame::sample("Check a badge file", Section::Check);
        Self::new(frame, Some("Select a badge file"))
    }
}

impl TextPage {
    fn new(frame: Frame, error: Option<&'static str>) -> Self {
        Self {
            frame: frame.with_error(error.is_some()),
            error,
            field: "text",
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let frame = Frame::sample("Check badge text", Section::Check);
        Self::new(frame, Some("Paste the text of the badge"))
    }
}

fn status(error: Option<&'static str>) -> StatusCode {
    match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}

fn link_form(
    state: &State,
    typed: &str,
    error: Option<&'static str>,
) -> Result<HttpResponse, Problem> {
    let frame = Frame::new(state, "Check a badge", Section::Check).with_error(error.is_some());
    let template = LinkPage {
        frame: if error.is_some() {
            frame.unlisted()
        } else {
            frame
        },
        typed: typed.to_owned(),
        error,
        field: "q",
    };
    page(status(error), Keep::Nobody, &template.frame, &template)
}

/// `GET /check/file`.
pub(in crate::web) async fn file(state: Data<State>) -> Result<HttpResponse, Problem> {
    file_form(&state, None)
}

/// The form for a file, sent back with what is wrong.
pub(super) fn file_form(
    state: &State,
    error: Option<&'static str>,
) -> Result<HttpResponse, Problem> {
    let frame = Frame::new(state, "Check a badge file", Section::Check);
    let template = FilePage::new(frame, error);
    page(status(error), Keep::Nobody, &template.frame, &template)
}

/// `GET /check/text`.
pub(in crate::web) async fn text(state: Data<State>) -> Result<HttpResponse, Problem> {
    text_form(&state, None)
}

/// The form for text, sent back with what is wrong.
pub(super) fn text_form(
    state: &State,
    error: Option<&'static str>,
) -> Result<HttpResponse, Problem> {
    let frame = Frame::new(state, "Check badge text", Section::Check);
    let template = TextPage::new(frame, error);
    page(status(error), Keep::Nobody, &template.frame, &template)
}

/// `GET /check`: the form; with `?q=` the answer, as long as nobody else has to
/// be asked for the badge.
pub(in crate::web) async fn ask(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut query = form_urlencoded::parse(request.query_string().as_bytes());
    let Some((_, typed)) = query.find(|(name, _)| name == "q") else {
        return link_form(&state, "", None);
    };
    match typed::read(&state, &typed) {
        Typed::Wrong(error) => link_form(&state, &typed, Some(error)),
        Typed::Ours(link) => ours(&state, link, None).await,
        Typed::Elsewhere { link, host } => {
            let title = "Check a badge from another site";
            let frame = Frame::new(&state, title, Section::Check).unlisted();
            let template = ElsewherePage::new(frame, link, host);
            page(StatusCode::OK, Keep::Nobody, &template.frame, &template)
        }
    }
}

/// `POST /check`: the answer to a link or a code, wherever it leads.
pub(in crate::web) async fn follow(
    state: Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let (mut typed, mut recipient) = (String::new(), None);
    for (name, value) in form_urlencoded::parse(&body) {
        match name.as_ref() {
            "q" => typed = value.into_owned(),
            "recipient" => recipient = result::named(&value),
            _ => {}
        }
    }
    match typed::read(&state, &typed) {
        Typed::Wrong(error) => link_form(&state, &typed, Some(error)),
        Typed::Ours(link) => ours(&state, link, recipient).await,
        Typed::Elsewhere { link, host } => elsewhere(&state, link, &host, recipient).await,
    }
}

async fn ours(
    state: &State,
    link: String,
    recipient: Option<String>,
) -> Result<HttpResponse, Problem> {
    let row = match sharing::follow(state, &link).await? {
        Linked::Badge(row) => row,
        Linked::Private => return result::silent(state, "private", StatusCode::OK, None),
        Linked::Ended => {
            let share = super::share_at(state, &link).await?;
            return result::silent(state, "link-ended", StatusCode::OK, share.as_ref());
        }
        _ => return result::silent(state, not_found(&link), StatusCode::OK, None),
    };
    let own = super::own::of_row(state, &row).await?;
    let body = row.body.clone().unwrap_or_default();
    let report = checked(state, body.as_bytes(), recipient).await?;
    result::answer(state, &report, Some(&own), Some(Carried::Link(link)))
}

/// What is said of nothing: a code has a slip, or a link was cut.
pub(in crate::web) fn not_found(typed: &str) -> &'static str {
    match read_code(typed) {
        Some(_) => "not-found",
        None => "not-found-link",
    }
}

/// Checks bytes as this node sees organisations.
pub(in crate::web) async fn checked(
    state: &State,
    bytes: &[u8],
    recipient: Option<String>,
) -> Result<Report, Problem> {
    let asked = asked(state, recipient);
    let checked = checking::bytes(state, bytes, &asked).await?;
    checked
        .report
        .ok_or_else(|| Problem::internal("a check of bytes has no report"))
}

fn asked(state: &State, recipient: Option<String>) -> Asked {
    Asked {
        recipient,
        trust: Some(recognised::own(state)),
        ..Asked::default()
    }
}

async fn elsewhere(
    state: &State,
    link: String,
    host: &str,
    recipient: Option<String>,
) -> Result<HttpResponse, Problem> {
    let found = checking::link(state, &link, &asked(state, recipient)).await?;
    match found.report {
        Some(report) => {
            let own = result::own_of(state, &report).await?;
            result::answer(state, &report, own.as_ref(), Some(Carried::Link(link)))
        }
        None if found.outcome == "key-unreachable" => result::unreachable(state, host, link),
        None => result::silent(state, "not-found-elsewhere", StatusCode::OK, None),
    }
}
