//! The pages of a node, as a browser gets them.

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]

#[path = "../support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "another binary needs the rest")]
mod support;

mod accepting;
mod badges;
mod browser;
mod checking;
mod colours;
mod council;
mod hostile;
mod html;
mod look;
mod pages;
mod site;
mod world;
