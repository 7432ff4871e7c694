//! `/api/v1`: a folder for each kind of thing, a file for each route.

mod achievements;
mod audit;
mod checks;
mod credentials;
mod files;
mod issuers;
mod keys;
mod shares;
mod status;
mod stops;
mod tokens;
