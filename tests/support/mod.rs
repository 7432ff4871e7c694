//! Real nodes on this machine, people to call them, and a client that sends
//! what it is told.
//!
//! Most tests share one node whose clock stands still, each with an
//! organisation of its own; what moves the clock or breaks something has a node
//! to itself.

pub mod acts;
pub mod checked;
pub mod client;
pub mod made;
pub mod node;
pub mod problems;
pub mod rows;

pub use client::{Answer, Request, fresh_key, raw, trickle};
pub use made::{Badge, Office, fresh, method, new_badge, new_design, new_issuer, proof};
pub use node::{BEGIN, Node, Unusual};
