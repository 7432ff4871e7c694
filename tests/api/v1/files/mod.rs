//! Pictures.

mod create;
