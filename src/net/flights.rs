//! One request for a document at a time (SEC-11): whoever wants the same waits,
//! and finds it kept, or finds out that there is none.

use crate::verify::Wanted;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

/// Flights that nobody waits for are forgotten when so many are known.
const KNOWN: usize = 1_024;

/// The requests that are under way.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Wanted, Weak<Turns<()>>>>);

/// The request for one document.
pub(super) struct Flight(Arc<Turns<()>>);

impl Flights {
    pub(super) fn of(&self, wanted: &Wanted) -> Flight {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = known.get(wanted).and_then(Weak::upgrade) {
            return Flight(turns);
        }
        if known.len() >= KNOWN {
            known.retain(|_, turns| turns.strong_count() > 0);
        }
        let turns = Arc::new(Turns::new(()));
        known.insert(wanted.clone(), Arc::downgrade(&turns));
        Flight(turns)
    }
}

impl Flight {
    /// One's turn, and whether one had to wait for it.
    pub(super) async fn turn(&self) -> (OwnedMutexGuard<()>, bool) {
        match Arc::clone(&self.0).try_lock_owned() {
            Ok(turn) => (turn, false),
            Err(_) => (Arc::clone(&self.0).lock_owned().await, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::WantedKind;

    fn wanted(url: &str) -> Wanted {
        Wanted {
            kind: WantedKind::Controller,
            url: url.to_owned(),
        }
    }

    #[tokio::test]
    async fn the_same_document_is_asked_for_by_one_at_a_time() {
        let flights = Flights::default();
        let (first, second) = (flights.of(&wanted("a")), flights.of(&wanted("a")));
        let (turn, has_waited) = first.turn().await;
        assert!(!has_waited);
        let (other, has_waited) = flights.of(&wanted("b")).turn().await;
        assert!(!has_waited);
        let waits = tokio::spawn(async move { second.turn().await.1 });
        tokio::task::yield_now().await;
        drop((turn, other));
        assert!(waits.await.expect("it had its turn"));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_forgotten() {
        let flights = Flights::default();
        for number in 0..2 * KNOWN {
            drop(flights.of(&wanted(&number.to_string())));
        }
        assert!(flights.0.lock().expect("not poisoned").len() <= KNOWN);
    }
}
