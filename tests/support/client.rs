//! A client that sends what it is told, byte for byte, and holds every answer
//! to what all answers promise.

use super::problems;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request that is being made.
#[derive(Debug, Clone)]
#[must_use]
pub struct Request {
    to: SocketAddr,
    method: &'static str,
    path: String,
    host: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    may_fail: bool,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// A key that no other request of this process has.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Request {
    /// A request with a key of its own if its method changes something.
    pub fn new(to: SocketAddr, host: &str, method: &'static str, path: &str) -> Self {
        let request = Self {
            to,
            method,
            path: path.to_owned(),
            host: host.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            may_fail: false,
        };
        match method {
            "GET" | "HEAD" => request,
            _ => request.header("Idempotency-Key", &fresh_key()),
        }
    }

    /// With a header, in the place of one of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    /// As the bearer of a token.
    pub fn token(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// With this name for the request.
    pub fn key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// To another host at the same address.
    pub fn host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// With JSON.
    pub fn json(self, value: &Value) -> Self {
        self.text(&value.to_string())
    }

    /// With a text that is called JSON.
    pub fn text(self, text: &str) -> Self {
        self.bytes("application/json", text.as_bytes())
    }

    /// With bytes.
    pub fn bytes(mut self, media_type: &str, bytes: &[u8]) -> Self {
        self.body = bytes.to_vec();
        self.header("Content-Type", media_type)
    }

    /// An answer of 500 and above is what the test is about.
    pub fn may_fail(mut self) -> Self {
        self.may_fail = true;
        self
    }

    fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        if !self.host.is_empty() {
            head.push_str(&format!("Host: {}\r\n", self.host));
        }
        head.push_str("Connection: close\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() || !matches!(self.method, "GET" | "HEAD") {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        head
    }

    /// Sends it and holds the answer to the form of problems.
    #[track_caller]
    pub fn send(self) -> Answer {
        let mut bytes = self.head().into_bytes();
        bytes.extend_from_slice(&self.body);
        let answer = raw(self.to, &bytes).expect("an answer");
        problems::hold(&answer, self.method, &self.path, self.may_fail);
        answer
    }

    /// Sends it and expects this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        let answer = self.send();
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        answer
    }

    /// Sends it and expects this kind of problem.
    #[track_caller]
    pub fn refused(self, code: &str) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        let answer = self.send();
        assert!(answer.status >= 400, "{what}: {}", answer.text());
        assert_eq!(answer.code(), code, "{what}: {}", answer.text());
        answer
    }
}

/// Sends bytes as they are and reads until the other side is done; `None` if
/// it hangs up without an answer.
pub fn raw(to: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    // A server may answer before it has read everything.
    drop(stream.write_all(bytes));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    parse(&answer)
}

/// Sends a head and then one byte of the body each time `wait` returns.
pub fn trickle(to: SocketAddr, head: &str, pause: Duration) -> Option<Answer> {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(pause)).expect("a timeout");
    stream.write_all(head.as_bytes()).expect("a head");
    let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
    for _ in 0..600 {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&piece[..read]),
            Err(_) => {
                if stream.write_all(b" ").is_err() {
                    break;
                }
            }
        }
    }
    parse(&answer)
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).expect("a head of text");
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let answer = Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    assert_eq!(answer.header("transfer-encoding"), "", "a sized answer");
    Some(answer)
}

impl Answer {
    /// Every header as it came, names in small letters.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The value of a header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A member of the body that is a text; empty if there is none.
    pub fn word(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }

    /// The kind of problem.
    pub fn code(&self) -> String {
        self.word("code")
    }

    /// The kind of problem; empty if it is none.
    pub fn code_or_empty(&self) -> String {
        if self.status < 400 {
            String::new()
        } else {
            self.code()
        }
    }

    /// What is wrong, each with its place.
    pub fn faults(&self) -> Vec<(String, String)> {
        let faults = self.json()["errors"].as_array().cloned();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        faults
            .unwrap_or_default()
            .iter()
            .map(|fault| (text(&fault["at"]), text(&fault["detail"])))
            .collect()
    }
}
