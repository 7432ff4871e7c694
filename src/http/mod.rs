//! The JSON API, and what others fetch from a node.
//!
//! All routes stand in one table, [`routes::ROUTES`], each with who may call
//! it; a test goes through it with every kind of caller.

mod health;
mod hosted;
pub mod openapi;
mod parts;
mod reply;
pub mod routes;
mod v1;
mod vc_api;
