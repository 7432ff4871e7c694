//! Which edition of Open Badges a document follows.

use crate::json::{Object, Value};

/// An edition before Open Badges 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// The beta: one document with everything in it.
    V0_5,
    /// Three documents, without contexts and types.
    V1_0,
    /// The same with contexts.
    V1_1,
    /// 2.0.
    V2_0,
    /// 2.1, whose badges are those of 2.0.
    V2_1,
}

impl Version {
    /// The edition that a document names by its context. A document without
    /// one is of the edition of the document that led to it.
    pub(super) fn named_by(document: &Object<'_>) -> Option<Self> {
        const CONTEXTS: [(&str, Version); 5] = [
            ("://w3id.org/openbadges/v1", Version::V1_1),
            ("://w3id.org/openbadges/v2", Version::V2_0),
            ("://openbadgespec.org/v1", Version::V1_1),
            ("://openbadgespec.org/v2", Version::V2_0),
            ("://purl.imsglobal.org/spec/ob/v2p", Version::V2_1),
        ];
        let contexts = document.get("@context")?.one_or_many();
        contexts.iter().filter_map(Value::as_str).find_map(|given| {
            CONTEXTS
                .iter()
                .find(|(context, _)| given.contains(context))
                .map(|(_, version)| *version)
        })
    }

    /// The edition of an assertion: before contexts, the beta wrote everything
    /// into one document, and the recipient as a text.
    pub(super) fn of_assertion(document: &Object<'_>) -> Self {
        let is_beta = matches!(
            (document.get("recipient"), document.get("badge")),
            (Some(Value::String(_)), Some(Value::Object(_)))
        );
        Self::named_by(document).unwrap_or(if is_beta { Self::V0_5 } else { Self::V1_0 })
    }

    /// Whether it is 2.0 or later, with its stricter rules.
    pub(super) fn is_two(self) -> bool {
        self >= Self::V2_0
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::V0_5 => "0.5",
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn the_context_names_the_edition() {
        for (document, version) in [
            (
                r#"{"@context":"https://w3id.org/openbadges/v2"}"#,
                Version::V2_0,
            ),
            (
                r#"{"@context":["https://w3id.org/openbadges/v2",{"a":"b"}]}"#,
                Version::V2_0,
            ),
            (
                r#"{"@context":"https://openbadgespec.org/v2/context.json"}"#,
                Version::V2_0,
            ),
            (
                r#"{"@context":"https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld"}"#,
                Version::V2_1,
            ),
            (
                r#"{"@context":"https://w3id.org/openbadges/v1"}"#,
                Version::V1_1,
            ),
            (r#"{"recipient":{}}"#, Version::V1_0),
            (r#"{"@context":{"id":"@id"}}"#, Version::V1_0),
            (r#"{"recipient":"sha256$00","badge":{}}"#, Version::V0_5),
            (
                r#"{"recipient":"sha256$00","badge":"https://x/b"}"#,
                Version::V1_0,
            ),
        ] {
            let tree = json::parse(document.as_bytes()).expect("JSON");
            let object = tree.as_object().expect("an object");
            assert_eq!(Version::of_assertion(object), version, "{document}");
        }
    }
}
