//! Properties of what we issue.
//!
//! The one that matters most: every part of a signed badge is signed. Whatever
//! is changed, taken out, renamed, retyped or added, the badge is never
//! authentic again.

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the places and the badges are our own"
)]

mod any_draft;
mod documents;
mod every_part;
mod issuing;
mod meaning;
mod moves;
mod mutants;
mod spellings;
mod vault;
