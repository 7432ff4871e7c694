//! Whether a document has the shape that the data model asks for.
//!
//! **Promises.** One walk, no allocation while all is well, depth bounded by
//! [`limits::JSON_DEPTH`], at most [`MOST_FAULTS`] faults, each with its place.
//! What has the wrong kind is never taken for absent. `null` is refused
//! everywhere, also in properties that the tables don't know.
//!
//! It does not look across fields (that is [`super::cross`]), at what contexts
//! contain, or at signatures.

mod context;
mod value;

pub(crate) use context::{OPEN_BADGES_ALIASES, OPEN_BADGES_PATTERN};
pub(crate) use value::{COMPACT_JWS_PATTERN, COUNTRY_PATTERN, EMAIL_PATTERN, STATUS_INDEX_PATTERN};

use super::fault::{Fault, Path, Wrong};
use super::kind::VcVersion;
use super::model::{Class, Due, Form, Kind, Property};
use crate::json::{Object, Value};
use crate::limits;

/// How many faults are told; the rest of the document is not looked at then.
pub const MOST_FAULTS: usize = 32;

/// For whom the check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For what we issue: the strictest reading of every edition. Lists are
    /// always lists and never empty, VC 2.0 only, texts no longer than L-22.
    Issue {
        /// Whether a second `credentialStatus` entry, for suspension, is
        /// allowed. The published schema refuses it, so issuers must ask.
        suspension: bool,
    },
    /// For what others issued: one value may stand for a list of one, `type`
    /// and `credentialStatus` may be written either way, VC 1.1 is read.
    Check,
}

impl Mode {
    /// The strict mode with one status entry.
    pub const ISSUE: Self = Self::Issue { suspension: false };

    /// Whether this is a mode for issuing.
    #[must_use]
    pub const fn is_issue(self) -> bool {
        matches!(self, Self::Issue { .. })
    }
}

/// What is wrong with the shape of `document`; nothing, if the list is empty.
/// `class` is of VC 2.0 form; in [`Mode::Check`] a document that begins with
/// the context of VC 1.1 is checked in that form.
///
/// ```
/// use countersign::credential::{model::CRITERIA, shape::{Mode, check}};
/// use countersign::json;
/// let criteria = json::parse(br#"{"id": "criteria.html"}"#)?;
/// let faults = check(&criteria, &CRITERIA, Mode::Check);
/// assert_eq!(faults[0].to_string(), "/id is not a full web address or identifier");
/// # Ok::<(), json::Error>(())
/// ```
#[must_use]
pub fn check(document: &Value<'_>, class: &'static Class, mode: Mode) -> Vec<Fault> {
    let mut checker = Checker {
        mode,
        faults: Vec::new(),
    };
    match document {
        Value::Object(object) => checker.object(object, class, &Path::ROOT),
        _ => checker.fault(&Path::ROOT, Wrong::WrongKind("an object")),
    }
    checker.faults
}

struct Checker {
    mode: Mode,
    faults: Vec<Fault>,
}

impl Checker {
    fn fault(&mut self, path: &Path<'_>, wrong: Wrong) {
        if !self.is_full() {
            self.faults.push(Fault {
                pointer: path.pointer(),
                wrong,
            });
        }
    }

    fn demand(&mut self, holds: bool, path: &Path<'_>, wrong: Wrong) {
        if !holds {
            self.fault(path, wrong);
        }
    }

    const fn is_full(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// Whether to go no further down.
    fn ends_at(&mut self, path: &Path<'_>) -> bool {
        let too_deep = path.depth > limits::JSON_DEPTH;
        self.demand(!too_deep, path, Wrong::TooDeep);
        too_deep || self.is_full()
    }

    fn object(&mut self, object: &Object<'_>, class: &'static Class, path: &Path<'_>) {
        if self.ends_at(path) {
            return;
        }
        let class = self.stand_in(class, object);
        let mut seen = 0;
        for (name, value) in object.iter() {
            let here = path.member(name);
            match class.find(name) {
                Some((index, property)) => {
                    seen |= 1 << index;
                    self.property(value, property, &here);
                }
                None if class.open => self.any(value, &here),
                None => self.fault(&here, Wrong::UnknownMember),
            }
        }
        for property in class.missing(seen) {
            self.fault(&path.member(property.name), Wrong::Missing);
        }
        self.demand(!class.filled || !object.is_empty(), path, Wrong::Empty);
        if let Some(one_of) = class.one_of
            && (self.mode.is_issue() || one_of.due == Due::Always)
        {
            let any = one_of.names.iter().any(|name| object.contains(name));
            self.demand(any, path, Wrong::NoneOf(one_of.words));
        }
    }

    /// The class that this object really is of: by its `type`, or by the
    /// version its first context says.
    fn stand_in(&self, class: &'static Class, object: &Object<'_>) -> &'static Class {
        if let Some(vc_1_1) = class.vc_1_1
            && !self.mode.is_issue()
            && VcVersion::of(object) == Some(VcVersion::V1_1)
        {
            return vc_1_1;
        }
        if class.variants.is_empty() {
            return class;
        }
        let types = object.get("type");
        class
            .variants
            .iter()
            .find(|variant| types.is_some_and(|types| types.includes(variant.name)))
            .map_or(class, |variant| variant)
    }

    fn property(&mut self, value: &Value<'_>, property: &'static Property, path: &Path<'_>) {
        match property.kind {
            Kind::Contexts(contexts) => return self.contexts(value, contexts, path),
            Kind::Types(wanted) => return self.types(value, wanted, path),
            Kind::Type(wanted) => return self.sole_type(value, wanted, path),
            Kind::NaturalLanguage => return self.natural_language(value, path),
            Kind::Any => return self.any(value, path),
            _ => {}
        }
        match value {
            Value::Array(items) if self.reads_many(property, items) => {
                for (at, item) in items.iter().enumerate() {
                    self.value(item, property.kind, &path.item(at));
                }
                let due = property.cardinality.required || self.mode.is_issue();
                self.demand(!items.is_empty() || !due, path, Wrong::EmptyArray);
            }
            Value::Array(_) => self.fault(path, Wrong::NotOne),
            one if property.cardinality.form == Form::Many && self.mode.is_issue() => {
                self.demand(matches!(one, Value::Null), path, Wrong::NotAnArray);
                self.value(one, property.kind, path);
            }
            one => self.value(one, property.kind, path),
        }
    }

    fn reads_many(&self, property: &Property, items: &[Value<'_>]) -> bool {
        match (property.cardinality.form, self.mode) {
            (Form::One, _) => false,
            (Form::Many | Form::OneOrMany, _) | (Form::OneToIssue, Mode::Check) => true,
            (Form::OneToIssue, Mode::Issue { suspension }) => {
                suspension && property.name == "credentialStatus" && items.len() <= 2
            }
        }
    }
}

#[cfg(test)]
mod tests;
