//! What was looked at, where, when, and how it went.
//!
//! Addresses and hops are for our own log. What goes to whoever presented the
//! badge says no more than they could have found out themselves: a stranger
//! must not learn what our network looks like (SEC-13).

use crate::clock::Moment;
use crate::json::Object;
use crate::verify::{Answer, Wanted};
use std::net::SocketAddr;

/// One document that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its address.
    pub url: String,
    /// The host in it.
    pub host: String,
    /// When it was looked for.
    pub at: Moment,
    /// How it went: `ok`, `kept` (a copy that is still fresh), `unchanged` (the
    /// host says that our copy is the newest), `stale` (a copy, because the host
    /// gave none), `own` (published by this node), or the code of
    /// [`crate::verify::Unavailable`].
    pub code: &'static str,
    /// How old the copy is that was used.
    pub age_seconds: Option<i64>,
    /// The requests made for it, in order. For the log only.
    pub hops: Vec<Hop>,
}

/// One request. For the log only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The address asked.
    pub url: String,
    /// Who answered, if anybody was connected to.
    pub peer: Option<SocketAddr>,
}

impl Look {
    pub(super) fn new(wanted: &Wanted, at: Moment, code: &'static str) -> Self {
        let url = url::Url::parse(&wanted.url).ok();
        let host = url.as_ref().and_then(url::Url::host_str);
        Self {
            url: wanted.url.clone(),
            host: host.unwrap_or_default().to_owned(),
            at,
            code,
            age_seconds: None,
            hops: Vec::new(),
        }
    }

    /// What this node answered itself, because it publishes it.
    #[must_use]
    pub fn own(wanted: &Wanted, at: Moment, answer: &Answer) -> Self {
        let code = match answer {
            Answer::Document(_) => "own",
            Answer::Unavailable(why) => why.code(),
        };
        Self::new(wanted, at, code)
    }

    /// The part that may be shown: url, host, at, code, `age_seconds`.
    #[must_use]
    pub fn to_wire(&self) -> Object<'static> {
        let mut object = Object::new();
        object.set("url", self.url.clone());
        object.set("host", self.host.clone());
        object.set("at", self.at.to_rfc3339());
        object.set("code", self.code);
        if let Some(age) = self.age_seconds {
            object.set("age_seconds", age);
        }
        object
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_names_no_address_of_ours() {
        let peer: SocketAddr = "10.1.2.3:443".parse().expect("an address");
        let look = Look {
            url: "https://a.example/x".to_owned(),
            host: "a.example".to_owned(),
            at: Moment::from_unix(1_795_608_000).expect("a moment"),
            code: "ok",
            age_seconds: Some(0),
            hops: vec![Hop {
                url: "https://inner.example/y".to_owned(),
                peer: Some(peer),
            }],
        };
        assert_eq!(
            look.to_wire().to_json(),
            r#"{"url":"https://a.example/x","host":"a.example","at":"2026-11-25T12:00:00Z","code":"ok","age_seconds":0}"#
        );
    }
}
