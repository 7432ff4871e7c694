//! Loads badge designs that were written for other nodes into this one.
//!
//! [`source`] reads the files, [`mapping`] says what becomes of a design here,
//! [`plan`] compares that with what the node has, [`apply`] keeps it: all of
//! it, or nothing.
//!
//! **Promises.** The codes of organisations lead to issuers of this node, the
//! node's own organisation to its root issuer. Addresses of a design on its own
//! host become addresses of this node; everything else stays equal, member for
//! member and in the same order. Loading the same file twice changes nothing.

mod apply;
pub mod mapping;
mod plan;
pub mod source;

pub use apply::apply;
pub use plan::{Fate, Order, Plan, PlannedDesign, PlannedOrganisation, plan};
