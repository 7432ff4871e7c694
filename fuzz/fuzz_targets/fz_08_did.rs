//! FZ-08: DIDs, DID URLs and the addresses they stand for.
//!
//! Asserts: no panic; a DID URL is the sum of its parts; an address that comes
//! out is https (plain http on loopback, where that is allowed), names no user,
//! and is the same after the `url` crate has read it; a did:web never leads to
//! an IP address, not even one that only a URL parser sees; the three spellings
//! of a did:web convert into one another.

#![no_main]

use countersign::did::web::Web;
use countersign::did::{ControllerDocument, DidUrl, Located, Published, Settings, locate};
use countersign::{json, limits};
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    parts(text);
    for loopback_http in [false, true] {
        let settings = Settings { loopback_http };
        addresses(text, settings);
        for web in [
            Web::from_did(text),
            Web::from_base_url(text, settings),
            Web::from_document_url(text, settings),
        ]
        .into_iter()
        .flatten()
        {
            spellings(&web, settings);
        }
    }
    if let Ok(tree) = json::parse(bytes) {
        documents(&tree);
    }
});

fn parts(text: &str) {
    let Ok(url) = DidUrl::parse(text) else { return };
    let mut sum = format!("did:{}:{}{}", url.method(), url.id(), url.path());
    if let Some(query) = url.query() {
        sum.push('?');
        sum.push_str(query);
    }
    if let Some(fragment) = url.fragment() {
        sum.push('#');
        sum.push_str(fragment);
    }
    assert_eq!(sum, text);
    assert!(text.starts_with(url.did()));
}

fn addresses(text: &str, settings: Settings) {
    let Ok(located) = locate(text, settings) else {
        return;
    };
    assert!(text.len() <= limits::KEY_ID_BYTES);
    let Located::At { url, document_id } = located else {
        return;
    };
    assert!(text.starts_with(&document_id) && !document_id.contains('#'));
    let parsed = Url::parse(&url).expect("an address");
    assert_eq!(parsed.as_str(), url, "read again it is another address");
    assert!(parsed.username().is_empty() && parsed.password().is_none());
    assert_eq!(parsed.fragment(), None);
    is_secure(&parsed, settings);
    if document_id.starts_with("did:") {
        assert!(
            matches!(parsed.host(), Some(Host::Domain(_))),
            "did:web at {url}"
        );
    }
}

fn is_secure(url: &Url, settings: Settings) {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    assert!(
        url.scheme() == "https" || (settings.loopback_http && is_loopback),
        "{url}"
    );
}

/// An address does not say the port that its scheme has anyway, so it leads back
/// to the identifier without it.
fn names_default_port(did: &str) -> bool {
    let authority = did.split(':').nth(2).unwrap_or_default();
    authority.ends_with("%3A443") || authority.ends_with("%3A80")
}

fn spellings(web: &Web, settings: Settings) {
    let did = web.did();
    assert!(
        DidUrl::parse(&did).is_ok_and(|url| url.did() == did),
        "{did}"
    );
    assert_eq!(Web::from_did(&did).as_ref(), Ok(web), "{did}");
    if names_default_port(&did) {
        return;
    }
    let base = web.base_url(settings);
    let document = web.document_url(settings);
    assert_eq!(
        Web::from_base_url(&base, settings).map(|web| web.did()),
        Ok(did.clone()),
        "{base}"
    );
    assert_eq!(
        Web::from_document_url(&document, settings).map(|web| web.did()),
        Ok(did),
        "{document}"
    );
    let parsed = Url::parse(&document).expect("an address");
    assert_eq!(
        parsed.as_str(),
        document,
        "read again it is another address"
    );
    assert_eq!(parsed.host_str(), Some(web.host()));
    assert!(matches!(parsed.host(), Some(Host::Domain(_))));
    is_secure(&parsed, settings);
}

fn documents(tree: &json::Value<'_>) {
    if let Ok(document) = ControllerDocument::parse(tree) {
        assert!(!document.id().contains('#'));
        for method in document.methods() {
            let _ = method.key();
        }
    }
    let _ = Published::parse(tree);
}
