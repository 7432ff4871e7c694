//! Pages about the site: how checking works, help, accessibility, privacy. The
//! texts stand in their templates.

use super::frame::{Frame, Keep, Section, page};
use crate::edge::problem::Problem;
use crate::edge::state::State;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The organisation.
    pub name: String,
    /// Its page.
    pub page: String,
}

macro_rules! plain_pages {
    ($($(#[doc = $about:literal])+ $name:ident $handler:ident $path:literal $title:literal $section:ident;)+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, Template)]
        #[template(path = $path)]
        pub struct $name {
            /// The frame.
            pub frame: Frame,
            /// Whom to ask: the root organisation.
            pub contact: Option<Contact>,
        }

        impl $name {
            /// With made-up content.
            #[must_use]
            pub fn sample() -> Self {
                Self {
                    frame: Frame::sample($title, Section::$section),
                    contact: Some(Contact {
                        name: "Northmarch County Council".to_owned(),
                        page: "/issuers/northmarch".to_owned(),
                    }),
                }
            }
        }

        $(#[doc = $about])+
        pub(super) async fn $handler(state: Data<State>) -> Result<HttpResponse, Problem> {
            let template = $name {
                frame: Frame::new(&state, $title, Section::$section),
                contact: contact(&state),
            };
            page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
        }
    )+};
}

plain_pages! {
    /// How checking works.
    CheckingPage checking "checking.html" "How checking works" Other;
    /// Help.
    HelpPage help "help.html" "Help" Help;
    /// The accessibility statement.
    AccessibilityPage accessibility "accessibility.html" "Accessibility statement" Other;
    /// Privacy.
    PrivacyPage privacy "privacy.html" "Privacy" Other;
}

fn contact(state: &State) -> Option<Contact> {
    let all = state.directory.all();
    let root = all.iter().find(|tenant| tenant.issuer.is_root)?;
    Some(Contact {
        name: super::shown::line(&root.issuer.name),
        page: format!("/issuers/{}", root.issuer.slug),
    })
}
