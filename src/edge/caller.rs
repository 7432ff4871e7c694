//! Who may: permissions as types in a handler's signature.
//!
//! A handler that takes `Caller<may::Issue>` runs only for somebody who may
//! issue for the issuer in the path. There is no other way to a [`Tenant`] in
//! a handler that changes something.
//!
//! [`VcApiCaller`] is for the one profile that has no issuer in its paths.
//!
//! **Promises.** No token: 401. Another issuer's token, or an issuer that does
//! not exist: 404, alike. Another role: 403 (SEC-55).

use super::directory::Tenant;
use super::problem::{Code, Problem};
use super::state::State;
use super::tokens::{Bearer, bearer};
use crate::access::Permission;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// A permission as a type.
pub trait Permitted: 'static {
    /// The permission.
    const PERMISSION: Permission;
}

/// The permissions as types.
pub mod may {
    use super::{Permission, Permitted};

    macro_rules! may {
        ($($name:ident),*) => {
            $(
                #[doc = concat!("May `", stringify!($name), "`.")]
                #[derive(Debug)]
                pub enum $name {}
                impl Permitted for $name {
                    const PERMISSION: Permission = Permission::$name;
                }
            )*
        };
    }

    may!(
        ManageNode,
        StopNode,
        ManageIssuer,
        SeeIssuer,
        ManageKeys,
        ManageTokens,
        ManageAchievements,
        SeeAchievements,
        Issue,
        Revoke,
        Approve,
        SeeCredentials,
        Share,
        ReadAudit,
        ReadNodeAudit,
        UseVcApi
    );
}

/// Somebody who may do `P` for the issuer in the path.
#[derive(Debug)]
pub struct Caller<P> {
    /// The issuer.
    pub tenant: Arc<Tenant>,
    /// Who they are.
    pub bearer: Arc<Bearer>,
    permission: PhantomData<P>,
}

/// Somebody who may do `P` for the whole node.
#[derive(Debug)]
pub struct NodeCaller<P> {
    /// Who they are.
    pub bearer: Arc<Bearer>,
    permission: PhantomData<P>,
}

/// Somebody who may use the VC-API profile: with a token for it, or anybody
/// while the node is for trying things out.
#[derive(Debug)]
pub struct VcApiCaller {
    /// The issuer of their token.
    pub tenant: Option<Arc<Tenant>>,
    /// Who they are.
    pub bearer: Option<Arc<Bearer>>,
}

impl VcApiCaller {
    /// Their name in the audit.
    #[must_use]
    pub fn actor(&self) -> &str {
        self.bearer.as_ref().map_or("anybody", |bearer| &bearer.id)
    }
}

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<P: Permitted> FromRequest for Caller<P> {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = state(&request)?;
            let bearer = who(&state, &request).await?;
            let slug = request.match_info().get("issuer").unwrap_or_default();
            let tenant = of_path(&state, &bearer, slug)?;
            require(&bearer, P::PERMISSION)?;
            Ok(Self {
                tenant,
                bearer,
                permission: PhantomData,
            })
        })
    }
}

impl<P: Permitted> FromRequest for NodeCaller<P> {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = state(&request)?;
            let bearer = who(&state, &request).await?;
            require(&bearer, P::PERMISSION)?;
            Ok(Self {
                bearer,
                permission: PhantomData,
            })
        })
    }
}

impl FromRequest for VcApiCaller {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = state(&request)?;
            let is_open = state.choices.open_vc_api;
            if is_open && !request.headers().contains_key(header::AUTHORIZATION) {
                return Ok(Self {
                    tenant: None,
                    bearer: None,
                });
            }
            let bearer = who(&state, &request).await?;
            if !is_open {
                require(&bearer, Permission::UseVcApi)?;
            }
            let issuer = bearer.issuer.as_deref();
            Ok(Self {
                tenant: issuer.and_then(|id| state.directory.by_id(id)),
                bearer: Some(bearer),
            })
        })
    }
}

fn state(request: &HttpRequest) -> Result<Data<State>, Problem> {
    request
        .app_data::<Data<State>>()
        .cloned()
        .ok_or_else(|| Problem::internal("the node has no state"))
}

async fn who(state: &State, request: &HttpRequest) -> Result<Arc<Bearer>, Problem> {
    let header = request.headers().get(header::AUTHORIZATION);
    bearer(state, header.and_then(|value| value.to_str().ok())).await
}

/// The issuer in the path, if it is the bearer's own. The operator knows that
/// it exists, and is told that it is not theirs to use.
fn of_path(state: &State, bearer: &Bearer, slug: &str) -> Result<Arc<Tenant>, Problem> {
    let tenant = state
        .directory
        .get(slug)
        .ok_or_else(|| Problem::not_found("organisation"))?;
    if bearer.role.is_of_node() {
        return Err(not_allowed());
    }
    if bearer.issuer.as_deref() != Some(tenant.issuer.id.as_str()) {
        return Err(Problem::not_found("organisation"));
    }
    Ok(tenant)
}

fn require(bearer: &Bearer, permission: Permission) -> Result<(), Problem> {
    if bearer.role.may(permission) {
        Ok(())
    } else {
        Err(not_allowed())
    }
}

fn not_allowed() -> Problem {
    Problem::new(Code::NOT_ALLOWED, "ask for a token with another role")
}
