//! What a request may reach.

use super::address::NodeAddress;
use super::clock::Clock;
use super::directory::{Directory, Tenant};
use super::keyring::Keyring;
use super::problem::{Code, Problem};
use super::published::{Published, Served};
use super::tokens::TokenCache;
use crate::json::{Object, Value};
use crate::net::Fetcher;
use crate::store::stops::{self, Stop};
use crate::store::{Conn, Error, Store, facts, issuers, status};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Choices of the operator that requests need.
#[derive(Debug, Clone)]
pub struct Choices {
    /// How long a status list may be used, in seconds.
    pub list_seconds: i64,
    /// How long others should keep a status list, in seconds.
    pub list_ttl_seconds: u32,
    /// How long a new key is published before it signs, in seconds.
    pub key_wait_seconds: i64,
    /// Most badges in one request.
    pub batch: usize,
    /// Largest request that is JSON, in bytes.
    pub json_bytes: usize,
    /// Whether the VC-API profile needs no token: for trying things out.
    pub open_vc_api: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            list_seconds: 7 * 86_400,
            list_ttl_seconds: 300,
            key_wait_seconds: i64::from(super::documents::KEY_CACHE_SECONDS),
            batch: 500,
            json_bytes: 1024 * 1024,
            open_vc_api: false,
        }
    }
}

/// Everything of a node that requests, pages and jobs share.
pub struct State {
    /// The node's own address.
    pub address: NodeAddress,
    /// The database.
    pub store: Store,
    /// The one way to fetch.
    pub fetcher: Fetcher,
    /// The issuers.
    pub directory: Directory,
    /// The signing keys.
    pub keyring: Keyring,
    /// Finished bytes.
    pub published: Published,
    /// The time.
    pub clock: Clock,
    /// Who called lately.
    pub tokens: TokenCache,
    /// Shared badges as they are served, by path; forgotten soon, because a
    /// share may end.
    pub badges: moka::sync::Cache<String, Arc<Served>>,
    /// Choices of the operator.
    pub choices: Choices,
    /// Set when the node is stopping.
    pub stopping: AtomicBool,
    /// Set while nothing may be fetched (REL-24).
    pub fetch_stopped: AtomicBool,
    /// The latest moment that this node has seen, also before it was started
    /// (REL-34).
    pub latest: AtomicI64,
    /// Rings when there is work for the jobs.
    pub work: tokio::sync::Notify,
    publishing: Mutex<ListLocks>,
}

/// A lock for each list, by issuer and number.
type ListLocks = HashMap<(String, i64), Arc<tokio::sync::Mutex<()>>>;

/// What [`State::new`] puts together.
pub struct Parts {
    /// The node's own address.
    pub address: NodeAddress,
    /// The database.
    pub store: Store,
    /// The one way to fetch.
    pub fetcher: Fetcher,
    /// The signing keys.
    pub keyring: Keyring,
    /// The time.
    pub clock: Clock,
    /// Choices of the operator.
    pub choices: Choices,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl State {
    /// Reads the issuers, and everything that is served from memory.
    ///
    /// # Errors
    /// [`Error`] if the database cannot be read.
    pub fn new(parts: Parts) -> Result<Self, Error> {
        const BADGES: u64 = 20_000;
        let latest = parts.store.read_blocking(facts::latest)?;
        let directory = parts
            .store
            .read_blocking(|conn| Directory::load(conn, &parts.address))?;
        let state = Self {
            address: parts.address,
            store: parts.store,
            fetcher: parts.fetcher,
            directory,
            keyring: parts.keyring,
            published: Published::default(),
            clock: parts.clock,
            tokens: TokenCache::default(),
            badges: moka::sync::Cache::builder()
                .max_capacity(BADGES)
                .time_to_live(Duration::from_secs(30))
                .build(),
            choices: parts.choices,
            stopping: AtomicBool::new(false),
            fetch_stopped: AtomicBool::new(false),
            latest: AtomicI64::new(latest),
            work: tokio::sync::Notify::new(),
            publishing: Mutex::default(),
        };
        for tenant in state.directory.all() {
            state.published.put(tenant.documents()?);
        }
        state.publish_key_set()?;
        let is_stopped = state
            .store
            .read_blocking(|conn| stops::is_set(conn, "", Stop::Fetch))?;
        state.stopped(Stop::Fetch, is_stopped);
        let lists = state.store.read_blocking(status::all_published)?;
        for list in lists {
            state.show_list(&list);
        }
        Ok(state)
    }

    /// Whether the node is stopping.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Reads an issuer anew after a change, and publishes what follows.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn refresh(&self, issuer: &str) -> Result<Arc<Tenant>, Problem> {
        let (id, address) = (issuer.to_owned(), self.address.clone());
        let tenant = self
            .store
            .read(move |conn| load(conn, &id, &address))
            .await
            .map_err(Problem::from)?;
        self.keyring.forget(issuer);
        self.published
            .put(tenant.documents().map_err(Problem::from)?);
        let tenant = self.directory.put(tenant);
        self.publish_key_set().map_err(Problem::from)?;
        Ok(tenant)
    }

    /// The keys of all issuers of the node (FED-05).
    fn publish_key_set(&self) -> Result<(), Error> {
        let mut keys = Vec::new();
        for tenant in self.directory.all() {
            let halves = super::documents::public_halves(&tenant.keys)?;
            keys.extend(super::documents::key_set_members(&tenant.address, &halves));
        }
        let mut set = Object::new();
        set.set("keys", Value::Array(keys));
        let served = Served::new(
            set.to_json(),
            "application/jwk-set+json",
            super::documents::KEY_CACHE_SECONDS,
        );
        self.published
            .put([("/.well-known/jwks.json".to_owned(), served)]);
        Ok(())
    }

    /// A switch of the whole node was set or lifted. Issuing looks at the
    /// database each time.
    pub fn stopped(&self, what: Stop, is_stopped: bool) {
        if what == Stop::Fetch {
            self.fetch_stopped.store(is_stopped, Ordering::Relaxed);
        }
    }

    /// Refuses to seal anything by a clock that was set back: badges would say
    /// that they are older than they are. Small corrections pass.
    ///
    /// # Errors
    /// `clock_unsafe`.
    pub fn require_safe_clock(&self) -> Result<(), Problem> {
        const CORRECTION: i64 = 5;
        let now = self.clock.unix();
        let latest = self.latest.fetch_max(now, Ordering::Relaxed);
        if now + CORRECTION >= latest {
            return Ok(());
        }
        let wait = u64::try_from(latest - now).unwrap_or_default().min(3_600);
        let words = "this node's clock was set back";
        Err(Problem::new(Code::CLOCK_UNSAFE, words).retry_after(wait))
    }

    /// Shows a signed status list to others.
    pub fn show_list(&self, list: &status::Published) {
        let Some(tenant) = self.directory.by_id(&list.issuer_id) else {
            return;
        };
        let served = Served::new(
            list.body.clone(),
            "application/vc+ld+json",
            self.choices.list_ttl_seconds,
        );
        let path = format!("{}/status/{}", tenant.address.path, list.list);
        self.published.put([(path, served)]);
    }

    /// The lock by which one list is signed once at a time.
    pub(super) fn publishing(&self, issuer: &str, number: i64) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self
            .publishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(locks.entry((issuer.to_owned(), number)).or_default())
    }
}

fn load(conn: &mut Conn, id: &str, address: &NodeAddress) -> Result<Tenant, Error> {
    let issuer = issuers::find(conn, id)?.ok_or(Error::Damaged("an issuer is missing"))?;
    Tenant::load(conn, issuer, address)
}
