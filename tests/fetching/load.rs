//! Many at once (SEC-09, SEC-11, L-10, L-20).

use crate::peer::{Peer, answer, json, path};
use crate::{bytes, dev, fetch, fetcher, now, wanted};
use countersign::net::{Exception, Resolver, Terms};
use countersign::verify::{Unavailable, WantedKind};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

const KEYS: WantedKind = WantedKind::Controller;
const LIST: WantedKind = WantedKind::StatusList;

#[tokio::test]
async fn a_thousand_who_want_the_same_ask_once() {
    let peer = Peer::new(|_, wire| {
        std::thread::sleep(Duration::from_millis(50));
        json(wire, "{}");
    });
    let fetcher = fetcher(dev());
    let mut all = JoinSet::new();
    for _ in 0..1_000 {
        let (fetcher, wanted) = (fetcher.clone(), wanted(KEYS, peer.url("/")));
        all.spawn(async move { bytes(&fetch(&fetcher, &wanted).await).map(<[u8]>::to_vec) });
    }
    let got = all.join_all().await;
    assert!(got.iter().all(|got| got.as_deref() == Ok(b"{}")));
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn whoever_gives_up_leaves_the_turn_to_the_next() {
    let peer = Peer::new(|_, wire| {
        std::thread::sleep(Duration::from_millis(100));
        json(wire, "{}");
    });
    let fetcher = fetcher(dev());
    let first = {
        let (fetcher, wanted) = (fetcher.clone(), wanted(KEYS, peer.url("/")));
        tokio::spawn(async move { fetch(&fetcher, &wanted).await.look.code })
    };
    tokio::time::sleep(Duration::from_millis(30)).await;
    let second = {
        let (fetcher, wanted) = (fetcher.clone(), wanted(KEYS, peer.url("/")));
        tokio::spawn(async move { fetch(&fetcher, &wanted).await.look.code })
    };
    tokio::time::sleep(Duration::from_millis(10)).await;
    first.abort();
    assert_eq!(second.await.expect("it had its turn"), "ok");
}

#[tokio::test]
async fn a_thousand_checks_of_a_dead_issuer_ask_twice_at_most() {
    // It accepts, and says nothing.
    let peer = Peer::start(|stream, _| {
        std::thread::sleep(Duration::from_secs(2));
        drop(stream);
    });
    let fetcher = fetcher(dev());
    let mut all = JoinSet::new();
    for _ in 0..1_000 {
        let fetcher = fetcher.clone();
        let (keys, list) = (wanted(KEYS, peer.url("/k")), wanted(LIST, peer.url("/l")));
        all.spawn(async move {
            let keys = fetch(&fetcher, &keys).await;
            let list = fetch(&fetcher, &list).await;
            bytes(&keys).is_err() && bytes(&list).is_err()
        });
    }
    assert!(all.join_all().await.into_iter().all(|failed| failed));
    assert!(peer.connections() <= 2, "{}", peer.connections());
}

#[tokio::test]
async fn a_host_that_is_down_is_asked_once_a_minute() {
    let peer = Peer::start(|stream, _| drop(stream));
    let fetcher = fetcher(dev());
    for second in 0..60 {
        let at = now().plus_seconds(second);
        let _ = crate::fetch_at(&fetcher, &wanted(KEYS, peer.url("/")), at).await;
    }
    assert_eq!(peer.connections(), 1);
    let later = now().plus_seconds(80);
    let _ = crate::fetch_at(&fetcher, &wanted(KEYS, peer.url("/")), later).await;
    assert_eq!(peer.connections(), 2);
}

#[tokio::test]
async fn a_wrong_address_on_a_good_host_silences_nobody_else() {
    let peer = Peer::new(|head, wire| match path(head) {
        "/good" => json(wire, "{}"),
        _ => answer(wire, "404 x", &[], b""),
    });
    let fetcher = fetcher(dev());
    for number in 0..20 {
        let wrong = wanted(LIST, peer.url(&format!("/{number}")));
        assert_eq!(
            bytes(&fetch(&fetcher, &wrong).await),
            Err(Unavailable::Refused)
        );
    }
    assert!(bytes(&fetch(&fetcher, &wanted(LIST, peer.url("/good"))).await).is_ok());
}

/// Hosts of the test, all on this machine at the port of one peer.
fn many_hosts(port: u16, count: usize) -> countersign::net::Settings {
    let names: Vec<_> = (0..count)
        .map(|number| format!("p{number}.example"))
        .collect();
    let mut settings = crate::issuer(port, Vec::new());
    let answers = |name| (name, vec![vec![crate::LOOPBACK]]);
    settings.resolver = Resolver::fixed(names.iter().map(|name| answers(name.as_str())));
    settings.rules.exceptions = names
        .iter()
        .map(|name| Exception::parse(&format!("{name}:{port}")).expect("an exception"))
        .collect();
    settings
}

#[tokio::test]
async fn slow_peers_delay_a_healthy_one_by_less_than_a_second() {
    let slow = Peer::start(|stream, _| {
        std::thread::sleep(Duration::from_secs(6));
        drop(stream);
    });
    let healthy = Peer::new(|_, wire| json(wire, "{}"));
    let mut settings = many_hosts(slow.port, 64);
    settings.rules.dev = true;
    // The times of production: each of the slow ones may take three seconds.
    settings.times = countersign::net::Times::default();
    let fetcher = fetcher(settings);
    let mut all = JoinSet::new();
    for number in 0..64 {
        let fetcher = fetcher.clone();
        let url = format!("https://p{number}.example:{}/", slow.port);
        all.spawn(async move { fetch(&fetcher, &wanted(KEYS, url)).await.look.code });
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut longest = Duration::ZERO;
    for number in 0..20 {
        let started = Instant::now();
        let fetched = fetch(&fetcher, &wanted(KEYS, healthy.url(&format!("/{number}")))).await;
        assert!(bytes(&fetched).is_ok(), "{}", fetched.look.code);
        longest = longest.max(started.elapsed());
    }
    assert!(longest < Duration::from_secs(1), "{longest:?}");
    let codes = all.join_all().await;
    assert!(
        codes
            .iter()
            .all(|code| ["fetch_timeout", "overloaded"].contains(code))
    );
}

#[tokio::test]
async fn one_check_uses_no_more_than_its_share() {
    let peer = Peer::new(|_, wire| json(wire, "{}"));
    let mut settings = dev();
    settings.allowance.fetches = 3;
    let few = fetcher(settings);
    let mut budget = few.budget();
    let mut codes = Vec::new();
    for number in 0..5 {
        let wanted = wanted(KEYS, peer.url(&format!("/{number}")));
        codes.push(
            few.fetch(&wanted, Terms::at(now()), &mut budget)
                .await
                .look
                .code,
        );
    }
    assert_eq!(codes, ["ok", "ok", "ok", "fetch_budget", "fetch_budget"]);
    assert_eq!(peer.connections(), 3);
    // What is kept costs nothing.
    let kept = wanted(KEYS, peer.url("/0"));
    assert_eq!(
        few.fetch(&kept, Terms::at(now()), &mut budget)
            .await
            .look
            .code,
        "kept"
    );
}

#[tokio::test]
async fn redirects_count_too() {
    let peer = Peer::new(|head, wire| match path(head) {
        "/a" => answer(wire, "302 x", &[("Location", "/b")], b""),
        _ => json(wire, "{}"),
    });
    let mut settings = dev();
    settings.allowance.fetches = 1;
    let fetched = fetch(&fetcher(settings), &wanted(LIST, peer.url("/a"))).await;
    assert_eq!(fetched.look.code, "fetch_budget");
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn bytes_and_time_of_one_check_have_an_end() {
    let peer = Peer::new(|head, wire| {
        if path(head) == "/slow" {
            std::thread::sleep(Duration::from_millis(250));
        }
        json(wire, &format!("\"{}\"", "x".repeat(600)));
    });
    let mut settings = dev();
    settings.allowance.bytes = 1_000;
    let small = fetcher(settings.clone());
    let mut budget = small.budget();
    let mut codes = Vec::new();
    for number in 0..2 {
        let wanted = wanted(KEYS, peer.url(&format!("/{number}")));
        codes.push(
            small
                .fetch(&wanted, Terms::at(now()), &mut budget)
                .await
                .look
                .code,
        );
    }
    assert_eq!(codes, ["ok", "fetch_budget"]);
    // It is nobody's fault, so nobody rests for it.
    assert!(bytes(&fetch(&small, &wanted(KEYS, peer.url("/1"))).await).is_ok());

    settings.allowance.time = Duration::from_millis(100);
    let hasty = fetcher(settings);
    let slow = wanted(KEYS, peer.url("/slow"));
    assert_eq!(fetch(&hasty, &slow).await.look.code, "fetch_budget");
    assert_eq!(
        fetch(&hasty, &wanted(KEYS, peer.url("/quick")))
            .await
            .look
            .code,
        "ok"
    );
}

#[tokio::test]
async fn hosts_of_one_check_have_an_end() {
    let peer = Peer::secure(
        || crate::peer::Certificate::Issuer,
        |_, wire| json(wire, "{}"),
    );
    let mut settings = many_hosts(peer.port, 4);
    settings.allowance.hosts = 2;
    let fetcher = fetcher(settings);
    let mut budget = fetcher.budget();
    let mut codes = Vec::new();
    for number in [0, 1, 2, 0] {
        let url = format!("https://p{number}.example:{}/x", peer.port);
        let fetched = fetcher
            .fetch(&wanted(KEYS, url), Terms::at(now()), &mut budget)
            .await;
        codes.push(fetched.look.code);
    }
    // The certificate is not theirs; that they were asked is what counts.
    assert_eq!(
        codes,
        ["unreachable", "unreachable", "fetch_budget", "unreachable"]
    );
}
