//! Switches that outlive a restart.

mod lift;
mod put;
