//! The rules that a draft has to keep before it is signed.
//!
//! One rule, one file in `rules`, each with its name, where it comes from and
//! what it says. [`ALL`] is the whole list; the manual is made from it. They
//! are stricter than what we accept from others: what we issue has to pass
//! everybody's software, not only ours.
//!
//! **Promises.** Every rule that applies is asked, also after others broke.
//!
//! **Does not** fetch anything, or judge whether what a badge says is true.

mod broken;
mod context;
mod rules;
#[cfg(test)]
mod tests;

pub use broken::{Broken, Place};
pub use context::Context;
pub use rules::ALL;

use super::Settings;
use crate::clock::Moment;
use crate::credential::DocumentKind;
use crate::json::Value;
use std::fmt;

/// One rule.
pub struct Lint {
    /// Its name: stable, shown to issuers.
    pub name: &'static str,
    /// Where it comes from.
    pub citation: &'static str,
    /// What it says, in one sentence.
    pub sentence: &'static str,
    /// What it means to break it.
    pub severity: Severity,
    /// Whether it says anything about such a draft.
    pub applies: fn(&Context<'_>) -> bool,
    /// Where it is broken, if it is.
    pub broken: fn(&Context<'_>) -> Option<Broken>,
}

/// What it means to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The draft is not signed.
    Error,
    /// The draft is signed, and the issuer is told.
    Warning,
}

impl fmt::Debug for Lint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Lint({})", self.name)
    }
}

/// Names are unique; a test sees to it.
impl PartialEq for Lint {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Lint {}

/// Every rule that `document` breaks, in the order of [`ALL`].
pub(super) fn broken_rules(
    document: &Value<'_>,
    kind: DocumentKind,
    settings: &Settings,
    now: Moment,
) -> Vec<Broken> {
    let context = Context::new(document, kind, settings, now);
    ALL.iter()
        .filter(|lint| (lint.applies)(&context))
        .filter_map(|lint| (lint.broken)(&context))
        .collect()
}

/// For rules about every kind of draft.
const fn always(_: &Context<'_>) -> bool {
    true
}

/// For rules about what we design ourselves, not about plain credentials.
const fn designs(context: &Context<'_>) -> bool {
    !matches!(context.kind(), DocumentKind::OtherCredential)
}

/// For rules about badges alone.
fn badges(context: &Context<'_>) -> bool {
    context.kind() == DocumentKind::Badge
}

/// For rules about badges and endorsements.
fn badges_and_endorsements(context: &Context<'_>) -> bool {
    matches!(
        context.kind(),
        DocumentKind::Badge | DocumentKind::Endorsement
    )
}

/// For rules about status lists alone.
fn status_lists(context: &Context<'_>) -> bool {
    context.kind() == DocumentKind::StatusList
}
