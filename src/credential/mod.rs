//! The credentials themselves: what they may look like and what they say.
//!
//! One set of tables ([`model`]) holds the data model of Open Badges 3.0, in
//! the VC 2.0 form we issue and the VC 1.1 form we only read. Everything else
//! is derived from it: [`shape`] checks a document against it on the hot path,
//! [`schema`] prints it as JSON Schema, [`cross`] adds what no schema can say,
//! [`read`] looks things up in a document whose shape is good.
//!
//! Nothing here knows about signatures, contexts' contents or the network. A
//! document stays the [`crate::json::Value`] that was parsed, so properties
//! that the tables don't know survive a round trip.

pub mod cross;
pub mod date;
mod fault;
pub mod iri;
pub mod kind;
pub mod language;
pub mod model;
pub mod read;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod shape;

pub(crate) use fault::Path;
pub use fault::{Fault, Wrong};
pub use kind::{DocumentKind, VcVersion};
