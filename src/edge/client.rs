//! The address of a client.
//!
//! **Promises.** What a stranger writes into a header counts for nothing. Only a
//! peer that the settings name as a proxy is believed, and only about the one
//! who spoke to it: headers are read from the right, and the first address that
//! is no proxy of ours is the client (SEC-59).
//!
//! If both `X-Forwarded-For` and `Forwarded` (RFC 7239) are there and differ,
//! the proxy writes one of them and a stranger may have written the other, so
//! neither counts.

use crate::config::Cidr;
use std::net::{IpAddr, SocketAddr};

/// What a request says about where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// Whom the connection is with.
    pub peer: IpAddr,
    /// Every header `X-Forwarded-For`, in order.
    pub x_forwarded_for: &'a [&'a [u8]],
    /// Every header `Forwarded`, in order.
    pub forwarded: &'a [&'a [u8]],
}

/// More hops than this are no honest chain.
const MOST_HOPS: usize = 32;

/// Who sent a request, as far as it can be known.
#[must_use]
pub fn address(sent: &Sent<'_>, proxies: &[Cidr]) -> IpAddr {
    let peer = sent.peer.to_canonical();
    let by = |hops: Vec<Option<IpAddr>>| client(peer, &hops, proxies);
    match (sent.x_forwarded_for, sent.forwarded) {
        ([], []) => peer,
        (lines, []) => by(addresses(lines)),
        ([], lines) => by(elements(lines)),
        (lines, others) => {
            let (one, other) = (by(addresses(lines)), by(elements(others)));
            if one == other { one } else { peer }
        }
    }
}

/// Follows the hops from the peer back, as long as each was told by a proxy of
/// ours. A hop that is no address ends the way: the client is who told it.
fn client(peer: IpAddr, hops: &[Option<IpAddr>], proxies: &[Cidr]) -> IpAddr {
    let mut client = peer;
    for hop in hops.iter().rev().take(MOST_HOPS) {
        if !proxies.iter().any(|range| range.contains(client)) {
            return client;
        }
        match hop {
            Some(address) => client = address.to_canonical(),
            None => return client,
        }
    }
    client
}

/// The hops of `X-Forwarded-For`, the farthest first.
fn addresses(lines: &[&[u8]]) -> Vec<Option<IpAddr>> {
    let hops = lines
        .iter()
        .flat_map(|line| line.split(|byte| *byte == b','));
    hops.map(|hop| node(std::str::from_utf8(hop).ok()?))
        .collect()
}

/// The hops of `Forwarded`, the farthest first. An element that does not say
/// for whom, or not clearly, is a hop that nothing is known of.
fn elements(lines: &[&[u8]]) -> Vec<Option<IpAddr>> {
    let mut hops = Vec::new();
    for line in lines {
        let Ok(line) = std::str::from_utf8(line) else {
            hops.push(None);
            continue;
        };
        hops.extend(outside_quotes(line, ',').into_iter().map(named));
    }
    hops
}

/// For whom one element of `Forwarded` was sent.
fn named(element: &str) -> Option<IpAddr> {
    let mut found = None;
    // Empty pairs are allowed (RFC 7239 §4).
    let pairs = outside_quotes(element, ';').into_iter();
    for pair in pairs.filter(|pair| !pair.trim().is_empty()) {
        let (name, value) = pair.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("for") {
            continue;
        }
        if found.is_some() {
            return None;
        }
        let value = value.trim();
        let inner = value
            .strip_prefix('"')
            .map_or(Some(value), |rest| rest.strip_suffix('"'));
        found = Some(node(inner?)?);
    }
    found
}

/// The parts of a text between separators that stand in no quotation. No
/// address needs a backslash: a text with one has one part that is none.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    if text.contains('\\') {
        return vec![""];
    }
    let mut is_quoted = false;
    text.split(|letter| {
        is_quoted ^= letter == '"';
        letter == separator && !is_quoted
    })
    .collect()
}

/// An address, perhaps with a port: `203.0.113.9`, `203.0.113.9:4711`,
/// `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches([' ', '\t']);
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return Some(socket.ip());
    }
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    inner.parse().ok().map(IpAddr::V6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<'a>(lines: &[&'a str]) -> Vec<&'a [u8]> {
        lines.iter().map(|line| line.as_bytes()).collect()
    }

    /// Our proxies: this machine, and 10.0.0.0/8.
    fn told(peer: &str, x_forwarded_for: &[&str], forwarded: &[&str]) -> String {
        let proxies: Vec<Cidr> = ["127.0.0.1", "::1", "10.0.0.0/8"]
            .iter()
            .filter_map(|range| Cidr::parse(range))
            .collect();
        let (x_forwarded_for, forwarded) = (bytes(x_forwarded_for), bytes(forwarded));
        let sent = Sent {
            peer: peer.parse().expect("an address"),
            x_forwarded_for: &x_forwarded_for,
            forwarded: &forwarded,
        };
        address(&sent, &proxies).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        for lie in ["10.0.0.1", "127.0.0.1", "198.51.100.7", "::1"] {
            assert_eq!(told("203.0.113.9", &[lie], &[]), "203.0.113.9");
            let element = format!("for={lie}");
            assert_eq!(told("203.0.113.9", &[], &[&element]), "203.0.113.9");
            assert_eq!(told("203.0.113.9", &[lie], &[&element]), "203.0.113.9");
        }
        assert_eq!(told("2001:db8::9", &["198.51.100.7"], &[]), "2001:db8::9");
    }

    #[test]
    fn a_proxy_of_ours_is_believed_about_who_spoke_to_it() {
        for (lines, expected) in [
            (&["203.0.113.9"][..], "203.0.113.9"),
            (&["203.0.113.9:4711"], "203.0.113.9"),
            (&["2001:db8::1"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["::ffff:203.0.113.9"], "203.0.113.9"),
            (&[" 203.0.113.9\t"], "203.0.113.9"),
            // What the client wrote itself stands to the left.
            (&["198.51.100.7, 203.0.113.9"], "203.0.113.9"),
            (&["198.51.100.7", "203.0.113.9"], "203.0.113.9"),
            (&["10.0.0.1, 203.0.113.9"], "203.0.113.9"),
            (&["127.0.0.1, 203.0.113.9"], "203.0.113.9"),
            // Through two proxies of ours.
            (&["203.0.113.9, 10.0.0.7"], "203.0.113.9"),
            (&["198.51.100.7, 203.0.113.9, 10.0.0.7"], "203.0.113.9"),
            // One of us asks.
            (&["10.0.0.8, 10.0.0.7"], "10.0.0.8"),
        ] {
            assert_eq!(told("127.0.0.1", lines, &[]), expected, "{lines:?}");
        }
        assert_eq!(
            told("::ffff:10.0.0.1", &["203.0.113.9"], &[]),
            "203.0.113.9"
        );
        assert_eq!(told("127.0.0.1", &[], &[]), "127.0.0.1");
    }

    #[test]
    fn what_is_no_address_leads_no_farther() {
        for line in [
            "",
            ",",
            "unknown",
            "_hidden",
            "localhost",
            "203.0.113.9.",
            "203.0.113",
            "0x7f.1",
            "203.0.113.9:99999",
            "[203.0.113.9]",
            "[2001:db8::1",
            "2001:db8::1]:80",
            "fe80::1%eth0",
            "203.0.113.9 198.51.100.7",
            "\"203.0.113.9\"",
            "203.0.113.9;198.51.100.7",
            "ä",
            "2130706433",
            "127.1",
        ] {
            assert_eq!(told("127.0.0.1", &[line], &[]), "127.0.0.1", "{line}");
            let after = format!("203.0.113.9, {line}");
            assert_eq!(told("127.0.0.1", &[&after], &[]), "127.0.0.1", "{line}");
            let before = format!("{line}, 203.0.113.9");
            assert_eq!(told("127.0.0.1", &[&before], &[]), "203.0.113.9", "{line}");
        }
    }

    #[test]
    fn forwarded_is_read_as_the_standard_says() {
        for (lines, expected) in [
            (&["for=203.0.113.9"][..], "203.0.113.9"),
            (&["For=\"203.0.113.9:4711\""], "203.0.113.9"),
            (&["for=\"[2001:db8::1]:4711\";proto=https"], "2001:db8::1"),
            (&["proto=http; by=10.0.0.1; FOR=203.0.113.9"], "203.0.113.9"),
            (&["for=198.51.100.7, for=203.0.113.9"], "203.0.113.9"),
            (&["for=198.51.100.7", "for=203.0.113.9"], "203.0.113.9"),
            (
                &["for=203.0.113.9, for=10.0.0.7;by=10.0.0.1"],
                "203.0.113.9",
            ),
            (&[";for=203.0.113.9;;"], "203.0.113.9"),
            (&["host=\"a,b\";for=203.0.113.9"], "203.0.113.9"),
            (
                &["host=\"a;for=198.51.100.7\";for=203.0.113.9"],
                "203.0.113.9",
            ),
        ] {
            assert_eq!(told("127.0.0.1", &[], lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_forwarded_that_is_not_clear_leads_no_farther() {
        for line in [
            "",
            "for",
            "for=",
            "for=unknown",
            "for=_secret",
            "by=203.0.113.9",
            "203.0.113.9",
            "for=203.0.113.9;for=198.51.100.7",
            "for=\"203.0.113.9",
            "for=203.0.113.9\"",
            "for=\"\\203.0.113.9\"",
            "for=\"203.0.113.9\\\"\"",
            "for=\"for=203.0.113.9\"",
            "for=203.0.113.9;proto",
            "host=\"x, for=203.0.113.9",
            "for=203.0.113.9 ;; proto",
        ] {
            assert_eq!(told("127.0.0.1", &[], &[line]), "127.0.0.1", "{line}");
        }
    }

    #[test]
    fn two_headers_that_differ_are_both_worth_nothing() {
        let one = &["203.0.113.9"][..];
        assert_eq!(told("127.0.0.1", one, &["for=203.0.113.9"]), "203.0.113.9");
        for other in [
            "for=198.51.100.7",
            "for=unknown",
            "for=127.0.0.1",
            "nonsense",
        ] {
            assert_eq!(told("127.0.0.1", one, &[other]), "127.0.0.1", "{other}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_and_endless_chains_are_borne() {
        let proxies = [Cidr::parse("127.0.0.0/8").expect("a range")];
        let told = |line: &[u8]| {
            let sent = Sent {
                peer: IpAddr::from([127, 0, 0, 1]),
                x_forwarded_for: &[line],
                forwarded: &[],
            };
            address(&sent, &proxies).to_string()
        };
        assert_eq!(told(b"\xff\xfe, 203.0.113.9"), "203.0.113.9");
        assert_eq!(told(b"203.0.113.9, \xff"), "127.0.0.1");
        let endless = vec!["127.0.0.2"; 10_000].join(",");
        assert_eq!(
            told(format!("203.0.113.9,{endless}").as_bytes()),
            "127.0.0.2"
        );
    }
}
