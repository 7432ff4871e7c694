//! Countersign: sign, check and bake Open Badges 3.0.
//!
//! Modules stand in rows; a file names modules on lower rows only (and on its
//! own row in rows 0 to 3). `tests/architecture.rs` enforces it.
//!
//! ```text
//! 8  cli                                      commands; one file each
//! 7  app                                      composition root of a node
//! 6  http     web     jobs                    JSON API, pages, background work
//! 5  edge                                     what row 6 shares
//! 4  net      store   config   hardware       files, network, database
//! 3  verify   issue   bake     picture        the product
//! 2  proof    did     trust
//! 1  credential  canon  keys  status  access
//! 0  clock    limits  json  text
//! ```
//!
//! Rows 0 to 3 are pure: no files, no network, no clock, no chance of their
//! own. They are the library that others can embed.

#![forbid(unsafe_code)]

pub mod access;
pub mod app;
pub mod bake;
pub mod canon;
pub mod cli;
pub mod clock;
pub mod config;
pub mod credential;
pub mod did;
pub mod edge;
pub mod hardware;
pub mod http;
pub mod issue;
pub mod jobs;
pub mod json;
pub mod keys;
pub mod limits;
pub mod manual;
pub mod net;
pub mod picture;
pub mod proof;
pub mod status;
pub mod store;
pub mod text;
pub mod trust;
pub mod verify;
pub mod web;
