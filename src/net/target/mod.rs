//! Which addresses on the web may be asked, before any name is looked up.
//!
//! **Promises** (SEC-02). Outside the exceptions: https, port 443, no user
//! name, a host that is a public name of several labels; no IP address in any
//! spelling that a URL parser knows; nothing that two readers take for two
//! different addresses. An exception is an exact host and port from the node's
//! settings, spoken to over https. In development, plain http to `localhost`
//! and `127.0.0.1`, which never leaves this machine.
//!
//! **Does not:** look names up. [`Target::vet`] says which of the answers may
//! be used.

#[cfg(test)]
mod tests;

use super::address::refused_block;
use crate::limits;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// Names that mean something within one network only.
const INSIDE: [&str; 12] = [
    "local",
    "internal",
    "localhost",
    "localdomain",
    "lan",
    "intranet",
    "corp",
    "home",
    "private",
    "home.arpa",
    "onion",
    "alt",
];

/// What may be asked beyond the public web.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Exact hosts and ports that may be asked over https wherever they are.
    pub exceptions: Vec<Exception>,
    /// Plain http with this machine, for trying things out.
    pub dev: bool,
}

/// An exact `host:port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    host: String,
    port: u16,
}

/// The address may not be asked; why, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address is refused: {0}")]
pub struct UrlRefused(pub &'static str);

/// Not an exact `host:port`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an exception is an exact host and port, like peer.example:8443")]
pub struct NotAnException;

impl Exception {
    /// Reads `host:port`; an IPv6 address stands in brackets.
    ///
    /// # Errors
    /// [`NotAnException`] for anything else: no port, a pattern, a path.
    pub fn parse(text: &str) -> Result<Self, NotAnException> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
        let (host, port) = text.rsplit_once(':').ok_or(NotAnException)?;
        let port: u16 = port.parse().map_err(|_| NotAnException)?;
        let url = Url::parse(&format!("https://{text}/")).map_err(|_| NotAnException)?;
        let same = url
            .host_str()
            .filter(|read| read.eq_ignore_ascii_case(host));
        match same {
            Some(read) if text.bytes().all(is_plain) && port != 0 => Ok(Self {
                host: read.to_owned(),
                port,
            }),
            _ => Err(NotAnException),
        }
    }
}

/// How far the host may be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A public address.
    Public,
    /// Any address: the settings name the host.
    Listed,
    /// This machine.
    Loopback,
}

/// An address that may be asked.
#[derive(Debug, Clone)]
pub struct Target {
    url: Url,
    host: String,
    port: u16,
    reach: Reach,
}

impl Target {
    /// Reads an address. A fragment is dropped.
    ///
    /// # Errors
    /// [`UrlRefused`].
    pub fn read(text: &str, rules: &Rules) -> Result<Self, UrlRefused> {
        check_text(text)?;
        let mut url = Url::parse(text).map_err(|_| UrlRefused("not a URL"))?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefused("it names a user"));
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        let port = url.port_or_known_default().unwrap_or_default();
        let reach = reach(&url, &host, port, rules)?;
        Ok(Self {
            url,
            host,
            port,
            reach,
        })
    }

    /// The address, as the parser writes it.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host as the URL has it: a name in ASCII, or an IP address.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How far away the host may be.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether TLS is spoken.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// `host`, with the port if it is not the usual one.
    #[must_use]
    pub fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// What no name has to be looked up for: an IP address that the settings
    /// list, and this machine.
    #[must_use]
    pub(super) fn known_addresses(&self) -> Option<Vec<IpAddr>> {
        match (self.reach, self.url.host()) {
            (_, Some(Host::Ipv4(address))) => Some(vec![address.into()]),
            (_, Some(Host::Ipv6(address))) => Some(vec![address.into()]),
            (Reach::Loopback, _) => {
                Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
            }
            _ => None,
        }
    }

    /// The addresses to connect to, of those that the name has. One that is
    /// refused refuses all: an honest name has no such address, and which of
    /// several is used is nobody's promise (SEC-03).
    ///
    /// # Errors
    /// The name of the block that the refused address lies in.
    pub fn vet(&self, answers: &[IpAddr]) -> Result<Vec<SocketAddr>, &'static str> {
        for address in answers {
            match self.reach {
                Reach::Public => refused_block(*address).map_or(Ok(()), Err)?,
                Reach::Loopback if !address.is_loopback() => return Err("Not loopback"),
                Reach::Loopback | Reach::Listed => {}
            }
        }
        let to_socket = |address: &IpAddr| SocketAddr::new(*address, self.port);
        Ok(answers.iter().map(to_socket).collect())
    }
}

/// A URL parser repairs what other readers read otherwise.
fn check_text(text: &str) -> Result<(), UrlRefused> {
    if text.len() > limits::URL_BYTES {
        return Err(UrlRefused("it is too long"));
    }
    let (scheme, rest) = text
        .split_once("://")
        .ok_or(UrlRefused("it is no web address"))?;
    if !matches!(scheme, "https" | "http") {
        return Err(UrlRefused("it is not https"));
    }
    if rest.starts_with('/') {
        return Err(UrlRefused("it has no host"));
    }
    let is_ambiguous =
        |character: char| character == '\\' || character.is_control() || character.is_whitespace();
    if text.contains(is_ambiguous) {
        return Err(UrlRefused("it has a blank or a backslash"));
    }
    Ok(())
}

fn reach(url: &Url, host: &str, port: u16, rules: &Rules) -> Result<Reach, UrlRefused> {
    if url.scheme() == "http" {
        let is_this_machine = matches!(host, "localhost" | "127.0.0.1");
        return match (rules.dev, is_this_machine) {
            (true, true) => Ok(Reach::Loopback),
            _ => Err(UrlRefused("it is not https")),
        };
    }
    let is_listed = |listed: &Exception| listed.host == host && listed.port == port;
    if rules.exceptions.iter().any(is_listed) {
        return Ok(Reach::Listed);
    }
    if port != 443 {
        return Err(UrlRefused("its port is not 443"));
    }
    match url.host() {
        Some(Host::Domain(name)) => check_name(name)?,
        _ => return Err(UrlRefused("its host is an IP address")),
    }
    Ok(Reach::Public)
}

fn check_name(name: &str) -> Result<(), UrlRefused> {
    if !name.contains('.') {
        return Err(UrlRefused("its host is a name within a network"));
    }
    let is_label = |label: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&label.len()) && label.bytes().all(is_plain)
    };
    // A dot at the end makes an empty label.
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err(UrlRefused("its host is no name"));
    }
    let is_inside = |inside: &&str| {
        name.strip_suffix(*inside)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    if INSIDE.iter().any(is_inside) {
        return Err(UrlRefused("its host is a name within a network"));
    }
    Ok(())
}
