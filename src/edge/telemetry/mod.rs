//! What a node tells about itself: a log and numbers.
//!
//! **For:** whoever runs the node, at the time (metrics) and afterwards (logs).
//!
//! **Promises.** Logs go to standard error. Libraries are heard from `warn` on
//! only: below that they write headers and bodies. A panic is logged with its
//! place and without its message, which may quote what a stranger sent. A label
//! of a metric is a word of ours: every function that records takes fixed words
//! and numbers, and texts of requests are put into classes first.
//!
//! **Does not:** serve the metrics (`app` does, on a listener of their own), or
//! keep records of checks and acts (the audit does).

pub mod canary;
mod logs;
pub mod measures;
mod prometheus;
pub mod record;

pub use logs::{AlreadySet, log_panics, log_to_stderr, subscriber};
pub use prometheus::Metrics;
