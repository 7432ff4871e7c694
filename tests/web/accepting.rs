//! One address, two forms: pages for browsers, JSON for programs.

use crate::browser::BROWSER;
use crate::world::world;

const PROGRAMS: [&str; 4] = [
    "*/*",
    "application/json",
    "application/ld+json",
    "image/png",
];

#[test]
fn browsers_get_pages_and_programs_get_json() {
    let world = world();
    world.node.issuer("college", "Temewater College");
    let link = world.council.share(&world.badge, "link");
    let code = world.council.share(&world.badge, "code");
    let public = world.council.share(&world.badge, "page");
    let paths = [
        "/",
        "/issuers/college",
        "/achievements/moving",
        world.node.path_of(&link),
        world.node.path_of(&code),
        world.node.path_of(&public),
        world.node.path_of(&world.badge.address),
    ];
    for path in paths {
        let kind_of = |headers: &[(&str, &str)], method: &str| {
            let reply = world
                .node
                .client
                .send(method, path, headers, b"")
                .expect(200);
            assert_eq!(reply.header("vary"), Some("Accept"), "{path}");
            let kind = reply.header("content-type").unwrap_or_default().to_owned();
            (kind, reply.body.len())
        };
        let (kind, length) = kind_of(&[("Accept", BROWSER)], "GET");
        assert_eq!(kind, "text/html; charset=utf-8", "{path}");
        assert!(length > 500, "{path}");
        let (kind, length) = kind_of(&[("Accept", BROWSER)], "HEAD");
        assert_eq!((kind.as_str(), length), ("text/html; charset=utf-8", 0));
        for accept in PROGRAMS {
            let (kind, _) = kind_of(&[("Accept", accept)], "GET");
            assert!(kind.contains("json"), "{path} {accept}: {kind}");
            let (kind, length) = kind_of(&[("Accept", accept)], "HEAD");
            assert!(kind.contains("json") && length == 0, "HEAD {path} {accept}");
        }
        let (kind, _) = kind_of(&[], "GET");
        assert!(kind.contains("json"), "{path}: {kind}");
    }
}

#[test]
fn problems_are_told_in_the_form_that_was_asked_for() {
    let world = world();
    for path in ["/nowhere", "/credentials/none", "/api/v1/issuers"] {
        let page = world.node.client.page(path);
        assert!(page.text().starts_with("<!DOCTYPE html>"), "{path}");
        assert_eq!(page.header("vary"), Some("Accept"), "{path}");
        for accept in PROGRAMS {
            let reply = world
                .node
                .client
                .send("GET", path, &[("Accept", accept)], b"");
            assert_eq!(reply.status, page.status, "{path} {accept}");
            assert_eq!(
                reply.header("content-type"),
                Some("application/problem+json"),
                "{path} {accept}"
            );
            assert_eq!(reply.header("vary"), Some("Accept"), "{path}");
        }
    }
    let reply = world.node.client.page("/api/v1/issuers").expect(401);
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
}

#[test]
fn pages_that_are_only_pages_are_there_for_everybody_and_for_head() {
    let world = world();
    for path in ["/check", "/check/file", "/privacy", "/problems/internal"] {
        for accept in ["*/*", BROWSER] {
            let reply = world
                .node
                .client
                .send("GET", path, &[("Accept", accept)], b"");
            assert_eq!(
                reply.expect(200).header("content-type"),
                Some("text/html; charset=utf-8")
            );
            let reply = world
                .node
                .client
                .send("HEAD", path, &[("Accept", accept)], b"");
            assert_eq!(reply.expect(200).body, b"");
        }
    }
}
