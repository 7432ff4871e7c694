//! What a document is, by its `type` and its contexts.
//!
//! This is recognition, not judgement: a document that calls itself a badge is
//! a [`DocumentKind::Badge`] however broken it is, so that the report can say
//! what is wrong with it.

use super::model::{self, Class};
use crate::json::{Object, Value};

/// The first context of VC 2.0.
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";

/// The first context of VC 1.1.
pub const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";

/// The edition of the Verifiable Credentials Data Model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VcVersion {
    /// 2.0, which we issue.
    V2_0,
    /// 1.1, which we only read.
    V1_1,
}

impl VcVersion {
    /// The edition a document follows, by its first context.
    #[must_use]
    pub fn of(document: &Object<'_>) -> Option<Self> {
        match document.get("@context")?.one_or_many().first()?.as_str()? {
            CREDENTIALS_V2 => Some(Self::V2_0),
            CREDENTIALS_V1 => Some(Self::V1_1),
            _ => None,
        }
    }

    /// The context that comes first.
    #[must_use]
    pub const fn context(self) -> &'static str {
        match self {
            Self::V2_0 => CREDENTIALS_V2,
            Self::V1_1 => CREDENTIALS_V1,
        }
    }
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// An `AchievementCredential` (alias `OpenBadgeCredential`).
    Badge,
    /// An `EndorsementCredential`.
    Endorsement,
    /// A `BitstringStatusListCredential`.
    StatusList,
    /// A `StatusList2021Credential`.
    StatusList2021,
    /// A `VerifiablePresentation`.
    Presentation,
    /// Another `VerifiableCredential`.
    OtherCredential,
    /// A document of Open Badges 1 or 2.
    OpenBadges2(OpenBadges2),
    /// None of these.
    Unknown,
}

/// What a document of Open Badges 1 or 2 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenBadges2 {
    /// An award (in Open Badges 1 without `type`).
    Assertion,
    /// A badge design.
    BadgeClass,
    /// An issuer or another profile.
    Profile,
    /// A key of an issuer.
    CryptographicKey,
    /// A list of assertions withdrawn.
    RevocationList,
    /// An endorsement.
    Endorsement,
}

impl DocumentKind {
    /// Recognises a document.
    ///
    /// ```
    /// use countersign::{credential::DocumentKind, json};
    /// let document = json::parse(br#"{"type": ["VerifiableCredential", "OpenBadgeCredential"]}"#)?;
    /// assert_eq!(DocumentKind::of(&document), DocumentKind::Badge);
    /// # Ok::<(), json::Error>(())
    /// ```
    #[must_use]
    pub fn of(document: &Value<'_>) -> Self {
        let Some(document) = document.as_object() else {
            return Self::Unknown;
        };
        let is = |name| has_type(document, name);
        if is("AchievementCredential") || is("OpenBadgeCredential") {
            Self::Badge
        } else if is("EndorsementCredential") {
            Self::Endorsement
        } else if is("BitstringStatusListCredential") {
            Self::StatusList
        } else if is("StatusList2021Credential") {
            Self::StatusList2021
        } else if is("VerifiableCredential") {
            Self::OtherCredential
        } else if is("VerifiablePresentation") {
            Self::Presentation
        } else {
            OpenBadges2::of(document).map_or(Self::Unknown, Self::OpenBadges2)
        }
    }

    /// The class of the data model to check it against (the one of VC 2.0;
    /// [`super::shape::check`] turns to VC 1.1 where the document does).
    #[must_use]
    pub const fn class(self) -> Option<&'static Class> {
        match self {
            Self::Badge => Some(&model::ACHIEVEMENT_CREDENTIAL),
            Self::Endorsement => Some(&model::ENDORSEMENT_CREDENTIAL),
            Self::StatusList => Some(&model::BITSTRING_STATUS_LIST_CREDENTIAL),
            Self::StatusList2021 => Some(&model::STATUS_LIST_2021_CREDENTIAL),
            Self::Presentation => Some(&model::VERIFIABLE_PRESENTATION),
            Self::OtherCredential => Some(&model::VERIFIABLE_CREDENTIAL),
            Self::OpenBadges2(_) | Self::Unknown => None,
        }
    }
}

impl OpenBadges2 {
    /// By `type`; the assertions of Open Badges 1 had none, but always a badge
    /// and a way to verify it.
    fn of(document: &Object<'_>) -> Option<Self> {
        const TYPES: [(&str, OpenBadges2); 8] = [
            ("Assertion", OpenBadges2::Assertion),
            ("BadgeClass", OpenBadges2::BadgeClass),
            ("Issuer", OpenBadges2::Profile),
            ("IssuerOrg", OpenBadges2::Profile),
            ("CryptographicKey", OpenBadges2::CryptographicKey),
            ("RevocationList", OpenBadges2::RevocationList),
            ("Endorsement", OpenBadges2::Endorsement),
            ("Profile", OpenBadges2::Profile),
        ];
        let old_context = has_old_context(document);
        if document.contains("type") {
            let named = TYPES.iter().find(|(name, _)| has_type(document, name))?;
            return old_context.then_some(named.1);
        }
        let is_assertion = document.contains("badge")
            && document.contains("recipient")
            && (document.contains("verify") || old_context || document.contains("salt"));
        is_assertion.then_some(Self::Assertion)
    }
}

fn has_type(document: &Object<'_>, name: &str) -> bool {
    document
        .get("type")
        .is_some_and(|types| types.includes(name))
}

fn has_old_context(document: &Object<'_>) -> bool {
    const PREFIXES: [&str; 4] = [
        "https://w3id.org/openbadges/v",
        "http://w3id.org/openbadges/v",
        "https://openbadgespec.org/v",
        "https://purl.imsglobal.org/spec/ob/v2p",
    ];
    document.get("@context").is_some_and(|contexts| {
        contexts
            .one_or_many()
            .iter()
            .filter_map(Value::as_str)
            .any(|context| PREFIXES.iter().any(|prefix| context.starts_with(prefix)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[track_caller]
    fn check(document: &str, expected: DocumentKind) {
        let document = json::parse(document.as_bytes()).expect("JSON");
        assert_eq!(DocumentKind::of(&document), expected);
    }

    #[test]
    fn credentials_are_known_by_their_type() {
        use DocumentKind as Kind;
        for (types, kind) in [
            (
                r#"["VerifiableCredential","OpenBadgeCredential"]"#,
                Kind::Badge,
            ),
            (r#"["AchievementCredential"]"#, Kind::Badge),
            (r#""OpenBadgeCredential""#, Kind::Badge),
            (
                r#"["VerifiableCredential","EndorsementCredential"]"#,
                Kind::Endorsement,
            ),
            (
                r#"["VerifiableCredential","BitstringStatusListCredential"]"#,
                Kind::StatusList,
            ),
            (
                r#"["VerifiableCredential","StatusList2021Credential"]"#,
                Kind::StatusList2021,
            ),
            (
                r#"["VerifiableCredential","OtherCredential"]"#,
                Kind::OtherCredential,
            ),
            (
                r#"["VerifiablePresentation","VerifiableCredential"]"#,
                Kind::OtherCredential,
            ),
            (r#""VerifiablePresentation""#, Kind::Presentation),
            (r#""openbadgecredential""#, Kind::Unknown),
            (r#"[["OpenBadgeCredential"]]"#, Kind::Unknown),
            (r#"{"OpenBadgeCredential":1}"#, Kind::Unknown),
            ("null", Kind::Unknown),
            ("[]", Kind::Unknown),
        ] {
            check(&format!(r#"{{"type":{types}}}"#), kind);
        }
        check("[]", Kind::Unknown);
        check("{}", Kind::Unknown);
    }

    #[test]
    fn older_badges_are_known_by_type_and_context() {
        use OpenBadges2 as Old;
        for (document, kind) in [
            (
                r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}"#,
                Old::Assertion,
            ),
            (
                r#"{"@context":["https://openbadgespec.org/v2/context.json"],"type":["BadgeClass"]}"#,
                Old::BadgeClass,
            ),
            (
                r#"{"@context":"https://w3id.org/openbadges/v1","type":"Issuer"}"#,
                Old::Profile,
            ),
            (
                r#"{"@context":"https://w3id.org/openbadges/v2","type":"RevocationList"}"#,
                Old::RevocationList,
            ),
            (
                r#"{"uid":"1","badge":"https://x/b","recipient":{},"verify":{"type":"hosted"}}"#,
                Old::Assertion,
            ),
            (
                r#"{"recipient":"sha256$00","salt":"x","badge":{}}"#,
                Old::Assertion,
            ),
        ] {
            check(document, DocumentKind::OpenBadges2(kind));
        }
        for document in [
            r#"{"type":"Assertion"}"#,
            r#"{"@context":"https://w3id.org/openbadges/v2"}"#,
            r#"{"@context":"https://example.org/v2","type":"Assertion"}"#,
            r#"{"badge":"https://x/b","recipient":{}}"#,
        ] {
            check(document, DocumentKind::Unknown);
        }
    }

    #[test]
    fn the_first_context_tells_the_version() {
        for (contexts, version) in [
            (format!("[\"{CREDENTIALS_V2}\"]"), Some(VcVersion::V2_0)),
            (format!("\"{CREDENTIALS_V2}\""), Some(VcVersion::V2_0)),
            (
                format!("[\"{CREDENTIALS_V1}\",\"{CREDENTIALS_V2}\"]"),
                Some(VcVersion::V1_1),
            ),
            (format!("[\"{CREDENTIALS_V2}/\"]"), None),
            ("[{}]".to_owned(), None),
            ("[]".to_owned(), None),
            ("null".to_owned(), None),
        ] {
            let text = format!("{{\"@context\":{contexts}}}");
            let document = json::parse(text.as_bytes()).expect("JSON");
            assert_eq!(
                document.as_object().and_then(VcVersion::of),
                version,
                "{text}"
            );
        }
    }
}
