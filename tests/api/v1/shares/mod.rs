//! A badge is handed on.

mod create;
mod download;
mod end;
mod list;
