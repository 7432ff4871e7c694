//! The issuers of a node in memory: what every request needs of them.

use super::address::{IssuerAddress, NodeAddress};
use super::documents;
use super::issuer_settings::{IssuerSettings, SealName};
use super::problem::{Code, Problem};
use super::published::Served;
use crate::json::Object;
use crate::store::issuers::Issuer;
use crate::store::keys::Key;
use crate::store::{Conn, Error, issuers, keys};
use crate::text::hex;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// An issuer with everything that is made from its rows.
#[derive(Debug)]
pub struct Tenant {
    /// The row.
    pub issuer: Issuer,
    /// How it issues.
    pub settings: IssuerSettings,
    /// Where it is found.
    pub address: IssuerAddress,
    /// Its keys, oldest first.
    pub keys: Vec<Key>,
    /// The profile as its badges embed it.
    pub profile: Object<'static>,
    /// Changes whenever what it issues would change (SEC-42).
    pub digest: String,
}

impl Tenant {
    /// Reads an issuer's rows.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a stored text cannot be read.
    pub fn load(conn: &mut Conn, issuer: Issuer, node: &NodeAddress) -> Result<Self, Error> {
        let keys = keys::of_issuer(conn, &issuer.id)?;
        let settings = serde_json::from_str(&issuer.settings)
            .map_err(|_| Error::Damaged("the settings of an issuer"))?;
        let address = node.issuer(&issuer.slug, issuer.is_root);
        let profile = documents::embedded_profile(&issuer, &address)?;
        let signs: Vec<&str> = keys
            .iter()
            .filter(|key| key.state == "active")
            .map(|key| key.id.as_str())
            .collect();
        let whole = format!(
            "{}\n{}\n{}\n{}",
            profile.to_json(),
            issuer.settings,
            issuer.state,
            signs.join(" ")
        );
        Ok(Self {
            digest: hex(&Sha256::digest(whole)),
            settings,
            address,
            keys,
            profile,
            issuer,
        })
    }

    /// The identifier that its badges carry.
    #[must_use]
    pub fn id(&self) -> &str {
        documents::issuer_id(&self.issuer, &self.address)
    }

    /// The key that signs with a seal.
    ///
    /// # Errors
    /// `state_conflict` if none does.
    pub fn signing_key(&self, seal: SealName) -> Result<&Key, Problem> {
        let active = |algorithm: &&str| {
            self.keys.iter().find(|key| {
                key.state == "active" && key.purpose == "assertion" && key.algorithm == **algorithm
            })
        };
        seal.key_algorithms()
            .iter()
            .find_map(active)
            .ok_or_else(|| {
                Problem::new(
                    Code::STATE_CONFLICT,
                    format!("no key of this organisation makes {}", seal.name()),
                )
            })
    }

    /// The name of one of its keys in proofs.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn method_id(&self, key: &Key) -> Result<String, Error> {
        let half = documents::PublicHalf {
            id: key.id.clone(),
            key: documents::public_key(key)?,
            revoked_from: None,
        };
        Ok(documents::method_id(&self.issuer, &self.address, &half))
    }

    /// The seal on its status lists: that of its badges, unless that is a
    /// token, which readers of lists do not expect.
    #[must_use]
    pub fn list_seal(&self) -> SealName {
        let wanted = match self.settings.seal {
            SealName::VcJwt => SealName::EddsaRdfc2022,
            other => other,
        };
        if self.signing_key(wanted).is_ok() {
            wanted
        } else {
            SealName::EcdsaRdfc2019
        }
    }

    /// Everything it publishes, by path.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn documents(&self) -> Result<Vec<(String, Served)>, Error> {
        documents::all(&self.issuer, &self.address, &self.keys)
    }
}

/// All issuers, by path segment.
#[derive(Debug, Default)]
pub struct Directory {
    tenants: RwLock<HashMap<String, Arc<Tenant>>>,
}

impl Directory {
    /// Reads all issuers.
    ///
    /// # Errors
    /// [`Error`].
    pub fn load(conn: &mut Conn, node: &NodeAddress) -> Result<Self, Error> {
        let directory = Self::default();
        for issuer in issuers::all(conn)? {
            directory.put(Tenant::load(conn, issuer, node)?);
        }
        Ok(directory)
    }

    /// The issuer at a path segment.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<Arc<Tenant>> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        tenants.get(slug).cloned()
    }

    /// The issuer of this name.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<Arc<Tenant>> {
        self.all().into_iter().find(|tenant| tenant.issuer.id == id)
    }

    /// All issuers, by path segment.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        let tenants = self.tenants.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = tenants.values().cloned().collect();
        all.sort_by(|one, other| one.issuer.slug.cmp(&other.issuer.slug));
        all
    }

    /// Puts an issuer in the place of what was known of it.
    pub fn put(&self, tenant: Tenant) -> Arc<Tenant> {
        let tenant = Arc::new(tenant);
        let mut tenants = self.tenants.write().unwrap_or_else(PoisonError::into_inner);
        tenants.insert(tenant.issuer.slug.clone(), Arc::clone(&tenant));
        tenant
    }
}
