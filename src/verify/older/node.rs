//! A node of an older document, read by hand in all the ways JSON-LD lets it
//! be written: one value or a list of one, a text or a value object, an
//! identifier or a node that has it, `id` or `@id`. A member that is `null`
//! is not there, as in JSON-LD.

use super::version::Version;
use crate::json::{Object, Value};
use crate::verify::report::Finding;

/// What a document must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Assertion,
    BadgeClass,
    Profile,
    Key,
}

impl Kind {
    /// What it is called in reports.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Assertion => "badge",
            Self::BadgeClass => "badge design",
            Self::Profile => "issuer",
            Self::Key => "key",
        }
    }

    /// The types that say so.
    pub(super) const fn types(self) -> &'static [&'static str] {
        match self {
            Self::Assertion => &["Assertion"],
            Self::BadgeClass => &["BadgeClass"],
            Self::Profile => &["Issuer", "Profile", "IssuerOrg"],
            Self::Key => &["CryptographicKey", "Key"],
        }
    }

    /// The members by which a document of this kind is known without a type.
    pub(super) const fn telling_members(self) -> &'static [&'static str] {
        match self {
            Self::Assertion => &["badge", "revoked"],
            Self::BadgeClass | Self::Profile => &["name"],
            Self::Key => &["publicKeyPem"],
        }
    }
}

/// An object that should be of a kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'d> {
    pub(super) kind: Kind,
    pub(super) version: Version,
    pub(super) object: &'d Object<'d>,
}

/// What a member refers to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reference<'d> {
    /// Something with a web address: what is embedded beside it counts for
    /// nothing.
    At(&'d str),
    /// Something without one.
    Embedded(&'d Object<'d>),
}

impl<'d> Node<'d> {
    /// The same object, read as part of this one.
    pub(super) const fn part(&self, object: &'d Object<'d>) -> Self {
        Self { object, ..*self }
    }

    /// The values of a member.
    pub(super) fn all(&self, member: &str) -> impl Iterator<Item = &'d Value<'d>> + use<'d> {
        self.object
            .get(member)
            .map_or(&[][..], Value::one_or_many)
            .iter()
            .filter(|value| !matches!(value, Value::Null))
    }

    /// The value of a member that may have only one.
    pub(super) fn one(&self, member: &str) -> Result<Option<&'d Value<'d>>, Finding> {
        let mut values = self.all(member);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(self.malformed(member)),
            (value, None) => Ok(value),
        }
    }

    /// A text. Of texts in several languages the first is taken.
    pub(super) fn text(&self, member: &str) -> Result<Option<&'d str>, Finding> {
        let mut values = self.all(member);
        let Some(first) = values.next() else {
            return Ok(None);
        };
        let has_languages = first.get("@language").is_some();
        if values.next().is_some() && !has_languages {
            return Err(self.malformed(member));
        }
        plain(first)
            .and_then(Value::as_str)
            .map(Some)
            .ok_or_else(|| self.malformed(member))
    }

    /// A text that must be there and say something.
    pub(super) fn needed_text(&self, member: &str) -> Result<&'d str, Finding> {
        match self.text(member)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(self.missing(member)),
        }
    }

    /// A truth value.
    pub(super) fn truth(&self, member: &str) -> Result<Option<bool>, Finding> {
        self.one(member)?
            .map(|value| {
                plain(value)
                    .and_then(Value::as_bool)
                    .ok_or_else(|| self.malformed(member))
            })
            .transpose()
    }

    /// An identifier, or that of a node.
    pub(super) fn iri(&self, member: &str) -> Result<Option<&'d str>, Finding> {
        let Some(value) = self.one(member)? else {
            return Ok(None);
        };
        match value {
            Value::Object(object) => self.part(object).id(),
            value => plain(value)
                .and_then(Value::as_str)
                .map(Some)
                .ok_or_else(|| self.malformed(member)),
        }
    }

    /// The node's own identifier.
    pub(super) fn id(&self) -> Result<Option<&'d str>, Finding> {
        match (self.object.get("id"), self.object.get("@id")) {
            (None | Some(Value::Null), None | Some(Value::Null)) => Ok(None),
            (Some(Value::String(id)), None) | (None, Some(Value::String(id))) => Ok(Some(id)),
            _ => Err(self.malformed("id")),
        }
    }

    /// What a member refers to.
    pub(super) fn reference(&self, member: &str) -> Result<Option<Reference<'d>>, Finding> {
        let Some(value) = self.one(member)? else {
            return Ok(None);
        };
        match value {
            Value::String(url) if is_web(url) => Ok(Some(Reference::At(url))),
            Value::Object(object) => Ok(Some(match self.part(object).id()? {
                Some(url) if is_web(url) => Reference::At(url),
                _ => Reference::Embedded(object),
            })),
            _ => Err(self.malformed(member)),
        }
    }

    /// Whether the node says that it is of one of these types.
    pub(super) fn is_a(&self, names: &[&str]) -> bool {
        ["type", "@type"].iter().any(|member| {
            self.all(member)
                .filter_map(Value::as_str)
                .any(|given| names.contains(&short(given)))
        })
    }

    pub(super) fn has_type(&self) -> bool {
        ["type", "@type"]
            .iter()
            .any(|member| self.all(member).next().is_some())
    }

    /// Open Badges 2 always says of which kind a document is; before, a
    /// document could leave it out, but not say something else.
    pub(super) fn check_type(&self) -> Result<(), Finding> {
        if self.is_a(self.kind.types()) {
            Ok(())
        } else if self.version.is_two() || self.has_type() {
            Err(self.malformed("type"))
        } else {
            Ok(())
        }
    }

    pub(super) fn missing(&self, member: &str) -> Finding {
        Finding::fails(
            "credential_shape",
            format!("the {} has no {member}", self.kind.name()),
        )
    }

    pub(super) fn malformed(&self, member: &str) -> Finding {
        Finding::fails(
            "credential_shape",
            format!("the {member} of the {} is malformed", self.kind.name()),
        )
    }
}

/// The value itself, or that of a value object.
fn plain<'d>(value: &'d Value<'d>) -> Option<&'d Value<'d>> {
    match value {
        Value::Object(object) => object.get("@value"),
        Value::Array(_) | Value::Null => None,
        value => Some(value),
    }
}

/// A type's short name.
fn short(name: &str) -> &str {
    const PREFIXES: [&str; 4] = [
        "https://w3id.org/openbadges#",
        "obi:",
        "https://w3id.org/security#",
        "sec:",
    ];
    PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

/// Whether an identifier is a web address. Whether it may be fetched is for
/// the desk to say.
pub(super) fn is_web(id: &str) -> bool {
    id.starts_with("https://") || id.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[track_caller]
    fn check<T: PartialEq + std::fmt::Debug>(
        document: &str,
        read: impl for<'d> Fn(Node<'d>) -> T,
        expected: &T,
    ) {
        let tree = json::parse(document.as_bytes()).expect("JSON");
        let node = Node {
            kind: Kind::Assertion,
            version: Version::V2_0,
            object: tree.as_object().expect("an object"),
        };
        assert_eq!(&read(node), expected, "{document}");
    }

    fn said(text: &str) -> Result<Option<String>, ()> {
        Ok(Some(text.to_owned()))
    }

    #[test]
    fn a_text_may_be_written_in_many_ways() {
        for (document, expected) in [
            (r#"{"n":"First aid"}"#, said("First aid")),
            (r#"{"n":["First aid"]}"#, said("First aid")),
            (r#"{"n":[null,"First aid"]}"#, said("First aid")),
            (r#"{"n":{"@value":"First aid"}}"#, said("First aid")),
            (
                r#"{"n":[{"@value":"Cymorth","@language":"cy"},{"@value":"Aid","@language":"en"}]}"#,
                said("Cymorth"),
            ),
            (r#"{"n":null}"#, Ok(None)),
            (r#"{"n":[]}"#, Ok(None)),
            ("{}", Ok(None)),
            (r#"{"n":["one","two"]}"#, Err(())),
            (r#"{"n":7}"#, Err(())),
            (r#"{"n":[["First aid"]]}"#, Err(())),
            (r#"{"n":{"value":"First aid"}}"#, Err(())),
        ] {
            let read = |node: Node<'_>| {
                let text = node.text("n").map_err(|_| ())?;
                Ok(text.map(str::to_owned))
            };
            check(document, read, &expected);
        }
    }

    #[test]
    fn an_identifier_is_a_text_or_a_node_that_has_it() {
        for (document, expected) in [
            (r#"{"n":"urn:x"}"#, said("urn:x")),
            (r#"{"n":{"id":"urn:x"}}"#, said("urn:x")),
            (r#"{"n":[{"@id":"urn:x"}]}"#, said("urn:x")),
            (r#"{"n":{"name":"x"}}"#, Ok(None)),
            (r#"{"n":{"id":"urn:x","@id":"urn:y"}}"#, Err(())),
            (r#"{"n":{"id":["urn:x"]}}"#, Err(())),
            (r#"{"n":["urn:x","urn:y"]}"#, Err(())),
            (r#"{"n":false}"#, Err(())),
        ] {
            let read = |node: Node<'_>| {
                let text = node.iri("n").map_err(|_| ())?;
                Ok(text.map(str::to_owned))
            };
            check(document, read, &expected);
        }
    }

    #[test]
    fn a_node_with_a_web_address_is_that_address() {
        for (document, expected) in [
            (
                r#"{"n":"https://x.example/a"}"#,
                Some("https://x.example/a"),
            ),
            (
                r#"{"n":{"id":"http://x.example/a","name":"forged"}}"#,
                Some("http://x.example/a"),
            ),
            (r#"{"n":{"id":"urn:uuid:1","name":"x"}}"#, Some("embedded")),
            (r#"{"n":{"name":"x"}}"#, Some("embedded")),
            (r#"{"n":"urn:uuid:1"}"#, None),
            (r#"{"n":"ftp://x.example/a"}"#, None),
            (r#"{"n":[{},{}]}"#, None),
        ] {
            let read = |node: Node<'_>| match node.reference("n") {
                Ok(Some(Reference::At(url))) => Some(url.to_owned()),
                Ok(Some(Reference::Embedded(_))) => Some("embedded".to_owned()),
                _ => None,
            };
            check(document, read, &expected.map(str::to_owned));
        }
    }

    #[test]
    fn a_type_may_be_one_of_many_and_have_a_prefix() {
        for (document, expected) in [
            (r#"{"type":"Assertion"}"#, true),
            (r#"{"type":["Assertion","Extension"]}"#, true),
            (r#"{"@type":"obi:Assertion"}"#, true),
            (r#"{"type":"https://w3id.org/openbadges#Assertion"}"#, true),
            (r#"{"type":"https://evil.example/#Assertion"}"#, false),
            (r#"{"type":"assertion"}"#, false),
            (r#"{"type":[["Assertion"]]}"#, false),
            (r#"{"type":[]}"#, false),
            ("{}", false),
        ] {
            check(document, |node| node.check_type().is_ok(), &expected);
        }
    }
}
