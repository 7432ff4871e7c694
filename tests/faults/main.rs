//! A node that is killed, runs out of room or cannot write its audit loses
//! nothing that it acknowledged, and doubles nothing (REL-01 to 06).
//!
//! These tests run the real program as a process of its own and kill it: at
//! named points of issuing, and at random. `COUNTERSIGN_LONG=1` kills it a
//! thousand times instead of some fifty.
//!
//! Each fault has a control: a node that is made to break its promise must be
//! found out by the same invariants.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it stands"
)]

mod client;
mod disk;
mod drill;
mod invariants;
mod killing;
mod node;
mod restoring;
