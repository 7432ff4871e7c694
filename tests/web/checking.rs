//! Checking a badge on the pages: by link, code, file and text.

use crate::browser::Reply;
use crate::html;
use crate::look;
use crate::site::Node;
use crate::world::{World, changed, world};
use serde_json::json;

#[track_caller]
fn is_answer(reply: &Reply, headline: &str) -> String {
    let page = reply.text();
    assert_eq!(reply.status, 200, "{page}");
    assert_eq!(html::h1(&page), headline);
    assert_eq!(html::title(&page), format!("{headline} – Check a badge"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("x-robots-tag"), Some("noindex"));
    look::headers(reply, headline);
    look::structure(&page, headline);
    look::words(&page, headline);
    html::text(&page)
}

fn paste(node: &Node, text: &str) -> Reply {
    node.client
        .upload("/check/text", &[("text", None, text.as_bytes())])
}

const GENUINE: &str = "This badge is genuine and current";

#[test]
fn a_code_and_a_link_of_ours_are_answered_at_once() {
    let world = world();
    let link = world.council.share(&world.badge, "link");
    let code = world.council.share(&world.badge, "code");
    let code = code.rsplit('/').next().expect("a code").to_owned();
    for typed in [
        link.clone(),
        format!("{link}?utm_source=mail"),
        format!("  {link} "),
        code.to_uppercase(),
        code.replace('-', " "),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let reply = world.node.client.page(&format!("/check?q={query}"));
        let text = is_answer(&reply, GENUINE);
        for said in [
            "gave this badge to Saffron Velvetine on 25 November 2026.",
            "Has it been changed? No.",
            "Who gave it? Northmarch County Council.",
            "Is it still current? Yes. It lasts until 25 November 2027",
            "Is it about this person? We did not check",
            "Safe and independent",
            "Checked on 25 November 2026 at 12:00pm (UTC).",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

#[test]
fn a_mistake_in_the_field_is_named_and_what_was_typed_stays() {
    let node = Node::start();
    for (typed, error) in [
        ("", "Enter a link or a code"),
        ("  ", "Enter a link or a code"),
        ("B7K-4PD", "The code must be 9 characters"),
        (
            "BUU-4PD-2HX",
            "Codes look like B7K-4PD-2HX. Check that you have typed it correctly",
        ),
        (
            "ftp://a.example/b",
            "Enter a link that starts with https://",
        ),
        (
            "javascript:alert(1)//.",
            "Enter a link that starts with https://",
        ),
        (
            "what is a badge and where is mine?",
            "Enter a link that starts with https://",
        ),
        (
            "{\"a\":1}",
            "Enter a link or a code. To check badge text, use “Paste badge text” below",
        ),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        for reply in [
            node.client.page(&format!("/check?q={query}")),
            node.client.submit("/check", &[("q", typed)]),
        ] {
            let page = reply.expect(422).text();
            look::structure(&page, typed);
            assert!(html::title(&page).starts_with("Error: "), "{typed}");
            assert_eq!(
                html::text(&page).matches(error).count(),
                2,
                "{typed}: {page}"
            );
            let field = html::tags(&page)
                .into_iter()
                .find(|tag| tag.get("id") == Some("q"));
            let field = field.expect("the field");
            assert_eq!(field.get("value"), Some(typed));
            assert_eq!(field.get("aria-invalid"), Some("true"));
        }
    }
    let long = "https://a.example/".to_owned() + &"x".repeat(3_000);
    node.client.submit("/check", &[("q", &long)]).expect(422);
}

#[test]
fn a_link_to_another_host_is_never_followed_by_a_get() {
    let world = world();
    let peer = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    peer.set_nonblocking(true).expect("it does not wait");
    let port = peer.local_addr().expect("an address").port();
    let link = format!("http://127.0.0.1:{port}/s/abc?next=%22%3E%3Cb%3E");
    let query: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    let page = world
        .node
        .client
        .page(&format!("/check?q={query}"))
        .expect(200)
        .text();
    look::structure(&page, "another host");
    look::words(&page, "another host");
    assert_eq!(html::h1(&page), "Check a badge from another site");
    assert!(
        page.contains(&format!("<p class=\"bighost\">127.0.0.1:{port}</p>")),
        "{page}"
    );
    let form = html::tags(&page)
        .into_iter()
        .find(|tag| tag.name == "form")
        .expect("a form");
    assert_eq!(
        (form.get("method"), form.get("action")),
        (Some("post"), Some("/check"))
    );
    assert!(peer.accept().is_err(), "somebody was asked");
}

#[test]
fn the_scheme_may_be_left_out_and_an_odd_host_is_spelled() {
    let node = Node::start();
    let page = node
        .client
        .page("/check?q=b%C3%BCcher.example/s/abc")
        .expect(200)
        .text();
    assert!(
        page.contains("<p class=\"bighost\">xn--bcher-kva.example</p>"),
        "{page}"
    );
    assert!(html::text(&page).contains("letters from more than one alphabet"));
}

#[test]
fn a_host_that_does_not_answer_is_named_and_can_be_tried_again() {
    let world = world();
    let peer = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = peer.local_addr().expect("an address").port();
    drop(peer);
    let link = format!("http://127.0.0.1:{port}/s/abc");
    let reply = world.node.client.submit("/check", &[("q", &link)]);
    let text = is_answer(&reply, "We could not check this badge");
    assert!(text.contains(&format!("127.0.0.1:{port}")), "{text}");
    assert!(text.contains("25 November 2026 at 12:00pm"), "{text}");
    let page = reply.text();
    assert!(
        page.contains(&format!("name=\"q\" value=\"{link}\"")),
        "{page}"
    );
    assert!(!page.contains("tag stop"), "it is not red");
    assert!(!page.contains("tag good"), "it is not green");
}

#[test]
fn a_file_and_a_text_are_checked() {
    let world = world();
    let text = world.badge.text.as_bytes();
    for reply in [
        world
            .node
            .client
            .upload("/check/file", &[("file", Some("badge.json"), text)]),
        world
            .node
            .client
            .upload("/check/text", &[("text", None, text)]),
    ] {
        let said = is_answer(&reply, GENUINE);
        assert!(said.contains("Saffron Velvetine"), "{said}");
    }
}

/// Name, file name, content.
type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

#[test]
fn a_file_that_cannot_be_checked_is_named_in_the_form() {
    let node = Node::start();
    let large = vec![b'x'; 4 * 1024 * 1024 + 10];
    let cases: [(&[Part<'_>], &str); 4] = [
        (&[], "Select a badge file"),
        (&[("file", Some(""), b"")], "Select a badge file"),
        (
            &[("file", Some("a.json"), b"")],
            "The selected file is empty",
        ),
        (
            &[("file", Some("a.png"), &large)],
            "The selected file must be smaller than 4MB",
        ),
    ];
    for (parts, error) in cases {
        let page = node.client.upload("/check/file", parts).expect(422).text();
        look::structure(&page, error);
        assert_eq!(html::text(&page).matches(error).count(), 2, "{page}");
        assert!(html::title(&page).starts_with("Error: "));
    }
    let page = node
        .client
        .upload("/check/text", &[("text", None, b"  ")])
        .expect(422)
        .text();
    assert!(html::text(&page).contains("Paste the text of the badge"));
}

#[test]
fn what_is_no_badge_says_so() {
    let node = Node::start();
    for text in ["hello", "{\"a\":1}", "[]"] {
        let reply = paste(&node, text);
        let said = is_answer(&reply, "We could not find a badge in it");
        assert!(!said.contains("What we checked"), "{said}");
    }
}

#[test]
fn a_changed_badge_shows_nothing_of_the_badge() {
    let world = world();
    let text =
        changed(&world.badge).replace("practical check", "practical check <em>SHOWN</em> or 1=1");
    let reply = paste(&world.node, &text);
    let said = is_answer(&reply, "This badge has been changed since it was issued");
    assert!(!said.contains("genuine and current"), "{said}");
    let page = reply.text();
    for secret in [
        "Velvetine",
        "Safrron",
        "SHOWN",
        "Moving",
        "hoist",
        "did:web",
        "eddsa",
        "urn:uuid",
        "25 November 2027",
        &world.badge.id,
        "tag good",
        "About this badge",
    ] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    assert!(
        page.contains("proof"),
        "the code is in the technical details"
    );
}

#[test]
fn a_badge_without_a_seal_shows_nothing_of_the_badge() {
    let world = world();
    let mut badge: serde_json::Value = serde_json::from_str(&world.badge.text).expect("JSON");
    badge.as_object_mut().expect("an object").remove("proof");
    let reply = paste(&world.node, &badge.to_string());
    is_answer(&reply, "This badge has no digital seal");
    assert!(!reply.text().contains("Velvetine"), "{}", reply.text());
    assert!(html::text(&reply.text()).contains("We cannot tell, because it has no digital seal."));
}

#[test]
fn whose_badge_it_is_can_be_asked_and_is_never_said_back() {
    let world = world();
    let link = world.council.share(&world.badge, "link");
    for (who, tag, said) in [
        (
            "saffron@example.org",
            "Matches",
            "Yes. It was issued to the person you named.",
        ),
        (" SAFFRON@example.org ", "Matches", "Yes."),
        (
            "otto@elsewhere.example",
            "Does not match",
            "ask which one they used",
        ),
    ] {
        let by_link = world
            .node
            .client
            .submit("/check", &[("q", &link), ("recipient", who)]);
        let by_text = world.node.client.upload(
            "/check/text",
            &[
                ("text", None, world.badge.text.as_bytes()),
                ("recipient", None, who.as_bytes()),
            ],
        );
        let by_file = world.node.client.upload(
            "/check/file",
            &[
                ("file", Some("b.json"), world.badge.text.as_bytes()),
                ("recipient", None, who.as_bytes()),
            ],
        );
        for reply in [by_link, by_text, by_file] {
            let text = is_answer(&reply, GENUINE);
            let may_rely = text.contains("You can rely on what it says.");
            assert_eq!(may_rely, tag == "Matches", "{text}");
            assert!(text.contains(tag) && text.contains(said), "{who}: {text}");
            let page = reply.text().to_lowercase();
            assert!(
                !page.contains(&who.trim().to_lowercase()),
                "{who} is said back"
            );
        }
    }
    let query: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    let page = world
        .node
        .client
        .page(&format!("/check?q={query}&recipient=saffron%40example.org"));
    assert!(
        !html::text(&page.text()).contains("Matches"),
        "never by an address"
    );
}

#[test]
fn several_badges_have_an_answer_each() {
    let world = world();
    let other = world.council.give("moving", "Otto Umber");
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "verifiableCredential": [parse(&world.badge.text), parse(&changed(&world.badge)), parse(&other.text)],
    });
    let reply = paste(&world.node, &presentation.to_string());
    let text = is_answer(&reply, "We found 3 badges");
    assert_eq!(
        text.matches("This badge is genuine and current").count(),
        2,
        "{text}"
    );
    assert_eq!(
        text.matches("This badge has been changed since").count(),
        1,
        "{text}"
    );
    assert!(
        text.contains("We do not know who put them together."),
        "{text}"
    );
    assert!(!text.contains("Safrron"), "{text}");
}

/// A badge of one node, checked on another that has never heard of it.
fn stranger(name: &str) -> (World, Node, Reply) {
    let here = world();
    let there = Node::start();
    let issuer = there.issuer("elsewhere", name);
    issuer.design("falls", "Falls");
    let badge = issuer.give("falls", "Otto Umber");
    let reply = paste(&here.node, &badge.text);
    (here, there, reply)
}

#[test]
fn a_badge_of_somebody_we_do_not_know_is_never_called_genuine() {
    let (_here, there, reply) = stranger("Temewater College");
    let headline = "We do not recognise the organisation that issued this badge";
    let text = is_answer(&reply, headline);
    let host = there.base.strip_prefix("http://").expect("a host");
    assert!(
        text.contains("It says it is from “Temewater College”."),
        "{text}"
    );
    assert!(text.contains(&format!("web address {host}")), "{text}");
    assert!(!text.contains("genuine"), "{text}");
}

#[test]
fn somebody_who_goes_by_the_name_of_one_of_ours_is_found_out() {
    let (_here, _there, reply) = stranger("Northmarch  COUNTY Council");
    let headline =
        "This badge uses the name of an organisation we know, but it did not come from them";
    let text = is_answer(&reply, headline);
    assert!(text.contains("Not them"), "{text}");
}

#[test]
fn a_badge_whose_organisation_cannot_be_reached_is_not_called_anything() {
    let (here, there, reply) = stranger("Temewater College");
    drop((reply, there.client.page("/")));
    let issuer = there.issuer("closing", "Closing College");
    issuer.design("falls-two", "Falls");
    let badge = issuer.give("falls-two", "Otto Umber");
    drop(there);
    let reply = paste(&here.node, &badge.text);
    let text = is_answer(&reply, "We could not check this badge");
    assert!(!text.contains("Umber"), "{text}");
    assert!(reply.text().contains("Try again</button>"));
}
