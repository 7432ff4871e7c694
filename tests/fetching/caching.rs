//! How long copies count (REL-32), over the wire.

use crate::badges::{Fault, Site, list_began};
use crate::peer::{Peer, answer};
use crate::{bytes, dev, fetch, fetch_at, fetcher, now, wanted};
use countersign::net::{Fetcher, Terms};
use countersign::verify::{Unavailable, Wanted, WantedKind};

const KEYS: WantedKind = WantedKind::Controller;
const LIST: WantedKind = WantedKind::StatusList;

/// Serves `{}` with these fields.
fn serving(fields: &'static [(&'static str, &'static str)]) -> Peer {
    Peer::new(move |_, wire| {
        let all: Vec<_> = [("Content-Type", "application/json")]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        answer(wire, "200 OK", &all, b"{}");
    })
}

/// How it goes so many seconds later, one after the other.
async fn codes(fetcher: &Fetcher, wanted: &Wanted, seconds: &[i64]) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for second in seconds {
        let at = now().plus_seconds(*second);
        codes.push(fetch_at(fetcher, wanted, at).await.look.code);
    }
    codes
}

#[tokio::test]
async fn a_copy_is_fresh_for_an_hour_at_most() {
    let peer = serving(&[("Cache-Control", "max-age=86400")]);
    let fetcher = fetcher(dev());
    let wanted = wanted(KEYS, peer.url("/"));
    let found = codes(&fetcher, &wanted, &[0, 1, 3_599, 3_600]).await;
    assert_eq!(found, ["ok", "kept", "kept", "ok"]);
}

#[tokio::test]
async fn a_host_may_ask_for_less() {
    for (fields, seconds, expected) in [
        (
            &[("Cache-Control", "max-age=60")],
            [0, 59, 60],
            ["ok", "kept", "ok"],
        ),
        (
            &[("Cache-Control", "max-age=0")],
            [0, 0, 1],
            ["ok", "ok", "ok"],
        ),
        (
            &[("Cache-Control", "no-cache")],
            [0, 0, 1],
            ["ok", "ok", "ok"],
        ),
        (
            &[("Cache-Control", "no-store")],
            [0, 0, 1],
            ["ok", "ok", "ok"],
        ),
    ] {
        let peer = serving(fields);
        let found = codes(&fetcher(dev()), &wanted(KEYS, peer.url("/")), &seconds).await;
        assert_eq!(found, expected, "{fields:?}");
    }
}

#[tokio::test]
async fn a_list_may_ask_for_less() {
    let list = r#"{"validUntil":"2026-11-25T12:10:00Z","credentialSubject":{"ttl":300000}}"#;
    let peer = Peer::new(move |_, wire| crate::peer::json(wire, list));
    let fetcher = fetcher(dev());
    let found = codes(&fetcher, &wanted(LIST, peer.url("/")), &[0, 299, 300]).await;
    assert_eq!(found, ["ok", "kept", "ok"]);
    // Beyond its own end it is asked for, and not used if nobody answers.
    let found = codes(&fetcher, &wanted(LIST, peer.url("/")), &[599, 601]).await;
    assert_eq!(found, ["kept", "ok"]);
}

#[tokio::test]
async fn when_the_host_is_silent_a_copy_counts_for_a_day_or_a_week() {
    for (kind, longest) in [(LIST, 86_400), (KEYS, 7 * 86_400)] {
        let site = Site::new();
        let (peer, _) = site.open();
        let fetcher = fetcher(dev());
        let wanted = wanted(kind, peer.url("/status/1"));
        assert_eq!(fetch(&fetcher, &wanted).await.look.code, "ok");
        site.fail(Fault::Status("500 Oops"), "");
        let found = codes(&fetcher, &wanted, &[7_200, longest - 1, longest + 900]).await;
        assert_eq!(found, ["stale", "stale", "not_served"], "{kind:?}");
    }
}

#[tokio::test]
async fn a_list_is_never_used_beyond_its_end() {
    let site = Site::new();
    let (peer, issuer) = site.open();
    // It ends at midnight, twelve hours from now.
    site.serve("/status/1", issuer.list(list_began(), 1, false), &[]);
    let fetcher = fetcher(dev());
    let wanted = wanted(LIST, peer.url("/status/1"));
    assert_eq!(fetch(&fetcher, &wanted).await.look.code, "ok");
    site.fail(Fault::Closed, "");
    let found = codes(&fetcher, &wanted, &[43_200, 43_201 + 900]).await;
    assert_eq!(found, ["stale", "unreachable"]);
}

#[tokio::test]
async fn what_must_not_be_stored_is_not_used_again() {
    let site = Site::new();
    let (peer, _) = site.open();
    site.serve("/k", "{}".to_owned(), &[("Cache-Control", "no-store")]);
    let fetcher = fetcher(dev());
    let wanted = wanted(KEYS, peer.url("/k"));
    assert_eq!(fetch(&fetcher, &wanted).await.look.code, "ok");
    site.fail(Fault::Closed, "");
    assert_eq!(fetch(&fetcher, &wanted).await.look.code, "unreachable");
}

#[tokio::test]
async fn a_host_that_is_gone_is_believed() {
    let site = Site::new();
    let (peer, _) = site.open();
    let fetcher = fetcher(dev());
    let wanted = wanted(KEYS, peer.url("/.well-known/did.json"));
    assert_eq!(fetch(&fetcher, &wanted).await.look.code, "ok");
    site.fail(Fault::Status("410 Gone"), "");
    let gone = fetch_at(&fetcher, &wanted, now().plus_seconds(7_200)).await;
    assert_eq!(bytes(&gone), Err(Unavailable::Gone));
}

#[tokio::test]
async fn a_copy_that_is_unchanged_is_not_sent_again() {
    let peer = Peer::new(|head, wire| {
        let fields = [("Content-Type", "application/json"), ("ETag", "\"v1\"")];
        if head.contains("if-none-match: \"v1\"") {
            answer(wire, "304 Not Modified", &[], b"");
        } else {
            answer(wire, "200 OK", &fields, b"{\"a\":1}");
        }
    });
    let fetcher = fetcher(dev());
    let wanted = wanted(KEYS, peer.url("/"));
    let found = codes(&fetcher, &wanted, &[0, 4_000, 4_001, 8_000]).await;
    assert_eq!(found, ["ok", "unchanged", "kept", "unchanged"]);
    let renewed = fetch_at(&fetcher, &wanted, now().plus_seconds(8_010)).await;
    assert_eq!(bytes(&renewed), Ok(br#"{"a":1}"#.as_slice()));
    assert_eq!(renewed.look.age_seconds, Some(10), "it was seen again");
}

#[tokio::test]
async fn the_caller_may_ask_for_a_newer_list() {
    let site = Site::new();
    let (peer, _) = site.open();
    let fetcher = fetcher(dev());
    let list = wanted(LIST, peer.url("/status/1"));
    let ask = async |most: u32, seconds: i64| {
        let terms = Terms {
            max_status_age: Some(most),
            ..Terms::at(now().plus_seconds(seconds))
        };
        let mut budget = fetcher.budget();
        fetcher.fetch(&list, terms, &mut budget).await.look.code
    };
    assert_eq!(fetch(&fetcher, &list).await.look.code, "ok");
    assert_eq!(ask(100, 100).await, "kept");
    assert_eq!(ask(99, 100).await, "ok");
    assert_eq!(ask(0, 100).await, "ok");
    site.fail(Fault::Closed, "");
    assert_eq!(ask(100, 150).await, "kept");
    assert_eq!(ask(10, 150).await, "unreachable");
    // What failed just now is not asked again, also not on demand.
    let connections = peer.connections();
    assert_eq!(ask(0, 151).await, "unreachable");
    assert_eq!(peer.connections(), connections);
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_copy_fresh() {
    let peer = serving(&[]);
    let fetcher = fetcher(dev());
    let wanted = wanted(KEYS, peer.url("/"));
    let found = codes(&fetcher, &wanted, &[0, -200, -7_200]).await;
    assert_eq!(found, ["ok", "kept", "ok"]);
}

#[tokio::test]
async fn copies_are_shared_and_their_memory_has_an_end() {
    let peer = Peer::new(|_, wire| crate::peer::json(wire, &" ".repeat(1_000)));
    let mut settings = dev();
    settings.kept_bytes = 10_000;
    let fetcher = fetcher(settings);
    for number in 0..40 {
        let wanted = wanted(KEYS, peer.url(&format!("/{number}")));
        assert_eq!(fetch(&fetcher, &wanted).await.look.code, "ok");
    }
    let before = peer.connections();
    for number in 0..40 {
        let _ = fetch(&fetcher, &wanted(KEYS, peer.url(&format!("/{number}")))).await;
    }
    assert!(peer.connections() - before > 30, "{}", peer.connections());
}
