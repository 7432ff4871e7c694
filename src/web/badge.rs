//! The page of a shared badge: `/b/…`, `/s/…`, `/c/…`, and `/credentials/…`
//! while it is shared.
//!
//! **Promises.** The badge is checked every time by the engine that checks
//! everything. Unless it is genuine and current the page is that answer. A badge
//! that is not shared shows nothing.

use super::check::{self, Carried, Facts, Tone, Verdict};
use super::frame::{self, Frame, Keep, Section};
use crate::clock::Moment;
use crate::edge::download;
use crate::edge::problem::Problem;
use crate::edge::sharing::{self, Linked, Place};
use crate::edge::state::State;
use crate::store::shares::Share;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// The page of a badge that is genuine and current.
#[derive(Debug, Clone, Template)]
#[template(path = "badge.html")]
pub struct BadgePage {
    /// The frame.
    pub frame: Frame,
    /// The check behind it.
    pub verdict: Verdict,
    /// What the badge says.
    pub facts: Facts,
    /// Its path on this node.
    pub path: String,
    /// What to type to check it again: the code, or the whole address.
    pub typed: String,
    /// When the link stops working.
    pub stops_on: Option<String>,
    /// Whether everybody may see it, not only those with the link.
    pub is_for_everybody: bool,
}

impl BadgePage {
    /// The tag: until when it is current.
    #[must_use]
    pub fn tag(&self) -> String {
        match &self.facts.until {
            Some(until) => format!("Current until {until}"),
            None => "Current".to_owned(),
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("Moving and handling", Section::Other).unlisted(),
            verdict: Verdict::sample(),
            facts: Facts::sample(),
            path: "/s/4f0c2k".to_owned(),
            typed: "https://northmarch.badges.example.org/s/4f0c2k".to_owned(),
            stops_on: Some("19 February 2027".to_owned()),
            is_for_everybody: false,
        }
    }
}

/// `GET /b/…`, `/s/…`, `/c/…`, `/credentials/…`.
pub(super) async fn show(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let path = request.path();
    let place = Place::of_path(path).ok_or_else(|| Problem::not_found("badge"))?;
    let typed = typed(&state, &place);
    let share = check::share_at(&state, &typed).await?;
    let row = match sharing::at(&state, place).await? {
        Linked::Badge(row) => row,
        Linked::Private => {
            return check::silent(&state, "private", StatusCode::NOT_FOUND, None);
        }
        Linked::Ended => {
            return check::silent(&state, "link-ended", StatusCode::GONE, share.as_ref());
        }
        _ => {
            let outcome = check::not_found(&typed);
            return check::silent(&state, outcome, StatusCode::NOT_FOUND, None);
        }
    };
    let own = check::own::of_row(&state, &row).await?;
    let body = row.body.clone().unwrap_or_default();
    let report = check::checked(&state, body.as_bytes(), None).await?;
    let mut verdict = Verdict::of(&state, &report, Some(&own));
    let facts = match verdict.facts.take() {
        Some(facts) if verdict.is_good() => facts,
        _ => return check::answer(&state, &report, Some(&own), Some(Carried::Link(typed))),
    };
    let template = page(&state, (path, typed), share.as_ref(), verdict, facts);
    frame::page(StatusCode::OK, Keep::Nobody, &template.frame, &template)
}

/// What people type to get here again.
fn typed(state: &State, place: &Place) -> String {
    let base = state.address.base();
    match place {
        Place::Share("code", code) => code.to_uppercase(),
        Place::Share("page", slug) => format!("{base}/b/{slug}"),
        Place::Share(_, token) => format!("{base}/s/{token}"),
        Place::Credential(id) => state.address.credential(id),
    }
}

fn page(
    state: &State,
    (path, typed): (&str, String),
    share: Option<&Share>,
    verdict: Verdict,
    facts: Facts,
) -> BadgePage {
    let frame = Frame::new(state, &facts.name, Section::Other);
    let is_for_everybody = share.is_some_and(|share| share.kind == "page");
    let stops = share.and_then(|share| share.stops_at);
    BadgePage {
        frame: if is_for_everybody {
            frame
        } else {
            frame.unlisted()
        },
        verdict,
        facts,
        path: path.trim_end_matches('/').to_owned(),
        typed,
        stops_on: stops
            .and_then(|at| Moment::from_unix(at).ok())
            .map(Moment::to_plain_date),
        is_for_everybody,
    }
}

/// `GET …/badge.json`, `badge.png`, `badge.svg`: the badge as a file, for those
/// it is shared with.
pub(super) async fn file(
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let none = || Problem::not_found("file");
    let (path, name) = request.path().rsplit_once('/').ok_or_else(none)?;
    let form = name.strip_prefix("badge.").ok_or_else(none)?;
    let form = download::form_named(form).map_err(|_| none())?;
    let place = Place::of_path(path).ok_or_else(none)?;
    let Linked::Badge(row) = sharing::at(&state, place).await? else {
        return Err(none());
    };
    let file = download::file(&state, &row, form).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox; frame-ancestors 'none'",
        ))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name),
        ))
        .insert_header((header::CONTENT_TYPE, file.media_type))
        .body(file.bytes))
}

impl Verdict {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            outcome: "current",
            tone: Tone::Good,
            tag: "Current",
            headline: "This badge is genuine and current".to_owned(),
            lead: "Northmarch County Council gave this badge on 18 November 2026. It has not \
                   been changed. It lasts until 18 November 2027."
                .to_owned(),
            reason: Some("Given by mistake.".to_owned()),
            next: "You can rely on what it says.".to_owned(),
            newer: Some("/credentials/4f0c2k".to_owned()),
            answers: vec![check::Answer {
                question: "Has it been changed?",
                text: "No. It is as the organisation sealed it.".to_owned(),
                tag: "No changes",
                tone: Tone::Good,
            }],
            facts: Some(Facts::sample()),
            technical: check::Technical::sample(),
        }
    }
}
