//! Whose key signs: the issuer that the caller means, under the name the
//! credential gives it.
//!
//! An issuer has its DID (or its https form), and each of its keys is a
//! `did:key` by itself; test suites know only that. A credential that names
//! one of these is signed under it, any other issuer is replaced.

use crate::did;
use crate::edge::caller::VcApiCaller;
use crate::edge::directory::Tenant;
use crate::edge::documents;
use crate::edge::problem::{Code, Fault, Problem};
use crate::edge::state::State;
use crate::proof::Suite;
use crate::store::keys::Key;
use std::sync::Arc;

/// Who signs, and how.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The issuer.
    pub(super) tenant: Arc<Tenant>,
    /// The kind of proof.
    pub(super) suite: Suite,
    /// The name that the credential gets as its issuer.
    pub(super) controller: String,
    /// The key's name in the proof.
    pub(super) method: String,
    key: usize,
}

impl Chosen {
    /// The key.
    pub(super) fn key(&self) -> Result<&Key, Problem> {
        let missing = || Problem::internal("a key is missing");
        self.tenant.keys.get(self.key).ok_or_else(missing)
    }
}

/// Chooses by what the credential and the options name.
///
/// # Errors
/// `schema_invalid` for a suite we do not make or an issuer that is none of
/// several; `state_conflict` if the issuer has no key for it, or is closed.
pub(super) fn choose(
    state: &State,
    caller: &VcApiCaller,
    named: Option<&str>,
    suite: Option<&str>,
) -> Result<Chosen, Problem> {
    let tenant = tenant(state, caller, named)?;
    if !tenant.issuer.is_open() {
        return Err(Problem::new(
            Code::STATE_CONFLICT,
            "this organisation is closed",
        ));
    }
    let suite = suite.map(makes).transpose()?;
    let own = named.and_then(|id| key_named(&tenant, id));
    let (key, suite) = match own {
        Some(key) => (key, suite),
        None => (first_that_fits(&tenant, suite)?, suite),
    };
    let row = tenant
        .keys
        .get(key)
        .ok_or_else(|| Problem::internal("a key is missing"))?;
    let public = documents::public_key(row)?;
    let suite = suite.unwrap_or(if Suite::EddsaRdfc2022.fits(public.algorithm()) {
        Suite::EddsaRdfc2022
    } else {
        Suite::EcdsaRdfc2019
    });
    if !suite.fits(public.algorithm()) {
        return Err(no_key(suite));
    }
    let by_itself =
        own.and_then(|_| Some((did::key::did(&public)?, did::key::method_id(&public)?)));
    let (controller, method) = match by_itself {
        Some(names) => names,
        None => (tenant.id().to_owned(), tenant.method_id(row)?),
    };
    Ok(Chosen {
        suite,
        controller,
        method,
        key,
        tenant,
    })
}

/// The token's issuer; without a token the one that is named, the root issuer,
/// or the only one.
fn tenant(
    state: &State,
    caller: &VcApiCaller,
    named: Option<&str>,
) -> Result<Arc<Tenant>, Problem> {
    if let Some(tenant) = &caller.tenant {
        return Ok(Arc::clone(tenant));
    }
    let all = state.directory.all();
    let is_named = |tenant: &&Arc<Tenant>| named.is_some_and(|id| is_name_of(tenant, id));
    let found = all
        .iter()
        .find(is_named)
        .or_else(|| all.iter().find(|tenant| tenant.issuer.is_root))
        .or_else(|| all.first().filter(|_| all.len() == 1));
    found.cloned().ok_or_else(|| {
        faulty(
            "/credential/issuer",
            "must be one of the organisations of this node",
        )
    })
}

fn is_name_of(tenant: &Tenant, id: &str) -> bool {
    id == tenant.address.did || id == tenant.address.base || key_named(tenant, id).is_some()
}

/// The active key that `id` is the `did:key` of.
fn key_named(tenant: &Tenant, id: &str) -> Option<usize> {
    tenant.keys.iter().position(|key| {
        signs(key)
            && documents::public_key(key)
                .is_ok_and(|public| did::key::did(&public).as_deref() == Some(id))
    })
}

fn signs(key: &Key) -> bool {
    key.state == "active" && key.purpose == "assertion"
}

fn first_that_fits(tenant: &Tenant, suite: Option<Suite>) -> Result<usize, Problem> {
    let suite = suite.unwrap_or(Suite::EddsaRdfc2022);
    tenant
        .keys
        .iter()
        .position(|key| {
            signs(key)
                && documents::public_key(key).is_ok_and(|public| suite.fits(public.algorithm()))
        })
        .ok_or_else(|| no_key(suite))
}

fn no_key(suite: Suite) -> Problem {
    Problem::new(
        Code::STATE_CONFLICT,
        format!("no key of this organisation makes {}", suite.name()),
    )
}

fn makes(name: &str) -> Result<Suite, Problem> {
    Suite::named(name)
        .filter(|suite| suite.is_issued() || *suite == Suite::EcdsaSd2023)
        .ok_or_else(|| faulty("/options/cryptosuite", "is no suite that is made here"))
}

/// A value that cannot be used.
pub(super) fn faulty(at: &str, detail: &str) -> Problem {
    Problem::new(Code::SCHEMA_INVALID, "a value cannot be used").with_faults(vec![Fault {
        at: at.to_owned(),
        detail: detail.to_owned(),
    }])
}
