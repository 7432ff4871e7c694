//! Whose requests are counted together.

use sha2::{Digest as _, Sha256};
use std::net::IpAddr;

/// Whose requests are counted together. It holds no name and no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(Inner);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Inner {
    Address(u32),
    /// The first 48 bits.
    Prefix([u8; 6]),
    Token([u8; 16]),
    Tenant([u8; 16]),
}

impl Key {
    /// An address: all of IPv4, the /48 of IPv6.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => Inner::Address(address.to_bits()),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, ..] = address.octets();
                Inner::Prefix([a, b, c, d, e, f])
            }
        })
    }

    /// The holder of a token, by the token's identifier.
    #[must_use]
    pub fn token(id: &str) -> Self {
        Self(Inner::Token(digest(id)))
    }

    /// An organisation, by its identifier.
    #[must_use]
    pub fn tenant(id: &str) -> Self {
        Self(Inner::Tenant(digest(id)))
    }

    /// Whether it is the holder of a token.
    #[must_use]
    pub const fn is_token(&self) -> bool {
        matches!(self.0, Inner::Token(_))
    }
}

/// As long for every identifier.
fn digest(id: &str) -> [u8; 16] {
    let mut short = [0; 16];
    let digest = Sha256::digest(id.as_bytes());
    for (to, from) in short.iter_mut().zip(digest) {
        *to = from;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> Key {
        Key::address(address.parse().expect("an address"))
    }

    #[test]
    fn addresses_of_one_subscriber_are_one_client() {
        for (one, other, same) in [
            ("203.0.113.1", "203.0.113.1", true),
            ("203.0.113.1", "203.0.113.2", false),
            ("2001:db8:1::1", "2001:db8:1:ffff:ffff:ffff:ffff:ffff", true),
            ("2001:db8:1::1", "2001:db8:2::1", false),
            ("203.0.113.1", "::ffff:203.0.113.1", true),
            ("::1", "127.0.0.1", false),
        ] {
            assert_eq!(key(one) == key(other), same, "{one} {other}");
        }
    }

    #[test]
    fn tokens_organisations_and_addresses_never_meet() {
        assert_ne!(Key::token("1"), Key::tenant("1"));
        assert_ne!(Key::token("1"), Key::token("2"));
        assert_ne!(Key::token("203.0.113.1"), key("203.0.113.1"));
        assert!(!format!("{:?}", Key::token("canary-88")).contains("canary"));
    }
}
