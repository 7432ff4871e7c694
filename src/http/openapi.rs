//! The API description, from the code: `GET /api/v1/openapi.json`.

use super::{v1, vc_api};
use crate::edge::published::Served;
use crate::edge::state::State;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, Server};
use utoipa::{Modify, OpenApi as _};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Countersign",
        description = "Give, share, withdraw and check Open Badges 3.0.\n\nRequests that change something carry an `Idempotency-Key`: the same key and body get the same answer for 30 days. Problems follow RFC 9457; `code` is stable. Lists come in pages: pass `next` on as `cursor`.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(
        v1::checks::create,
        v1::issuers::create, v1::issuers::list, v1::issuers::read, v1::issuers::change, v1::issuers::close,
        v1::keys::list, v1::keys::create, v1::keys::activate, v1::keys::revoke,
        v1::tokens::list, v1::tokens::create, v1::tokens::end,
        v1::tokens::list_of_node, v1::tokens::create_of_node, v1::tokens::end_of_node,
        v1::achievements::list, v1::achievements::create, v1::achievements::read,
        v1::achievements::change, v1::achievements::retire, v1::files::create,
        v1::credentials::list, v1::credentials::create, v1::credentials::create_batch, v1::credentials::read,
        v1::shares::download,
        v1::status::revoke, v1::status::suspend, v1::status::resume, v1::status::renew,
        v1::status::replace, v1::status::approve,
        v1::shares::list, v1::shares::create, v1::shares::end,
        v1::audit::list, v1::audit::list_of_node,
        v1::stops::put, v1::stops::lift,
        vc_api::issue::create, vc_api::status::change,
        vc_api::verify::credential, vc_api::verify::presentation,
    ),
    components(schemas(v1::stops::StopName, crate::edge::download::Form)),
    tags(
        (name = "Checking", description = "Check badges from anywhere."),
        (name = "Badges", description = "Give badges, and change what becomes of them."),
        (name = "Sharing", description = "Let others see a badge."),
        (name = "Badge designs", description = "What badges are given for."),
        (name = "Organisations", description = "Who gives badges."),
        (name = "Keys", description = "What badges are sealed with."),
        (name = "Tokens", description = "Who may call."),
        (name = "Audit", description = "Who did what."),
        (name = "Operation", description = "Running a node."),
        (name = "VC-API", description = "Sign and check any credential, as the W3C's test suites and some wallets ask for it."),
    ),
    modifiers(&Token)
)]
struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of the organisation or of the node: `csk_…`."))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The description of the API at `base`.
#[must_use]
pub fn document(base: &str) -> Document {
    let mut document = Description::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.servers = Some(vec![Server::new(base)]);
    document
}

/// Serves the description.
pub(super) async fn serve(state: Data<State>, request: HttpRequest) -> HttpResponse {
    const MAX_AGE: u32 = 300;
    let text = document(state.address.base()).to_json().unwrap_or_default();
    let served = Served::new(text, "application/json", MAX_AGE);
    super::reply::served(&request, &served)
}
