//! Speaks HTTP to the demo's own nodes, on loopback.
//!
//! **Does not** speak to anybody else: what strangers publish is fetched by
//! `net`, which looks at each address first.

use crate::cli::failure::Failure;
use crate::text::random_id;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A request to a node.
#[derive(Debug, Clone, Default)]
pub(super) struct Call<'c> {
    /// The path, with its query.
    pub(super) path: &'c str,
    /// Who asks.
    pub(super) token: Option<&'c str>,
    /// What is sent and what it is; without it the request reads.
    pub(super) sent: Option<(&'c str, Vec<u8>)>,
    /// What is wanted; anything if nothing is said.
    pub(super) accept: &'c str,
}

/// What a node answered.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) bytes: Vec<u8>,
}

impl Reply {
    /// The answer as JSON, if the node did what was asked.
    pub(super) fn json(&self, what: &str) -> Result<serde_json::Value, Failure> {
        self.done(what)?;
        serde_json::from_slice(&self.bytes).map_err(|error| unexpected(what, &error))
    }

    /// Whether the node did what was asked.
    pub(super) fn done(&self, what: &str) -> Result<&[u8], Failure> {
        if (200..300).contains(&self.status) {
            return Ok(&self.bytes);
        }
        let said = String::from_utf8_lossy(&self.bytes);
        Err(unexpected(what, &format!("{} {said}", self.status)))
    }
}

/// Something in the demo did not end as it should.
pub(super) fn unexpected(what: &str, why: &dyn std::fmt::Display) -> Failure {
    Failure::ours(format!("{what}: {why}"))
}

/// Asks one node.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// Its name and port.
    pub(super) authority: String,
}

impl Client {
    /// Reads.
    pub(super) async fn get(&self, path: &str, token: Option<&str>) -> Result<Reply, Failure> {
        let call = Call {
            path,
            token,
            ..Call::default()
        };
        self.send(call).await
    }

    /// Asks for a page, as browsers do.
    pub(super) async fn page(&self, path: &str) -> Result<Reply, Failure> {
        let call = Call {
            path,
            accept: "text/html",
            ..Call::default()
        };
        self.send(call).await
    }

    /// Sends JSON.
    pub(super) async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: impl Into<Vec<u8>>,
    ) -> Result<Reply, Failure> {
        let call = Call {
            path,
            token,
            sent: Some(("application/json", body.into())),
            ..Call::default()
        };
        self.send(call).await
    }

    /// One request on a connection of its own.
    pub(super) async fn send(&self, call: Call<'_>) -> Result<Reply, Failure> {
        let path = call.path.to_owned();
        let failed = |error: &dyn std::fmt::Display| unexpected(&path, error);
        let request = self.request(call).map_err(|error| failed(&error))?;
        let stream = TcpStream::connect(self.address)
            .await
            .map_err(|error| failed(&error))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| failed(&error))?;
        actix_web::rt::spawn(connection);
        let response: Response<hyper::body::Incoming> = sender
            .send_request(request)
            .await
            .map_err(|error| failed(&error))?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await;
        let bytes = body.map_err(|error| failed(&error))?.to_bytes().to_vec();
        Ok(Reply { status, bytes })
    }

    fn request(&self, call: Call<'_>) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let mut builder = Request::builder()
            .uri(call.path)
            .header(HOST, &self.authority);
        if let Some(token) = call.token {
            builder = builder.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if !call.accept.is_empty() {
            builder = builder.header(ACCEPT, call.accept);
        }
        match call.sent {
            None => builder.method(Method::GET).body(Full::default()),
            Some((media_type, bytes)) => builder
                .method(Method::POST)
                .header(CONTENT_TYPE, media_type)
                .header("idempotency-key", random_id(&mut rand::rng()))
                .body(Full::from(bytes)),
        }
    }
}
