//! Famous ways around a guard. A trap on this machine counts who comes by: it
//! must stay at none, with every name that the test answers for leading to it.

use crate::peer::{Peer, answer};
use crate::{LOOPBACK, bytes, fetch, fetcher, issuer, strict, wanted};
use countersign::net::{Exception, Settings};
use countersign::verify::{Unavailable, WantedKind};
use std::net::IpAddr;

const KEYS: WantedKind = WantedKind::Controller;
const OLDER: WantedKind = WantedKind::OlderDocument;

fn ip(text: &str) -> IpAddr {
    text.parse().expect(text)
}

/// Nobody has it, so connecting leads nowhere; by its number it is public.
fn nowhere() -> IpAddr {
    ip("3000::1")
}

async fn ask(settings: Settings, url: &str) -> Unavailable {
    let fetched = fetch(&fetcher(settings), &wanted(OLDER, url)).await;
    bytes(&fetched).expect_err("nothing may be there")
}

#[tokio::test]
async fn no_spelling_of_this_machine_is_asked() {
    let trap = Peer::trap();
    let port = trap.port;
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "127.0.0.1.",
        "localhost",
        "localhost.",
        "a.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "a.example@127.0.0.1",
        "intranet",
        "service.internal",
        "printer.local",
        "a.example.",
    ] {
        let names = || strict([("a.example", vec![vec![LOOPBACK]])]);
        for url in [
            format!("https://{host}:{port}/"),
            format!("http://{host}:{port}/"),
            format!("https://{host}/"),
        ] {
            assert_eq!(ask(names(), &url).await, Unavailable::Url, "{url}");
        }
    }
    assert_eq!(trap.connections(), 0);
}

/// A listener that the guard alone keeps a name of the public web from: port
/// 443 of this machine, if the test may open it.
fn trap_on_443() -> Option<std::net::TcpListener> {
    let trap = std::net::TcpListener::bind("127.0.0.1:443").ok()?;
    trap.set_nonblocking(true).ok()?;
    Some(trap)
}

#[tokio::test]
async fn names_that_lead_inside_are_refused_whatever_else_they_lead_to() {
    let trap = trap_on_443();
    for answers in [
        vec!["127.0.0.1"],
        vec!["10.0.0.1"],
        vec!["169.254.169.254"],
        vec!["0.0.0.0"],
        vec!["::1"],
        vec!["::ffff:127.0.0.1"],
        vec!["64:ff9b::127.0.0.1"],
        vec!["fd00:ec2::254"],
        // A public and AAAA inside, and the other way round.
        vec!["1.1.1.1", "::1"],
        vec!["3000::1", "127.0.0.1"],
        vec!["127.0.0.1", "3000::1"],
    ] {
        let answers: Vec<IpAddr> = answers.into_iter().map(ip).collect();
        let settings = strict([("a.example", vec![answers.clone()])]);
        let why = ask(settings, "https://a.example/").await;
        assert_eq!(why, Unavailable::Address, "{answers:?}");
    }
    if let Some(trap) = trap {
        assert!(trap.accept().is_err(), "somebody came by");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_answer_changes_nothing() {
    // Public when it is looked at, this machine a moment later: there is no
    // second look within a request, and the next request is looked at again.
    let trap = trap_on_443();
    let settings = strict([("a.example", vec![vec![nowhere()], vec![LOOPBACK]])]);
    let fetcher = fetcher(settings);
    let first = fetch(&fetcher, &wanted(KEYS, "https://a.example/")).await;
    let gone = [Unavailable::Unreachable, Unavailable::Timeout];
    assert!(gone.contains(&bytes(&first).expect_err("nowhere")));
    let later = crate::now().plus_seconds(3_600);
    let second = crate::fetch_at(&fetcher, &wanted(KEYS, "https://a.example/"), later).await;
    assert_eq!(bytes(&second), Err(Unavailable::Address));
    if let Some(trap) = trap {
        assert!(trap.accept().is_err(), "somebody came by");
    }
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_a_request() {
    // The second answer leads nowhere: whoever looked twice would go there.
    let peer = Peer::secure(
        || crate::peer::Certificate::Issuer,
        |_, wire| crate::peer::json(wire, "{}"),
    );
    let settings = issuer(peer.port, vec![vec![LOOPBACK], vec![ip("127.0.0.9")]]);
    let url = format!("https://issuer.example:{}/", peer.port);
    let fetched = fetch(&fetcher(settings), &wanted(KEYS, url)).await;
    assert!(bytes(&fetched).is_ok());
}

#[tokio::test]
async fn a_second_hop_is_looked_at_like_a_first() {
    let trap = Peer::trap();
    for (location, expected) in [
        (
            format!("http://localhost:{}/", trap.port),
            Unavailable::Redirect,
        ),
        (
            format!("https://localhost:{}/", trap.port),
            Unavailable::Redirect,
        ),
        (
            format!("https://127.0.0.1:{}/", trap.port),
            Unavailable::Redirect,
        ),
        (
            format!("https://2130706433:{}/", trap.port),
            Unavailable::Redirect,
        ),
        ("https://inside.example/".to_owned(), Unavailable::Address),
    ] {
        let to = location.clone();
        let peer = Peer::secure(
            || crate::peer::Certificate::Issuer,
            move |_, wire| answer(wire, "302 x", &[("Location", &to)], b""),
        );
        let mut settings = issuer(peer.port, Vec::new());
        settings.resolver = countersign::net::Resolver::fixed([
            ("issuer.example", vec![vec![LOOPBACK]]),
            ("inside.example", vec![vec![LOOPBACK]]),
        ]);
        let url = format!("https://issuer.example:{}/", peer.port);
        assert_eq!(ask(settings, &url).await, expected, "{location}");
        assert_eq!(peer.connections(), 1);
    }
    assert_eq!(trap.connections(), 0);
}

#[tokio::test]
async fn an_exception_opens_one_port_of_one_name() {
    let trap = Peer::trap();
    let mut settings = strict([
        ("peer.example", vec![vec![LOOPBACK]]),
        ("other.example", vec![vec![LOOPBACK]]),
    ]);
    settings.rules.exceptions = vec![Exception::parse("peer.example:1").expect("an exception")];
    for url in [
        format!("https://peer.example:{}/", trap.port),
        format!("https://other.example:{}/", trap.port),
        "https://other.example:1/".to_owned(),
        format!("http://peer.example:{}/", trap.port),
    ] {
        assert_eq!(ask(settings.clone(), &url).await, Unavailable::Url, "{url}");
    }
    assert_eq!(trap.connections(), 0);
}

#[tokio::test]
async fn a_failure_tells_the_caller_nothing_about_our_network() {
    let settings = strict([("a.example", vec![vec![ip("10.1.2.3")]])]);
    let fetched = fetch(
        &fetcher(settings),
        &wanted(KEYS, "https://a.example/did.json"),
    )
    .await;
    let shown = fetched.look.to_wire().to_json();
    assert_eq!(
        shown,
        r#"{"url":"https://a.example/did.json","host":"a.example","at":"2026-11-25T12:00:00Z","code":"fetch_address_refused"}"#
    );
}
