//! Canonical forms: the bytes that signatures cover.
//!
//! Two forms are in use. [`jcs`] orders the members of a JSON tree (RFC 8785).
//! The other reads the tree as JSON-LD, turns it into RDF statements and orders
//! those (RDF Dataset Canonicalization 1.0): [`Engine`] compiles contexts,
//! [`Engine::read`] makes one strict pass from the tree to a [`Dataset`], and
//! [`rdfc`] canonicalises that.
//!
//! **Promises.** Contexts are a closed set, compiled in. In strict mode
//! whatever would not be covered by the signature is an error that names it.
//! What the pass does not support is refused, never guessed.

mod catalog;
mod dataset;
mod double;
mod engine;
mod error;
pub mod iri;
pub mod jcs;
mod nquads;
mod pass;
mod quoted;
pub mod rdfc;
mod selecting;
mod term;

pub use catalog::{Catalog, Edition, is_context_used, is_shipped};
pub use dataset::{Dataset, Literal, Nothing, Sink};
pub use engine::{Engine, engine};
pub use error::Error;
pub use pass::{Mode, Step, Unmapped};
pub use selecting::Selecting;
