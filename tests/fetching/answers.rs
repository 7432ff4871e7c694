//! What peers answer, and what becomes of it.

use crate::peer::{Peer, answer, json, say};
use crate::{bytes, dev, fetch, fetcher, get, wanted};
use countersign::limits;
use countersign::verify::{Unavailable, WantedKind};
use flate2::{Compression, write::GzEncoder};
use std::io::Write as _;

const KEYS: WantedKind = WantedKind::Controller;

/// What a peer that writes these bytes leads to.
#[track_caller]
fn raw(text: &'static [u8]) -> impl Future<Output = Result<Vec<u8>, Unavailable>> {
    let peer = Peer::new(move |_, wire| say(wire, text));
    get(KEYS, peer.url("/did.json"))
}

#[tokio::test]
async fn a_plain_answer_is_the_document() {
    let peer = Peer::new(|_, wire| json(wire, r#"{"a":1}"#));
    let fetched = fetch(
        &fetcher(dev()),
        &wanted(KEYS, peer.url("/a/did.json?x=y#z")),
    )
    .await;
    assert_eq!(bytes(&fetched), Ok(br#"{"a":1}"#.as_slice()));
    assert_eq!(fetched.look.code, "ok");
    assert_eq!(fetched.look.host, "localhost");
}

#[tokio::test]
async fn a_request_says_nothing_but_what_it_must() {
    let peer = Peer::new(|_, wire| json(wire, "{}"));
    let _ = get(KEYS, peer.url("/did.json?x=y#secret")).await;
    let requests = peer.requests();
    assert_eq!(requests.len(), 1);
    let mut lines: Vec<_> = requests[0].trim_end().lines().collect();
    assert_eq!(lines.remove(0), "GET /did.json?x=y HTTP/1.1");
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "accept-encoding: identity",
            "accept: application/did+json, application/did+ld+json, application/json",
            "connection: close",
            &format!("host: localhost:{}", peer.port),
            &format!(
                "user-agent: Countersign/{} (+https://contact.example)",
                env!("CARGO_PKG_VERSION")
            ),
        ]
    );
}

#[tokio::test]
async fn errors_are_told_apart() {
    for (status, expected) in [
        ("500 Oops", Unavailable::Refused),
        ("404 Not Found", Unavailable::Refused),
        ("403 Forbidden", Unavailable::Refused),
        ("401 Unauthorized", Unavailable::Refused),
        ("204 No Content", Unavailable::Refused),
        ("206 Partial Content", Unavailable::Refused),
        ("304 Not Modified", Unavailable::Refused),
        ("300 Multiple Choices", Unavailable::Refused),
        ("410 Gone", Unavailable::Gone),
    ] {
        let fields = [("Content-Type", "application/json")];
        let peer = Peer::new(move |_, wire| answer(wire, status, &fields, b""));
        assert_eq!(get(KEYS, peer.url("/")).await, Err(expected), "{status}");
    }
}

#[tokio::test]
async fn a_host_that_is_down_is_unreachable() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(get(KEYS, url).await, Err(Unavailable::Unreachable));
}

#[tokio::test]
async fn a_peer_that_breaks_off_gave_nothing() {
    for text in [
        b"".as_slice(),
        b"HTTP/1.1 200 OK\r\nContent-Ty",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ] {
        let text: &'static [u8] = text;
        let got = raw(text).await;
        assert_eq!(got, Err(Unavailable::Unreachable), "{}", String::from_utf8_lossy(text));
    }
}

#[tokio::test]
async fn a_reset_within_the_body_gave_nothing() {
    // What is closed while something unread lies in it is reset.
    let peer = Peer::start(|mut stream, _| {
        say(
            &mut stream,
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\"",
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
        drop(stream);
    });
    assert_eq!(
        get(KEYS, peer.url("/")).await,
        Err(Unavailable::Unreachable)
    );
}

#[tokio::test]
async fn what_is_no_http_is_no_answer() {
    for text in [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n".as_slice(),
        b"220 mail.example ESMTP\r\n",
        b"{\"id\":\"did:web:a.example\"}\r\n\r\n",
        b"HTTP/0.9 200 OK\r\n\r\n{}",
        b"HTTP/1.1 2000 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type application/json\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    ] {
        let text: &'static [u8] = text;
        let got = raw(text).await;
        assert!(got.is_err(), "{}: {got:?}", String::from_utf8_lossy(text));
    }
}

#[tokio::test]
async fn only_media_types_of_the_kind_are_taken() {
    for media_type in [
        "text/html",
        "text/html; charset=utf-8",
        "text/plain",
        "application/octet-stream",
        "application/json, text/html",
        "json",
        "",
    ] {
        let page = b"{\"a\":1}";
        let peer = Peer::new(move |_, wire| {
            answer(wire, "200 OK", &[("Content-Type", media_type)], page);
        });
        let got = get(KEYS, peer.url("/")).await;
        assert_eq!(got, Err(Unavailable::MediaType), "{media_type}");
    }
    let none = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    assert_eq!(none, Err(Unavailable::MediaType));
    let twice = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}",
    );
    assert_eq!(twice.await, Err(Unavailable::MediaType));
}

#[tokio::test]
async fn a_body_has_an_end() {
    let limit = limits::DOCUMENT_BYTES;
    for (length, expected) in [(limit, Ok(limit)), (limit + 1, Err(Unavailable::TooLarge))] {
        let body = vec![b' '; length];
        let peer = Peer::new(move |_, wire| {
            answer(
                wire,
                "200 OK",
                &[("Content-Type", "application/json")],
                &body,
            );
        });
        let got = get(KEYS, peer.url("/")).await;
        assert_eq!(got.map(|bytes| bytes.len()), expected);
    }
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    let peer = Peer::new(|_, wire| {
        say(
            wire,
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        );
        let chunk = [b"1000\r\n".as_slice(), &[b' '; 4096], b"\r\n"].concat();
        for _ in 0..100_000 {
            if wire.write_all(&chunk).is_err() {
                return;
            }
        }
    });
    assert_eq!(get(KEYS, peer.url("/")).await, Err(Unavailable::TooLarge));
}

#[tokio::test]
async fn a_length_that_is_a_lie_helps_nobody() {
    // Too much is announced: nothing is read. Too little: the rest is not.
    let huge = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}",
    );
    assert_eq!(huge.await, Err(Unavailable::TooLarge));
    let beyond = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18446744073709551616\r\n\r\n{}",
    );
    assert!(beyond.await.is_err());
    let short = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{} and more",
    );
    assert_eq!(short.await, Ok(b"{}".to_vec()));
}

#[tokio::test]
async fn a_head_has_an_end() {
    let many = |line: &str, times: usize| {
        let head = line.repeat(times);
        let peer = Peer::new(move |_, wire| {
            say(
                wire,
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
            );
            say(wire, head.as_bytes());
            say(wire, b"Content-Length: 2\r\n\r\n{}");
        });
        get(KEYS, peer.url("/"))
    };
    assert_eq!(many("X-A: b\r\n", 90).await, Ok(b"{}".to_vec()));
    assert!(many("X-A: b\r\n", 200).await.is_err());
    let long = format!("X-A: {}\r\n", "b".repeat(40_000));
    assert!(many(&long, 1).await.is_err());
    let medium = format!("X-A: {}\r\n", "b".repeat(1_000));
    assert!(many(&medium, 40).await.is_err());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

async fn packed(encoding: &'static str, body: Vec<u8>) -> Result<Vec<u8>, Unavailable> {
    let peer = Peer::new(move |_, wire| {
        let fields = [
            ("Content-Type", "application/json"),
            ("Content-Encoding", encoding),
        ];
        answer(wire, "200 OK", &fields, &body);
    });
    get(KEYS, peer.url("/")).await
}

#[tokio::test]
async fn what_is_packed_unasked_is_unpacked_up_to_the_limit() {
    assert_eq!(packed("gzip", gzip(b"{}")).await, Ok(b"{}".to_vec()));
    let most = vec![b' '; limits::DOCUMENT_BYTES];
    assert_eq!(packed("gzip", gzip(&most)).await, Ok(most));
    let bomb = gzip(&vec![0; 64 * 1024 * 1024]);
    assert!(bomb.len() < limits::DOCUMENT_BYTES);
    assert_eq!(packed("gzip", bomb).await, Err(Unavailable::TooLarge));
    for (encoding, body) in [
        ("gzip", b"{}".to_vec()),
        ("gzip", gzip(b"{}")[..12].to_vec()),
        ("gzip, gzip", gzip(&gzip(b"{}"))),
        ("br", b"{}".to_vec()),
        ("deflate", b"{}".to_vec()),
        ("zstd", b"{}".to_vec()),
    ] {
        assert_eq!(
            packed(encoding, body).await,
            Err(Unavailable::MediaType),
            "{encoding}"
        );
    }
}

#[tokio::test]
async fn a_badge_may_be_a_picture_and_a_page_is_none() {
    let peer = Peer::new(|head, wire| {
        let media_type = if head.contains("page") {
            "text/html"
        } else {
            "image/png"
        };
        answer(wire, "200 OK", &[("Content-Type", media_type)], b"bytes");
    });
    let fetcher = fetcher(dev());
    let picture = fetcher.fetch_badge(&peer.url("/a.png")).await;
    assert_eq!(picture, Ok(b"bytes".to_vec()));
    let page = fetcher.fetch_badge(&peer.url("/page")).await;
    assert_eq!(page, Err(Unavailable::MediaType));
    let refused = fetcher.fetch_badge("https://127.0.0.1/x").await;
    assert_eq!(refused, Err(Unavailable::Url));
    // A badge is asked for each time.
    let _ = fetcher.fetch_badge(&peer.url("/a.png")).await;
    assert_eq!(peer.requests().len(), 3);
}
