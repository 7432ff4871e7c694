//! One port of one host.

use std::fmt;
use url::Host;

/// One port of one host, written in full: `badges.test:8443`, `[::1]:8080`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPort {
    host: Host,
    port: u16,
}

impl HostPort {
    /// Reads host and port; the port is not optional, and nothing stands for
    /// several.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let host = Host::parse(host).ok()?;
        if host.to_string().is_empty() || host.to_string().contains('*') || !is_number {
            return None;
        }
        let port = port.parse().ok().filter(|port| *port != 0)?;
        Some(Self { host, port })
    }

    /// The host, in lower case and in its ASCII form.
    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_read_in_full() {
        for (text, shown) in [
            ("localhost:8080", "localhost:8080"),
            ("127.0.0.1:8443", "127.0.0.1:8443"),
            ("[::1]:8443", "[::1]:8443"),
            ("Badges.Example:443", "badges.example:443"),
        ] {
            let parsed = HostPort::parse(text).map(|known| known.to_string());
            assert_eq!(parsed.as_deref(), Some(shown));
        }
        for bad in [
            "",
            ":",
            "localhost",
            ":8080",
            "localhost:",
            "localhost:0",
            "localhost:65536",
            "localhost:+80",
            "*.example:443",
            "*:443",
            "http://localhost:8080",
            "a b:80",
            "::1:8080",
            "user@host:80",
            "host/path:80",
        ] {
            assert_eq!(HostPort::parse(bad), None, "{bad}");
        }
    }
}
