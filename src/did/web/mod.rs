//! did:web: one host and path, with three spellings that are converted into
//! one another without asking anybody.
//!
//! ```text
//! DID          did:web:a.example:org:care
//! base URL     https://a.example/org/care           the entity identifier
//! document     https://a.example/org/care/did.json  (/.well-known/did.json without a path)
//! ```
//!
//! **Promises.** What converts one way converts back; two different hosts or
//! paths never become one. Whatever a second reader could understand
//! otherwise (IP addresses in any spelling, encoded slashes and dots, empty
//! segments, user names) stands for no address.
//!
//! **Does not:** decide whether the host may be asked; the fetcher does.

mod parts;

use super::{DidUrl, Settings};
use parts::{encode, read_host, read_port, read_segment};

const WELL_KNOWN: &str = ".well-known";
const DOCUMENT: &str = "did.json";
const LOCALHOST: &str = "localhost";

/// A host, perhaps a port, and a path: what a did:web stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Web {
    /// In lower case.
    host: String,
    port: Option<u16>,
    /// Percent-decoded.
    segments: Vec<String>,
}

/// Why a text stands for no did:web.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a bare did:web.
    #[error("the identifier is not a did:web")]
    NotDidWeb,
    /// Not the plain name of a host.
    #[error("the host of the did:web is not a plain name")]
    Host,
    /// Not a port.
    #[error("the port of the did:web is not a port")]
    Port,
    /// A segment that is empty, goes upwards, or hides a delimiter.
    #[error("the path of the did:web is not plain")]
    Path,
    /// Not https (or, where allowed, http on this machine).
    #[error("the address of the did:web is not an https address")]
    Scheme,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotDidWeb | Self::Host | Self::Port | Self::Path => "did_invalid",
            Self::Scheme => "fetch_url_refused",
        }
    }
}

impl Web {
    /// Reads a bare did:web.
    ///
    /// # Errors
    /// [`Error`], by what is wrong.
    ///
    /// ```
    /// use countersign::did::{Settings, web::Web};
    /// let web = Web::from_did("did:web:a.example:org:care")?;
    /// assert_eq!(web.document_url(Settings::default()), "https://a.example/org/care/did.json");
    /// # Ok::<(), countersign::did::web::Error>(())
    /// ```
    pub fn from_did(did: &str) -> Result<Self, Error> {
        let parsed = DidUrl::parse(did).map_err(|_| Error::NotDidWeb)?;
        if parsed.method() != "web" || parsed.did() != did {
            return Err(Error::NotDidWeb);
        }
        let mut parts = parsed.id().split(':');
        let authority = parts.next().unwrap_or_default();
        // The only percent sign of an authority is that of the port's colon.
        let at = authority.find('%').unwrap_or(authority.len());
        let (name, port) = authority.split_at_checked(at).ok_or(Error::Host)?;
        let port = match port.get(..3) {
            None => None,
            Some("%3A" | "%3a") => Some(read_port(port.get(3..).unwrap_or_default())?),
            Some(_) => return Err(Error::Host),
        };
        Ok(Self {
            host: read_host(name)?,
            port,
            segments: parts.map(read_segment).collect::<Result<_, _>>()?,
        })
    }

    /// Reads the base URL. The root may be written with its slash.
    ///
    /// # Errors
    /// [`Error`], by what is wrong.
    pub fn from_base_url(url: &str, settings: Settings) -> Result<Self, Error> {
        let (scheme, rest) = url.split_once("://").ok_or(Error::Scheme)?;
        let (authority, path) = match rest.split_once('/') {
            Some((authority, path)) => (authority, Some(path)),
            None => (rest, None),
        };
        let (name, port) = match authority.split_once(':') {
            Some((name, port)) => (name, Some(read_port(port)?)),
            None => (authority, None),
        };
        // A node that listens on 127.0.0.1 is named by its name.
        let name = match name {
            "127.0.0.1" if settings.loopback_http && scheme == "http" => LOCALHOST,
            _ => name,
        };
        let mut web = Self {
            host: read_host(name)?,
            port,
            segments: match path {
                None | Some("") => Vec::new(),
                Some(path) => path
                    .split('/')
                    .map(read_segment)
                    .collect::<Result<_, _>>()?,
            },
        };
        if scheme != web.scheme(settings) {
            return Err(Error::Scheme);
        }
        web.port = web.port.filter(|port| *port != default_port(scheme));
        Ok(web)
    }

    /// Reads the URL of a DID document.
    ///
    /// # Errors
    /// [`Error`], by what is wrong; [`Error::Path`] if no did:web has its
    /// document there.
    pub fn from_document_url(url: &str, settings: Settings) -> Result<Self, Error> {
        let base = url
            .strip_suffix(DOCUMENT)
            .and_then(|base| base.strip_suffix('/'))
            .ok_or(Error::Path)?;
        match base.strip_suffix(WELL_KNOWN) {
            Some(root) if root.ends_with('/') => {
                let web = Self::from_base_url(root, settings)?;
                if web.segments.is_empty() {
                    Ok(web)
                } else {
                    Err(Error::Path)
                }
            }
            _ => {
                let web = Self::from_base_url(base, settings)?;
                if web.segments.is_empty() {
                    Err(Error::Path)
                } else {
                    Ok(web)
                }
            }
        }
    }

    /// The DID, in its one normal spelling.
    #[must_use]
    pub fn did(&self) -> String {
        let mut did = format!("did:web:{}", self.host);
        if let Some(port) = self.port {
            did.push_str(&format!("%3A{port}"));
        }
        for segment in &self.segments {
            did.push(':');
            encode(segment, b".-_", &mut did);
        }
        did
    }

    /// The base URL, without a slash at the end.
    #[must_use]
    pub fn base_url(&self, settings: Settings) -> String {
        let scheme = self.scheme(settings);
        let mut url = format!("{scheme}://{}", self.host);
        if let Some(port) = self.port.filter(|port| *port != default_port(scheme)) {
            url.push_str(&format!(":{port}"));
        }
        for segment in &self.segments {
            url.push('/');
            encode(segment, b".-_~!$&'()*+,;=@", &mut url);
        }
        url
    }

    /// Where the DID document lies (did:web §2.5.2).
    #[must_use]
    pub fn document_url(&self, settings: Settings) -> String {
        let base = self.base_url(settings);
        if self.segments.is_empty() {
            format!("{base}/{WELL_KNOWN}/{DOCUMENT}")
        } else {
            format!("{base}/{DOCUMENT}")
        }
    }

    /// The host, in lower case.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    fn scheme(&self, settings: Settings) -> &'static str {
        if settings.loopback_http && self.host == LOCALHOST {
            "http"
        } else {
            "https"
        }
    }
}

fn default_port(scheme: &str) -> u16 {
    if scheme == "http" { 80 } else { 443 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: Settings = Settings::STRICT;
    const LOOPBACK: Settings = Settings::LOOPBACK;

    #[track_caller]
    fn check(did: &str, document: &str, base: &str) {
        let web = Web::from_did(did).expect(did);
        assert_eq!(web.did(), did);
        assert_eq!(web.document_url(STRICT), document);
        assert_eq!(web.base_url(STRICT), base);
        assert_eq!(Web::from_base_url(base, STRICT), Ok(web.clone()));
        assert_eq!(Web::from_document_url(document, STRICT), Ok(web));
    }

    #[track_caller]
    fn no_did(did: &str, expected: Error) {
        assert_eq!(Web::from_did(did), Err(expected), "{did}");
    }

    #[track_caller]
    fn no_base(url: &str, expected: Error) {
        assert_eq!(Web::from_base_url(url, STRICT), Err(expected), "{url}");
    }

    #[test]
    fn three_spellings_of_one_place_convert_into_one_another() {
        check(
            "did:web:council-a.gov.uk",
            "https://council-a.gov.uk/.well-known/did.json",
            "https://council-a.gov.uk",
        );
        check(
            "did:web:council-a.gov.uk:org:adult-care",
            "https://council-a.gov.uk/org/adult-care/did.json",
            "https://council-a.gov.uk/org/adult-care",
        );
        check(
            "did:web:localhost%3A9443:org:a",
            "https://localhost:9443/org/a/did.json",
            "https://localhost:9443/org/a",
        );
        check(
            "did:web:localhost%3A9443",
            "https://localhost:9443/.well-known/did.json",
            "https://localhost:9443",
        );
        // Not a port: the grammar makes it a path.
        check(
            "did:web:localhost:9443",
            "https://localhost/9443/did.json",
            "https://localhost/9443",
        );
        check(
            "did:web:xn--bcher-kva.example:%40team:caf%C3%A9:a%20b:v1.0~x"
                .replace('~', "%7E")
                .as_str(),
            "https://xn--bcher-kva.example/@team/caf%C3%A9/a%20b/v1.0~x/did.json",
            "https://xn--bcher-kva.example/@team/caf%C3%A9/a%20b/v1.0~x",
        );
        check(
            "did:web:a.example:did.json",
            "https://a.example/did.json/did.json",
            "https://a.example/did.json",
        );
    }

    #[test]
    fn other_spellings_have_one_normal_spelling() {
        for (did, normal) in [
            ("did:web:A.Example", "did:web:a.example"),
            ("did:web:a.example%3a8443", "did:web:a.example%3A8443"),
            ("did:web:a.example:%6Frg", "did:web:a.example:org"),
            ("did:web:a.example:caf%c3%a9", "did:web:a.example:caf%C3%A9"),
        ] {
            assert_eq!(
                Web::from_did(did).map(|web| web.did()),
                Ok(normal.to_owned())
            );
        }
        for (url, normal) in [
            ("https://a.example/", "did:web:a.example"),
            ("https://A.example:443/org", "did:web:a.example:org"),
            ("https://a.example:80", "did:web:a.example%3A80"),
            ("https://a.example/%7eteam", "did:web:a.example:%7Eteam"),
        ] {
            let web = Web::from_base_url(url, STRICT).expect(url);
            assert_eq!(web.did(), normal);
        }
        let https = Web::from_did("did:web:a.example%3A443").expect("a did:web");
        assert_eq!(https.base_url(STRICT), "https://a.example");
    }

    #[test]
    fn letters_in_a_path_are_not_made_small() {
        let web = Web::from_did("did:web:a.example:Org").expect("a did:web");
        assert_eq!(web.base_url(STRICT), "https://a.example/Org");
    }

    #[test]
    fn hostile_dids_stand_for_no_address() {
        no_did("did:web:", Error::NotDidWeb);
        no_did("did:web:[::1]", Error::NotDidWeb);
        no_did("did:web:a.example#key-1", Error::NotDidWeb);
        no_did("did:web:a.example/path", Error::NotDidWeb);
        no_did("did:web:a.example?query", Error::NotDidWeb);
        no_did("did:web:user@a.example", Error::NotDidWeb);
        no_did("did:webvh:a.example", Error::NotDidWeb);
        no_did("DID:web:a.example", Error::NotDidWeb);
        no_did("did:web:127.0.0.1", Error::Host);
        no_did("did:web:127.0.0.1%3A8080", Error::Host);
        no_did("did:web:2130706433", Error::Host);
        no_did("did:web:0x7f.1", Error::Host);
        no_did("did:web:017700000001", Error::Host);
        no_did("did:web:127.1", Error::Host);
        no_did("did:web:a.example.1", Error::Host);
        no_did("did:web:%31%32%37.0.0.1", Error::Host);
        no_did("did:web:a.example%2Fevil:x", Error::Host);
        no_did("did:web:user%40a.example", Error::Host);
        no_did("did:web:a.example%3Fq", Error::Host);
        no_did("did:web:a.example%23", Error::Host);
        no_did("did:web:a%2eexample", Error::Host);
        no_did("did:web:a.example%00", Error::Host);
        no_did("did:web:%E2%93%90.example", Error::Host);
        no_did("did:web:a.example.", Error::Host);
        no_did("did:web:.a.example", Error::Host);
        no_did("did:web:a..example", Error::Host);
        no_did("did:web:-a.example", Error::Host);
        no_did("did:web::x", Error::Host);
        no_did(&format!("did:web:{}.example", "a".repeat(64)), Error::Host);
        no_did(
            &format!("did:web:{}", vec!["a"; 128].join(".")),
            Error::Host,
        );
        no_did("did:web:a.example%3A99999", Error::Port);
        no_did("did:web:a.example%3A0", Error::Port);
        no_did("did:web:a.example%3A", Error::Port);
        no_did("did:web:a.example%3A080", Error::Port);
        no_did("did:web:a.example%3A80%3A80", Error::Port);
        no_did("did:web:a.example%3A-1", Error::Port);
        no_did("did:web:a.example:..:x", Error::Path);
        no_did("did:web:a.example:%2e%2e:x", Error::Path);
        no_did("did:web:a.example:.%2E", Error::Path);
        no_did("did:web:a.example:.", Error::Path);
        no_did("did:web:a.example::x", Error::Path);
        no_did("did:web:a.example:a%2Fb", Error::Path);
        no_did("did:web:a.example:a%5cb", Error::Path);
        no_did("did:web:a.example:%252e%252e", Error::Path);
        no_did("did:web:a.example:a%3Fb", Error::Path);
        no_did("did:web:a.example:a%23b", Error::Path);
        no_did("did:web:a.example:a%3Ab", Error::Path);
        no_did("did:web:a.example:a%00", Error::Path);
        no_did("did:web:a.example:a%0a", Error::Path);
        no_did("did:web:a.example:%C2%85", Error::Path); // a control of Latin-1
        no_did("did:web:a.example:%ff", Error::Path); // not UTF-8
        no_did("did:web:a.example:.well-known", Error::Path); // the root's document
    }

    #[test]
    fn hostile_urls_stand_for_no_did() {
        no_base("a.example", Error::Scheme);
        no_base("http://a.example", Error::Scheme);
        no_base("http://localhost:8080/org", Error::Scheme);
        no_base("HTTPS://a.example", Error::Scheme);
        no_base("ftp://a.example", Error::Scheme);
        no_base("", Error::Scheme);
        no_base("https://", Error::Host);
        no_base("https:///org", Error::Host);
        no_base("https://user@a.example/org", Error::Host);
        no_base("https://user:pass@a.example/org", Error::Port);
        no_base("https://127.0.0.1/org", Error::Host);
        no_base("https://[::1]/org", Error::Port);
        no_base("https://0x7f.1", Error::Host);
        no_base("https://a.example\\org", Error::Host);
        no_base("https://a.example?x", Error::Host);
        no_base("https://a.example#x", Error::Host);
        no_base("https://bücher.example", Error::Host);
        no_base("https://a.example:0/org", Error::Port);
        no_base("https://a.example:/org", Error::Port);
        no_base("https://a.example/org/", Error::Path);
        no_base("https://a.example//org", Error::Path);
        no_base("https://a.example/org/../x", Error::Path);
        no_base("https://a.example/org?x", Error::Path);
        no_base("https://a.example/org#x", Error::Path);
        no_base("https://a.example/o rg", Error::Path);
        no_base("https://a.example/café", Error::Path);
        no_base("https://a.example/o\trg", Error::Path);
        no_base("https://a.example/%2e%2e/x", Error::Path);
        no_base("https://a.example/a%2fb", Error::Path);
        no_base("https://a.example/a%", Error::Path);
        no_base("https://a.example/a:b", Error::Path);
        no_base("https://a.example/{a}", Error::Path);
        no_base("https://a.example/.well-known", Error::Path);
    }

    #[test]
    fn a_document_lies_only_where_a_did_says() {
        for url in [
            "https://a.example/did.json",
            "https://a.example/org/.well-known/did.json",
            "https://a.example/org/did.jsonld",
            "https://a.example/orgdid.json",
            "https://a.example/org//did.json",
            "https://a.example/org/did.json#x",
            "https://a.example/org/did.json?x",
            "https://a.example",
            "did.json",
        ] {
            assert!(Web::from_document_url(url, STRICT).is_err(), "{url}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_and_only_if_allowed() {
        let here = Web::from_did("did:web:localhost%3A8080:issuers:x").expect("a did:web");
        assert_eq!(
            here.document_url(STRICT),
            "https://localhost:8080/issuers/x/did.json"
        );
        assert_eq!(
            here.document_url(LOOPBACK),
            "http://localhost:8080/issuers/x/did.json"
        );
        for url in [
            "http://localhost:8080/issuers/x",
            "http://127.0.0.1:8080/issuers/x",
        ] {
            assert_eq!(Web::from_base_url(url, LOOPBACK), Ok(here.clone()));
        }
        let elsewhere = Web::from_did("did:web:a.example").expect("a did:web");
        assert_eq!(elsewhere.base_url(LOOPBACK), "https://a.example");
        for url in [
            "http://a.example",
            "http://localhost.a.example",
            "http://a.localhost",
            "http://127.0.0.2",
            "http://2130706433",
            "https://127.0.0.1:8080",
            "https://localhost:8080", // its DID would be asked by http
        ] {
            assert!(Web::from_base_url(url, LOOPBACK).is_err(), "{url}");
        }
    }
}
