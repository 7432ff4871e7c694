//! What tables are made of: classes, properties, kinds of values.

use super::Enumeration;
use crate::credential::kind::VcVersion;

/// Most properties of one class; the set of those seen is one machine word.
pub const MOST_PROPERTIES: usize = 32;

const SLOTS: usize = 2 * MOST_PROPERTIES;
const EMPTY: u8 = u8::MAX;

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
    /// Indexes into `properties`, by hash of the name.
    slots: [u8; SLOTS],
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
            slots: slots_of(properties),
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
        let mut slot = slot_of(name.as_bytes());
        while let Some(&index) = self.slots.get(slot) {
            let property = self.properties.get(usize::from(index))?;
            if property.name == name {
                return Some((usize::from(index), property));
            }
            slot = (slot + 1) % SLOTS;
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

/// A hash table with open addressing, filled when compiling. It is never more
/// than half full, so a search ends soon whatever name is looked for.
#[expect(
    clippy::indexing_slicing,
    reason = "runs when compiling, where a wrong index is an error"
)]
const fn slots_of(properties: &[Property]) -> [u8; SLOTS] {
    assert!(properties.len() <= MOST_PROPERTIES);
    let mut slots = [EMPTY; SLOTS];
    let mut at = 0;
    while at < properties.len() {
        let mut slot = slot_of(properties[at].name.as_bytes());
        while slots[slot] != EMPTY {
            let other = properties[slots[slot] as usize].name;
            assert!(
                !is_same(properties[at].name, other),
                "a property is listed twice"
            );
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = at as u8;
        at += 1;
    }
    slots
}

/// Where the search for a name begins. Length and two letters tell the names
/// of any class apart well enough.
const fn slot_of(name: &[u8]) -> usize {
    let (first, last) = match name {
        [first, .., last] => (*first, *last),
        [only] => (*only, 0),
        [] => (0, 0),
    };
    (name.len() * 5 + first as usize * 3 + last as usize * 7) % SLOTS
}

#[expect(
    clippy::indexing_slicing,
    reason = "runs when compiling, where a wrong index is an error"
)]
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
