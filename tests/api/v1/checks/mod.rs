//! Checking.

mod create;
