//! Documents that were fetched, and how long they count (REL-32).
//!
//! **Promises.** A copy is *fresh* no longer than its list, its host and one
//! hour allow; when the host does not answer it is *usable* for a day (lists)
//! or a week (keys), never past its own end. Of a status list the newest
//! genuine copy is kept: what is older than it never takes its place
//! (SEC-63). Memory has an end.
//!
//! Copies are shared, so what a verification read from one is remembered.

use super::facts::Facts;
use super::head::Head;
use super::purpose::stale_seconds;
use crate::clock::Moment;
use crate::limits;
use crate::verify::{Document, Wanted, WantedKind};
use moka::sync::Cache;
use std::sync::{Arc, OnceLock};

/// A document that was fetched.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) document: Arc<Document>,
    pub(super) etag: Option<String>,
    fetched_at: Moment,
    /// For how many seconds it is used without asking.
    fresh: i64,
    /// For how many seconds it is used when the host does not answer.
    stale: i64,
    valid_until: Option<Moment>,
    facts: Facts,
    /// The newest `validFrom` of a genuine copy from this address before it.
    newest: Option<Moment>,
    doubted: OnceLock<Arc<Document>>,
}

/// What became of a new copy.
pub(super) enum Stored {
    New(Arc<Kept>),
    /// It is older than one that was seen.
    RolledBack,
}

impl Kept {
    fn new(wanted: &Wanted, bytes: Vec<u8>, head: &Head, now: Moment) -> Self {
        let facts = if wanted.kind == WantedKind::StatusList {
            Facts::read(&bytes)
        } else {
            Facts::default()
        };
        let mut kept = Self {
            document: Arc::new(Document::new(bytes, Some(now))),
            etag: head.etag.clone(),
            fetched_at: now,
            fresh: 0,
            stale: 0,
            valid_until: facts.valid_until,
            facts,
            newest: None,
            doubted: OnceLock::new(),
        };
        kept.live_by(wanted.kind, head);
        kept
    }

    fn live_by(&mut self, kind: WantedKind, head: &Head) {
        if head.no_store {
            (self.fresh, self.stale, self.etag) = (0, 0, None);
            return;
        }
        let said = [head.max_age.map(i64::from), self.facts.ttl_seconds];
        let shortest = said.into_iter().flatten().min();
        self.fresh = shortest.unwrap_or(i64::MAX).min(limits::FRESH_SECONDS);
        self.stale = stale_seconds(kind).max(self.fresh);
    }

    /// How old it is. A clock that was set back far makes it old, not new.
    pub(super) fn age(&self, now: Moment) -> i64 {
        let age = now.seconds_since(self.fetched_at);
        if age < -limits::CLOCK_SKEW_SECONDS {
            age.saturating_abs()
        } else {
            age.max(0)
        }
    }

    fn has_ended(&self, now: Moment) -> bool {
        self.valid_until.is_some_and(|until| now > until)
    }

    /// Whether it may be used without asking. `most` is the caller's own limit,
    /// in seconds; 0 means to ask.
    pub(super) fn is_fresh(&self, now: Moment, most: Option<i64>) -> bool {
        let age = self.age(now);
        let is_new = most.is_none_or(|most| most > 0 && age <= most);
        is_new && age < self.fresh && !self.has_ended(now)
    }

    /// Whether it came while the caller waited for it.
    pub(super) fn came_after(&self, began: Moment) -> bool {
        self.fetched_at >= began && self.age(began) == 0 && !self.has_ended(began)
    }

    /// Whether it may be used because the host does not answer.
    pub(super) fn is_usable(&self, now: Moment, most: Option<i64>) -> bool {
        let age = self.age(now);
        age < self.stale && most.is_none_or(|most| age <= most) && !self.has_ended(now)
    }

    /// The copy for when its host serves an older one: it still shows what was
    /// withdrawn, and no longer that something was not.
    pub(super) fn doubted(&self) -> Arc<Document> {
        let make = || Arc::new(self.document.doubted("status_list_rollback"));
        Arc::clone(self.doubted.get_or_init(make))
    }

    /// The newest moment that a genuine list from here began.
    fn newest(&self, now: Moment) -> Option<Moment> {
        let is_past = |from: &Moment| from.seconds_since(now) <= limits::CLOCK_SKEW_SECONDS;
        let own = self.document.genuine_from().filter(is_past);
        self.newest.max(own)
    }

    /// The bytes, what is read from them, and the unpacked list.
    fn weight(&self) -> usize {
        2 * self.document.bytes().len() + self.facts.unpacked
    }
}

/// The documents.
pub(super) struct Store {
    kept: Cache<Wanted, Arc<Kept>>,
}

impl Store {
    /// Keeps up to `bytes`, and up to [`limits::KEPT_DOCUMENTS`]: each counts
    /// as at least its part of the whole.
    pub(super) fn new(bytes: usize) -> Self {
        let least = bytes.div_ceil(limits::KEPT_DOCUMENTS).max(1);
        let weigh = move |wanted: &Wanted, kept: &Arc<Kept>| {
            let weight = (kept.weight() + wanted.url.len()).max(least);
            u32::try_from(weight).unwrap_or(u32::MAX)
        };
        Self {
            kept: Cache::builder()
                .max_capacity(u64::try_from(bytes).unwrap_or(u64::MAX))
                .weigher(weigh)
                .build(),
        }
    }

    pub(super) fn get(&self, wanted: &Wanted) -> Option<Arc<Kept>> {
        self.kept.get(wanted)
    }

    /// Takes a new copy, unless it is older than one that was seen.
    pub(super) fn store(
        &self,
        wanted: &Wanted,
        bytes: Vec<u8>,
        head: &Head,
        now: Moment,
    ) -> Stored {
        let newest = self.get(wanted).and_then(|before| before.newest(now));
        let mut kept = Kept::new(wanted, bytes, head, now);
        let from = kept.facts.valid_from;
        if let (Some(newest), Some(from)) = (newest, from)
            && from < newest
        {
            return Stored::RolledBack;
        }
        kept.newest = newest;
        Stored::New(self.put(wanted, kept))
    }

    /// The host says that the copy is the newest. What was read from it is
    /// looked at again once: its key may have been revoked since.
    pub(super) fn renew(
        &self,
        wanted: &Wanted,
        before: &Kept,
        head: &Head,
        now: Moment,
    ) -> Arc<Kept> {
        let mut kept = Kept::new(wanted, before.document.bytes().to_vec(), head, now);
        kept.newest = before.newest(now);
        if !head.no_store && kept.etag.is_none() {
            kept.etag.clone_from(&before.etag);
        }
        self.put(wanted, kept)
    }

    fn put(&self, wanted: &Wanted, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        self.kept.insert(wanted.clone(), Arc::clone(&kept));
        kept
    }
}
