//! A body has to arrive in time (L-19): actix has a timer for the head of a
//! request, and none for its body.

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// Puts a deadline on the body of a request.
pub(super) fn on(request: &mut ServiceRequest, time: Duration) {
    let inner = request.take_payload();
    if matches!(inner, Payload::None) {
        return;
    }
    let limited = Limited {
        inner,
        deadline: Box::pin(sleep(time)),
    };
    request.set_payload(Payload::Stream {
        payload: Box::pin(limited),
    });
}

struct Limited {
    inner: Payload,
    deadline: Pin<Box<Sleep>>,
}

impl Stream for Limited {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = Pin::new(&mut self.inner).poll_next(context) {
            return Poll::Ready(next);
        }
        match self.deadline.as_mut().poll(context) {
            Poll::Ready(()) => {
                let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
                Poll::Ready(Some(Err(PayloadError::Io(late))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}
