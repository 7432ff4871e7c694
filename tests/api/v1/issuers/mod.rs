//! The organisations of a node.

mod change;
mod close;
mod create;
mod list;
mod read;
