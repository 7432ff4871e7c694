//! Badge designs.

mod change;
mod create;
mod list;
mod read;
mod retire;
