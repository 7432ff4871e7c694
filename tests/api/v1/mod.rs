//! `/api/v1`: a folder for each kind of thing, a file for each route.

mod credentials;
mod issuers;
mod keys;
mod status;
