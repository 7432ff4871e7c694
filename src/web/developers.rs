//! The page for those who write programs: where the API description is, how to
//! get a token, a first call, and every route.
//!
//! **Does not** know the routes by itself: whoever puts the node together hands
//! in the API description and the table of routes.

use super::frame::{Frame, Keep, Section, page};
use crate::edge::problem::Problem;
use crate::edge::state::State;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the page says about the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// Routes by what they are for.
    pub groups: Vec<Group>,
}

/// Routes for one purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What they are for.
    pub name: String,
    /// The same in a sentence.
    pub description: String,
    /// The routes.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// Whether everybody may call it.
    pub is_public: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Description {
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
    tags: Vec<Tag>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Operation {
    summary: Option<String>,
    description: Option<String>,
    tags: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tag {
    name: String,
    description: Option<String>,
}

impl Api {
    /// From the API description and the table of routes: method, path, and
    /// whether everybody may call it. Routes that the description does not
    /// have are what others fetch.
    #[must_use]
    pub fn new<'r>(
        description: &str,
        routes: impl IntoIterator<Item = (&'r str, &'r str, bool)>,
    ) -> Self {
        let description: Description = serde_json::from_str(description).unwrap_or_default();
        let mut groups: Vec<Group> = description
            .tags
            .iter()
            .map(|tag| Group {
                name: tag.name.clone(),
                description: tag.description.clone().unwrap_or_default(),
                routes: Vec::new(),
            })
            .collect();
        let mut others = Group {
            name: "What others fetch".to_owned(),
            description: "Documents, badges and pictures at their own addresses.".to_owned(),
            routes: Vec::new(),
        };
        for (method, path, is_public) in routes {
            let operation = description
                .paths
                .get(path)
                .and_then(|path| path.get(&method.to_ascii_lowercase()));
            let route = Route {
                method: method.to_owned(),
                path: path.to_owned(),
                summary: operation.map(Operation::sentence).unwrap_or_default(),
                is_public,
            };
            let tag = operation.and_then(|operation| operation.tags.first());
            let group = groups.iter_mut().find(|group| Some(&group.name) == tag);
            group.unwrap_or(&mut others).routes.push(route);
        }
        groups.push(others);
        groups.retain(|group| !group.routes.is_empty());
        Self { groups }
    }
}

impl Operation {
    fn sentence(&self) -> String {
        let text = self.summary.as_ref().or(self.description.as_ref());
        let first = text.and_then(|text| text.lines().next());
        first.unwrap_or_default().to_owned()
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "developers.html")]
pub struct DevelopersPage {
    /// The frame.
    pub frame: Frame,
    /// The node's address.
    pub base: String,
    /// The API.
    pub api: Api,
}

/// `GET /developers`.
pub(super) async fn show(
    state: Data<State>,
    api: Option<Data<Api>>,
) -> Result<HttpResponse, Problem> {
    let template = DevelopersPage {
        frame: Frame::new(&state, "For developers", Section::Other),
        base: state.address.base().to_owned(),
        api: api.map(|api| Api::clone(&api)).unwrap_or_default(),
    };
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

impl DevelopersPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let route = Route {
            method: "POST".to_owned(),
            path: "/api/v1/checks".to_owned(),
            summary: "Checks a badge.".to_owned(),
            is_public: true,
        };
        let closed = Route {
            is_public: false,
            ..route.clone()
        };
        Self {
            frame: Frame::sample("For developers", Section::Other),
            base: "https://northmarch.badges.example.org".to_owned(),
            api: Api {
                groups: vec![Group {
                    name: "Checking".to_owned(),
                    description: "Check badges.".to_owned(),
                    routes: vec![route, closed],
                }],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIPTION: &str = r#"{"tags":[{"name":"Checking","description":"Check."},{"name":"Empty"}],
        "paths":{"/api/v1/checks":{"post":{"summary":"Checks a badge.","tags":["Checking"]}}}}"#;

    #[test]
    fn every_route_stands_in_one_group() {
        let routes = [
            ("POST", "/api/v1/checks", true),
            ("GET", "/livez", true),
            ("GET", "/api/v1/checks", false),
        ];
        let api = Api::new(DESCRIPTION, routes);
        let names: Vec<_> = api
            .groups
            .iter()
            .map(|group| (group.name.as_str(), group.routes.len()))
            .collect();
        assert_eq!(names, [("Checking", 1), ("What others fetch", 2)]);
        let summary = api.groups[0].routes[0].summary.as_str();
        assert_eq!(summary, "Checks a badge.");
    }

    #[test]
    fn a_broken_description_leaves_the_routes() {
        let api = Api::new("{", [("GET", "/livez", true)]);
        assert_eq!(api.groups.len(), 1);
        assert_eq!(api.groups[0].routes.len(), 1);
    }
}
