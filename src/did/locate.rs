//! Where the document of a method or an issuer lies.

use super::document::{is_absolute, without_fragment};
use super::web::Web;
use super::{ControllerDocument, DidUrl, Error, jwk, key};
use crate::limits;
use url::{Host, Url};

/// How identifiers are turned into addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Whether plain http is spoken with this machine (`localhost`,
    /// `127.0.0.1`): for trying things out only.
    pub loopback_http: bool,
}

impl Settings {
    /// Nothing but https.
    pub const STRICT: Self = Self {
        loopback_http: false,
    };

    /// Plain http with this machine, too.
    pub const LOOPBACK: Self = Self {
        loopback_http: true,
    };
}

/// Where to look.
#[derive(Debug, Clone)]
pub enum Located {
    /// Nowhere: the identifier is the document.
    Inline(ControllerDocument),
    /// At an address; and what the `id` of the document there must be.
    At {
        /// The address, without fragment. Which addresses may be asked is for
        /// the fetcher to say.
        url: String,
        /// The DID, or the address as the identifier writes it.
        document_id: String,
    },
}

/// Says where the document of a `verificationMethod`, `kid` or `issuer.id`
/// lies. A key in the fragment of an address changes nothing: the address has
/// to be asked.
///
/// # Errors
/// [`Error`]; [`Error::is_unknown`] tells what we cannot judge from what is
/// wrong.
///
/// ```
/// use countersign::did::{Located, Settings, locate};
/// let located = locate("did:web:a.example#key-1", Settings::default())?;
/// let Located::At { url, document_id } = located else { unreachable!() };
/// assert_eq!(url, "https://a.example/.well-known/did.json");
/// assert_eq!(document_id, "did:web:a.example");
/// # Ok::<(), countersign::did::Error>(())
/// ```
pub fn locate(identifier: &str, settings: Settings) -> Result<Located, Error> {
    if identifier.len() > limits::KEY_ID_BYTES {
        return Err(Error::TooLong);
    }
    if !is_absolute(identifier) {
        return Err(Error::NotAUrl);
    }
    match identifier.split_once(':') {
        Some(("did", _)) => locate_did(identifier, settings),
        Some(("https" | "http", _)) => locate_url(identifier, settings),
        Some((scheme, _)) => Err(Error::UnsupportedMethod {
            kind: scheme.to_owned(),
        }),
        None => Err(Error::NotAUrl),
    }
}

fn locate_did(identifier: &str, settings: Settings) -> Result<Located, Error> {
    let url = DidUrl::parse(identifier)?;
    let unsupported = |what: &str| Error::UnsupportedMethod {
        kind: format!("did:{}{what}", url.method()),
    };
    if !url.path().is_empty() {
        return Err(unsupported(" with a path"));
    }
    if url.query().is_some() {
        return Err(unsupported(" with a query"));
    }
    match url.method() {
        "key" => key::document(&url).map(Located::Inline),
        "jwk" => jwk::document(&url).map(Located::Inline),
        "web" => Ok(Located::At {
            url: Web::from_did(url.did())?.document_url(settings),
            document_id: url.did().to_owned(),
        }),
        _ => Err(unsupported("")),
    }
}

fn locate_url(identifier: &str, settings: Settings) -> Result<Located, Error> {
    let (address, _) = without_fragment(identifier);
    if !is_plain(address) {
        return Err(Error::Url);
    }
    let url = Url::parse(address).map_err(|_| Error::Url)?;
    if url.scheme() != "https" && !(settings.loopback_http && is_loopback(&url)) {
        return Err(Error::Insecure);
    }
    Ok(Located::At {
        url: url.into(),
        document_id: address.to_owned(),
    })
}

/// Whether every reader takes the address for the same one. The URL parser
/// would quietly repair the rest.
fn is_plain(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else {
        return false;
    };
    // The parser would also take `https:user@host` for an address.
    let begins_plainly = matches!(scheme, "https" | "http");
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let path = rest.split('?').next().unwrap_or_default();
    let goes_upwards = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    let is_refused = |byte: u8| !byte.is_ascii_graphic() || b"\\\"<>^`{|}".contains(&byte);
    begins_plainly
        && !authority.is_empty()
        && !authority.contains(['@', '%'])
        && !path.split('/').any(goes_upwards)
        && !address.bytes().any(is_refused)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;

    const STRICT: Settings = Settings::STRICT;
    const LOOPBACK: Settings = Settings::LOOPBACK;
    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";

    #[track_caller]
    fn at(identifier: &str, settings: Settings, expected: (&str, &str)) {
        match locate(identifier, settings) {
            Ok(Located::At { url, document_id }) => {
                assert_eq!((url.as_str(), document_id.as_str()), expected);
            }
            other => panic!("{identifier}: {other:?}"),
        }
    }

    #[track_caller]
    fn refused(identifier: &str, expected: Error) {
        assert_eq!(
            locate(identifier, STRICT).err(),
            Some(expected),
            "{identifier:.120}"
        );
    }

    #[track_caller]
    fn unsupported(identifier: &str, kind: &str) {
        let error = locate(identifier, STRICT).expect_err(identifier);
        assert!(error.is_unknown());
        assert_eq!(
            error,
            Error::UnsupportedMethod {
                kind: kind.to_owned()
            }
        );
    }

    #[test]
    fn issuers_and_methods_of_the_web_have_an_address() {
        let root = (
            "https://a.example/.well-known/did.json",
            "did:web:a.example",
        );
        at("did:web:a.example", STRICT, root);
        at("did:web:a.example#key-1", STRICT, root);
        at("did:web:a.example#", STRICT, root);
        // The address is asked in the normal spelling; the document has to have
        // the id as the badge writes it.
        let capital = (
            "https://a.example/.well-known/did.json",
            "did:web:A.example",
        );
        at("did:web:A.example#key-1", STRICT, capital);
        let org = ("https://a.example/org", "https://a.example/org");
        at("https://a.example/org", STRICT, org);
        at("https://a.example/org#key-1", STRICT, org);
        at(&format!("https://a.example/org#{ED}"), STRICT, org);
        at(
            "https://a.example#k",
            STRICT,
            ("https://a.example/", "https://a.example"),
        );
        at(
            "https://a.example/k?id=1#k",
            STRICT,
            ("https://a.example/k?id=1", "https://a.example/k?id=1"),
        );
    }

    #[test]
    fn nothing_is_repaired_into_an_address() {
        refused("https:user@a.example/x://y", Error::Url);
        refused("https:a.example://b.example", Error::Url);
    }

    #[test]
    fn plain_http_is_refused_but_for_this_machine() {
        refused("http://a.example/org", Error::Insecure);
        refused("http://localhost:8080/org", Error::Insecure);
        let here = ("http://localhost:8080/org", "http://localhost:8080/org");
        at("http://localhost:8080/org#key-1", LOOPBACK, here);
        let here = ("http://127.0.0.1:8080/org", "http://127.0.0.1:8080/org");
        at("http://127.0.0.1:8080/org", LOOPBACK, here);
        let here = (
            "http://localhost:8080/issuers/x/did.json",
            "did:web:localhost%3A8080:issuers:x",
        );
        at("did:web:localhost%3A8080:issuers:x#k", LOOPBACK, here);
        for url in [
            "http://a.example/",
            "http://localhost.a.example/",
            "http://10.0.0.1/",
        ] {
            assert_eq!(locate(url, LOOPBACK).err(), Some(Error::Insecure), "{url}");
        }
    }

    #[test]
    fn addresses_that_readers_take_differently_are_refused() {
        for url in [
            "https://",
            "https:a.example",
            "https:/a.example",
            "https:///a.example",
            "https://user@a.example/",
            "https://user:pass@a.example/",
            "https://a.example\\@evil.example/",
            "https://a.example/\\evil",
            "https://a.example/a b",
            "https://a.example/a\tb",
            "https://a.example/a\nb",
            " https://a.example/",
            "https://a.example/../b",
            "https://a.example/a/./b",
            "https://a.example/a/%2e%2E/b",
            "https://a.example/a/.%2e",
            "https://a%2eexample/",
            "https://bücher.example/",
            "https://a.example/é",
            "https://a.example:99999/",
            "https://?x",
            "https://[::1/",
        ] {
            let error = locate(url, STRICT).expect_err(url);
            assert!(
                matches!(error, Error::Url | Error::NotAUrl),
                "{url}: {error:?}"
            );
            assert!(!error.is_unknown());
        }
    }

    #[test]
    fn what_is_no_url_is_refused() {
        refused("", Error::NotAUrl);
        refused("key-1", Error::NotAUrl);
        refused("#key-1", Error::NotAUrl);
        refused("/keys/1", Error::NotAUrl);
        refused("HTTPS://a.example", Error::NotAUrl);
        refused("DID:web:a.example", Error::NotAUrl);
        refused("https:", Error::NotAUrl);
        refused("1https://a.example", Error::NotAUrl);
        refused("did:web", Error::Did(crate::did::NotADid));
        refused("did:web:[::1]#k", Error::Did(crate::did::NotADid));
        refused(
            "did:web:127.0.0.1#k",
            Error::Web(crate::did::web::Error::Host),
        );
    }

    #[test]
    fn what_we_do_not_know_is_unknown() {
        unsupported("did:ion:EiDahaOGH", "did:ion");
        unsupported("did:webvh:Qm:a.example#k", "did:webvh");
        unsupported("did:web:a.example/path#k", "did:web with a path");
        unsupported("did:web:a.example?versionId=1#k", "did:web with a query");
        unsupported("urn:uuid:7b4e2a1c", "urn");
        unsupported("ipfs://bafy", "ipfs");
        let long = format!("https://a.example/{}", "a".repeat(limits::KEY_ID_BYTES));
        refused(&long, Error::TooLong);
        assert!(Error::TooLong.is_unknown());
        // A did:key of X25519.
        let error = locate(
            "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
            STRICT,
        )
        .expect_err("unsupported");
        assert!(error.is_unknown());
    }

    #[test]
    fn a_did_that_is_no_key_is_refused() {
        refused("did:key:6MkjZRZ", Error::Key(keys::Error::Multibase));
        refused("did:key:1.1:z6Mk", Error::Key(keys::Error::Multibase));
        refused(
            "did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP",
            Error::Key(keys::Error::Weak), // y = 0
        );
        refused(
            "did:jwk:e30",
            Error::Key(keys::Error::Jwk { member: "kty" }),
        );
        refused("did:jwk:W10", Error::Jwk); // []
        refused("did:jwk:e30A", Error::Jwk);
        refused("did:jwk:a.b", Error::Jwk);
    }

    #[test]
    fn keys_and_their_dids_convert_into_one_another() {
        for multibase in [
            ED,
            "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
            "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
        ] {
            let key = keys::PublicKey::from_multibase(multibase).expect("a key");
            let did_key = key::did(&key).expect("a did:key");
            for did in [did_key, jwk::did(&key)] {
                let Ok(Located::Inline(document)) = locate(&did, STRICT) else {
                    panic!("{did} is its own document")
                };
                assert_eq!(document.id(), did);
                let method = document.methods().first().expect("a method");
                assert_eq!(method.key(), Ok(&key));
                if did.starts_with("did:key") {
                    assert_eq!(key::method_id(&key).as_deref(), Some(method.id()));
                }
            }
        }
    }

    #[test]
    fn a_did_jwk_for_encryption_signs_nothing() {
        let jwk = r#"{"kty":"EC","crv":"P-256","use":"enc","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#;
        let did = format!("did:jwk:{}", keys::base64url::encode(jwk.as_bytes()));
        refused(&did, Error::Key(keys::Error::Use { member: "use" }));
        let secret = jwk.replace("\"use\":\"enc\"", "\"d\":\"AQAB\"");
        let did = format!("did:jwk:{}", keys::base64url::encode(secret.as_bytes()));
        refused(&did, Error::Key(keys::Error::SecretPublished));
    }

    proptest::proptest! {
        #[test]
        fn every_place_has_one_normal_spelling_of_each_kind(
            host in "[a-z]{1,8}(\\.[a-z][a-z0-9]{1,5}){1,2}",
            port in proptest::option::of(444_u16..),
            path in proptest::collection::vec("[A-Za-z0-9@~!$é _.-]{1,6}x", 0..4),
        ) {
            let port = port.map_or_else(String::new, |port| format!("%3a{port}"));
            let mut did = format!("did:web:{host}{port}");
            for segment in &path {
                did.push(':');
                did.extend(segment.bytes().map(|byte| format!("%{byte:02x}")));
            }
            let web = Web::from_did(&did).expect("a did:web");
            proptest::prop_assert_eq!(Web::from_did(&web.did()), Ok(web.clone()));
            for settings in [STRICT, LOOPBACK] {
                let (base, document) = (web.base_url(settings), web.document_url(settings));
                proptest::prop_assert_eq!(Web::from_base_url(&base, settings), Ok(web.clone()));
                proptest::prop_assert_eq!(
                    Web::from_document_url(&document, settings),
                    Ok(web.clone())
                );
                // What the fetcher asks is what we wrote.
                let asked = Url::parse(&document).expect("a URL");
                proptest::prop_assert_eq!(asked.as_str(), document.as_str());
            }
        }

        #[test]
        fn no_identifier_makes_us_stumble(
            scheme in "(did:web:|did:key:z|did:jwk:|did:|https://|http://)?",
            rest in "([a-z.]{1,6}|\\PC|%[0-9a-f]{2}|[:/?#@%.]){0,20}",
        ) {
            let identifier = format!("{scheme}{rest}");
            if let Ok(Located::At { url, document_id }) = locate(&identifier, STRICT) {
                proptest::prop_assert!(url.starts_with("https://"));
                proptest::prop_assert!(identifier.starts_with(&document_id));
                let url = Url::parse(&url).expect("a URL");
                proptest::prop_assert!(url.username().is_empty() && url.fragment().is_none());
            }
        }
    }
}
