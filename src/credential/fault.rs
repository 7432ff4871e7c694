//! What is wrong with a document, where, in plain English and as a code.

use crate::json::Value;
use std::fmt;

/// One thing wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a JSON Pointer (RFC 6901); names longer than 64 characters are
    /// cut, so that a report stays small.
    pub pointer: String,
    /// What.
    pub wrong: Wrong,
}

impl Fault {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.wrong.code()
    }

    /// Whether a limit was reached: we cannot judge, and nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self.wrong, Wrong::TooDeep)
    }

    /// Whether this says that we can't judge rather than that the document does
    /// wrong: a limit was reached, or contexts are not known here. When
    /// checking, it ends as `unknown`, never as `fails`.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        self.is_limit() || matches!(self.wrong, Wrong::UnknownContexts | Wrong::InlineContext)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(formatter, "the document {}", self.wrong),
            pointer => write!(formatter, "{pointer} {}", self.wrong),
        }
    }
}

/// What can be wrong. The text of each continues "`/name` …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    // The shape: what JSON is where.
    /// A member that must be there is not.
    #[error("is missing")]
    Missing,
    /// A class that is closed has a member it does not know.
    #[error("does not belong there")]
    UnknownMember,
    /// `null`.
    #[error("is null")]
    Null,
    /// An array without items.
    #[error("is an empty list")]
    EmptyArray,
    /// An object that must have members has none.
    #[error("says nothing")]
    Empty,
    /// An array where the standard wants one value.
    #[error("must be one value, not a list")]
    NotOne,
    /// One value where the standard wants an array.
    #[error("must be a list")]
    NotAnArray,
    /// Another kind of JSON value than the standard wants.
    #[error("must be {0}")]
    WrongKind(&'static str),
    /// `type` lacks a type that must be in it.
    #[error("must include {0}")]
    TypeLacks(&'static str),
    /// Criteria (and the like) have none of the members of which one is due.
    #[error("must have {0}")]
    NoneOf(&'static str),
    /// Nested deeper than the limit.
    #[error("is nested too deeply")]
    TooDeep,

    // The contexts.
    /// The first context is not the one of Verifiable Credentials.
    #[error("must begin with the context of Verifiable Credentials")]
    FirstContext,
    /// No context of Open Badges where one is due.
    #[error("must have a context of Open Badges 3.0 in second place")]
    OpenBadgesContext,
    /// Contexts we know nothing of stand where a known one is due: we can't
    /// judge what the terms mean.
    #[error("begins with contexts that are not known here")]
    UnknownContexts,
    /// A context written into the badge.
    #[error("must be the address of a context, not a context")]
    InlineContext,

    // The values.
    /// Not a term of an enumeration.
    #[error("is not a term of {0}")]
    NotATerm(&'static str),
    /// Not a language code.
    #[error("is not a language code such as `en-GB`")]
    Language,
    /// Not a compact JWS.
    #[error("is not a compact JWS")]
    CompactJws,
    /// Not an e-mail address.
    #[error("is not an e-mail address")]
    EmailAddress,
    /// Not a country code.
    #[error("is not a country code of two letters such as `GB`")]
    CountryCode,
    /// Not an index in a status list.
    #[error("is not a whole number of zero or more")]
    StatusIndex,
    /// Not a date and time with a zone.
    #[error("is not a date and time with a time zone")]
    DateTime,
    /// Not a date.
    #[error("is not a date")]
    Date,
    /// Not an absolute IRI.
    #[error("is not a full web address or identifier")]
    NotAbsolute,
    /// Longer than the limit when issuing.
    #[error("is longer than {0} bytes")]
    TooLong(usize),

    // Across fields.
    /// The subject has neither `id` nor `identifier`.
    #[error("does not say who it is about: `id` or `identifier` is needed")]
    SubjectUnidentified,
    /// A result points to a description that the achievement doesn't have.
    #[error("is not the id of a result description of the same achievement")]
    ResultDescriptionUnknown,
    /// A level is not one of the description's.
    #[error("is not the id of a rubric criterion level of the result description")]
    LevelUnknown,
    /// A result of type `Status` has no status.
    #[error("is needed, because the result description has the type Status")]
    StatusMissing,
    /// A result of type `RubricCriterionLevel` has no level.
    #[error("is needed, because the result description has the type RubricCriterionLevel")]
    AchievedLevelMissing,
    /// A value is neither in `allowedValue` nor between `valueMin` and
    /// `valueMax`.
    #[error("is outside the values that the result description allows")]
    ValueNotAllowed,
    /// It ends before it begins.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// It was awarded in the future.
    #[error("is in the future")]
    AwardedInFuture,
    /// `hashed` is true but `identityHash` is no hash.
    #[error("is not a hash such as `sha256$…`")]
    IdentityHash,
}

impl Wrong {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing
            | Self::UnknownMember
            | Self::Null
            | Self::EmptyArray
            | Self::Empty
            | Self::NotOne
            | Self::NotAnArray
            | Self::WrongKind(_)
            | Self::TypeLacks(_)
            | Self::NoneOf(_)
            | Self::FirstContext
            | Self::OpenBadgesContext => "credential_shape",
            Self::UnknownContexts | Self::InlineContext => "context_not_allowed",
            Self::TooDeep => "json_too_deep",
            Self::NotATerm(_)
            | Self::Language
            | Self::CompactJws
            | Self::EmailAddress
            | Self::CountryCode
            | Self::StatusIndex => "schema_invalid",
            Self::DateTime | Self::Date => "date_invalid",
            Self::NotAbsolute => "iri_not_absolute",
            Self::TooLong(_) => "field_too_long",
            Self::SubjectUnidentified => "subject_unidentified",
            Self::ResultDescriptionUnknown | Self::LevelUnknown => "result_link_broken",
            Self::StatusMissing | Self::AchievedLevelMissing => "result_incomplete",
            Self::ValueNotAllowed => "result_value_not_allowed",
            Self::EndsBeforeStart => "dates_out_of_order",
            Self::AwardedInFuture => "awarded_in_future",
            Self::IdentityHash => "identity_hash_malformed",
        }
    }
}

/// A place in a document, as a list that lives on the stack: nothing is
/// allocated until a fault asks for [`Path::pointer`].
#[derive(Clone, Copy)]
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
    /// How many steps from the root.
    pub(crate) depth: usize,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Member(&'p str),
    Item(usize),
}

impl<'p> Path<'p> {
    pub(crate) const ROOT: Self = Self {
        parent: None,
        step: Step::Root,
        depth: 0,
    };

    pub(crate) const fn member<'q>(&'q self, name: &'q str) -> Path<'q>
    where
        'p: 'q,
    {
        self.then(Step::Member(name))
    }

    pub(crate) const fn item<'q>(&'q self, at: usize) -> Path<'q>
    where
        'p: 'q,
    {
        self.then(Step::Item(at))
    }

    /// The place of an item of `value`, which may be that item itself.
    pub(crate) fn item_of<'q>(&'q self, value: &Value<'_>, at: usize) -> Path<'q>
    where
        'p: 'q,
    {
        match value {
            Value::Array(_) => self.item(at),
            _ => *self,
        }
    }

    const fn then<'q>(&'q self, step: Step<'q>) -> Path<'q>
    where
        'p: 'q,
    {
        Path {
            parent: Some(self),
            step,
            depth: self.depth + 1,
        }
    }

    /// The place as a JSON Pointer.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(Path::pointer).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Item(at) => {
                pointer.push('/');
                pointer.push_str(&at.to_string());
            }
            Step::Member(name) => push_name(&mut pointer, name),
        }
        pointer
    }
}

fn push_name(pointer: &mut String, name: &str) {
    const LONGEST: usize = 64;
    pointer.push('/');
    for character in name.chars().take(LONGEST) {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
    if name.chars().nth(LONGEST).is_some() {
        pointer.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_json_pointers() {
        let evidence = Path::ROOT.member("evidence");
        let second = evidence.item(1);
        assert_eq!(Path::ROOT.pointer(), "");
        assert_eq!(second.member("a/b~c").pointer(), "/evidence/1/a~1b~0c");
        assert_eq!(second.member("").pointer(), "/evidence/1/");
        assert_eq!(second.member("x").depth, 3);
    }

    #[test]
    fn a_long_name_makes_no_long_report() {
        let name = "n".repeat(60_000);
        assert!(Path::ROOT.member(&name).pointer().len() < 80);
    }

    #[test]
    fn faults_read_as_sentences() {
        let fault = Fault {
            pointer: "/issuer/type".into(),
            wrong: Wrong::TypeLacks("Profile"),
        };
        assert_eq!(fault.to_string(), "/issuer/type must include Profile");
        let fault = Fault {
            pointer: String::new(),
            wrong: Wrong::WrongKind("an object"),
        };
        assert_eq!(fault.to_string(), "the document must be an object");
        assert!(!fault.is_limit() && !fault.is_unknown());
    }
}
