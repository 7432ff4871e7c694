//! Where each page is.

use super::{about, achievement, assets, badge, check, developers, home, issuer, problem};
use crate::edge::accept::prefers_html;
use crate::edge::problem::Problem;
use actix_web::guard::{self, GuardContext};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource};

/// Mounts the pages. They go before the API: at some addresses both answer,
/// and the pages leave those alone who do not ask for HTML.
pub fn mount(config: &mut ServiceConfig) {
    config
        .service(shared("/", home::show))
        .service(shared("/issuers/{slug}", issuer::show))
        .service(shared("/achievements/{id}", achievement::show))
        .service(shared("/credentials/{id}", badge::show))
        .service(shared("/s/{token}", badge::show))
        .service(shared("/b/{slug}", badge::show))
        .service(shared("/c/{code}", badge::show));
    for path in [
        "/credentials/{id}/{file}",
        "/s/{token}/{file}",
        "/b/{slug}/{file}",
        "/c/{code}/{file}",
    ] {
        config.service(read(path, badge::file));
    }
    config
        .service(read("/issuers", issuer::list))
        .service(read("/achievements/{id}/criteria", achievement::criteria))
        .service(read("/check", check::ask).route(web::post().to(check::follow)))
        .service(read("/check/file", check::file).route(web::post().to(check::file_sent)))
        .service(read("/check/text", check::text).route(web::post().to(check::text_sent)))
        .service(read("/checking", about::checking))
        .service(read("/help", about::help))
        .service(read("/accessibility", about::accessibility))
        .service(read("/privacy", about::privacy))
        .service(read("/developers", developers::show))
        .service(read("/problems", problem::kinds))
        .service(read("/problems/{code}", problem::kind))
        .service(read("/assets/{name}", assets::serve));
}

/// A page: GET, and HEAD for those who want to know if it is there.
fn read<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args, Output = Result<HttpResponse, Problem>> + Clone,
    Args: FromRequest + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
}

/// A page at an address where there is JSON, too.
fn shared<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args, Output = Result<HttpResponse, Problem>> + Clone,
    Args: FromRequest + 'static,
{
    read(path, handler).guard(guard::fn_guard(|context: &GuardContext<'_>| {
        prefers_html(context.head().headers())
    }))
}
