//! A node of its own for each test, on a free port of this machine, and the
//! smallest client.

use countersign::app;
use countersign::clock::Moment;
use countersign::config::{Config, Overrides};
use countersign::edge::clock::Clock;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// A node that serves until it is dropped.
pub struct Node {
    address: SocketAddr,
    host: String,
    operator: String,
    clock: Clock,
    folder: PathBuf,
    stop: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub text: String,
}

impl Answer {
    /// The `title` of each error.
    pub fn titles(&self) -> Vec<&str> {
        let errors = self.body["errors"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        errors
            .iter()
            .filter_map(|error| error["title"].as_str())
            .collect()
    }
}

/// How long a key is published before it may sign, in seconds.
const UNTIL_KNOWN: i64 = 301;

/// When a node begins.
pub const NOW: &str = "2026-11-25T12:00:00Z";

impl Node {
    /// For trying things out: the profile is open to everybody.
    pub fn dev() -> Self {
        Self::start(None)
    }

    /// As it is run for others.
    pub fn strict() -> Self {
        Self::start(Some("https://badges.example.org"))
    }

    fn start(base: Option<&'static str>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("countersign-vc-api-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let overrides = Overrides {
            config: None,
            data: Some(folder.clone()),
            listen: Some(address.to_string()),
            base_url: base.map(str::to_owned),
            dev: base.is_none(),
        };
        let (stop, stopped) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let clock = Clock::fixed(Moment::parse(NOW).expect("a moment"));
        let its_own = clock.clone();
        let thread =
            std::thread::spawn(move || serve(&overrides, (listener, its_own), &tell, stopped));
        let (host, operator) = told
            .recv_timeout(Duration::from_secs(60))
            .expect("the node starts");
        Self {
            address,
            host,
            operator,
            clock,
            folder,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Sends a request.
    pub fn send(&self, method: &str, path: &str, token: Option<&str>, body: &[u8]) -> Answer {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        let token = token.map_or_else(String::new, |token| {
            format!("Authorization: Bearer {token}\r\n")
        });
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\nIdempotency-Key: key-{}\r\n{token}\r\n",
            self.host,
            body.len(),
            NEXT.fetch_add(1, Ordering::Relaxed),
        );
        stream.write_all(head.as_bytes()).expect("a request");
        // A body that is too large may be refused while it is sent.
        drop(stream.write_all(body));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        read(&answer)
    }

    /// Sends JSON without a token.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, None, body.to_string().as_bytes())
    }

    /// Sends JSON with a token.
    pub fn post_as(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(token), body.to_string().as_bytes())
    }

    /// Signs a credential without a token.
    pub fn issue(&self, credential: &Value, options: &Value) -> Answer {
        let body = json!({"credential": credential, "options": options});
        self.post("/vc/credentials/issue", &body)
    }

    /// Checks a credential without a token.
    pub fn verify(&self, credential: &Value) -> Answer {
        let body = json!({"verifiableCredential": credential, "options": {"checks": ["proof"]}});
        self.post("/vc/credentials/verify", &body)
    }

    /// Makes an organisation with keys of every kind; gives its
    /// administrator's token.
    pub fn organisation(&self, slug: &str) -> String {
        let new = json!({"slug": slug, "profile": {"name": slug, "url": "https://a.example"}});
        let made = self.post_as(&self.operator, "/api/v1/issuers", &new);
        assert_eq!(made.status, 201, "{}", made.text);
        let new = json!({"issuer": slug, "role": "administrator", "name": "test"});
        let made = self.post_as(&self.operator, "/api/v1/tokens", &new);
        let administrator = made.body["token"].as_str().expect("a token").to_owned();
        for algorithm in ["p256", "p384"] {
            let path = format!("/api/v1/issuers/{slug}/keys");
            let made = self.post_as(&administrator, &path, &json!({"algorithm": algorithm}));
            assert_eq!(made.status, 201, "{}", made.text);
            self.clock.advance(UNTIL_KNOWN);
            let id = made.body["id"].as_str().expect("an id");
            let path = format!("{path}/{id}/activation");
            let active = self.post_as(&administrator, &path, &json!({}));
            assert!(active.status < 300, "{}", active.text);
        }
        administrator
    }

    /// A token of another role.
    pub fn token(&self, administrator: &str, slug: &str, role: &str) -> String {
        let path = format!("/api/v1/issuers/{slug}/tokens");
        let made = self.post_as(administrator, &path, &json!({"role": role, "name": "test"}));
        made.body["token"].as_str().expect("a token").to_owned()
    }

    /// The operator's token.
    pub fn operator(&self) -> &str {
        &self.operator
    }

    /// The DID of an organisation.
    pub fn did(&self, slug: &str) -> String {
        let host = self.host.replace(':', "%3A");
        format!("did:web:{host}:issuers:{slug}")
    }

    /// The multikey of an organisation's key.
    pub fn multikey(&self, slug: &str, key: &str) -> String {
        let path = format!("/issuers/{slug}/did.json");
        let document = self.send("GET", &path, None, b"").body;
        let methods = document["verificationMethod"].as_array().expect("methods");
        let method = methods
            .iter()
            .find(|method| method["id"].as_str().is_some_and(|id| id.ends_with(key)))
            .expect("the key");
        method["publicKeyMultibase"]
            .as_str()
            .expect("a multikey")
            .to_owned()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn serve(
    overrides: &Overrides,
    (listener, clock): (TcpListener, Clock),
    tell: &mpsc::Sender<(String, String)>,
    stopped: mpsc::Receiver<()>,
) {
    let free = ["READ", "ISSUE", "CHECK_ANONYMOUS", "CHECK_TOKEN"].map(|name| {
        let variable = format!("COUNTERSIGN_RATES_{name}");
        (variable.into(), "100000/s".into())
    });
    let config = Config::load(overrides, free).expect("settings");
    let opened = app::open_with_clock(config, clock).expect("a node");
    let host = opened.state.address.authority().to_owned();
    let token = app::first_token(&opened.state)
        .expect("a database")
        .expect("a token");
    actix_web::rt::System::new().block_on(async move {
        let running = app::start(opened, listener).await.expect("a start");
        let stopper = running.stopper();
        tell.send((host, token.to_string()))
            .expect("somebody waits");
        actix_web::rt::spawn(async move {
            while !matches!(stopped.try_recv(), Err(mpsc::TryRecvError::Disconnected)) {
                actix_web::rt::time::sleep(Duration::from_millis(20)).await;
            }
            stopper.stop().await;
        });
        running.serve().await.expect("an orderly end");
    });
}

fn read(answer: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Answer {
        status: status.unwrap_or_default(),
        body: serde_json::from_str(body).unwrap_or_default(),
        text: text.clone().into_owned(),
    }
}
