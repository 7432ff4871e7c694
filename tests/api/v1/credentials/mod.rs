//! Badges, given and read.

mod create;
