//! The signing keys of an organisation.

mod activate;
mod create;
mod list;
mod revoke;
