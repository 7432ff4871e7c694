//! Other people's test suites, run against the library.
//!
//! The suites lie beside the project (`../shared/vectors`); where they are
//! absent each test says so and passes: the values that matter most are in the
//! project's own tests too. `skip.toml` names what is left out and why; a skip
//! that is not needed fails.

#![expect(unreachable_pub, reason = "one binary of several files")]

mod golden;
mod json_ld;
mod rdf_canon;
mod selective_disclosure;
mod skips;
mod suite;
