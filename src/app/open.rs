//! From settings to a state: everything that can be wrong is told before the
//! first request is taken.

use super::master::{self, MasterError};
use crate::config::Config;
use crate::edge::address::NodeAddress;
use crate::edge::clock::Clock;
use crate::edge::keyring::Keyring;
use crate::edge::state::{Choices, Parts, State};
use crate::edge::telemetry::record;
use crate::edge::token;
use crate::net::{Exception, Fetcher, Settings as FetchSettings};
use crate::store::tokens::{self, Token};
use crate::store::{self, OpenError, Store};
use crate::text::random_id;
use actix_web::web::Data;
use std::path::PathBuf;
use std::time::Duration;
use zeroize::Zeroizing;

/// Why a node does not start. For operators.
#[derive(Debug, thiserror::Error)]
pub enum OpenNodeError {
    /// The database.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The master key.
    #[error(transparent)]
    Master(#[from] MasterError),
    /// The database cannot be read.
    #[error("the database: {0}")]
    Store(#[from] store::Error),
    /// The base address is not one that badges can name.
    #[error("the base address: {0}")]
    Address(#[from] crate::did::web::Error),
    /// The certificates.
    #[error("the root certificates in {path}: {why}")]
    Roots {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

/// A node that is open and does not serve yet.
#[derive(Debug)]
pub struct Opened {
    /// The state.
    pub state: Data<State>,
    /// The settings it was opened with.
    pub config: Config,
}

/// Opens a node by the system's clock.
///
/// # Errors
/// [`OpenNodeError`].
pub fn open(config: Config) -> Result<Opened, OpenNodeError> {
    open_with_clock(config, Clock::System)
}

/// Opens a node by a given clock.
///
/// # Errors
/// [`OpenNodeError`].
pub fn open_with_clock(config: Config, clock: Clock) -> Result<Opened, OpenNodeError> {
    let address = NodeAddress::new(config.http.base_url.as_str(), config.dev)?;
    let store = Store::open(store::Settings {
        folder: config.database.folder.clone(),
        file: config.database.file.clone(),
        log: config.database.issue_log.clone(),
        readers: config.database.readers,
        on_commit: record::commit,
    })?;
    let now = clock.unix();
    let device = master::device(&config.keys.master)?;
    let master = master::open(&config.keys.master, device.as_ref(), &store, now)?;
    let fetcher = fetcher(&config, &address)?;
    let state = State::new(Parts {
        address,
        store,
        fetcher,
        keyring: Keyring::new(master, device),
        clock,
        choices: choices(&config),
    })?;
    Ok(Opened {
        state: Data::new(state),
        config,
    })
}

fn choices(config: &Config) -> Choices {
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    Choices {
        list_seconds: seconds(config.issuing.status_validity),
        list_ttl_seconds: u32::try_from(config.issuing.status_ttl.as_secs()).unwrap_or(u32::MAX),
        json_bytes: config.http.json_size.length(),
        open_vc_api: config.dev,
        ..Choices::default()
    }
}

fn fetcher(config: &Config, address: &NodeAddress) -> Result<Fetcher, OpenNodeError> {
    let contact = match &config.fetch.contact {
        Some(contact) => contact.to_string(),
        None => address.base().to_owned(),
    };
    let mut settings = FetchSettings::new(&contact);
    settings.rules.dev = config.dev;
    settings.rules.exceptions = config
        .fetch
        .exceptions
        .iter()
        .filter_map(|one| Exception::parse(&one.to_string()).ok())
        .collect();
    settings.times.dns = config.fetch.dns_time;
    settings.times.connect = config.fetch.connect_time;
    settings.times.tls = config.fetch.tls_time;
    settings.times.head = config.fetch.first_byte_time;
    settings.times.idle = config.fetch.idle_time;
    settings.times.hop = config.fetch.total_time;
    settings.allowance.time = config.fetch.check_time;
    settings.allowance.fetches = config.fetch.check_documents;
    settings.allowance.hosts = usize::try_from(config.fetch.check_hosts).unwrap_or(usize::MAX);
    settings.allowance.bytes = config.fetch.check_size.length();
    let roots = |why: String| OpenNodeError::Roots {
        path: config.fetch.root_certificates.clone().unwrap_or_default(),
        why,
    };
    if let Some(path) = &config.fetch.root_certificates {
        let text = std::fs::read_to_string(path).map_err(|error| roots(error.to_string()))?;
        settings.extra_roots = vec![text];
    }
    Fetcher::new(settings).map_err(|error| roots(error.to_string()))
}

/// The operator's first token, if the node has no tokens at all: shown once,
/// when it starts for the first time.
///
/// # Errors
/// [`store::Error`].
pub fn first_token(state: &State) -> Result<Option<Zeroizing<String>>, store::Error> {
    const DAYS: i64 = 365;
    let now = state.clock.unix();
    let secret = token::make(&mut rand::rng());
    let row = Token {
        id: random_id(&mut rand::rng()),
        issuer_id: None,
        role: "operator".to_owned(),
        name: "first start".to_owned(),
        digest: token::digest(&secret).unwrap_or_default(),
        created_by: "system".to_owned(),
        created_at: now,
        expires_at: now + DAYS * 86_400,
        revoked_at: None,
        last_used_at: None,
    };
    let is_first: Result<bool, store::Error> = state.store.write_blocking(move |tx| {
        if !tokens::is_empty(tx.conn)? {
            return Ok(false);
        }
        tokens::add(tx.conn, &row)?;
        let act = store::audit::Act {
            actor: "system".to_owned(),
            act: "token.created",
            object: row.id,
            ..store::audit::Act::default()
        };
        store::audit::record(tx.conn, act, now)?;
        Ok(true)
    });
    Ok(is_first?.then_some(secret))
}
