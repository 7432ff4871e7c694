//! What somebody wants to have signed, as they wrote it.
//!
//! A draft is JSON within the limits that says it is a credential we issue.
//! Nothing else is known about it.

use crate::credential::DocumentKind;
use crate::json::{self, Object, Value};

/// A credential that was not linted yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    object: Object<'static>,
    kind: DocumentKind,
}

/// Why something is no draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotADraft {
    /// It is not JSON, or beyond the limits.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// It is JSON, but not one of the credentials we issue.
    #[error("this is not a badge, an endorsement or a status list")]
    Kind,
}

impl NotADraft {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Kind => "credential_shape",
        }
    }

    /// Whether a limit was reached.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        match self {
            Self::Json(error) => error.is_limit(),
            Self::Kind => false,
        }
    }
}

impl Draft {
    /// Reads an `AchievementCredential`, an `EndorsementCredential` or a
    /// `BitstringStatusListCredential`.
    ///
    /// # Errors
    /// [`NotADraft`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NotADraft> {
        Self::read(bytes, is_issued)
    }

    /// Reads what [`Self::parse`] takes, or any other credential of VC 2.0. Of
    /// that only the rules of VC 2.0 are asked, not those of badges.
    ///
    /// # Errors
    /// [`NotADraft`].
    pub fn parse_any(bytes: &[u8]) -> Result<Self, NotADraft> {
        Self::read(bytes, |kind| {
            is_issued(kind) || kind == DocumentKind::OtherCredential
        })
    }

    fn read(bytes: &[u8], is_taken: impl Fn(DocumentKind) -> bool) -> Result<Self, NotADraft> {
        let value = json::parse(bytes)?;
        let kind = DocumentKind::of(&value);
        match value {
            Value::Object(object) if is_taken(kind) => Ok(Self {
                object: object.into_owned(),
                kind,
            }),
            _ => Err(NotADraft::Kind),
        }
    }

    /// The draft of a credential that was put together in memory; it keeps to
    /// the same limits.
    ///
    /// # Errors
    /// [`NotADraft`].
    pub fn from_object(object: &Object<'_>) -> Result<Self, NotADraft> {
        Self::parse(object.to_json().as_bytes())
    }

    /// Names the issuer. The rest of its profile stays; where there is none, a
    /// badge and an endorsement get one, because readers look for it.
    pub fn set_issuer(&mut self, id: &str) {
        match self.object.get_mut("issuer") {
            Some(Value::Object(profile)) => profile.set("id", id.to_owned()),
            Some(text @ Value::String(_)) => *text = Value::from(id.to_owned()),
            _ if !matches!(self.kind, DocumentKind::Badge | DocumentKind::Endorsement) => {
                self.object.set("issuer", id.to_owned());
            }
            _ => {
                let mut profile = Object::new();
                profile.set("id", id.to_owned());
                profile.set("type", vec![Value::from("Profile")]);
                self.object.set("issuer", profile);
            }
        }
    }

    /// Which credential it says it is.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The credential.
    #[must_use]
    pub const fn object(&self) -> &Object<'static> {
        &self.object
    }

    pub(super) fn into_object(self) -> Object<'static> {
        self.object
    }
}

/// `StatusList2021` and the older forms are read, never issued.
const fn is_issued(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Badge | DocumentKind::Endorsement | DocumentKind::StatusList
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples;

    #[track_caller]
    fn issuer_of(text: &str) -> String {
        let mut draft = Draft::parse(text.as_bytes()).expect("a draft");
        draft.set_issuer("did:web:new.example");
        draft.object().get("issuer").expect("an issuer").to_json()
    }

    #[test]
    fn three_kinds_of_credential_are_drafts() {
        for (text, kind) in [
            (samples::BADGE, DocumentKind::Badge),
            (samples::ENDORSEMENT, DocumentKind::Endorsement),
            (samples::STATUS_LIST, DocumentKind::StatusList),
        ] {
            let draft = Draft::parse(text.as_bytes()).expect("a draft");
            assert_eq!(draft.kind(), kind);
            assert_eq!(Draft::from_object(draft.object()), Ok(draft));
        }
    }

    #[test]
    fn what_is_never_issued_is_no_draft() {
        for (text, code) in [
            ("", "json_syntax"),
            ("{", "json_syntax"),
            (
                r#"{"type":"OpenBadgeCredential","type":"OpenBadgeCredential"}"#,
                "json_duplicate_key",
            ),
            ("\u{feff}{}", "utf8_invalid"),
            ("[]", "credential_shape"),
            ("\"x\"", "credential_shape"),
            ("{}", "credential_shape"),
            (r#"{"type":["VerifiablePresentation"]}"#, "credential_shape"),
            (r#"{"type":["VerifiableCredential"]}"#, "credential_shape"),
            (
                r#"{"type":["VerifiableCredential","StatusList2021Credential"]}"#,
                "credential_shape",
            ),
            (
                r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}"#,
                "credential_shape",
            ),
        ] {
            let error = Draft::parse(text.as_bytes()).expect_err(text);
            assert_eq!(error.code(), code, "{text}");
            assert!(!error.is_limit(), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert!(
            Draft::parse(deep.as_bytes())
                .expect_err("too deep")
                .is_limit()
        );
    }

    #[test]
    fn a_plain_credential_is_a_draft_where_it_is_asked_for() {
        let plain = r#"{"type":["VerifiableCredential"],"issuer":"did:web:old.example"}"#;
        let mut draft = Draft::parse_any(plain.as_bytes()).expect("a draft");
        assert_eq!(draft.kind(), DocumentKind::OtherCredential);
        draft.set_issuer("did:web:new.example");
        assert_eq!(draft.object().text("issuer"), Some("did:web:new.example"));
        assert!(Draft::parse(plain.as_bytes()).is_err());
        assert!(Draft::parse_any(samples::BADGE.as_bytes()).is_ok());
        for other in [
            "[]",
            "{}",
            r#"{"type":["VerifiablePresentation"]}"#,
            r#"{"type":["VerifiableCredential","StatusList2021Credential"]}"#,
        ] {
            assert_eq!(
                Draft::parse_any(other.as_bytes()),
                Err(NotADraft::Kind),
                "{other}"
            );
        }
    }

    #[test]
    fn a_plain_credential_gets_no_profile_of_open_badges() {
        let mut draft = Draft::parse_any(br#"{"type":"VerifiableCredential"}"#).expect("a draft");
        draft.set_issuer("did:web:new.example");
        assert_eq!(draft.object().text("issuer"), Some("did:web:new.example"));
    }

    #[test]
    fn the_issuer_is_named_and_the_profile_kept() {
        for (text, expected) in [
            (
                r#"{"type":"OpenBadgeCredential","issuer":"did:web:old.example"}"#,
                r#""did:web:new.example""#,
            ),
            (
                r#"{"type":"OpenBadgeCredential","issuer":{"id":"x","name":"A"}}"#,
                r#"{"id":"did:web:new.example","name":"A"}"#,
            ),
            (
                r#"{"type":"OpenBadgeCredential","issuer":{"name":"A"}}"#,
                r#"{"name":"A","id":"did:web:new.example"}"#,
            ),
            (
                r#"{"type":"OpenBadgeCredential"}"#,
                r#"{"id":"did:web:new.example","type":["Profile"]}"#,
            ),
            (
                r#"{"type":"OpenBadgeCredential","issuer":null}"#,
                r#"{"id":"did:web:new.example","type":["Profile"]}"#,
            ),
            (
                r#"{"type":"BitstringStatusListCredential"}"#,
                r#""did:web:new.example""#,
            ),
        ] {
            assert_eq!(issuer_of(text), expected, "{text}");
        }
    }
}
