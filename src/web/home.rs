//! The first page.

use super::frame::{Frame, Keep, Section, page, root};
use crate::edge::problem::Problem;
use crate::edge::state::State;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

/// The first page.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// The root organisation.
    pub root: Option<String>,
    /// How many organisations give badges here.
    pub organisations: usize,
    /// What was typed; nothing yet.
    pub typed: &'static str,
    /// What is wrong with it; nothing yet.
    pub error: Option<&'static str>,
}

impl HomePage {
    fn new(frame: Frame, root: Option<String>, organisations: usize) -> Self {
        Self {
            frame,
            root,
            organisations,
            typed: "",
            error: None,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let frame = Frame::sample("Check a badge", Section::Check);
        Self::new(frame, Some("Northmarch County Council".to_owned()), 2)
    }
}

/// `GET /`.
pub(super) async fn show(state: Data<State>) -> Result<HttpResponse, Problem> {
    let frame = Frame::new(&state, "Check a badge", Section::Check);
    let template = HomePage::new(frame, root(&state), state.directory.all().len());
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}
