//! Other people's test suites, run against the library.
//!
//! The suites lie beside the project (`../shared/vectors`, or the folder that
//! `COUNTERSIGN_SHARED` names); where they are absent each test says so and
//! passes: the values that matter most are in the project's own tests too. `skip.toml` names what is left out and why; a skip
//! that is not needed fails.

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "data that is not what it should be ends the test"
)]

mod contexts;
mod data_integrity;
mod data_model;
mod golden;
mod jcs;
mod jose_cose;
mod json_ld;
mod public_validator;
mod rdf_canon;
mod replay;
mod selective_disclosure;
mod signatures;
mod skips;
mod suite;
