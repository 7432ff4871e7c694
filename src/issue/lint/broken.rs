//! A broken rule, and where.

use super::Lint;
use crate::credential::Fault;
use std::fmt;

/// A rule that a draft breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub lint: &'static Lint,
    /// Where; never empty.
    pub places: Vec<Place>,
}

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A JSON Pointer (RFC 6901); empty for the whole draft.
    pub pointer: String,
    /// A stable code: of the error register, or the name of the rule.
    pub code: &'static str,
    /// What is wrong there; continues "`/name` …".
    pub why: String,
}

impl Broken {
    /// Nothing, if there are no places.
    pub(super) fn at(lint: &'static Lint, places: Vec<Place>) -> Option<Self> {
        (!places.is_empty()).then_some(Self { lint, places })
    }
}

impl Place {
    pub(super) fn new(
        pointer: impl Into<String>,
        code: &'static str,
        why: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            why: why.into(),
        }
    }
}

impl From<&Fault> for Place {
    fn from(fault: &Fault) -> Self {
        Self::new(fault.pointer.clone(), fault.code(), fault.wrong.to_string())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.lint.sentence)?;
        for place in &self.places {
            let whole = if place.pointer.is_empty() {
                "the credential"
            } else {
                ""
            };
            write!(formatter, "\n  {whole}{} {}", place.pointer, place.why)?;
        }
        Ok(())
    }
}
