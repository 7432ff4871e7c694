//! A browser of sorts: it asks for HTML and fills in forms; it follows no
//! redirects and keeps no cookies.

use crate::support::{fresh_key, raw};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};

/// What browsers send.
pub(crate) const BROWSER: &str =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

/// Asks one node.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    port: u16,
    token: Option<String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(port: u16) -> Self {
        Self { port, token: None }
    }

    /// The same client with a token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// A page, as a browser asks for it.
    pub(crate) fn page(&self, path: &str) -> Reply {
        self.send("GET", path, &[("Accept", BROWSER)], b"")
    }

    /// A form as browsers send it.
    pub(crate) fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let headers = [
            ("Accept", BROWSER),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", path, &headers, body.finish().as_bytes())
    }

    /// A form with files: name, file name (or nothing), content.
    pub(crate) fn upload(&self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Reply {
        const BOUNDARY: &str = "between-the-parts-of-a-test";
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [("Accept", BROWSER), ("Content-Type", kind.as_str())];
        self.send("POST", path, &headers, &body)
    }

    /// JSON, with a fresh Idempotency-Key.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        self.json("POST", path, body)
    }

    /// JSON by any method, with a fresh Idempotency-Key.
    pub(crate) fn json(&self, method: &str, path: &str, body: &Value) -> Reply {
        let key = fresh_key();
        let headers = [
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key.as_str()),
        ];
        self.send(method, path, &headers, body.to_string().as_bytes())
    }

    /// Any request.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.port,
            body.len()
        );
        if let Some(token) = &self.token {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let to = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let request = [head.as_bytes(), body].concat();
        let answer = raw(to, &request).expect("an answer");
        let cookie = answer
            .headers()
            .iter()
            .find(|(name, _)| name == "set-cookie");
        assert_eq!(cookie, None, "{method} {path} sets a cookie");
        Reply {
            status: answer.status,
            headers: answer.headers().to_vec(),
            body: answer.body,
        }
    }
}

impl Reply {
    /// The first header of this name, in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    /// The same answer, if it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}
