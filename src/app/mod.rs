//! The composition root of a node: builds the state, mounts the routes, starts
//! the jobs.
//!
//! ```text
//! Config ──> open (database, master key, keys, fetcher) ──> State
//! State  ──> start (layers, routes, pages, jobs)        ──> Running
//! ```

mod deadline;
mod keys;
mod layer;
mod limits;
mod master;
mod metrics;
mod open;
mod server;

pub use keys::{Keys, keys, keys_for_restoring};
pub use master::MasterError;
pub use metrics::show_metrics;
pub use open::{OpenNodeError, Opened, first_token, open, open_with_clock};
pub use server::{Running, Serving, Stopper, start};
