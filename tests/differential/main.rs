//! The library beside independent implementations, on other people's documents
//! and on random ones: JCS beside `serde_jcs`, statements beside those of
//! `json-ld`, canonical N-Quads beside those of `rdf-canon`.
//!
//! Where an implementation is known to differ, a test shows how and says why,
//! and the input avoids just that.

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what is not as it should be ends the test"
)]

mod badges;
mod documents;
mod graphs;
mod jcs;
mod oracle;
mod statements;
