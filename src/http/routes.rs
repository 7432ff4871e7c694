//! Every route of the JSON API and of what others fetch, with who may call it.

use super::{health, hosted, openapi, v1, vc_api};
use crate::access::Permission;
use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Route as Handler, guard};
use std::future::ready;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Somebody with this permission for the issuer in the path, or for the
    /// node.
    With(Permission),
    /// Somebody with a token of an issuer for the VC-API profile; everybody
    /// while the node is for trying things out.
    VcApi,
}

/// A method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes, or does.
    Post,
    /// Puts in place of what was.
    Put,
    /// Changes a part.
    Patch,
    /// Ends.
    Delete,
}

impl Method {
    /// The word in requests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One method at one path.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path; `{issuer}` is the slug of an issuer.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    handler: fn() -> Handler,
}

macro_rules! routes {
    ($($method:ident $path:literal $access:expr => $($handler:ident)::+;)*) => {
        &[$(Route {
            method: Method::$method,
            path: $path,
            access: $access,
            handler: || routes!(@$method).to($($handler)::+),
        }),*]
    };
    (@Get) => { read() };
    (@Post) => { web::post() };
    (@Put) => { web::put() };
    (@Patch) => { web::patch() };
    (@Delete) => { web::delete() };
}

/// Whoever may read may ask whether it is there (RFC 9110 §9.3.2).
fn read() -> Handler {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

use Access::{Public, VcApi, With};
use Permission as P;

/// The table.
pub const ROUTES: &[Route] = routes! {
    Get "/livez" Public => health::live;
    Get "/readyz" Public => health::ready;
    Get "/api/v1/openapi.json" Public => openapi::serve;

    Get "/.well-known/did.json" Public => hosted::published;
    Get "/.well-known/jwks.json" Public => hosted::published;
    Get "/jwks.json" Public => hosted::published;
    Get "/keys/{id}" Public => hosted::published;
    Get "/status/{number}" Public => hosted::published;
    Get "/issuers/{slug}/did.json" Public => hosted::published;
    Get "/issuers/{slug}/jwks.json" Public => hosted::published;
    Get "/issuers/{slug}/keys/{id}" Public => hosted::published;
    Get "/issuers/{slug}/status/{number}" Public => hosted::published;
    Get "/logo.svg" Public => hosted::logo;
    Get "/issuers/{slug}/logo.svg" Public => hosted::logo;
    Get "/issuers/{slug}" Public => hosted::profile;
    Get "/" Public => hosted::profile;
    Get "/achievements/{id}" Public => hosted::achievement;
    Get "/achievements/{id}/image.svg" Public => hosted::achievement_image;
    Get "/files/{digest}" Public => hosted::file;
    Get "/credentials/{id}" Public => hosted::badge;
    Get "/s/{token}" Public => hosted::badge;
    Get "/c/{code}" Public => hosted::badge;
    Get "/b/{slug}" Public => hosted::badge;

    Post "/api/v1/checks" Public => v1::checks::create;

    Get "/api/v1/issuers" With(P::ManageNode) => v1::issuers::list;
    Post "/api/v1/issuers" With(P::ManageNode) => v1::issuers::create;
    Get "/api/v1/issuers/{issuer}" With(P::SeeIssuer) => v1::issuers::read;
    Patch "/api/v1/issuers/{issuer}" With(P::ManageIssuer) => v1::issuers::change;
    Post "/api/v1/issuers/{issuer}/closure" With(P::ManageIssuer) => v1::issuers::close;

    Get "/api/v1/issuers/{issuer}/keys" With(P::SeeIssuer) => v1::keys::list;
    Post "/api/v1/issuers/{issuer}/keys" With(P::ManageKeys) => v1::keys::create;
    Post "/api/v1/issuers/{issuer}/keys/{id}/activation" With(P::ManageKeys) => v1::keys::activate;
    Post "/api/v1/issuers/{issuer}/keys/{id}/revocation" With(P::ManageKeys) => v1::keys::revoke;

    Get "/api/v1/issuers/{issuer}/tokens" With(P::ManageTokens) => v1::tokens::list;
    Post "/api/v1/issuers/{issuer}/tokens" With(P::ManageTokens) => v1::tokens::create;
    Delete "/api/v1/issuers/{issuer}/tokens/{id}" With(P::ManageTokens) => v1::tokens::end;
    Get "/api/v1/tokens" With(P::ManageNode) => v1::tokens::list_of_node;
    Post "/api/v1/tokens" With(P::ManageNode) => v1::tokens::create_of_node;
    Delete "/api/v1/tokens/{id}" With(P::ManageNode) => v1::tokens::end_of_node;

    Get "/api/v1/issuers/{issuer}/achievements" With(P::SeeAchievements) => v1::achievements::list;
    Post "/api/v1/issuers/{issuer}/achievements" With(P::ManageAchievements) => v1::achievements::create;
    Get "/api/v1/issuers/{issuer}/achievements/{id}" With(P::SeeAchievements) => v1::achievements::read;
    Put "/api/v1/issuers/{issuer}/achievements/{id}" With(P::ManageAchievements) => v1::achievements::change;
    Delete "/api/v1/issuers/{issuer}/achievements/{id}" With(P::ManageAchievements) => v1::achievements::retire;
    Post "/api/v1/issuers/{issuer}/files" With(P::ManageAchievements) => v1::files::create;

    Get "/api/v1/issuers/{issuer}/credentials" With(P::SeeCredentials) => v1::credentials::list;
    Post "/api/v1/issuers/{issuer}/credentials" With(P::Issue) => v1::credentials::create;
    Post "/api/v1/issuers/{issuer}/credentials/batch" With(P::Issue) => v1::credentials::create_batch;
    Get "/api/v1/issuers/{issuer}/credentials/{id}" With(P::SeeCredentials) => v1::credentials::read;
    Get "/api/v1/issuers/{issuer}/credentials/{id}/file" With(P::SeeCredentials) => v1::shares::download;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/revocation" With(P::Revoke) => v1::status::revoke;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/suspension" With(P::Revoke) => v1::status::suspend;
    Delete "/api/v1/issuers/{issuer}/credentials/{id}/suspension" With(P::Revoke) => v1::status::resume;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/renewal" With(P::Issue) => v1::status::renew;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/replacement" With(P::Issue) => v1::status::replace;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/approval" With(P::Approve) => v1::status::approve;
    Get "/api/v1/issuers/{issuer}/credentials/{id}/shares" With(P::Share) => v1::shares::list;
    Post "/api/v1/issuers/{issuer}/credentials/{id}/shares" With(P::Share) => v1::shares::create;
    Delete "/api/v1/issuers/{issuer}/credentials/{id}/shares/{token}" With(P::Share) => v1::shares::end;

    Get "/api/v1/issuers/{issuer}/audit" With(P::ReadAudit) => v1::audit::list;
    Get "/api/v1/audit" With(P::ReadNodeAudit) => v1::audit::list_of_node;
    Put "/api/v1/stops/{what}" With(P::StopNode) => v1::stops::put;
    Delete "/api/v1/stops/{what}" With(P::StopNode) => v1::stops::lift;

    Post "/vc/credentials/issue" VcApi => vc_api::issue::create;
    Post "/vc/credentials/status" VcApi => vc_api::status::change;
    Post "/vc/credentials/verify" VcApi => vc_api::verify::credential;
    Post "/vc/presentations/verify" VcApi => vc_api::verify::presentation;
};

/// The pattern as it stands in the table, for the names of metrics; `-` for
/// what is not in it.
#[must_use]
pub fn known(pattern: &str) -> &'static str {
    ROUTES
        .iter()
        .find(|route| route.path == pattern)
        .map_or("-", |route| route.path)
}

/// Mounts the table. Routes of pages stand at some of the same paths, for
/// those who ask for HTML, and have to be mounted before.
pub fn mount(config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = Vec::new();
    for route in ROUTES {
        if !paths.contains(&route.path) {
            paths.push(route.path);
        }
    }
    for path in paths {
        let mut resource = web::resource(path);
        for route in ROUTES.iter().filter(|route| route.path == path) {
            resource = resource.route((route.handler)());
        }
        let allowed = allowed(path);
        config.service(resource.default_service(web::to(move || ready(not_here(&allowed)))));
    }
}

/// The methods at a path, as `Allow` tells them.
fn allowed(path: &str) -> String {
    let methods = ROUTES
        .iter()
        .filter(|route| route.path == path)
        .map(|route| match route.method {
            Method::Get => "GET, HEAD",
            other => other.name(),
        });
    methods.collect::<Vec<_>>().join(", ")
}

/// RFC 9110 §15.5.6: what can be done here is told.
fn not_here(allowed: &str) -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, allowed))
        .finish()
}
