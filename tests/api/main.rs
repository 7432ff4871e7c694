//! The JSON API, and what others fetch, against real nodes on this machine.
//!
//! `v1` has a file for each route; `routes` fails for a route that has none.
//! Who may call what is a matrix over the table of routes (`matrix`).

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "another binary needs the rest")]
mod support;

mod audit;
mod documents;
mod idempotency;
mod matrix;
mod openapi;
mod refusals;
mod routes;
mod v1;

pub(crate) use support::*;
