//! The data model of Open Badges 3.0 as tables: the single source of truth.
//!
//! A [`Class`] lists its [`Property`]s in the order of the standard; a property
//! has a [`Kind`] of value and a [`Cardinality`]. The shape check and the JSON
//! Schemas are both read off these tables, so they cannot disagree about what
//! exists. References are to Open Badges 3.0 §B (data model), Verifiable
//! Credentials Data Model 2.0 and 1.1, and Bitstring Status List 1.0.

mod achievement;
mod credential;
mod enumeration;
mod presentation;
mod profile;
mod service;
mod status_list;
mod subject;

pub use achievement::{
    ACHIEVEMENT, ALIGNMENT, CRITERIA, RELATED, RESULT_DESCRIPTION, RUBRIC_CRITERION_LEVEL,
};
pub use credential::{
    ACHIEVEMENT_CREDENTIAL, ACHIEVEMENT_CREDENTIAL_1_1, ENDORSEMENT_CREDENTIAL,
    ENDORSEMENT_CREDENTIAL_1_1, VERIFIABLE_CREDENTIAL, VERIFIABLE_CREDENTIAL_1_1,
};
pub use enumeration::{
    ACHIEVEMENT_TYPE, ALIGNMENT_TARGET_TYPE, Enumeration, IDENTIFIER_TYPE, RESULT_STATUS_TYPE,
    RESULT_TYPE,
};
pub use presentation::{VERIFIABLE_PRESENTATION, VERIFIABLE_PRESENTATION_1_1};
pub use profile::{ADDRESS, GEO_COORDINATES, IDENTIFIER_ENTRY, IMAGE, PROFILE};
pub use service::{CREDENTIAL_SCHEMA, CREDENTIAL_STATUS, PROOF, REFRESH_SERVICE, TERMS_OF_USE};
pub use status_list::{
    BITSTRING_STATUS_LIST, BITSTRING_STATUS_LIST_CREDENTIAL, STATUS_LIST_2021,
    STATUS_LIST_2021_CREDENTIAL, STATUS_LIST_2021_CREDENTIAL_1_1,
};
pub use subject::{ACHIEVEMENT_SUBJECT, ENDORSEMENT_SUBJECT, EVIDENCE, IDENTITY_OBJECT, RESULT};

pub(crate) use enumeration::EXTENSION_PATTERN;

use super::kind::VcVersion;
use crate::limits;

/// A short text: a name, a code, a label.
const LABEL: Kind = Kind::Text(limits::NAME_BYTES);

/// A longer text in plain words.
const DESCRIPTION: Kind = Kind::Text(limits::DESCRIPTION_BYTES);

/// Text made by machines; its length is the business of whoever reads it.
const TOKEN: Kind = Kind::Text(usize::MAX);

/// Most properties of one class; the set of those seen is one machine word.
pub const MOST_PROPERTIES: usize = 32;

/// A class of the data model.
#[derive(Debug)]
pub struct Class {
    /// Its name in the standard (with the VC version where there are two).
    pub name: &'static str,
    /// Its properties, in the order of the standard.
    pub properties: &'static [Property],
    /// Whether other properties are allowed beside these.
    pub open: bool,
    /// Whether at least one member must be there.
    pub filled: bool,
    /// Properties of which at least one is due.
    pub one_of: Option<OneOf>,
    /// Classes that stand in for this one when `type` includes their name.
    pub variants: &'static [&'static Class],
    /// The class that stands in for this one in a document of VC 1.1.
    pub vc_1_1: Option<&'static Class>,
    /// Indexes into `properties`, ordered by length and bytes of the name.
    order: [u8; MOST_PROPERTIES],
    /// One bit for each required property.
    required: u32,
}

/// Properties of which at least one is due, and how to say so.
#[derive(Debug, Clone, Copy)]
pub struct OneOf {
    /// The names.
    pub names: &'static [&'static str],
    /// The names in plain English.
    pub words: &'static str,
    /// When.
    pub due: Due,
}

/// When a demand is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// When issuing; other people's documents are read without it.
    WhenIssuing,
    /// Always.
    Always,
}

/// A property of a class.
#[derive(Debug)]
pub struct Property {
    /// Its term.
    pub name: &'static str,
    /// What its value, or each of its values, is.
    pub kind: Kind,
    /// How many values it has.
    pub cardinality: Cardinality,
}

/// How many values a property has, and how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cardinality {
    /// Whether it must be there.
    pub required: bool,
    /// How its values are written.
    pub form: Form,
}

/// How the values of a property are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One value, never an array.
    One,
    /// An array, also for one value. When checking, one value may stand for
    /// itself, as the edition of the schemas that tolerates JSON-LD compaction
    /// has it.
    Many,
    /// One value when issuing; any number when checking. (The published
    /// schema refuses an array that VC 2.0 allows.)
    OneToIssue,
    /// One value or an array, as the writer likes.
    OneOrMany,
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `@context`.
    Contexts(Contexts),
    /// `type` as a list: for each inner list one of its names must be there.
    Types(&'static [&'static [&'static str]]),
    /// `type` as one string: this one, or any.
    Type(Option<&'static str>),
    /// `URI`, `URL`, `IRI`: an absolute IRI.
    Uri,
    /// `String`, `NormalizedString`, `Identifier`: text of so many bytes at
    /// most when issuing.
    Text(usize),
    /// `Markdown`: text.
    Markdown,
    /// Text, or text with its language and direction (VC 2.0 §11.1). Open
    /// Badges has text only.
    NaturalLanguage,
    /// `DateTime`. We ask for a zone here too: without one, nobody can say
    /// when it was.
    DateTime,
    /// `DateTimeZ`.
    DateTimeZ,
    /// `Date`.
    Date,
    /// `Float`: a JSON number.
    Float,
    /// `Boolean`.
    Boolean,
    /// `LanguageCode`.
    LanguageCode,
    /// A term of an enumeration.
    Enumeration(&'static Enumeration),
    /// `CompactJws`.
    CompactJws,
    /// `EmailAddress`; any text when checking.
    EmailAddress,
    /// `CountryCode` (ISO 3166-1 alpha-2); any text when checking.
    CountryCode,
    /// `statusListIndex`: decimal digits as text; also a number when checking.
    StatusIndex,
    /// An object of a class.
    Object(&'static Class),
    /// An absolute IRI, or an object of a class.
    UriOrObject(&'static Class),
    /// A compact JWS, or an object of a class.
    JwsOrObject(&'static Class),
    /// Any JSON without `null`.
    Any,
}

/// What a list of contexts must have.
#[derive(Debug, Clone, Copy)]
pub struct Contexts {
    /// Whose context comes first.
    pub version: VcVersion,
    /// Whether a context of Open Badges comes second (anywhere after the
    /// first, when checking).
    pub open_badges: bool,
}

impl Class {
    /// A class that allows other properties.
    #[must_use]
    pub const fn new(name: &'static str, properties: &'static [Property]) -> Self {
        Self {
            name,
            properties,
            open: true,
            filled: false,
            one_of: None,
            variants: &[],
            vc_1_1: None,
            order: order_of(properties),
            required: required_of(properties),
        }
    }

    /// The same class without other properties.
    #[must_use]
    pub const fn closed(self) -> Self {
        Self {
            open: false,
            ..self
        }
    }

    /// The same class with at least one member.
    #[must_use]
    pub const fn filled(self) -> Self {
        Self {
            filled: true,
            ..self
        }
    }

    /// The same class with at least one of these properties.
    #[must_use]
    pub const fn one_of(
        self,
        names: &'static [&'static str],
        words: &'static str,
        due: Due,
    ) -> Self {
        Self {
            one_of: Some(OneOf { names, words, due }),
            ..self
        }
    }

    /// The same class with others that stand in for it by `type`.
    #[must_use]
    pub const fn with_variants(self, variants: &'static [&'static Self]) -> Self {
        Self { variants, ..self }
    }

    /// The same class with another that stands in for it in VC 1.1.
    #[must_use]
    pub const fn with_vc_1_1(self, class: &'static Self) -> Self {
        Self {
            vc_1_1: Some(class),
            ..self
        }
    }

    /// The property `name` and its index.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(usize, &'static Property)> {
        let (mut low, mut high) = (0, self.properties.len());
        while low < high {
            let middle = low.midpoint(high);
            let index = usize::from(*self.order.get(middle)?);
            let property = self.properties.get(index)?;
            let ordering =
                (name.len().cmp(&property.name.len())).then_with(|| name.cmp(property.name));
            match ordering {
                std::cmp::Ordering::Equal => return Some((index, property)),
                std::cmp::Ordering::Less => high = middle,
                std::cmp::Ordering::Greater => low = middle + 1,
            }
        }
        None
    }

    /// The required properties whose index is not in the set `seen`.
    pub fn missing(&self, seen: u32) -> impl Iterator<Item = &'static Property> {
        let mut left = self.required & !seen;
        let properties = self.properties;
        std::iter::from_fn(move || {
            let index = left.trailing_zeros();
            left &= left.checked_sub(1)?;
            properties.get(index as usize)
        })
    }
}

const fn required_of(properties: &[Property]) -> u32 {
    let mut required = 0;
    let mut at = 0;
    while at < properties.len() {
        #[expect(
            clippy::indexing_slicing,
            reason = "runs when compiling; `at` is in range"
        )]
        if properties[at].cardinality.required {
            required |= 1 << at;
        }
        at += 1;
    }
    required
}

/// Insertion sort, because that is what can run when compiling.
#[expect(
    clippy::indexing_slicing,
    reason = "runs when compiling, where a wrong index is an error"
)]
const fn order_of(properties: &[Property]) -> [u8; MOST_PROPERTIES] {
    assert!(properties.len() <= MOST_PROPERTIES);
    let mut order = [0; MOST_PROPERTIES];
    let mut sorted = 0;
    while sorted < properties.len() {
        let mut at = sorted;
        while at > 0
            && is_before(
                properties[sorted].name,
                properties[order[at - 1] as usize].name,
            )
        {
            order[at] = order[at - 1];
            at -= 1;
        }
        order[at] = sorted as u8;
        assert!(
            at == 0
                || is_before(
                    properties[order[at - 1] as usize].name,
                    properties[sorted].name
                ),
            "a property is listed twice"
        );
        sorted += 1;
    }
    order
}

/// By length, then by bytes: most comparisons end at the length.
#[expect(
    clippy::indexing_slicing,
    reason = "runs when compiling, where a wrong index is an error"
)]
const fn is_before(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return one.len() < other.len();
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    false
}

const fn property(name: &'static str, kind: Kind, required: bool, form: Form) -> Property {
    Property {
        name,
        kind,
        cardinality: Cardinality { required, form },
    }
}

/// `1`.
const fn one(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::One)
}

/// `0..1`.
const fn optional(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::One)
}

/// `0..*`.
const fn many(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::Many)
}

/// `1..*`.
const fn some(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::Many)
}

/// `0..1` when issuing, `0..*` when checking.
const fn optional_to_issue(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::OneToIssue)
}

/// `1` when issuing, `1..*` when checking.
const fn one_to_issue(name: &'static str, kind: Kind) -> Property {
    property(name, kind, true, Form::OneToIssue)
}

/// `0..*`, written either way.
const fn either(name: &'static str, kind: Kind) -> Property {
    property(name, kind, false, Form::OneOrMany)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_found_and_nothing_else() {
        for class in [
            &ACHIEVEMENT_CREDENTIAL,
            &ACHIEVEMENT,
            &PROFILE,
            &CRITERIA,
            &PROOF,
        ] {
            for (index, property) in class.properties.iter().enumerate() {
                let found = class.find(property.name).expect(property.name);
                assert_eq!(found.0, index, "{}", property.name);
            }
            for other in ["", "Id", "nam", "namee", "endorsementjwt", "@id", "\u{0}"] {
                assert!(class.find(other).is_none(), "{other}");
            }
        }
    }

    #[test]
    fn missing_names_only_what_is_required_and_unseen() {
        let names = |seen| -> Vec<&str> {
            ACHIEVEMENT
                .missing(seen)
                .map(|property| property.name)
                .collect()
        };
        assert_eq!(names(0), ["id", "type", "criteria", "description", "name"]);
        assert_eq!(names(u32::MAX), [""; 0]);
        let (id, _) = ACHIEVEMENT.find("id").expect("a property");
        assert_eq!(names(1 << id), ["type", "criteria", "description", "name"]);
    }
}
