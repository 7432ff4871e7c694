//! The addresses of a node and its issuers: string rules, both ways
//! (design: names on the web).

use crate::did;
use crate::did::web::Web;

/// What a path segment of an issuer must not be: it would hide what every
/// issuer has at that place.
const TAKEN: [&str; 12] = [
    ".well-known",
    "did.json",
    "jwks.json",
    "keys",
    "status",
    "federation",
    "ims",
    "achievements",
    "credentials",
    "api",
    "new",
    "logo",
];

/// The node's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeAddress {
    base: String,
    settings: did::Settings,
    web: Web,
}

/// The address of an issuer on this node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerAddress {
    /// Where everything of it lies; without a slash at the end.
    pub base: String,
    /// Its did:web.
    pub did: String,
    /// The path of `base` on this node; empty for the root issuer.
    pub path: String,
}

impl NodeAddress {
    /// Takes the node's base URL.
    ///
    /// # Errors
    /// Those of [`Web::from_base_url`].
    pub fn new(base: &str, dev: bool) -> Result<Self, did::web::Error> {
        let settings = did::Settings { loopback_http: dev };
        let web = Web::from_base_url(base, settings)?;
        Ok(Self {
            base: web.base_url(settings),
            settings,
            web,
        })
    }

    /// The base URL, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The host and, if it is not the usual one, the port.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.base
            .split_once("://")
            .map_or(self.base.as_str(), |(_, authority)| authority)
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &str {
        self.web.host()
    }

    /// Whether plain http on loopback is spoken.
    #[must_use]
    pub const fn is_dev(&self) -> bool {
        self.settings.loopback_http
    }

    /// The address of an issuer.
    #[must_use]
    pub fn issuer(&self, slug: &str, is_root: bool) -> IssuerAddress {
        let path = if is_root {
            String::new()
        } else {
            format!("/issuers/{slug}")
        };
        let did = if is_root {
            self.web.did()
        } else {
            format!("{}:issuers:{slug}", self.web.did())
        };
        IssuerAddress {
            base: format!("{}{path}", self.base),
            did,
            path,
        }
    }

    /// The path of an address of this node; `None` for any other address.
    #[must_use]
    pub fn path_of<'u>(&self, url: &'u str) -> Option<&'u str> {
        let rest = url.strip_prefix(self.base.as_str())?;
        match rest {
            "" => Some("/"),
            rest if rest.starts_with('/') => Some(rest),
            _ => None,
        }
    }

    /// The address of a badge.
    #[must_use]
    pub fn credential(&self, id: &str) -> String {
        format!("{}/credentials/{id}", self.base)
    }

    /// The address of a badge design.
    #[must_use]
    pub fn achievement(&self, id: &str) -> String {
        format!("{}/achievements/{id}", self.base)
    }

    /// The address of a picture.
    #[must_use]
    pub fn file(&self, digest: &str) -> String {
        format!("{}/files/{digest}", self.base)
    }
}

impl IssuerAddress {
    /// The path of the DID document on this node.
    #[must_use]
    pub fn document_path(&self) -> String {
        if self.path.is_empty() {
            "/.well-known/did.json".to_owned()
        } else {
            format!("{}/did.json", self.path)
        }
    }

    /// The address of a status list.
    #[must_use]
    pub fn status_list(&self, number: i64) -> String {
        format!("{}/status/{number}", self.base)
    }

    /// The address of a single key.
    #[must_use]
    pub fn key(&self, id: &str) -> String {
        format!("{}/keys/{id}", self.base)
    }
}

/// Whether a text may be the path segment of an issuer or a badge design:
/// small letters, digits and single dashes, at most 64, and nothing that means
/// something else at that place.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !TAKEN.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_has_three_names_that_are_one() {
        let node = NodeAddress::new("https://badges.example.org/", false).expect("an address");
        let root = node.issuer("council", true);
        assert_eq!(root.base, "https://badges.example.org");
        assert_eq!(root.did, "did:web:badges.example.org");
        assert_eq!(root.document_path(), "/.well-known/did.json");
        let other = node.issuer("college", false);
        assert_eq!(other.base, "https://badges.example.org/issuers/college");
        assert_eq!(other.did, "did:web:badges.example.org:issuers:college");
        assert_eq!(other.document_path(), "/issuers/college/did.json");
        for issuer in [root, other] {
            let web = Web::from_did(&issuer.did).expect("a did:web");
            assert_eq!(web.base_url(did::Settings::STRICT), issuer.base);
        }
    }

    #[test]
    fn a_node_that_is_tried_out_is_named_by_its_name() {
        let node = NodeAddress::new("http://127.0.0.1:8080", true).expect("an address");
        assert_eq!(node.base(), "http://localhost:8080");
        assert_eq!(
            node.issuer("x", false).did,
            "did:web:localhost%3A8080:issuers:x"
        );
        assert!(NodeAddress::new("http://127.0.0.1:8080", false).is_err());
        assert!(NodeAddress::new("http://badges.example.org", true).is_err());
    }

    #[test]
    fn only_addresses_of_this_node_have_a_path_here() {
        let node = NodeAddress::new("https://badges.example.org", false).expect("an address");
        for (url, path) in [
            ("https://badges.example.org/status/1", Some("/status/1")),
            ("https://badges.example.org", Some("/")),
            ("https://badges.example.org.evil.example/status/1", None),
            ("https://badges.example.orgx/status/1", None),
            ("http://badges.example.org/status/1", None),
            ("https://other.example/https://badges.example.org/", None),
        ] {
            assert_eq!(node.path_of(url), path, "{url}");
        }
    }

    #[test]
    fn a_path_segment_is_plain_and_hides_nothing() {
        for good in ["council", "ncc-safe-basic", "a", "2026"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a.b",
            "a/b",
            "..",
            "%2e",
            "a b",
            "é",
            "did.json",
            "keys",
            "status",
            "api",
            &"a".repeat(65),
        ] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
