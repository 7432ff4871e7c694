//! How often one client may ask, before a handler runs (SEC-90).

use crate::config::{Cidr, Rates as RateSettings};
use crate::edge::client::{self, Sent};
use crate::edge::problem::{Code, Problem};
use crate::edge::rates::{Class, Key, Rates, Verdict};
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::edge::tokens;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::net::{IpAddr, Ipv4Addr};

/// The limits of a node, and whom it believes about addresses.
pub(super) struct Limits {
    rates: Rates,
    proxies: Vec<Cidr>,
}

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

impl Limits {
    pub(super) fn new(rates: &RateSettings, proxies: Vec<Cidr>) -> Self {
        Self {
            rates: Rates::new(rates),
            proxies,
        }
    }

    /// Counts a request. Requests of watchers are not counted.
    ///
    /// # Errors
    /// `rate_limited`, with when to come again.
    pub(super) async fn count(
        &self,
        state: &State,
        request: &ServiceRequest,
    ) -> Result<Option<Verdict>, Problem> {
        let Some(class) = class_of(request.method(), request.path()) else {
            return Ok(None);
        };
        let key = match class {
            Class::Issue => Key::tenant(tenant_in(request.path())),
            _ => self.client(state, request).await,
        };
        let verdict = self.rates.check(class, key);
        match verdict.retry_after() {
            None => Ok(Some(verdict)),
            Some(seconds) => {
                record::limited(class.name());
                Err(Problem::new(Code::RATE_LIMITED, "come again later").retry_after(seconds))
            }
        }
    }

    /// A token that works, else the address: whoever makes up tokens stays who
    /// they are.
    async fn client(&self, state: &State, request: &ServiceRequest) -> Key {
        let header = request.headers().get(header::AUTHORIZATION);
        if let Some(header) = header.and_then(|value| value.to_str().ok())
            && let Ok(bearer) = tokens::bearer(state, Some(header)).await
        {
            return Key::token(&bearer.id);
        }
        Key::address(self.address(request))
    }

    fn address(&self, request: &ServiceRequest) -> IpAddr {
        let peer = request
            .peer_addr()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let lines = |name: &str| -> Vec<&[u8]> {
            request
                .headers()
                .get_all(name)
                .map(HeaderValue::as_bytes)
                .collect()
        };
        let (x_forwarded_for, forwarded) = (lines("x-forwarded-for"), lines("forwarded"));
        let sent = Sent {
            peer,
            x_forwarded_for: &x_forwarded_for,
            forwarded: &forwarded,
        };
        client::address(&sent, &self.proxies)
    }
}

/// Says in an answer how much is left.
pub(super) fn show(verdict: &Verdict, headers: &mut HeaderMap) {
    let Some(standing) = verdict.standing() else {
        return;
    };
    for (name, text) in [
        (POLICY, standing.policy_header()),
        (LIMIT, standing.limit_header()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
}

/// What a request asks for; nothing for those who watch the node.
fn class_of(method: &Method, path: &str) -> Option<Class> {
    if matches!(path, "/livez" | "/readyz") {
        return None;
    }
    if method != Method::POST {
        // Whoever tries codes checks, however it looks.
        let is_code = path == "/check" || path.starts_with("/c/");
        return Some(if is_code { Class::Check } else { Class::Read });
    }
    let is_check =
        path == "/api/v1/checks" || path.starts_with("/check") || path.ends_with("/verify");
    if is_check {
        return Some(Class::Check);
    }
    let gives = path.starts_with("/api/v1/issuers/")
        && [
            "/credentials",
            "/credentials/batch",
            "/renewal",
            "/replacement",
        ]
        .iter()
        .any(|end| path.ends_with(end));
    Some(if gives { Class::Issue } else { Class::Read })
}

fn tenant_in(path: &str) -> &str {
    path.strip_prefix("/api/v1/issuers/")
        .and_then(|rest| rest.split('/').next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_request_has_its_own_limit() {
        for (method, path, class) in [
            (Method::POST, "/api/v1/checks", Some(Class::Check)),
            (Method::POST, "/check/file", Some(Class::Check)),
            (Method::POST, "/vc/credentials/verify", Some(Class::Check)),
            (
                Method::POST,
                "/api/v1/issuers/a/credentials",
                Some(Class::Issue),
            ),
            (
                Method::POST,
                "/api/v1/issuers/a/credentials/batch",
                Some(Class::Issue),
            ),
            (
                Method::POST,
                "/api/v1/issuers/a/credentials/x/renewal",
                Some(Class::Issue),
            ),
            (
                Method::POST,
                "/api/v1/issuers/a/credentials/x/revocation",
                Some(Class::Read),
            ),
            (Method::GET, "/status/1", Some(Class::Read)),
            (Method::GET, "/c/b7k-4pd-2hx", Some(Class::Check)),
            (Method::GET, "/check", Some(Class::Check)),
            (Method::GET, "/checking", Some(Class::Read)),
            (Method::GET, "/api/v1/checks", Some(Class::Read)),
            (Method::GET, "/readyz", None),
        ] {
            assert_eq!(class_of(&method, path), class, "{method} {path}");
        }
        assert_eq!(tenant_in("/api/v1/issuers/a/credentials"), "a");
    }
}
