//! What every page has in common: its head, the menu, and its headers.
//!
//! **Promises.** A page runs no scripts, sets no cookies and loads nothing from
//! elsewhere. Pages about a person are kept by nobody.

use super::assets;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use askama::Template;

/// SEC-82, without scripts.
pub const POLICY: &str = "default-src 'none'; script-src 'none'; style-src 'self'; \
     img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The part of the menu that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Checking badges.
    Check,
    /// Who gives badges.
    Organisations,
    /// Questions and contacts.
    Help,
    /// No part of it.
    Other,
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The whole title.
    pub title: String,
    /// Who runs the site.
    pub owner: String,
    /// The site's host.
    pub host: String,
    /// Whether search engines may list the page.
    pub is_listed: bool,
    /// Where it stands in the menu.
    pub section: Section,
}

/// An entry of the menu.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Where it leads.
    pub href: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Whether it is the part that the page belongs to.
    pub is_here: bool,
}

/// Help is always the last entry (WCAG 2.2, 3.2.6).
const MENU: [(&str, &str, Section); 3] = [
    ("/check", "Check a badge", Section::Check),
    ("/issuers", "Organisations", Section::Organisations),
    ("/help", "Help", Section::Help),
];

impl Frame {
    /// The frame of a page for everybody.
    #[must_use]
    pub fn new(state: &State, title: &str, section: Section) -> Self {
        let owner = owner(state);
        Self {
            title: format!("{title} – {owner}"),
            owner,
            host: state.address.authority().to_owned(),
            is_listed: true,
            section,
        }
    }

    /// The frame of an answer to somebody: no search engine lists it.
    #[must_use]
    pub fn of_check(state: &State, outcome: &str) -> Self {
        Self {
            title: format!("{outcome} – Check a badge"),
            owner: owner(state),
            host: state.address.authority().to_owned(),
            is_listed: false,
            section: Section::Check,
        }
    }

    /// The same page, which no search engine lists.
    #[must_use]
    pub fn unlisted(mut self) -> Self {
        self.is_listed = false;
        self
    }

    /// The same page, sent back because of a mistake in a form.
    #[must_use]
    pub fn with_error(mut self, is_wrong: bool) -> Self {
        if is_wrong {
            self.title.insert_str(0, "Error: ");
        }
        self
    }

    /// The menu.
    #[must_use]
    pub fn menu(&self) -> Vec<Item> {
        let item = |(href, text, section)| Item {
            href,
            text,
            is_here: section == self.section,
        };
        MENU.map(item).into()
    }

    /// The address of the stylesheet.
    #[must_use]
    pub fn style(&self) -> String {
        assets::style()
    }

    /// The address of the icon.
    #[must_use]
    pub fn icon(&self) -> String {
        assets::icon()
    }

    /// A frame with made-up content.
    #[must_use]
    pub fn sample(title: &str, section: Section) -> Self {
        Self {
            title: format!("{title} – Northmarch County Council"),
            owner: "Northmarch County Council".to_owned(),
            host: "northmarch.badges.example.org".to_owned(),
            is_listed: true,
            section,
        }
    }
}

/// The root organisation, else the host.
fn owner(state: &State) -> String {
    root(state).unwrap_or_else(|| state.address.authority().to_owned())
}

/// The name of the root organisation.
pub(super) fn root(state: &State) -> Option<String> {
    let all = state.directory.all();
    let root = all.iter().find(|tenant| tenant.issuer.is_root)?;
    Some(super::shown::line(&root.issuer.name))
}

/// Who may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Nobody: it is about a person, or an answer to one.
    Nobody,
    /// Everybody, for some minutes.
    Everybody,
}

/// A page on its way to a browser.
///
/// # Errors
/// [`Problem::internal`] if it cannot be rendered.
pub(super) fn page(
    status: StatusCode,
    keep: Keep,
    frame: &Frame,
    template: &impl Template,
) -> Result<HttpResponse, Problem> {
    let text = template.render().map_err(Problem::internal)?;
    Ok(html(status, keep, frame.is_listed, text))
}

/// A rendered page with its headers.
pub(super) fn html(status: StatusCode, keep: Keep, is_listed: bool, text: String) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::VARY, "Accept"))
        .insert_header((
            header::CACHE_CONTROL,
            match keep {
                Keep::Nobody => "no-store",
                Keep::Everybody => "public, max-age=60",
            },
        ));
    if !is_listed {
        response.insert_header((HeaderName::from_static("x-robots-tag"), "noindex"));
    }
    response.body(text)
}
