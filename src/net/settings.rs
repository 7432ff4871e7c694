//! What a node decides about fetching. The defaults are the limits of
//! `limits.rs`; tests use shorter times.

use super::resolve::Resolver;
use super::target::Rules;
use crate::limits;
use std::time::Duration;

/// What a node decides about fetching.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sent as `User-Agent`; names whom to turn to.
    pub user_agent: String,
    /// What may be asked beyond the public web.
    pub rules: Rules,
    /// Certificate authorities beside those that browsers trust, as PEM texts.
    pub extra_roots: Vec<String>,
    /// Who answers for names.
    pub resolver: Resolver,
    /// How long things may take.
    pub times: Times,
    /// How much may go on at once.
    pub traffic: Traffic,
    /// What one verification may use.
    pub allowance: Allowance,
    /// How many bytes of documents are kept.
    pub kept_bytes: usize,
}

/// L-08.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// To look up a name.
    pub dns: Duration,
    /// To connect.
    pub connect: Duration,
    /// To agree on TLS.
    pub tls: Duration,
    /// Until the head of the answer is there.
    pub head: Duration,
    /// Silence within the body.
    pub idle: Duration,
    /// All of it together.
    pub hop: Duration,
    /// From when on a body must keep up with `slowest_body`.
    pub slow_after: Duration,
    /// Bytes a second.
    pub slowest_body: usize,
}

/// L-20.
#[derive(Debug, Clone, Copy)]
pub struct Traffic {
    /// Requests at once, quick and slow together.
    pub at_once: usize,
    /// How long a request counts as quick.
    pub quick: Duration,
    /// Requests at once to one host.
    pub per_host: usize,
    /// Requests that wait.
    pub waiting: usize,
    /// Requests that wait for one host.
    pub waiting_per_host: usize,
}

/// L-10: what one verification may use.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// Requests, redirects counted.
    pub fetches: usize,
    /// Different hosts.
    pub hosts: usize,
    /// Bytes of answers.
    pub bytes: usize,
    /// Time.
    pub time: Duration,
}

impl Settings {
    /// The limits of the manual, and a name to introduce ourselves by. `contact`
    /// is an address of the web where whoever wonders about our requests finds
    /// whom to ask.
    #[must_use]
    pub fn new(contact: &str) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self {
            user_agent: format!("Countersign/{version} (+{contact})"),
            rules: Rules::default(),
            extra_roots: Vec::new(),
            resolver: Resolver::default(),
            times: Times::default(),
            traffic: Traffic::default(),
            allowance: Allowance::default(),
            kept_bytes: limits::KEPT_BYTES,
        }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self {
            dns: limits::DNS_TIME,
            connect: limits::CONNECT_TIME,
            tls: limits::TLS_TIME,
            head: limits::HEAD_TIME,
            idle: limits::IDLE_TIME,
            hop: limits::HOP_TIME,
            slow_after: limits::SLOW_AFTER,
            slowest_body: limits::SLOWEST_BODY,
        }
    }
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            at_once: limits::FETCHES_AT_ONCE,
            quick: limits::QUICK_TIME,
            per_host: limits::FETCHES_PER_HOST,
            waiting: limits::FETCHES_WAITING,
            waiting_per_host: limits::FETCHES_WAITING_PER_HOST,
        }
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            fetches: limits::FETCHES_PER_CHECK,
            hosts: limits::HOSTS_PER_CHECK,
            bytes: limits::FETCHED_BYTES_PER_CHECK,
            time: limits::CHECK_TIME,
        }
    }
}
