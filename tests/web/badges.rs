//! The page of a badge, while it is shared and when it is not.

use crate::browser::Reply;
use crate::html;
use crate::look;
use crate::world::{World, world};
use serde_json::json;

/// Nothing of the badge is to be seen.
#[track_caller]
fn shows_nothing(reply: &Reply, world: &World) {
    let page = reply.text();
    for secret in ["Saffron", "Velvetine", "Moving", "practical", "Safe and"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    assert!(!page.contains(&world.badge.id), "{page}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("x-robots-tag"), Some("noindex"));
    look::headers(reply, "a page about nothing");
    look::structure(&page, "a page about nothing");
    look::words(&page, "a page about nothing");
}

#[test]
fn a_shared_badge_has_a_page_that_was_checked_now() {
    let world = world();
    for kind in ["link", "code", "page"] {
        let address = world.council.share(&world.badge, kind);
        let path = world.node.path_of(&address);
        let reply = world.node.client.page(path).expect(200);
        let page = reply.text();
        look::headers(&reply, path);
        look::structure(&page, path);
        look::words(&page, path);
        assert_eq!(
            html::h1(&page),
            "Moving and handling people: practical check"
        );
        let text = html::text(&page);
        for said in [
            "Saffron Velvetine",
            "Current until 25 November 2027",
            "Given by Northmarch County Council on 25 November 2026",
            "We checked this badge now. This badge is genuine and current.",
            "Watched in practice",
            "Safe and independent",
            "It is not a qualification.",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        let listed = (kind != "page").then_some("noindex");
        assert_eq!(reply.header("x-robots-tag"), listed, "{path}");
        assert_eq!(page.contains("name=\"robots\""), kind != "page");
    }
    let page = world
        .node
        .client
        .page(&format!("/credentials/{}", world.badge.id))
        .expect(200);
    assert!(page.text().contains("Velvetine"));
}

#[test]
fn a_private_badge_shows_nothing() {
    let world = world();
    let path = format!("/credentials/{}", world.badge.id);
    let reply = world.node.client.page(&path).expect(404);
    assert_eq!(html::h1(&reply.text()), "This badge is private");
    let page = reply.text().replace(&world.badge.id, "");
    assert_eq!(page, reply.text(), "not even its address");
    shows_nothing(&reply, &world);
    for ending in ["json", "png", "svg"] {
        world
            .node
            .client
            .page(&format!("{path}/badge.{ending}"))
            .expect(404);
    }
}

#[test]
fn a_link_that_ended_shows_nothing_but_when() {
    let world = world();
    let made = world
        .council
        .share_until(&world.badge, "link", Some("2026-11-26T00:00:00Z"));
    let path = world
        .node
        .path_of(made["address"].as_str().expect("an address"))
        .to_owned();
    let page = world.node.client.page(&path).expect(200).text();
    assert!(html::text(&page).contains("This link stops working on 26 November 2026."));
    world.node.clock.advance(2 * 86_400);
    let reply = world.node.client.page(&path).expect(410);
    assert_eq!(html::h1(&reply.text()), "This link has stopped working");
    assert!(html::text(&reply.text()).contains("It ended on 26 November 2026."));
    shows_nothing(&reply, &world);
    world
        .node
        .client
        .page(&format!("{path}/badge.json"))
        .expect(404);
}

#[test]
fn a_badge_that_is_not_there_is_not_found() {
    let world = world();
    for (path, what) in [
        ("/credentials/none", "at that link"),
        ("/s/none", "at that link"),
        ("/b/none", "at that link"),
        ("/c/b7k-4pd-2hx", "with that code"),
    ] {
        let reply = world.node.client.page(path).expect(404);
        assert_eq!(
            html::h1(&reply.text()),
            format!("We cannot find a badge {what}")
        );
        shows_nothing(&reply, &world);
    }
}

#[test]
fn a_withdrawn_badge_becomes_that_answer() {
    let world = world();
    let address = world.council.share(&world.badge, "page");
    let path = world.node.path_of(&address);
    world.council.withdraw(&world.badge, "Given by mistake.");
    let mut page = String::new();
    for _ in 0..50 {
        page = world.node.client.page(path).expect(200).text();
        if page.contains("data-outcome=\"withdrawn\"") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    look::structure(&page, path);
    look::words(&page, path);
    assert_eq!(
        html::h1(&page),
        "This badge was withdrawn on 25 November 2026"
    );
    assert!(html::text(&page).contains("The reason they give: Given by mistake."));
    assert!(!html::text(&page).contains("genuine and current"));
    assert!(!html::text(&page).contains("Download"));
    assert!(!page.contains("tag good"), "there is no green");
}

#[test]
fn an_expired_badge_becomes_that_answer() {
    let world = world();
    let address = world.council.share(&world.badge, "link");
    world.node.clock.advance(400 * 86_400);
    let page = world
        .node
        .client
        .page(world.node.path_of(&address))
        .expect(200)
        .text();
    assert_eq!(
        html::h1(&page),
        "This badge is genuine but it expired on 25 November 2027"
    );
    look::structure(&page, "expired");
}

#[test]
fn a_renewed_badge_says_that_there_is_a_newer_one() {
    let world = world();
    let address = world.council.share(&world.badge, "link");
    let path = world
        .council
        .path(&format!("/credentials/{}/renewal", world.badge.id));
    let newer = world
        .council
        .officer
        .post(&path, &json!({}))
        .expect(201)
        .value();
    let id = newer["id"].as_str().expect("an id");
    let shared = format!("/credentials/{id}");
    let page = world
        .node
        .client
        .page(world.node.path_of(&address))
        .expect(200)
        .text();
    assert_eq!(
        html::h1(&page),
        "This badge is genuine but there is a newer one"
    );
    assert!(!page.contains(id), "the newer one is private");
    let path = world.council.path(&format!("/credentials/{id}/shares"));
    world
        .council
        .officer
        .post(&path, &json!({ "kind": "link" }))
        .expect(201);
    let page = world
        .node
        .client
        .page(world.node.path_of(&address))
        .expect(200)
        .text();
    assert!(page.contains(&format!("href=\"{shared}\"")), "{page}");
}

#[test]
fn a_badge_is_downloaded_as_it_was_sealed() {
    let world = world();
    let address = world.council.share(&world.badge, "link");
    let path = world.node.path_of(&address);
    let reply = world
        .node
        .client
        .page(&format!("{path}/badge.json"))
        .expect(200);
    assert_eq!(reply.text(), world.badge.text);
    for (ending, kind) in [("png", "image/png"), ("svg", "image/svg+xml")] {
        let file = world
            .node
            .client
            .page(&format!("{path}/badge.{ending}"))
            .expect(200);
        assert_eq!(file.header("content-type"), Some(kind));
        assert!(
            file.header("content-disposition")
                .is_some_and(|how| how.starts_with("attachment"))
        );
        let name = format!("badge.{ending}");
        let page = world.node.client.upload(
            "/check/file",
            &[("file", Some(name.as_str()), file.body.as_slice())],
        );
        assert_eq!(
            html::h1(&page.expect(200).text()),
            "This badge is genuine and current"
        );
    }
    for name in ["badge.exe", "badge.", "other.json", "badge.json.png"] {
        world
            .node
            .client
            .page(&format!("{path}/{name}"))
            .expect(404);
    }
}
