//! One request and its answer, on a connection that stands.
//!
//! **Promises.** Nothing goes out but the request: no cookie, no credential, no
//! `Referer`, nothing that names the badge beyond the address asked. What comes
//! in is read up to the limit and not further, and no slower than the limits
//! allow; only the body of a document that may be taken is read at all.

use super::head::{Head, Packing};
use super::purpose::Purpose;
use super::settings::Times;
use super::target::Target;
use super::trouble::Trouble;
use crate::limits;
use crate::verify::Unavailable;
use flate2::read::GzDecoder;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, CONNECTION, HOST, IF_NONE_MATCH, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::io::Read as _;
use std::pin::pin;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout};

/// What is asked.
pub(super) struct Question<'q> {
    pub(super) target: &'q Target,
    pub(super) purpose: Purpose,
    pub(super) user_agent: &'q str,
    /// The tag of the copy that we have.
    pub(super) etag: Option<&'q str>,
    /// Most bytes of the body.
    pub(super) limit: usize,
    pub(super) times: &'q Times,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Document { head: Head, bytes: Vec<u8> },
    NotModified(Head),
    Redirect(String),
}

/// Asks, and reads what may be taken. Nothing of it outlives the future.
pub(super) async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    question: &Question<'_>,
) -> Result<Reply, Trouble> {
    let mut settings = http1::Builder::new();
    settings
        .max_buf_size(limits::ANSWER_HEAD_BYTES)
        .max_headers(limits::ANSWER_HEAD_LINES);
    let (mut sender, connection) = settings
        .handshake::<_, Empty<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(|error| cut(&error))?;
    let request = request(question)?;
    let exchange = async {
        let response = timeout(question.times.head, sender.send_request(request))
            .await
            .map_err(|_| Trouble::answer(Unavailable::Timeout, "the head of the answer"))?
            .map_err(|error| cut(&error))?;
        read(response, question).await
    };
    let (mut connection, mut exchange) = (pin!(connection), pin!(exchange));
    tokio::select! {
        biased;
        done = &mut exchange => done,
        // The peer has said all that it will; what it said is still to be read.
        _ = &mut connection => exchange.await,
    }
}

fn request(question: &Question<'_>) -> Result<Request<Empty<Bytes>>, Trouble> {
    let url = question.target.url();
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut builder = Request::get(path)
        .header(HOST, question.target.authority())
        .header(USER_AGENT, question.user_agent)
        .header(ACCEPT, question.purpose.accept())
        .header(ACCEPT_ENCODING, "identity")
        .header(CONNECTION, "close");
    if let Some(etag) = question.etag {
        builder = builder.header(IF_NONE_MATCH, etag);
    }
    builder
        .body(Empty::new())
        .map_err(|error| Trouble::answer(Unavailable::Url, error.to_string()))
}

/// The peer broke off, or what it says is no HTTP: its head is too large, too.
fn cut(error: &hyper::Error) -> Trouble {
    let why = if error.is_parse() {
        Unavailable::Refused
    } else {
        Unavailable::Unreachable
    };
    Trouble::answer(why, error.to_string())
}

async fn read(response: Response<Incoming>, question: &Question<'_>) -> Result<Reply, Trouble> {
    // The reader of heads stops near its limit, not at it.
    let lines = response.headers().iter();
    let length: usize = lines
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if length > limits::ANSWER_HEAD_BYTES {
        return Err(Trouble::answer(Unavailable::TooLarge, "the head"));
    }
    let fields = response.headers().iter();
    let fields = fields.map(|(name, value)| (name.as_str(), value.as_bytes()));
    let mut head = Head::read(response.status().as_u16(), fields);
    match head.status {
        200 => {}
        304 if question.etag.is_some() => return Ok(Reply::NotModified(head)),
        301 | 302 | 303 | 307 | 308 => {
            let to = head.location.take();
            return to
                .map(Reply::Redirect)
                .ok_or_else(|| Trouble::answer(Unavailable::Redirect, "it leads nowhere"));
        }
        410 => return Err(Trouble::answer(Unavailable::Gone, "410")),
        other => return Err(Trouble::answer(Unavailable::Refused, other.to_string())),
    }
    let is_taken = |media_type: &str| question.purpose.takes(media_type);
    if !head.media_type.as_deref().is_some_and(is_taken) || head.packing == Packing::Other {
        let what = format!("{:?} {:?}", head.media_type, head.packing);
        return Err(Trouble::answer(Unavailable::MediaType, what));
    }
    let packed = body(response.into_body(), question).await?;
    let bytes = match head.packing {
        Packing::Gzip => unpack(&packed, question.limit)?,
        Packing::Plain | Packing::Other => packed,
    };
    Ok(Reply::Document { head, bytes })
}

async fn body(mut body: Incoming, question: &Question<'_>) -> Result<Vec<u8>, Trouble> {
    let too_large = || Trouble::answer(Unavailable::TooLarge, "the body");
    let limit = u64::try_from(question.limit).unwrap_or(u64::MAX);
    if body.size_hint().lower() > limit {
        return Err(too_large());
    }
    let started = Instant::now();
    let mut bytes = Vec::new();
    loop {
        let frame = timeout(question.times.idle, body.frame())
            .await
            .map_err(|_| Trouble::answer(Unavailable::Timeout, "silence within the body"))?;
        let Some(frame) = frame else {
            return Ok(bytes);
        };
        let frame = frame.map_err(|error| cut(&error))?;
        if let Some(data) = frame.data_ref() {
            if bytes.len().saturating_add(data.len()) > question.limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(data);
        }
        if is_too_slow(bytes.len(), started, question.times) {
            return Err(Trouble::answer(Unavailable::Timeout, "the body trickles"));
        }
    }
}

fn is_too_slow(bytes: usize, started: Instant, times: &Times) -> bool {
    let elapsed = started.elapsed();
    let seconds = usize::try_from(elapsed.as_secs())
        .unwrap_or(usize::MAX)
        .max(1);
    elapsed >= times.slow_after && bytes / seconds < times.slowest_body
}

/// Unpacks under the same limit: what nobody asked to be packed is no way
/// around it.
fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, Trouble> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    GzDecoder::new(packed)
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::answer(Unavailable::MediaType, error.to_string()))?;
    if bytes.len() > limit {
        return Err(Trouble::answer(Unavailable::TooLarge, "unpacked"));
    }
    Ok(bytes)
}
