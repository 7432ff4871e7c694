//! The contexts we know: a closed set, compiled in (`schemas/SOURCES.md`).

use crate::json::Value;
use json_ld::RemoteDocument;
use json_ld::iref::IriBuf;
use json_syntax::Parse as _;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// Which of the two documents published as context 3.0.3 is read.
///
/// The document was changed in place; a badge that uses `jti` or
/// `endorsementJwt` may have been signed under either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// The copy of June 2026.
    Newest,
    /// The copy of April 2025, without `jti` and `endorsementJwt`.
    April2025,
}

impl Edition {
    /// The terms that the newest copy has and the older one lacks.
    pub const ADDED_LATER: [&str; 2] = ["jti", "endorsementJwt"];

    /// How a report names the copy.
    #[must_use]
    pub const fn date(self) -> &'static str {
        match self {
            Self::Newest => "2026-06",
            Self::April2025 => "2025-04",
        }
    }
}

struct Shipped {
    url: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($url:literal => $file:literal,)*) => {
        &[$(Shipped { url: $url, text: include_str!(concat!("../../schemas/contexts/", $file)) },)*]
    };
}

const OB_3_0_3: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const OB_3_0_3_APRIL_2025: &str = include_str!("../../schemas/contexts/ob-3.0.3-2025-04.json");

static SHIPPED: &[Shipped] = shipped! {
    "https://www.w3.org/ns/credentials/v2" => "credentials-v2.json",
    "https://www.w3.org/2018/credentials/v1" => "credentials-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json" => "ob-3.0.3-2026-06.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json" => "ob-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json" => "ob-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json" => "ob-3.0.0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json" => "ob-extensions.json",
    "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html" => "ob-plugfest-1.json",
    "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json" => "ob-plugfest-1.json",
    "https://w3id.org/security/data-integrity/v1" => "data-integrity-v1.json",
    "https://w3id.org/security/data-integrity/v2" => "data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1" => "multikey-v1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1" => "ed25519-2020-v1.json",
    "https://www.w3.org/ns/credentials/status/v1" => "credentials-status-v1.json",
    "https://w3id.org/vc/status-list/2021/v1" => "status-list-2021-v1.json",
    "https://www.w3.org/ns/did/v1" => "did-v1.json",
};

/// Whether `url` is one of the known contexts.
#[must_use]
pub fn is_shipped(url: &str) -> bool {
    SHIPPED.iter().any(|shipped| shipped.url == url)
}

/// The terms and types that the known context `url` defines itself, at any
/// depth; `None` for an unknown one. A context none of whose terms occur adds
/// nothing to a badge but a place to hide.
fn terms_of(url: &str) -> Option<&'static BTreeSet<String>> {
    static TERMS: OnceLock<HashMap<&'static str, BTreeSet<String>>> = OnceLock::new();
    TERMS
        .get_or_init(|| {
            SHIPPED
                .iter()
                .map(|shipped| (shipped.url, own_terms(shipped.text)))
                .collect()
        })
        .get(url)
}

/// Whether `document`, whose contexts before it are `earlier`, uses what the
/// known context `url` brings: one of its types, or a term that those before
/// lack. `None` for an unknown one. That `proof` occurs in many contexts makes
/// none of them used.
#[must_use]
pub fn is_context_used(document: &Value<'_>, url: &str, earlier: &[&str]) -> Option<bool> {
    terms_added(url, earlier).map(|terms| uses_any(document, &terms))
}

/// Whether a member or a type is one of `terms`.
fn uses_any(document: &Value<'_>, terms: &BTreeSet<&str>) -> bool {
    match document {
        Value::Object(object) => object.iter().any(|(name, value)| {
            let types = if name == "type" {
                value.one_or_many()
            } else {
                &[]
            };
            terms.contains(name)
                || types
                    .iter()
                    .filter_map(Value::as_str)
                    .any(|name| terms.contains(name))
                || (name != "@context" && uses_any(value, terms))
        }),
        Value::Array(items) => items.iter().any(|item| uses_any(item, terms)),
        _ => false,
    }
}

fn terms_added(url: &str, earlier: &[&str]) -> Option<BTreeSet<&'static str>> {
    let is_known = |term: &str| {
        earlier
            .iter()
            .filter_map(|other| terms_of(other))
            .any(|terms| terms.contains(term))
    };
    let added = terms_of(url)?
        .iter()
        .map(String::as_str)
        .filter(|term| {
            term.starts_with(|first: char| first.is_ascii_uppercase()) || !is_known(term)
        })
        .collect();
    Some(added)
}

fn own_terms(text: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    if let Ok(tree) = crate::json::parse(text.as_bytes()) {
        collect_terms(&tree, &mut terms);
    }
    terms
}

/// Every member name that is not a keyword: a superset of the terms, all of
/// them from our own files.
fn collect_terms(tree: &Value<'_>, terms: &mut BTreeSet<String>) {
    for item in tree.one_or_many() {
        for (name, value) in item
            .as_object()
            .into_iter()
            .flat_map(|object| object.iter())
        {
            if !name.starts_with('@') && !matches!(name, "id" | "type") {
                terms.insert(name.to_owned());
            }
            if value.as_str().is_none() {
                collect_terms(value, terms);
            }
        }
    }
}

/// Contexts by address: the shipped ones, and in tests others beside them.
///
/// A stranger's address is compared as text, and only a known one becomes an
/// IRI: `iref` takes different spellings for one address, and panics at some.
pub struct Catalog {
    documents: HashMap<IriBuf, RemoteDocument>,
}

impl Catalog {
    /// The shipped contexts.
    #[must_use]
    pub fn shipped(edition: Edition) -> Self {
        let mut catalog = Self {
            documents: HashMap::new(),
        };
        for shipped in SHIPPED {
            let older = shipped.url == OB_3_0_3 && edition == Edition::April2025;
            let text = if older {
                OB_3_0_3_APRIL_2025
            } else {
                shipped.text
            };
            catalog.add(shipped.url, text);
        }
        catalog
    }

    /// Adds a context: how tests bring the examples of other people. What is
    /// not an IRI or not JSON is left out.
    pub fn add(&mut self, url: &str, text: &str) {
        let Ok(iri) = IriBuf::new(url.to_owned()) else {
            return;
        };
        if let Ok((document, _)) = json_syntax::Value::parse_str(text) {
            let document = RemoteDocument::new(Some(iri.clone()), None, document);
            self.documents.insert(iri, document);
        }
    }

    pub(super) fn holds(&self, url: &str) -> bool {
        self.documents.keys().any(|known| known.as_str() == url)
    }

    pub(super) const fn loader(&self) -> &HashMap<IriBuf, RemoteDocument> {
        &self.documents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_has_one_spelling() {
        let catalog = Catalog::shipped(Edition::Newest);
        assert!(catalog.holds("https://www.w3.org/ns/credentials/v2"));
        for other in [
            "https://www.w3.org/ns/%63redentials/v2",
            "https://www.w3.org/ns/./credentials/v2",
            "https://www.w3.org/ns/x/../credentials/v2",
            "https://WWW.w3.org/ns/credentials/v2",
            "HTTPS://www.w3.org/ns/credentials/v2",
            "https://www.w3.org/ns/credentials/v2#",
            "https://www.w3.org/ns/cre%dentials/v2",
            "https://www.w3.org/%ff",
            "",
        ] {
            assert!(!catalog.holds(other), "{other}");
        }
    }

    #[test]
    fn a_context_adds_its_types_and_what_the_earlier_ones_lack() {
        const INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
        let alone = terms_added(INTEGRITY, &[]).expect("a known context");
        assert!(alone.contains("proof"));
        let after = terms_added(INTEGRITY, &["https://www.w3.org/ns/credentials/v2"])
            .expect("a known context");
        assert!(!after.contains("proof"));
        assert!(after.contains("DataIntegrityProof"));
        assert_eq!(terms_added("https://example.org/unknown", &[]), None);
    }
}
