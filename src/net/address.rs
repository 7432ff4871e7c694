//! Which IP addresses may be asked.
//!
//! **Promises.** An address is public only if no special-purpose block that is
//! not globally reachable contains it (IANA's registries, `schemas/iana/`), it
//! is unicast, and the IPv4 address that an IPv6 one may carry inside is public
//! too (SEC-04). The wider block decides: what the registry allows within one
//! that it forbids (anycast of the nearest gateway, ORCHID) is refused as well,
//! since nobody publishes badges there.
//!
//! **Does not:** read addresses in text; whoever parses a URL does.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

const IPV4: &str = include_str!("../../schemas/iana/ipv4-special-purpose.csv");
const IPV6: &str = include_str!("../../schemas/iana/ipv6-special-purpose.csv");

/// Blocks that the two registries do not list: (first, length, name).
const OTHERS: [(Ipv4Addr, u32, &str); 2] = [
    (Ipv4Addr::new(224, 0, 0, 0), 4, "Multicast"),
    // A public address by number only: inside Azure it is the machine's own
    // management service.
    (
        Ipv4Addr::new(168, 63, 129, 16),
        32,
        "Cloud metadata (Azure)",
    ),
];

/// Why an address may not be asked: the name of the block, or `None` for a
/// public address.
///
/// ```
/// use countersign::net::refused_block;
/// assert_eq!(refused_block("169.254.169.254".parse()?), Some("Link Local"));
/// assert_eq!(refused_block("1.1.1.1".parse()?), None);
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[must_use]
pub fn refused_block(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refused_v4(address),
        IpAddr::V6(address) => refused_v6(address),
    }
}

fn refused_v4(address: Ipv4Addr) -> Option<&'static str> {
    let others = || {
        let is_in = |(first, length, _): &&(Ipv4Addr, u32, _)| {
            let shift = 32 - *length;
            first.to_bits() >> shift == address.to_bits() >> shift
        };
        OTHERS.iter().find(is_in).map(|(.., name)| *name)
    };
    TABLES
        .v4
        .refusal(u128::from(address.to_bits()))
        .or_else(others)
}

fn refused_v6(address: Ipv6Addr) -> Option<&'static str> {
    let listed = || TABLES.v6.refusal(address.to_bits());
    let is_translated = matches!(address.segments(), [0x64, 0xff9b, 0, 0, 0, 0, _, _]);
    // Nothing else is assigned as global unicast.
    let is_unicast = address.segments().first().is_some_and(|it| it >> 13 == 1);
    listed()
        .or_else(|| (!is_translated && !is_unicast).then_some("Not global unicast"))
        .or_else(|| inner(address).into_iter().flatten().find_map(refused_v4))
}

/// The IPv4 addresses that an IPv6 address may stand for: mapped, compatible,
/// NAT64, 6to4, Teredo (server and client), ISATAP.
fn inner(address: Ipv6Addr) -> [Option<Ipv4Addr>; 3] {
    let v4 = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, a, b]
        | [0x64, 0xff9b, 0, 0, 0, 0, a, b]
        | [0x64, 0xff9b, 1, _, _, _, a, b]
        | [_, _, _, _, 0 | 0x200, 0x5efe, a, b] => [Some(v4(a, b)), None, None],
        [0x2002, a, b, ..] => [Some(v4(a, b)), None, None],
        [0x2001, 0, a, b, _, _, c, d] => [Some(v4(a, b)), Some(v4(!c, !d)), None],
        _ => [None; 3],
    }
}

/// The registries, or nothing if a row cannot be read: then every address is
/// refused.
static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    v4: Table::read(IPV4),
    v6: Table::read(IPV6),
});

struct Tables {
    v4: Table,
    v6: Table,
}

struct Table(Option<Vec<Block>>);

struct Block {
    first: u128,
    last: u128,
    name: &'static str,
    is_reachable: bool,
}

impl Table {
    fn read(text: &'static str) -> Self {
        Self(text.lines().skip(1).map(Block::read).collect())
    }

    fn refusal(&self, address: u128) -> Option<&'static str> {
        let Some(blocks) = &self.0 else {
            return Some("Unreadable table");
        };
        blocks
            .iter()
            .find(|block| !block.is_reachable && (block.first..=block.last).contains(&address))
            .map(|block| block.name)
    }
}

impl Block {
    /// `block,name,globally reachable`. What is neither `True` nor `False`
    /// (`N/A`) is not reachable.
    fn read(row: &'static str) -> Option<Self> {
        let mut fields = row.split(',');
        let (block, name, reachable) = (fields.next()?, fields.next()?, fields.next()?);
        let (first, length) = block.split_once('/')?;
        let (first, width) = match first.parse().ok()? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let free = u32::checked_sub(width, length.parse().ok()?)?;
        let rest = u128::MAX.checked_shr(128 - free).unwrap_or(0);
        (fields.next().is_none() && first & rest == 0).then_some(Self {
            first,
            last: first | rest,
            name,
            is_reachable: reachable == "True",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<&'static str> {
        refused_block(text.parse().expect(text))
    }

    fn address(bits: u128, is_v4: bool) -> IpAddr {
        if is_v4 {
            let bits = u32::try_from(bits).expect("an IPv4 address");
            IpAddr::V4(Ipv4Addr::from_bits(bits))
        } else {
            IpAddr::V6(Ipv6Addr::from_bits(bits))
        }
    }

    /// Whether the registry itself allows an address: its narrowest block
    /// decides, and outside of all blocks nothing is forbidden.
    fn registry_allows(blocks: &[Block], bits: u128) -> bool {
        blocks
            .iter()
            .filter(|block| (block.first..=block.last).contains(&bits))
            .min_by_key(|block| block.last - block.first)
            .is_none_or(|block| block.is_reachable)
    }

    #[test]
    fn every_row_is_looked_at_at_its_edges_within_and_beside_them() {
        let (mut refused, mut looked_at) = (0, 0);
        for (table, is_v4) in [(&TABLES.v4, true), (&TABLES.v6, false)] {
            let most = if is_v4 {
                u128::from(u32::MAX)
            } else {
                u128::MAX
            };
            let blocks = table.0.as_ref().expect("every row can be read");
            for block in blocks {
                let (first, last) = (block.first, block.last);
                let middle = first + (last - first) / 2;
                let within = [
                    first,
                    last,
                    middle,
                    (first + 1).min(last),
                    last.saturating_sub(1).max(first),
                ];
                let beside = [first.saturating_sub(1), last.saturating_add(1).min(most)];
                for bits in within.into_iter().chain(beside) {
                    looked_at += 1;
                    let address = address(bits, is_v4);
                    let is_refused = refused_block(address).is_some();
                    if !registry_allows(blocks, bits) {
                        assert!(is_refused, "{address} at {}", block.name);
                    }
                    refused += usize::from(is_refused);
                }
                for bits in within {
                    let is_refused = refused_block(address(bits, is_v4)).is_some();
                    assert!(is_refused || block.is_reachable, "in {}", block.name);
                }
            }
        }
        assert!(
            looked_at >= 350 && refused < looked_at,
            "{refused} of {looked_at}"
        );
    }

    #[test]
    fn what_lies_just_beside_a_block_is_as_public_as_before() {
        for text in [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.1.255",
            "192.0.3.0",
            "192.88.98.255",
            "192.88.100.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2001:200::",
            "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db9::",
            "2003::",
            "3ffe:ffff::1",
            "3fff:1000::",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn the_tables_have_all_rows_of_the_registries() {
        let count = |table: &Table| table.0.as_ref().map(Vec::len);
        assert_eq!(count(&TABLES.v4), Some(25));
        assert_eq!(count(&TABLES.v6), Some(25));
    }

    #[test]
    fn a_row_that_cannot_be_read_refuses_everything() {
        for row in [
            "10.0.0.0,Private-Use,False",
            "10.0.0.0/33,Private-Use,False",
            "10.0.0.1/8,Private-Use,False",
            "ten/8,Private-Use,False",
            "10.0.0.0/8",
            "10.0.0.0/8,Private, Use,False",
        ] {
            assert!(Block::read(row).is_none(), "{row}");
        }
        let broken = Table::read("block,name,globally reachable\n10.0.0.0/8,x\n");
        assert_eq!(broken.refusal(0), Some("Unreadable table"));
    }

    #[test]
    fn ordinary_addresses_are_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "64:ff9b::8.8.8.8",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn the_inside_of_networks_is_refused() {
        for text in [
            "0.0.0.0",
            "127.0.0.1",
            "127.255.255.254",
            "10.1.2.3",
            "100.64.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.0.9",
            "::",
            "::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "4000::1",
            "2001:20::1",
        ] {
            assert!(refused(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_metadata_services_of_clouds_are_refused() {
        for text in [
            "169.254.169.254",
            "169.254.170.2",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "fd00:ec2::254",
            "fd20:ce::254",
        ] {
            assert!(refused(text).is_some(), "{text}");
        }
        assert_eq!(refused("168.63.129.17"), None);
    }

    #[test]
    fn an_ipv4_address_inside_an_ipv6_one_is_looked_at() {
        for inside in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"] {
            let v4: Ipv4Addr = inside.parse().expect("an address");
            let [a, b] = [v4.to_bits() >> 16, v4.to_bits() & 0xffff];
            for text in [
                format!("::ffff:{inside}"),
                format!("::{inside}"),
                format!("64:ff9b::{inside}"),
                format!("64:ff9b:1::{inside}"),
                format!("2002:{a:x}:{b:x}::1"),
                format!("2001:0:{a:x}:{b:x}::1"),
                format!("2001:0:808:808::{:x}:{:x}", !a & 0xffff, !b & 0xffff),
                format!("2a00:1450::5efe:{inside}"),
                format!("2a00:1450::200:5efe:{inside}"),
            ] {
                assert!(refused(&text).is_some(), "{text}");
            }
        }
        // Each way of carrying one is seen for what it is, whatever the table
        // says about the block around it.
        for (outer, expected) in [
            ("::ffff:7f00:1", "127.0.0.1"),
            ("::7f00:1", "127.0.0.1"),
            ("64:ff9b::7f00:1", "127.0.0.1"),
            ("64:ff9b:1:2:3:4:7f00:1", "127.0.0.1"),
            ("2002:7f00:1::", "127.0.0.1"),
            ("2001:0:7f00:1::", "127.0.0.1"),
            ("2001:0:808:808::80ff:fffe", "127.0.0.1"),
        ] {
            let inner = inner(outer.parse().expect(outer));
            let expected: Ipv4Addr = expected.parse().expect("an address");
            assert!(inner.contains(&Some(expected)), "{outer}");
        }
    }
}
