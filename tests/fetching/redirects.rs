//! Redirects, over the wire (L-09, SEC-06).

use crate::peer::{Peer, answer, json, path};
use crate::{bytes, dev, fetch, fetcher, get, wanted};
use countersign::verify::{Unavailable, WantedKind};

const LIST: WantedKind = WantedKind::StatusList;
const OLDER: WantedKind = WantedKind::OlderDocument;

/// Leads from `/` to `location`, and answers anything else.
fn leading_to(status: &'static str, location: String) -> Peer {
    Peer::new(move |head, wire| match path(head) {
        "/" => answer(wire, status, &[("Location", &location)], b""),
        _ => json(wire, r#"{"there":true}"#),
    })
}

#[tokio::test]
async fn a_list_may_have_moved_on_its_host() {
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        let peer = leading_to(status, "/moved".to_owned());
        let fetched = fetch(&fetcher(dev()), &wanted(LIST, peer.url("/"))).await;
        assert_eq!(bytes(&fetched), Ok(br#"{"there":true}"#.as_slice()));
        let hops: Vec<_> = fetched
            .look
            .hops
            .iter()
            .map(|hop| hop.url.clone())
            .collect();
        assert_eq!(hops, [peer.url("/"), peer.url("/moved")]);
        assert!(fetched.look.hops.iter().all(|hop| hop.peer.is_some()));
    }
}

#[tokio::test]
async fn keys_have_not_moved() {
    for kind in [WantedKind::Controller, WantedKind::KeySet] {
        let peer = leading_to("301 x", "/moved".to_owned());
        let got = get(kind, peer.url("/")).await;
        assert_eq!(got, Err(Unavailable::Redirect));
        assert_eq!(peer.connections(), 1);
    }
}

#[tokio::test]
async fn a_list_does_not_move_to_another_host() {
    let trap = Peer::trap();
    let peer = leading_to("302 x", trap.url("/"));
    assert_eq!(get(LIST, peer.url("/")).await, Err(Unavailable::Redirect));
    assert_eq!(trap.connections(), 0);
    // For an older badge it may.
    let other = leading_to("302 x", trap.url("/"));
    assert!(get(OLDER, other.url("/")).await.is_ok());
    assert_eq!(trap.connections(), 1);
}

#[tokio::test]
async fn no_redirect_leads_out_of_what_may_be_asked() {
    let trap = Peer::trap();
    let port = trap.port;
    for location in [
        format!("https://127.0.0.1:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://127.0.0.2:{port}/"),
        format!("http://user@localhost:{port}/"),
        format!("//user:x@localhost:{port}/"),
        "https://a.internal/".to_owned(),
        "https://a.example/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "data:application/json,{}".to_owned(),
        "gopher://localhost/".to_owned(),
        "http:\\\\localhost\\".to_owned(),
        String::new(),
    ] {
        let peer = leading_to("302 x", location.clone());
        let got = get(OLDER, peer.url("/")).await;
        assert_eq!(got, Err(Unavailable::Redirect), "{location}");
        assert_eq!(peer.connections(), 1, "{location}");
    }
    assert_eq!(trap.connections(), 0);
}

#[tokio::test]
async fn circles_and_long_ways_end() {
    let itself = leading_to("302 x", "/".to_owned());
    assert_eq!(
        get(OLDER, itself.url("/")).await,
        Err(Unavailable::Redirect)
    );
    assert_eq!(itself.connections(), 1);

    let two = Peer::new(|head, wire| {
        let to = if path(head) == "/a" { "/b" } else { "/a" };
        answer(wire, "302 x", &[("Location", to)], b"");
    });
    assert_eq!(get(OLDER, two.url("/a")).await, Err(Unavailable::Redirect));
    assert_eq!(two.connections(), 2);

    let long = Peer::new(|head, wire| {
        let step: usize = path(head)[1..].parse().expect("a step");
        let to = format!("/{}", step + 1);
        if step < 30 {
            answer(wire, "302 x", &[("Location", &to)], b"");
        } else {
            json(wire, "{}");
        }
    });
    assert_eq!(get(OLDER, long.url("/0")).await, Err(Unavailable::Redirect));
    assert_eq!(long.connections(), 4, "three redirects are followed");
    assert!(get(OLDER, long.url("/27")).await.is_ok());
}

#[tokio::test]
async fn a_redirect_without_one_place_to_go_to_is_none() {
    let twice = [("Location", "/a"), ("Location", "/b")];
    for fields in [&[][..], &twice] {
        let fields = fields.to_vec();
        let peer = Peer::new(move |_, wire| answer(wire, "302 x", &fields, b""));
        assert_eq!(get(OLDER, peer.url("/")).await, Err(Unavailable::Redirect));
        assert_eq!(peer.connections(), 1);
    }
}
