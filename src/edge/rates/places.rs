//! The clients that one limit remembers.
//!
//! governor's own store grows without end and cannot say whether a client is
//! in it; this one is shared between the limiter and whoever has to ask that.

use super::Key;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::{DashMapStateStore, ShrinkableKeyedStateStore};
use std::sync::Arc;

/// The clients that one limit remembers. Copies share them.
#[derive(Clone, Default)]
pub(super) struct Places(Arc<DashMapStateStore<Key>>);

impl Places {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn holds(&self, key: &Key) -> bool {
        self.0.contains_key(key)
    }
}

impl StateStore for Places {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0.measure_and_replace(key, measure)
    }
}

impl ShrinkableKeyedStateStore<Key> for Places {
    fn retain_recent(&self, drop_below: Nanos) {
        ShrinkableKeyedStateStore::retain_recent(&*self.0, drop_below);
    }

    fn shrink_to_fit(&self) {
        self.0.shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
