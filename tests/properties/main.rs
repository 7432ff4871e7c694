//! Properties of what we issue.
//!
//! The one that matters most: every part of a signed badge is signed. Whatever
//! is changed, taken out, renamed, retyped or added, the badge is never
//! authentic again.

#![expect(unreachable_pub, reason = "one binary of several files")]

mod any_draft;
mod documents;
mod every_part;
mod issuing;
mod meaning;
mod mutants;
mod spellings;
