//! Whom an organisation recognises: its trust file, and what that says about
//! the issuer of a badge.
//!
//! Facts go in, a [`Decision`] comes out; wording is the caller's. There is no
//! national list: each organisation decides for itself and writes it down.
//!
//! **Promises.** Fails closed: a word we do not know in the file is an error,
//! and recognition is only ever given to an id exactly as it is written there.
//! What an issuer says about itself (its name, its other ids) can make the
//! answer worse, never better.
//!
//! **Does not** look at proofs: the id must already be one that the badge's
//! key was shown to belong to.

mod achievement;
mod decision;
mod file;
mod fold;
mod names;
mod reading;
mod spelling;

pub use achievement::AchievementFacts;
pub use decision::{Decision, IssuerFacts, Recognition, Through, decide};
pub use file::{Entry, Error, Place, Status, TrustFile, TrustList};
pub use names::OrganisationName;
