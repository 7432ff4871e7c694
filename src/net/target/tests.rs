//! Addresses that may be asked, and many more that may not.

use super::*;

fn strict() -> Rules {
    Rules::default()
}

fn dev() -> Rules {
    Rules {
        dev: true,
        ..Rules::default()
    }
}

fn listing(exception: &str) -> Rules {
    Rules {
        exceptions: vec![Exception::parse(exception).expect("an exception")],
        dev: false,
    }
}

#[track_caller]
fn refused(url: &str, rules: &Rules) {
    let read = Target::read(url, rules);
    assert!(read.is_err(), "{url}: {read:?}");
}

#[test]
fn ordinary_addresses_may_be_asked() {
    for (url, host) in [
        ("https://a.example/", "a.example"),
        ("https://a.example", "a.example"),
        ("https://A.Example:443/x?y=z#key-1", "a.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://0x7f.example/", "0x7f.example"),
        ("https://1.2.3.4.example/", "1.2.3.4.example"),
        ("https://mylocal.example/", "mylocal.example"),
        ("https://local.example/", "local.example"),
    ] {
        let target = Target::read(url, &strict()).expect(url);
        assert_eq!((target.host(), target.port()), (host, 443), "{url}");
        assert_eq!(target.reach(), Reach::Public);
        assert_eq!(target.url().fragment(), None);
    }
}

#[test]
fn famous_ways_around_are_refused() {
    for url in [
        // The loopback address, spelled.
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://0/",
        "https://127.0.0.1./",
        "https://①②⑦.0.0.1/",
        "https://127。0。0。1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://169.254.169.254/latest/meta-data/",
        // A public one is refused all the same.
        "https://1.1.1.1/",
        "https://16843009/",
        // Names within a network.
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://a.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://router.lan/",
        "https://nas.home.arpa/",
        "https://intranet/",
        "https://a.example./",
        "https://a..example/",
        "https://.example/",
        "https://a.example.local/",
        // Users, ports, schemes.
        "https://user@a.example/",
        "https://user:secret@a.example/",
        "https://@a.example@127.0.0.1/",
        "https://a.example@127.0.0.1/",
        "https://a.example:8443/",
        "https://a.example:22/",
        "https://a.example:80/",
        "https://a.example:0/",
        "http://a.example/",
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "data:application/json,{}",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        // What readers take for different things.
        "https:a.example/",
        "https:/a.example/",
        "https:///a.example/",
        "https://a.example\\@127.0.0.1/",
        "https://a.exa\tmple/",
        "https://a.example/x y",
        " https://a.example/",
        "HTTPS://a.example/",
        "//a.example/",
        "/x",
        "",
        "https://",
        "https://a.example%2f@127.0.0.1/",
        "https://%31%32%37.0.0.1/",
    ] {
        refused(url, &strict());
    }
    refused(
        &format!("https://a.example/{}", "x".repeat(limits::URL_BYTES)),
        &strict(),
    );
}

#[test]
fn development_is_this_machine_over_http_and_nothing_else() {
    for url in [
        "http://localhost:8080/did.json",
        "http://127.0.0.1:8080/",
        "http://localhost/",
        // Spelled otherwise, the parser still finds the same machine.
        "http://2130706433:8080/",
    ] {
        let target = Target::read(url, &dev()).expect(url);
        assert_eq!(target.reach(), Reach::Loopback);
        assert!(!target.is_secure());
        let known = target.known_addresses().expect("no name is looked up");
        assert!(known.iter().all(IpAddr::is_loopback));
    }
    for url in [
        "http://a.example/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://a.localhost/",
        "http://0.0.0.0/",
        "http://192.168.0.1/",
        "https://localhost/",
        "https://127.0.0.1/",
        "http://user@localhost/",
    ] {
        refused(url, &dev());
    }
}

#[test]
fn an_exception_is_one_host_and_one_port() {
    let rules = listing("peer.internal:8443");
    let target = Target::read("https://peer.internal:8443/x", &rules).expect("listed");
    assert_eq!(target.reach(), Reach::Listed);
    assert_eq!(target.authority(), "peer.internal:8443");
    for url in [
        "https://peer.internal/",
        "https://peer.internal:8444/",
        "http://peer.internal:8443/",
        "https://a.peer.internal:8443/",
        "https://peer.internal.:8443/",
        "https://user@peer.internal:8443/",
    ] {
        refused(url, &rules);
    }
    let literal = listing("10.0.0.5:8443");
    let target = Target::read("https://10.0.0.5:8443/", &literal).expect("listed");
    let address: IpAddr = "10.0.0.5".parse().expect("an address");
    assert_eq!(target.known_addresses(), Some(vec![address]));
    refused("https://10.0.0.6:8443/", &literal);
    assert!(Target::read("https://[::1]:9/", &listing("[::1]:9")).is_ok());
}

#[test]
fn an_exception_is_written_exactly() {
    for text in [
        "",
        ":",
        ":443",
        "a.example",
        "a.example:",
        "a.example:0",
        "a.example:99999",
        "*.example:443",
        "https://a.example:443",
        "a.example:443/",
        "a.example/x:443",
        "u@a.example:443",
        "a b:443",
        "a.example: 443",
        "10.5:443",
        "::1:443",
    ] {
        assert!(Exception::parse(text).is_err(), "{text}");
    }
}

#[test]
fn one_refused_answer_refuses_all() {
    let public: IpAddr = "2606:4700:4700::1111".parse().expect("an address");
    let v4: IpAddr = "1.1.1.1".parse().expect("an address");
    let target = Target::read("https://a.example/", &strict()).expect("a target");
    assert_eq!(target.vet(&[public, v4]).map(|found| found.len()), Ok(2));
    for bad in ["127.0.0.1", "::1", "10.0.0.1", "64:ff9b::7f00:1", "0.0.0.0"] {
        let bad: IpAddr = bad.parse().expect("an address");
        assert!(target.vet(&[public, v4, bad]).is_err(), "{bad}");
        assert!(target.vet(&[bad, public]).is_err(), "{bad}");
    }
    let local = Target::read("http://localhost:1/", &dev()).expect("a target");
    assert!(local.vet(&[v4]).is_err());
    assert!(local.vet(&[Ipv4Addr::LOCALHOST.into()]).is_ok());
}
