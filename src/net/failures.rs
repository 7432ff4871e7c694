//! What failed is left alone for a while, longer each time (SEC-11).
//!
//! A host that could not be spoken to rests as a whole; an address that
//! answered with something useless rests by itself, so that a stranger who
//! names a wrong address on a good host silences nobody else.

use crate::clock::Moment;
use crate::limits;
use crate::verify::{Unavailable, Wanted};
use moka::sync::Cache;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// Rests that are remembered, at most (SEC-10).
const REMEMBERED: u64 = 10_000;

/// What rests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// `host:port`.
    Host(String),
    Address(Wanted),
}

#[derive(Debug, Clone, Copy)]
struct Failure {
    why: Unavailable,
    times: u32,
    since: Moment,
    until: Moment,
}

/// What failed, and until when it is left alone.
pub(super) struct Failures {
    known: Cache<Place, Failure>,
    chance: RandomState,
}

impl Failures {
    pub(super) fn new() -> Self {
        // Forgotten some time after the longest rest, so that a host that was
        // down yesterday is not treated as one that is down all the time.
        let seconds = u64::try_from(2 * limits::LONGEST_REST_SECONDS).unwrap_or(u64::MAX);
        Self {
            known: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(Duration::from_secs(seconds))
                .build(),
            chance: RandomState::new(),
        }
    }

    /// Why a place is left alone, if it is.
    pub(super) fn resting(&self, place: &Place, now: Moment) -> Option<Unavailable> {
        let failure = self.known.get(place)?;
        // A clock that was set back makes no rest longer.
        let is_resting =
            now < failure.until && now >= failure.since.plus_seconds(-limits::REST_SECONDS);
        is_resting.then_some(failure.why)
    }

    pub(super) fn remember(&self, place: Place, why: Unavailable, now: Moment) {
        let before = self.known.get(&place).map_or(0, |failure| failure.times);
        let seconds = rest(before, self.chance.hash_one((&place, before)));
        let failure = Failure {
            why,
            times: before.saturating_add(1),
            since: now,
            until: now.plus_seconds(seconds),
        };
        self.known.insert(place, failure);
    }

    pub(super) fn forget(&self, place: &Place) {
        self.known.invalidate(place);
    }
}

/// One minute, doubled each time, and up to a quarter more, so that many nodes
/// do not come back in the same second.
fn rest(before: u32, chance: u64) -> i64 {
    let plain = limits::REST_SECONDS
        .checked_shl(before.min(16))
        .unwrap_or(i64::MAX)
        .min(limits::LONGEST_REST_SECONDS);
    let extra = i64::try_from(chance % 1_000).unwrap_or(0) * plain / 4_000;
    (plain + extra).min(limits::LONGEST_REST_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::WantedKind;

    fn now() -> Moment {
        Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
    }

    fn host() -> Place {
        Place::Host("a.example:443".to_owned())
    }

    #[test]
    fn a_rest_is_a_minute_then_longer_and_never_above_a_quarter_of_an_hour() {
        for chance in [0, 1, 500, 999, u64::MAX] {
            assert!((60..=75).contains(&rest(0, chance)), "{chance}");
            assert!((120..=150).contains(&rest(1, chance)), "{chance}");
            for before in [4, 5, 60, u32::MAX] {
                assert_eq!(rest(before, chance), 900, "{before} {chance}");
            }
        }
        assert_ne!(rest(0, 0), rest(0, 999));
    }

    #[test]
    fn what_failed_rests_and_then_is_asked_again() {
        let failures = Failures::new();
        assert_eq!(failures.resting(&host(), now()), None);
        failures.remember(host(), Unavailable::Timeout, now());
        let after = |seconds| failures.resting(&host(), now().plus_seconds(seconds));
        assert_eq!(after(0), Some(Unavailable::Timeout));
        assert_eq!(after(59), Some(Unavailable::Timeout));
        assert_eq!(after(76), None);
        failures.remember(host(), Unavailable::Timeout, now().plus_seconds(80));
        assert_eq!(after(80 + 119), Some(Unavailable::Timeout));
        failures.forget(&host());
        assert_eq!(after(81), None);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_rest_longer() {
        let failures = Failures::new();
        failures.remember(host(), Unavailable::Timeout, now());
        assert_eq!(failures.resting(&host(), now().plus_seconds(-86_400)), None);
    }

    #[test]
    fn an_address_rests_by_itself() {
        let failures = Failures::new();
        let wanted = |url: &str, kind| {
            Place::Address(Wanted {
                kind,
                url: url.to_owned(),
            })
        };
        let one = wanted("https://a.example/1", WantedKind::StatusList);
        failures.remember(one.clone(), Unavailable::Refused, now());
        assert!(failures.resting(&one, now()).is_some());
        for other in [
            wanted("https://a.example/2", WantedKind::StatusList),
            wanted("https://a.example/1", WantedKind::Controller),
            host(),
        ] {
            assert_eq!(failures.resting(&other, now()), None, "{other:?}");
        }
    }
}
