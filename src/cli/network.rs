//! Answers a verification from the network, and fetches badges that lie at an
//! address.
//!
//! A runtime and certificates are made when something is to be fetched: most
//! badges at the command line need neither.

use super::failure::Failure;
use super::files;
use crate::clock::Moment;
use crate::edge::gather::{Gathered, Order, gather};
use crate::net::{Fetcher, Settings};
use crate::verify::{Policy, Step, Unavailable, Verification};
use tokio::runtime::{Builder, Runtime};

/// The network, once it is needed.
#[derive(Default)]
pub(super) struct Network {
    /// Whether plain http is spoken with this machine.
    dev: bool,
    started: Option<Started>,
}

struct Started {
    /// Taken when it ends.
    runtime: Option<Runtime>,
    fetcher: Fetcher,
    now: Moment,
}

impl Drop for Started {
    /// A name that is still looked up must not keep the command from ending.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Started {
    fn new(dev: bool) -> Result<Self, Failure> {
        let mut settings = Settings::new("");
        settings.user_agent = format!("Countersign/{} (command line)", env!("CARGO_PKG_VERSION"));
        settings.rules.dev = dev;
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self {
            fetcher: Fetcher::new(settings).map_err(|error| Failure::ours(error.to_string()))?,
            runtime: Some(runtime.map_err(|error| Failure::ours(error.to_string()))?),
            now: files::moment(None)?,
        })
    }

    fn run<T>(&self, work: impl Future<Output = T>) -> Result<T, Failure> {
        let runtime = self.runtime.as_ref();
        let runtime = runtime.ok_or_else(|| Failure::ours("the network has ended"))?;
        Ok(runtime.block_on(work))
    }
}

impl Network {
    pub(super) const fn new(dev: bool) -> Self {
        Self { dev, started: None }
    }

    fn started(&mut self) -> Result<&Started, Failure> {
        let started = match self.started.take() {
            Some(started) => started,
            None => Started::new(self.dev)?,
        };
        Ok(self.started.insert(started))
    }

    /// The badge at an address; nothing if a page or another thing lies there
    /// that holds none.
    pub(super) fn badge(&mut self, url: &str) -> Result<Vec<u8>, Failure> {
        let started = self.started()?;
        match started.run(started.fetcher.fetch_badge(url))? {
            Ok(bytes) => Ok(bytes),
            Err(Unavailable::MediaType) => Ok(Vec::new()),
            Err(Unavailable::Url) => Err(Failure::usage(format!(
                "{url}: only plain https addresses of public hosts are fetched"
            ))),
            Err(why) => Err(Failure::unreadable(url.as_ref(), plain(why))),
        }
    }

    /// Checks one input to the end.
    pub(super) fn check(
        &mut self,
        bytes: &[u8],
        as_of: Moment,
        policy: Policy,
    ) -> Result<Gathered, Failure> {
        if let Step::Done(report) = Verification::new(bytes, as_of, policy.clone()).step() {
            return Ok(Gathered::without_looking(*report));
        }
        let started = self.started()?;
        let order = Order {
            as_of: Some(as_of),
            ..Order::new(bytes, started.now, policy)
        };
        started.run(gather(&order, &started.fetcher, async |_| None))
    }
}

const fn plain(why: Unavailable) -> &'static str {
    match why {
        Unavailable::Unreachable => "the host could not be reached",
        Unavailable::Timeout => "the host took too long to answer",
        Unavailable::Refused => "the host does not have it",
        Unavailable::Gone => "the host says that it is gone for good",
        Unavailable::TooLarge => "it is too large",
        Unavailable::Address => "the host lies within a network, not on the public web",
        Unavailable::Redirect => "it leads elsewhere, and may not be followed there",
        _ => "it could not be fetched",
    }
}
