//! Every page of a node: there, in order, and linked to.

use crate::browser::BROWSER;
use crate::html;
use crate::look;
use crate::site::Node;
use crate::world::world;
use countersign::edge::problem::Code;
use std::collections::BTreeSet;

/// For those who write programs: their words are allowed.
fn is_for_programmers(path: &str) -> bool {
    path.starts_with("/developers") || path.starts_with("/problems") || path == "/check/file"
}

#[test]
fn every_page_that_is_linked_to_is_there_and_in_order() {
    let world = world();
    let shared = world.council.share(&world.badge, "page");
    let start = world.node.path_of(&shared).to_owned();
    let mut waiting = vec!["/".to_owned(), start];
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let reply = world.node.client.page(&path).expect(200);
        let is_page = reply
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if !is_page {
            continue;
        }
        let page = reply.text();
        look::headers(&reply, &path);
        look::structure(&page, &path);
        if !is_for_programmers(&path) {
            look::words(&page, &path);
        }
        for tag in html::tags(&page) {
            for name in ["href", "src"] {
                let target = tag.get(name).unwrap_or_default();
                if target.starts_with('/') {
                    waiting.push(target.to_owned());
                }
            }
        }
    }
    for path in [
        "/check",
        "/check/file",
        "/check/text",
        "/checking",
        "/help",
        "/accessibility",
        "/privacy",
        "/issuers",
        "/issuers/northmarch",
        "/achievements/moving",
        "/developers",
        "/problems",
        "/problems/not_found",
        "/api/v1/openapi.json",
    ] {
        assert!(seen.contains(path), "nothing leads to {path}");
    }
    assert!(seen.iter().any(|path| path.ends_with("/badge.png")));
}

#[test]
fn every_kind_of_problem_has_a_page() {
    let node = Node::start();
    for code in Code::ALL {
        let path = format!("/problems/{}", code.name);
        let reply = node.client.page(&path).expect(200);
        look::structure(&reply.text(), &path);
        assert_eq!(html::h1(&reply.text()), code.title);
        assert!(reply.text().contains(&code.status.to_string()), "{path}");
    }
    node.client.page("/problems/made_up").expect(404);
}

#[test]
fn the_page_for_developers_has_every_route() {
    let node = Node::start();
    let page = node.client.page("/developers").expect(200).text();
    let text = html::text(&page);
    for route in countersign::http::routes::ROUTES {
        let row = format!("{} {}", route.method.name(), route.path);
        assert!(text.contains(&row), "{row}");
    }
    assert!(text.contains("Checks a badge."));
}

#[test]
fn a_node_without_organisations_has_a_first_page() {
    let node = Node::start();
    let page = node.client.page("/").expect(200).text();
    look::structure(&page, "/");
    assert_eq!(html::h1(&page), "Check a badge");
    assert!(html::title(&page).contains("localhost"));
    let page = node.client.page("/issuers").expect(200).text();
    assert!(html::text(&page).contains("There are none yet."));
}

#[test]
fn the_first_page_names_the_root_organisation() {
    let world = world();
    let page = world.node.client.page("/").expect(200).text();
    assert!(html::text(&page).contains("Northmarch County Council gives badges here"));
    assert_eq!(
        html::title(&page),
        "Check a badge – Northmarch County Council"
    );
}

#[test]
fn the_page_of_an_organisation_says_who_it_is_and_what_it_gives() {
    let world = world();
    let page = world
        .node
        .client
        .page("/issuers/northmarch")
        .expect(200)
        .text();
    let text = html::text(&page);
    for said in [
        "We train everybody who cares",
        "https://northmarch.example.org/",
        "badges@northmarch.example.org",
        "01632 960000",
        "Moving and handling people: practical check",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    world.node.client.page("/issuers/nobody").expect(404);
}

#[test]
fn the_page_of_a_design_says_how_to_get_it() {
    let world = world();
    for path in ["/achievements/moving", "/achievements/moving/criteria"] {
        let page = world.node.client.page(path).expect(200).text();
        look::structure(&page, path);
        look::words(&page, path);
        assert!(
            page.contains("<li dir=\"auto\">Pass a practical check with a hoist"),
            "{page}"
        );
    }
    let page = world
        .node
        .client
        .page("/achievements/moving")
        .expect(200)
        .text();
    let text = html::text(&page);
    for said in [
        "Watched in practice : An assessor watched them do it.",
        "12 months",
        "It is not a qualification.",
        "Care Certificate standards: Health and safety",
        "Safe with support, Safe and independent",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for path in ["/achievements/none", "/achievements/none/criteria"] {
        world.node.client.page(path).expect(404);
    }
}

#[test]
fn a_design_that_is_retired_says_so_and_is_listed_no_more() {
    let world = world();
    let path = world.council.path("/achievements/moving");
    world.council.officer.send("DELETE", &path, &[], b"");
    let page = world.node.client.page("/achievements/moving").expect(200);
    assert!(html::text(&page.text()).contains("This badge is not given any more."));
    let page = world.node.client.page("/issuers/northmarch").expect(200);
    assert!(!html::text(&page.text()).contains("Moving and handling"));
}

#[test]
fn a_page_that_is_not_there_is_a_page_that_says_so() {
    let node = Node::start();
    for path in [
        "/nowhere",
        "/api/v1/nowhere",
        "/issuers/nobody",
        "/files/00",
        "/assets/old.css",
    ] {
        let reply = node.client.page(path).expect(404);
        look::headers(&reply, path);
        look::structure(&reply.text(), path);
        look::words(&reply.text(), path);
        assert_eq!(html::h1(&reply.text()), "Page not found");
        let id = reply.header("x-request-id").expect("an id");
        assert!(reply.text().contains(id), "the request can be named");
        assert_eq!(reply.header("x-robots-tag"), Some("noindex"));
    }
    let reply = node
        .client
        .send("DELETE", "/", &[("Accept", BROWSER)], b"")
        .expect(405);
    look::structure(&reply.text(), "DELETE /");
}

#[test]
fn somebody_who_asks_too_often_is_told_so_on_a_page() {
    let node = Node::start_with(&[("RATES_CHECK_ANONYMOUS", "1/min")]);
    node.client.page("/c/b7k-4pd-2hx").expect(404);
    let reply = node.client.page("/c/b7k-4pd-2hx").expect(429);
    look::structure(&reply.text(), "429");
    assert_eq!(html::h1(&reply.text()), "Too many tries");
    assert!(reply.header("retry-after").is_some());
    node.client.page("/check?q=b7k-4pd-2hx").expect(429);
    node.client.page("/").expect(200);
}

#[test]
fn the_stylesheet_is_ours_and_kept_for_ever() {
    let node = Node::start();
    let page = node.client.page("/").expect(200).text();
    let link = html::tags(&page)
        .into_iter()
        .find(|tag| tag.get("rel") == Some("stylesheet"))
        .expect("a stylesheet");
    let reply = node
        .client
        .page(link.get("href").expect("an address"))
        .expect(200);
    assert_eq!(
        reply.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(
        reply.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    let style = reply.text();
    for loaded in ["@import", "url(", "http:", "https:", "GDS"] {
        assert!(!style.contains(loaded), "{loaded}");
    }
}
