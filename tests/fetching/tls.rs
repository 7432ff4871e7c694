//! Who the peer is.

use crate::peer::{Certificate, Peer, json, say};
use crate::{LOOPBACK, bytes, fetch, fetcher, issuer, times, wanted};
use countersign::net::{BadRoot, Fetcher};
use countersign::verify::{Unavailable, WantedKind};
use std::time::Duration;

const KEYS: WantedKind = WantedKind::Controller;

async fn ask(certificate: Certificate) -> Result<Vec<u8>, Unavailable> {
    let peer = Peer::secure(move || certificate, |_, wire| json(wire, "{}"));
    let fetcher = fetcher(issuer(peer.port, vec![vec![LOOPBACK]]));
    let url = format!("https://issuer.example:{}/", peer.port);
    let fetched = fetch(&fetcher, &wanted(KEYS, url)).await;
    bytes(&fetched).map(<[u8]>::to_vec)
}

#[tokio::test]
async fn a_peer_proves_its_name() {
    assert_eq!(ask(Certificate::Issuer).await, Ok(b"{}".to_vec()));
    for other in [
        Certificate::Elsewhere,
        Certificate::Expired,
        Certificate::Stranger,
    ] {
        assert_eq!(ask(other).await, Err(Unavailable::Unreachable), "{other:?}");
    }
}

#[tokio::test]
async fn authorities_of_others_do_not_count() {
    let peer = Peer::secure(|| Certificate::Issuer, |_, wire| json(wire, "{}"));
    let mut settings = issuer(peer.port, vec![vec![LOOPBACK]]);
    settings.extra_roots.clear();
    let url = format!("https://issuer.example:{}/", peer.port);
    let fetched = fetch(&fetcher(settings), &wanted(KEYS, url)).await;
    assert_eq!(bytes(&fetched), Err(Unavailable::Unreachable));
    assert!(peer.requests().is_empty());
}

#[tokio::test]
async fn a_handshake_that_hangs_ends() {
    let silent = Peer::start(|stream, _| {
        std::thread::sleep(Duration::from_secs(5));
        drop(stream);
    });
    let plain = Peer::start(|mut stream, _| say(&mut stream, b"HTTP/1.1 200 OK\r\n\r\n"));
    for (peer, expected) in [
        (silent, Unavailable::Timeout),
        (plain, Unavailable::Unreachable),
    ] {
        let fetcher = fetcher(issuer(peer.port, vec![vec![LOOPBACK]]));
        let url = format!("https://issuer.example:{}/", peer.port);
        let started = tokio::time::Instant::now();
        let fetched = fetch(&fetcher, &wanted(KEYS, url)).await;
        assert_eq!(bytes(&fetched), Err(expected));
        assert!(started.elapsed() < times().tls + Duration::from_millis(500));
    }
}

#[test]
fn settings_with_a_broken_authority_are_refused() {
    let mut settings = issuer(1, Vec::new());
    settings.extra_roots.push("not a certificate".to_owned());
    assert!(matches!(Fetcher::new(settings), Err(BadRoot)));
}
