//! Badges, given and read.

mod approvals;
mod create;
mod create_batch;
mod list;
mod read;
