//! Peers that take their time (SEC-09). Each must end within the limits.

use crate::peer::{Peer, say, trickle};
use crate::{get, times};
use countersign::verify::{Unavailable, WantedKind};
use std::time::{Duration, Instant};

const KEYS: WantedKind = WantedKind::Controller;
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

fn hang() {
    std::thread::sleep(Duration::from_secs(5));
}

/// Asks, and fails if that takes longer than `most`.
#[expect(clippy::disallowed_methods, reason = "a test that measures time")]
async fn ends_within(peer: Peer, most: Duration) -> Result<Vec<u8>, Unavailable> {
    let started = Instant::now();
    let got = get(KEYS, peer.url("/")).await;
    let took = started.elapsed();
    assert!(
        took < most + Duration::from_millis(500),
        "{took:?}: {got:?}"
    );
    got
}

#[tokio::test]
async fn silence_after_the_connection_ends() {
    let peer = Peer::start(|stream, _| {
        hang();
        drop(stream);
    });
    let got = ends_within(peer, times().head).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn a_head_that_trickles_ends() {
    let peer = Peer::new(|_, wire| {
        trickle(wire, HEAD, Duration::from_millis(20));
        hang();
    });
    let got = ends_within(peer, times().head).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn silence_within_the_body_ends() {
    let peer = Peer::new(|_, wire| {
        say(wire, HEAD);
        say(wire, b"Content-Length: 10\r\n\r\n{");
        hang();
    });
    let got = ends_within(peer, times().idle).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn a_body_that_trickles_ends() {
    let peer = Peer::new(|_, wire| {
        say(wire, HEAD);
        say(wire, b"Content-Length: 10000\r\n\r\n");
        trickle(wire, &[b' '; 10_000], Duration::from_millis(50));
    });
    let got = ends_within(peer, times().slow_after).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn chunks_that_trickle_end() {
    let peer = Peer::new(|_, wire| {
        say(wire, HEAD);
        say(wire, b"Transfer-Encoding: chunked\r\n\r\n");
        for _ in 0..100 {
            trickle(wire, b"1\r\n \r\n", Duration::from_millis(10));
        }
    });
    let got = ends_within(peer, times().slow_after).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn a_body_that_is_just_fast_enough_ends_with_its_request() {
    let peer = Peer::new(|_, wire| {
        say(wire, HEAD);
        say(wire, b"Transfer-Encoding: chunked\r\n\r\n");
        let chunk = [b"400\r\n".as_slice(), &[b' '; 1_024], b"\r\n"].concat();
        for _ in 0..50 {
            say(wire, &chunk);
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let got = ends_within(peer, times().hop).await;
    assert_eq!(got, Err(Unavailable::Timeout));
}

#[tokio::test]
async fn a_slow_but_honest_peer_is_waited_for() {
    let peer = Peer::new(|_, wire| {
        std::thread::sleep(Duration::from_millis(150));
        say(wire, HEAD);
        std::thread::sleep(Duration::from_millis(100));
        say(wire, b"Content-Length: 2\r\n\r\n{");
        std::thread::sleep(Duration::from_millis(150));
        say(wire, b"}");
    });
    let got = ends_within(peer, times().hop).await;
    assert_eq!(got, Ok(b"{}".to_vec()));
}
