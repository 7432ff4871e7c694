//! Pages, made on the server.

use actix_web::web::ServiceConfig;

/// Mounts the pages.
pub fn mount(_config: &mut ServiceConfig) {}
