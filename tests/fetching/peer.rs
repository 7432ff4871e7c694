//! Peers of the tests: a listener on this machine, each answer written by hand.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig, ServerConnection, crypto::aws_lc_rs};

pub(crate) const AUTHORITY: &str = include_str!("certificates/authority.pem");
const KEY: &str = include_str!("certificates/peer.key");

/// Which certificate a peer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    Issuer,
    Elsewhere,
    Expired,
    Stranger,
}

impl Certificate {
    fn pem(self) -> &'static str {
        match self {
            Self::Issuer => include_str!("certificates/issuer.pem"),
            Self::Elsewhere => include_str!("certificates/elsewhere.pem"),
            Self::Expired => include_str!("certificates/expired.pem"),
            Self::Stranger => include_str!("certificates/stranger.pem"),
        }
    }

    fn config(self) -> Arc<ServerConfig> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(self.pem().as_bytes())
            .map(|found| found.expect("a certificate"))
            .collect();
        let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate");
        Arc::new(config)
    }
}

/// What a peer writes to.
pub(crate) trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// A peer; it ends with the test.
pub(crate) struct Peer {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    /// Answers each request with `answer`, which gets its head.
    pub(crate) fn new(answer: impl Fn(&str, &mut dyn Wire) + Send + Sync + 'static) -> Self {
        Self::start(move |mut stream, requests| {
            let head = read_head(&mut stream);
            requests.lock().expect("not poisoned").push(head.clone());
            answer(&head, &mut stream);
        })
    }

    /// The same over TLS; which certificate is shown is asked each time.
    pub(crate) fn secure(
        certificate: impl Fn() -> Certificate + Send + Sync + 'static,
        answer: impl Fn(&str, &mut dyn Wire) + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |mut stream, requests| {
            let connection = ServerConnection::new(certificate().config()).expect("TLS");
            let mut tls = rustls::StreamOwned::new(connection, stream.try_clone().expect("a copy"));
            let head = read_head(&mut tls);
            if !head.is_empty() {
                requests.lock().expect("not poisoned").push(head.clone());
                answer(&head, &mut tls);
                tls.conn.send_close_notify();
                let _ = tls.flush();
            }
            let _ = stream.flush();
        })
    }

    /// Handles each connection, in a thread of its own.
    pub(crate) fn start(
        handle: impl Fn(TcpStream, &Mutex<Vec<String>>) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (counter, log) = (Arc::clone(&connections), Arc::clone(&requests));
        let handle = Arc::new(handle);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::SeqCst);
                let (handle, log) = (Arc::clone(&handle), Arc::clone(&log));
                std::thread::spawn(move || {
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
                    let end = stream.try_clone();
                    handle(stream, &log);
                    let _ = end.map(|end| end.shutdown(Shutdown::Both));
                });
            }
        });
        Self {
            port,
            connections,
            requests,
        }
    }

    /// A peer that must not be spoken to.
    pub(crate) fn trap() -> Self {
        Self::new(|_, wire| json(wire, "{}"))
    }

    pub(crate) fn connections(&self) -> usize {
        // Whoever connected last may not have been counted yet.
        std::thread::sleep(Duration::from_millis(20));
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("not poisoned").clone()
    }

    /// An address on it, over plain http.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }
}

fn read_head(stream: &mut dyn Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return String::new(),
        }
    }
    String::from_utf8(head).expect("a head in ASCII")
}

/// The path of a request.
pub(crate) fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

/// Writes an answer with its length.
pub(crate) fn answer(wire: &mut dyn Wire, status: &str, fields: &[(&str, &str)], body: &[u8]) {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    say(wire, head.as_bytes());
    say(wire, body);
}

pub(crate) fn json(wire: &mut dyn Wire, body: &str) {
    answer(
        wire,
        "200 OK",
        &[("Content-Type", "application/json")],
        body.as_bytes(),
    );
}

/// Writes, if anybody still listens.
pub(crate) fn say(wire: &mut dyn Wire, bytes: &[u8]) {
    let _ = wire.write_all(bytes);
    let _ = wire.flush();
}

/// Writes one byte after the other for as long as somebody listens.
pub(crate) fn trickle(wire: &mut dyn Wire, bytes: &[u8], pause: Duration) {
    for byte in bytes {
        if wire
            .write_all(&[*byte])
            .and_then(|()| wire.flush())
            .is_err()
        {
            return;
        }
        std::thread::sleep(pause);
    }
}
