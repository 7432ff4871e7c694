//! Whose key it is: DIDs, controller documents, and the way from the
//! `verificationMethod` of a proof to a key.
//!
//! **For:** saying where the document of a method or an issuer lies
//! ([`locate`]), reading what lies there ([`Published`]), and taking a key
//! from it only if document, method, controller and purpose agree
//! ([`retrieve`]).
//!
//! **Promises.** A key proves something only if the document of its
//! controller lists it for the purpose: a key in a URL, in a header or in
//! somebody else's document proves nothing (Controlled Identifiers 1.0 §3.3,
//! §5.3). What cannot be judged (an unknown DID method, an unknown kind of
//! key) is told apart from what is wrong.
//!
//! **Does not:** fetch, choose addresses, or compare the controller with the
//! `issuer` of a badge; whoever checks the badge does.

mod document;
mod error;
pub mod jwk;
pub mod key;
mod locate;
mod method;
mod relationship;
mod retrieve;
mod syntax;
mod vouch;
pub mod web;

pub use document::{ControllerDocument, NotADocument, Published};
pub use error::Error;
pub use locate::{Located, Settings, locate};
pub use method::{Method, Standing, Unusable};
pub use relationship::Relationship;
pub use retrieve::{Mismatch, retrieve};
pub use syntax::{DidUrl, NotADid};
pub use vouch::{retrieve_by_key, retrieve_vouched};
