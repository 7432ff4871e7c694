//! The address that a node is known by.
//!
//! It goes into every badge, so it is looked at hard: what other nodes would
//! not fetch from is no base address.

use std::fmt;
use url::{Host, Url};

/// The address that everything of a node begins with: scheme, host and
/// perhaps a port, without a slash at the end.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why others would not fetch from a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) enum HostFault {
    /// It is an address, not a name.
    Address,
    /// It is a name that only means something here.
    Local,
}

impl BaseUrl {
    /// Reads an address of http or https that is nothing but scheme, host and
    /// port. A slash at the end is fine.
    ///
    /// # Errors
    /// What is wrong with it: a sentence without its full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("it is no address ({error})"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("its scheme is {}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
            return Err("it carries a user name or a password".to_owned());
        }
        if url.path() != "/" {
            return Err(format!("it has a path ({})", url.path()));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("it has a query or a fragment".to_owned());
        }
        // The parser mends much that others may not: backslashes, blanks,
        // missing slashes, dots in the path.
        let plain = text.trim_end_matches('/').to_lowercase();
        let mended = url.as_str().trim_end_matches('/').to_lowercase();
        let usual = if url.scheme() == "https" {
            ":443"
        } else {
            ":80"
        };
        if plain.is_ascii() && plain.trim_end_matches(usual) != mended {
            return Err(format!("it is spelled unusually for {mended}"));
        }
        Ok(Self(url))
    }

    /// The address as it stands before a path: no slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The address as a URL (with the path `/`).
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The host, with its port if that is not the usual one, as it stands in
    /// the header `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.authority()
    }

    /// Whether it is https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it only leads to this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Why other nodes would not fetch from the host (SEC-02).
    pub(in crate::config) fn host_fault(&self) -> Option<HostFault> {
        const LOCAL: [&str; 4] = [".local", ".internal", ".localhost", "."];
        match self.0.host() {
            Some(Host::Domain(name)) => {
                let is_local = !name.contains('.') || LOCAL.iter().any(|end| name.ends_with(end));
                is_local.then_some(HostFault::Local)
            }
            _ => Some(HostFault::Address),
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "BaseUrl({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_makes_no_difference() {
        for text in [
            "https://badges.example",
            "https://badges.example/",
            "HTTPS://Badges.Example:443",
        ] {
            let url = BaseUrl::parse(text).expect("an address");
            assert_eq!(url.as_str(), "https://badges.example", "{text}");
            assert_eq!(url.authority(), "badges.example");
        }
        let url = BaseUrl::parse("http://localhost:8080").expect("an address");
        assert_eq!((url.authority(), url.is_https()), ("localhost:8080", false));
    }

    #[test]
    fn an_international_name_is_kept_in_its_ascii_form() {
        let url = BaseUrl::parse("https://bücher.example/").expect("an address");
        assert_eq!(url.as_str(), "https://xn--bcher-kva.example");
    }

    #[test]
    fn whatever_is_more_than_a_host_is_refused() {
        for bad in [
            "",
            "badges.example",
            "ftp://badges.example",
            "https://",
            "https://badges.example/a",
            "https://badges.example/?a",
            "https://badges.example?a",
            "https://badges.example#a",
            "https://a@badges.example",
            "https://a:b@badges.example",
            "https://@badges.example",
            "https://badges.example/a/..",
            "https:badges.example",
            "https:\\\\badges.example",
            "https://badges.example:99999",
            "https://127.1",
            "javascript:alert(1)",
            "https://badges .example",
            "https://badges.example\\a",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn hosts_that_others_would_not_fetch_from_are_known() {
        for (text, expected) in [
            ("https://badges.example", None),
            ("https://badges", Some(HostFault::Local)),
            ("https://localhost", Some(HostFault::Local)),
            ("https://node.local", Some(HostFault::Local)),
            ("https://node.internal", Some(HostFault::Local)),
            ("https://node.localhost", Some(HostFault::Local)),
            ("https://badges.example.", Some(HostFault::Local)),
            ("https://203.0.113.9", Some(HostFault::Address)),
            ("https://[2001:db8::1]", Some(HostFault::Address)),
        ] {
            let url = BaseUrl::parse(text).expect("an address");
            assert_eq!(url.host_fault(), expected, "{text}");
        }
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for (text, expected) in [
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:8080", true),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
        ] {
            let url = BaseUrl::parse(text).expect("an address");
            assert_eq!(url.is_loopback(), expected, "{text}");
        }
    }
}
