//! The fetcher: kept copies first, then the network, then copies again.

use super::budget::Budget;
use super::cache::{Kept, Store, Stored};
use super::connection::BadRoot;
use super::evidence::{Hop, Look};
use super::failures::{Failures, Place};
use super::fetch::{Got, Network};
use super::flights::Flights;
use super::purpose::Purpose;
use super::settings::{Allowance, Settings};
use super::target::Target;
use super::trouble::{Trouble, Whose};
use crate::clock::Moment;
use crate::limits;
use crate::verify::{Answer, Unavailable, Wanted, WantedKind};
use std::sync::Arc;
use tokio::time::timeout_at;

/// Fetches what others publish. Cheap to clone; all clones share what is kept.
#[derive(Clone)]
pub struct Fetcher(Arc<Shared>);

struct Shared {
    network: Network,
    store: Store,
    failures: Failures,
    flights: Flights,
}

/// When something is asked, and how old an answer may be.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The moment by the clock.
    pub now: Moment,
    /// How old a status list may be, in seconds, if the caller minds; 0 asks
    /// again.
    pub max_status_age: Option<u32>,
    /// The same for documents with keys.
    pub max_key_age: Option<u32>,
}

impl Terms {
    /// As old as the limits allow.
    #[must_use]
    pub const fn at(now: Moment) -> Self {
        Self {
            now,
            max_status_age: None,
            max_key_age: None,
        }
    }

    fn most(&self, kind: WantedKind) -> Option<i64> {
        match kind {
            // A hosted badge is its own status: it is there, or it is not.
            WantedKind::StatusList | WantedKind::RevocationList | WantedKind::OlderDocument => {
                self.max_status_age
            }
            WantedKind::Controller | WantedKind::KeySet => self.max_key_age,
            WantedKind::Refreshed => None,
        }
        .map(i64::from)
    }
}

/// The answer to one question of a verification.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// For [`crate::verify::Verification::answer`].
    pub answer: Answer,
    /// What was looked at.
    pub look: Look,
}

impl Fetcher {
    /// Makes a fetcher. Nothing is opened and no certificate is read before it
    /// is needed, unless the settings bring authorities of their own.
    ///
    /// # Errors
    /// [`BadRoot`] if those cannot be read.
    pub fn new(settings: Settings) -> Result<Self, BadRoot> {
        Ok(Self(Arc::new(Shared {
            store: Store::new(settings.kept_bytes),
            network: Network::new(settings)?,
            failures: Failures::new(),
            flights: Flights::default(),
        })))
    }

    /// What one verification may use, from now on.
    #[must_use]
    pub fn budget(&self) -> Budget {
        Budget::new(self.allowance())
    }

    fn allowance(&self) -> &Allowance {
        &self.0.network.settings().allowance
    }

    /// A document for a verification: a copy that is fresh, else from the
    /// network, else a copy that still counts. Whatever goes wrong is an answer.
    pub async fn fetch(&self, wanted: &Wanted, terms: Terms, budget: &mut Budget) -> Fetched {
        let most = terms.most(wanted.kind);
        if let Some(kept) = self.0.store.get(wanted)
            && kept.is_fresh(terms.now, most)
        {
            return of_copy(wanted, &kept, terms.now, "kept", Vec::new());
        }
        let mut hops = Vec::new();
        match self.0.ask(wanted, terms, budget, &mut hops).await {
            Ok((kept, code)) => of_copy(wanted, &kept, terms.now, code, hops),
            Err(trouble) => {
                log(&wanted.url, &trouble, &hops);
                self.0.without(wanted, terms, trouble.why, hops)
            }
        }
    }

    /// A badge that lies at an address. Never kept.
    ///
    /// # Errors
    /// Why there is none; [`Unavailable::MediaType`] if something is there that
    /// is no badge, like a page.
    pub async fn fetch_badge(&self, url: &str) -> Result<Vec<u8>, Unavailable> {
        let (mut budget, mut hops) = (self.budget(), Vec::new());
        let network = &self.0.network;
        let target = Target::read(url, &network.settings().rules).map_err(|_| Unavailable::Url)?;
        let until = budget.until();
        let get = network.get(target, Purpose::Badge, None, &mut budget, &mut hops);
        match timeout_at(until, get).await {
            Err(_) => Err(Unavailable::Timeout),
            Ok(Ok(Got::Document { bytes, .. })) => Ok(bytes),
            Ok(Ok(Got::NotModified(_))) => Err(Unavailable::Refused),
            Ok(Err(trouble)) => {
                log(url, &trouble, &hops);
                Err(trouble.why)
            }
        }
    }
}

impl Shared {
    async fn ask(
        &self,
        wanted: &Wanted,
        terms: Terms,
        budget: &mut Budget,
        hops: &mut Vec<Hop>,
    ) -> Result<(Arc<Kept>, &'static str), Trouble> {
        let target = Target::read(&wanted.url, &self.network.settings().rules)
            .map_err(|refused| Trouble::ours(Unavailable::Url, refused.to_string()))?;
        let places = Places::of(wanted, &target);
        self.check_rest(&places, terms.now)?;
        let over = |_| Trouble::ours(Unavailable::Budget, "time");
        let flight = self.flights.of(wanted);
        let (turn, has_waited) = timeout_at(budget.until(), flight.turn())
            .await
            .map_err(over)?;
        let before = self.store.get(wanted);
        if let Some(kept) = &before
            && has_waited
            && (kept.is_fresh(terms.now, terms.most(wanted.kind)) || kept.came_after(terms.now))
        {
            return Ok((Arc::clone(kept), "kept"));
        }
        self.check_rest(&places, terms.now)?;
        let etag = before.as_ref().and_then(|kept| kept.etag.as_deref());
        let purpose = Purpose::Document(wanted.kind);
        let until = budget.until();
        let get = self.network.get(target, purpose, etag, budget, hops);
        let got = timeout_at(until, get)
            .await
            .unwrap_or_else(|late| Err(over(late)));
        let kept = got.and_then(|got| self.keep(wanted, before.as_deref(), got, terms.now));
        match &kept {
            Ok(_) => places.forget(&self.failures),
            Err(trouble) => places.remember(&self.failures, trouble, terms.now),
        }
        drop(turn);
        kept
    }

    fn check_rest(&self, places: &Places, now: Moment) -> Result<(), Trouble> {
        let resting = [&places.host, &places.address]
            .into_iter()
            .find_map(|place| self.failures.resting(place, now));
        resting.map_or(Ok(()), |why| {
            Err(Trouble::ours(why, "left alone for a while"))
        })
    }

    fn keep(
        &self,
        wanted: &Wanted,
        before: Option<&Kept>,
        got: Got,
        now: Moment,
    ) -> Result<(Arc<Kept>, &'static str), Trouble> {
        match (got, before) {
            (Got::Document { head, bytes }, _) => {
                match self.store.store(wanted, bytes, &head, now) {
                    Stored::New(kept) => Ok((kept, "ok")),
                    Stored::RolledBack => Err(Trouble::answer(
                        Unavailable::RolledBack,
                        "an older list than before",
                    )),
                }
            }
            (Got::NotModified(head), Some(before)) => {
                Ok((self.store.renew(wanted, before, &head, now), "unchanged"))
            }
            (Got::NotModified(_), None) => {
                Err(Trouble::answer(Unavailable::Refused, "304 without a copy"))
            }
        }
    }

    /// The network gave nothing: a copy that still counts, or why there is
    /// none. A host that says that it is gone is believed.
    fn without(&self, wanted: &Wanted, terms: Terms, why: Unavailable, hops: Vec<Hop>) -> Fetched {
        let usable = self.store.get(wanted).filter(|kept| {
            why != Unavailable::Gone && kept.is_usable(terms.now, terms.most(wanted.kind))
        });
        let Some(kept) = usable else {
            return Fetched {
                answer: Answer::Unavailable(why),
                look: look(wanted, terms.now, why.code(), None, hops),
            };
        };
        if why == Unavailable::RolledBack {
            return Fetched {
                answer: Answer::Document(kept.doubted()),
                look: look(
                    wanted,
                    terms.now,
                    why.code(),
                    Some(kept.age(terms.now)),
                    hops,
                ),
            };
        }
        of_copy(wanted, &kept, terms.now, "stale", hops)
    }
}

/// What is remembered about a failure.
struct Places {
    host: Place,
    address: Place,
}

impl Places {
    fn of(wanted: &Wanted, target: &Target) -> Self {
        Self {
            host: Place::Host(format!("{}:{}", target.host(), target.port())),
            address: Place::Address(wanted.clone()),
        }
    }

    fn forget(&self, failures: &Failures) {
        failures.forget(&self.host);
        failures.forget(&self.address);
    }

    fn remember(&self, failures: &Failures, trouble: &Trouble, now: Moment) {
        match trouble.whose {
            Whose::Hosts => failures.remember(self.host.clone(), trouble.why, now),
            Whose::Answers => failures.remember(self.address.clone(), trouble.why, now),
            Whose::Ours => {}
        }
    }
}

fn of_copy(
    wanted: &Wanted,
    kept: &Kept,
    now: Moment,
    code: &'static str,
    hops: Vec<Hop>,
) -> Fetched {
    Fetched {
        answer: Answer::Document(Arc::clone(&kept.document)),
        look: look(wanted, now, code, Some(kept.age(now)), hops),
    }
}

fn look(
    wanted: &Wanted,
    at: Moment,
    code: &'static str,
    age_seconds: Option<i64>,
    hops: Vec<Hop>,
) -> Look {
    Look {
        age_seconds,
        hops,
        ..Look::new(wanted, at, code)
    }
}

fn log(url: &str, trouble: &Trouble, hops: &[Hop]) {
    let code = trouble.why.code();
    let url = url.get(..limits::URL_BYTES).unwrap_or(url);
    tracing::debug!(url, code, detail = trouble.detail, ?hops, "no document");
}
