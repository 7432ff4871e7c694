//! FZ-08, the other half: which addresses may be asked.
//!
//! Asserts: no panic; what may be asked is https at port 443 of a name of
//! several labels (or exactly what development and the exceptions allow), and
//! reads the same when it is read again; no redirect leads out of that; an IP
//! address that the standard library calls special is refused, and so is
//! whatever carries a refused IPv4 address inside.

#![no_main]

use countersign::net::{Exception, Reach, Redirects, Rules, Target, follow, refused_block};
use libfuzzer_sys::fuzz_target;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;
use url::Host;

static RULES: LazyLock<[Rules; 2]> = LazyLock::new(|| {
    let exceptions = ["peer.internal:8443", "10.0.0.5:8443"];
    let exceptions = exceptions.map(|text| Exception::parse(text).expect("an exception"));
    [
        Rules::default(),
        Rules {
            exceptions: exceptions.to_vec(),
            dev: true,
        },
    ]
});

fuzz_target!(|bytes: &[u8]| {
    if let Some(first) = bytes.first_chunk::<4>() {
        v4(Ipv4Addr::from(*first));
    }
    if let Some(first) = bytes.first_chunk::<16>() {
        v6(Ipv6Addr::from(*first));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for rules in RULES.iter() {
        if let Ok(target) = Target::read(text, rules) {
            may_be_asked(&target, rules);
        }
        leads_nowhere_else(text, rules);
    }
    if let Ok(exception) = Exception::parse(text) {
        let rules = Rules {
            exceptions: vec![exception],
            dev: false,
        };
        let target = Target::read(&format!("https://{text}/"), &rules);
        assert!(target.is_ok_and(|target| target.reach() == Reach::Listed));
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        let host = match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        assert!(Target::read(&format!("https://{host}/"), &RULES[0]).is_err());
    }
});

fn may_be_asked(target: &Target, rules: &Rules) {
    let url = target.url();
    assert!(url.username().is_empty() && url.password().is_none());
    assert_eq!(url.fragment(), None);
    match target.reach() {
        Reach::Public => {
            assert_eq!((url.scheme(), target.port()), ("https", 443), "{url}");
            let Some(Host::Domain(name)) = url.host() else {
                panic!("an IP address: {url}");
            };
            assert!(name.contains('.') && !name.ends_with('.'), "{url}");
            assert!(name.parse::<IpAddr>().is_err());
        }
        Reach::Loopback => {
            assert!(rules.dev && url.scheme() == "http", "{url}");
            assert!(matches!(target.host(), "localhost" | "127.0.0.1"), "{url}");
        }
        Reach::Listed => {
            assert!(rules.dev && url.scheme() == "https", "{url}");
            assert_eq!(target.port(), 8443);
        }
    }
    let again = Target::read(url.as_str(), rules).expect("it was read before");
    assert_eq!(again.url(), url, "read again it is another address");
    assert_eq!(again.reach(), target.reach());
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let reaches = target.vet(&[loopback]).is_ok();
    assert_eq!(reaches, target.reach() != Reach::Public, "{url}");
}

fn leads_nowhere_else(location: &str, rules: &Rules) {
    let from = Target::read("https://a.example/x/y?z", rules).expect("an address");
    let asked = std::slice::from_ref(&from);
    assert!(follow(asked, location, Redirects::None, rules).is_err());
    let anywhere = follow(asked, location, Redirects::Anywhere, rules);
    if let Ok(to) = &anywhere {
        may_be_asked(to, rules);
        assert_eq!(to.url().scheme(), "https");
        assert_ne!(to.url(), from.url());
    }
    if let Ok(to) = follow(asked, location, Redirects::SameHost, rules) {
        assert_eq!((to.host(), to.port()), (from.host(), from.port()));
        assert!(anywhere.is_ok_and(|other| other.url() == to.url()));
    }
}

fn is_special(address: Ipv4Addr) -> bool {
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
}

fn v4(address: Ipv4Addr) {
    let is_refused = refused_block(address.into()).is_some();
    assert!(is_refused || !is_special(address), "{address}");
    let read: IpAddr = address.to_string().parse().expect("an address");
    assert_eq!(refused_block(read).is_some(), is_refused);
    if !is_refused {
        return;
    }
    let [a, b, c, d] = address.octets().map(u16::from);
    let (high, low) = (a << 8 | b, c << 8 | d);
    for carrier in [
        address.to_ipv6_mapped(),
        address.to_ipv6_compatible(),
        Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
        Ipv6Addr::new(0x64, 0xff9b, 1, 2, 3, 4, high, low),
        Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        Ipv6Addr::new(0x2001, 0, high, low, 0, 0, !0x808, !0x808),
        Ipv6Addr::new(0x2001, 0, 0x808, 0x808, 0, 0, !high, !low),
        Ipv6Addr::new(0x2a00, 1, 2, 3, 0, 0x5efe, high, low),
    ] {
        assert!(refused_block(carrier.into()).is_some(), "{carrier}");
    }
}

fn v6(address: Ipv6Addr) {
    let is_special = address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.to_ipv4_mapped().is_some();
    let is_refused = refused_block(address.into()).is_some();
    assert!(is_refused || !is_special, "{address}");
    let read: IpAddr = address.to_string().parse().expect("an address");
    assert_eq!(refused_block(read).is_some(), is_refused);
}
