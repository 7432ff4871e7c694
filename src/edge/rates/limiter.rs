//! The limits themselves.

use super::places::Places;
use super::standing::{Standing, Verdict, seconds};
use super::{Class, Key};
use crate::config;
use governor::clock::{Clock, DefaultClock, Reference as _};
use governor::middleware::StateInformationMiddleware;
use governor::{Quota, RateLimiter};
use std::sync::Mutex;
use std::time::Duration;

/// The limits of a node. `C` is where the time comes from; tests set it.
pub struct Rates<C: Clock = DefaultClock> {
    clock: C,
    check_anonymous: Limit<C>,
    check_token: Limit<C>,
    issue: Limit<C>,
    login: Limit<C>,
    new_hosts: Limit<C>,
    read: Limit<C>,
}

/// One limit, for every client.
struct Limit<C: Clock> {
    limiter: RateLimiter<Key, Places, C, StateInformationMiddleware>,
    clients: Places,
    rate: config::Rate,
    /// How many clients are remembered.
    most: usize,
    /// When the quiet were last forgotten.
    swept: Mutex<Option<C::Instant>>,
}

/// A crowd of new clients must not make us look through all of them each time.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(1);

impl Rates {
    /// The limits of the settings, by the clock of this machine.
    #[must_use]
    pub fn new(rates: &config::Rates) -> Self {
        Self::with_clock(rates, &DefaultClock::default())
    }
}

impl<C: Clock + Clone> Rates<C> {
    /// The limits of the settings, by another clock.
    #[must_use]
    pub fn with_clock(rates: &config::Rates, clock: &C) -> Self {
        let most = usize::try_from(rates.clients).unwrap_or(usize::MAX);
        let limit = |rate| Limit::new(rate, most, clock);
        Self {
            clock: clock.clone(),
            check_anonymous: limit(rates.check_anonymous),
            check_token: limit(rates.check_token),
            issue: limit(rates.issue),
            login: limit(rates.login),
            new_hosts: limit(rates.new_hosts),
            read: limit(rates.read),
        }
    }

    /// Counts a request, and says whether it may go on.
    pub fn check(&self, class: Class, key: Key) -> Verdict {
        let limit = match class {
            Class::Check if key.is_token() => &self.check_token,
            Class::Check => &self.check_anonymous,
            Class::Issue => &self.issue,
            Class::Login => &self.login,
            Class::NewHosts => &self.new_hosts,
            Class::Read => &self.read,
        };
        limit.check(class, key, &self.clock)
    }

    /// Forgets the clients that are quiet: nothing changes for them. To be
    /// called every minute or so; memory has an end without it.
    pub fn sweep(&self) {
        for limit in self.limits() {
            limit.limiter.retain_recent();
            limit.limiter.shrink_to_fit();
        }
    }

    /// How many clients are remembered, in all limits together.
    #[must_use]
    pub fn clients(&self) -> usize {
        self.limits().map(|limit| limit.clients.len()).iter().sum()
    }

    const fn limits(&self) -> [&Limit<C>; 6] {
        [
            &self.check_anonymous,
            &self.check_token,
            &self.issue,
            &self.login,
            &self.new_hosts,
            &self.read,
        ]
    }
}

impl<C: Clock + Clone> Limit<C> {
    fn new(rate: config::Rate, most: usize, clock: &C) -> Self {
        // A rate is at most a million a second, so a step is never nothing.
        let quota = Quota::with_period(step(rate))
            .unwrap_or_else(|| Quota::per_second(rate.count()))
            .allow_burst(rate.burst());
        let clients = Places::default();
        Self {
            limiter: RateLimiter::new(quota, clients.clone(), clock.clone()),
            clients,
            rate,
            most,
            swept: Mutex::new(None),
        }
    }

    fn check(&self, class: Class, key: Key, clock: &C) -> Verdict {
        if !self.has_place(&key, clock) {
            return if class.is_open_when_full() {
                Verdict::Uncounted
            } else {
                Verdict::Full
            };
        }
        match self.limiter.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let missing = self.rate.burst().get().saturating_sub(remaining);
                Verdict::Allowed(self.standing(class, remaining, step(self.rate) * missing))
            }
            Err(until) => {
                let wait = until.wait_time_from(clock.now());
                // Never "at once": it was too early just now.
                let after = seconds(wait).max(1);
                Verdict::Limited(self.standing(class, 0, wait), after)
            }
        }
    }

    /// Whether a client can be counted. Whoever is known has a place; for
    /// others one is made, if the quiet can be forgotten.
    fn has_place(&self, key: &Key, clock: &C) -> bool {
        if self.clients.len() < self.most || self.clients.holds(key) {
            return true;
        }
        // Who finds it taken need not wait: somebody else is sweeping.
        if let Ok(mut swept) = self.swept.try_lock() {
            let now = clock.now();
            let is_due = swept.is_none_or(|before| {
                let since: Duration = now.duration_since(before).into();
                since >= BETWEEN_SWEEPS
            });
            if is_due {
                *swept = Some(now);
                self.limiter.retain_recent();
            }
        }
        self.clients.len() < self.most
    }

    fn standing(&self, class: Class, remaining: u32, reset: Duration) -> Standing {
        let quota = self.rate.burst().get();
        Standing {
            class,
            quota,
            window: step(self.rate) * quota,
            remaining,
            reset,
        }
    }
}

/// The time after which one more is given.
fn step(rate: config::Rate) -> Duration {
    rate.per() / rate.count().get()
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    fn rates(clients: u32) -> config::Rates {
        let rate = |text| config::Rate::parse(text).expect("a rate");
        config::Rates {
            check_anonymous: rate("30/min"),
            check_token: rate("600/min"),
            login: rate("1/min burst 10"),
            issue: rate("60/s"),
            new_hosts: rate("20/min"),
            read: rate("100/s"),
            batches: 2,
            clients,
        }
    }

    fn fresh() -> (Rates<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Rates::with_clock(&rates(10_000), &clock), clock)
    }

    fn client(number: u32) -> Key {
        Key::address(IpAddr::V4(Ipv4Addr::from_bits(number)))
    }

    /// How many of many are let through at this moment.
    fn allowed(rates: &Rates<FakeRelativeClock>, class: Class, key: Key) -> usize {
        (0..2000)
            .take_while(|_| rates.check(class, key).is_allowed())
            .count()
    }

    #[test]
    fn each_class_lets_through_what_its_limit_says() {
        let (rates, _) = fresh();
        for (class, key, expected) in [
            (Class::Check, client(1), 30),
            (Class::Check, Key::token("t"), 600),
            (Class::Issue, Key::tenant("t"), 60),
            (Class::Login, client(1), 10),
            (Class::NewHosts, client(1), 20),
            (Class::Read, client(1), 100),
        ] {
            assert_eq!(allowed(&rates, class, key), expected, "{class:?}");
            assert!(!rates.check(class, key).is_allowed(), "{class:?}");
        }
    }

    #[test]
    fn one_client_takes_nothing_from_another() {
        let (rates, _) = fresh();
        assert_eq!(allowed(&rates, Class::Check, client(1)), 30);
        assert_eq!(allowed(&rates, Class::Check, client(2)), 30);
        let address = |text: &str| Key::address(text.parse().expect("an address"));
        assert_eq!(allowed(&rates, Class::Check, address("2001:db8:1::1")), 30);
        assert_eq!(allowed(&rates, Class::Check, address("2001:db8:1:9::9")), 0);
        assert_eq!(allowed(&rates, Class::Check, address("2001:db8:2::1")), 30);
    }

    #[test]
    fn retry_after_is_exact() {
        let (rates, clock) = fresh();
        for (class, key, expected) in [
            (Class::Check, client(1), 2),
            (Class::Login, client(1), 60),
            (Class::Issue, Key::tenant("t"), 1),
        ] {
            allowed(&rates, class, key);
            let verdict = rates.check(class, key);
            assert_eq!(
                verdict.retry_after(),
                Some(expected),
                "{class:?} {verdict:?}"
            );
        }
        // Nobody who asks too early is punished for it.
        clock.advance(Duration::from_millis(1_999));
        let verdict = rates.check(Class::Check, client(1));
        assert_eq!(verdict.retry_after(), Some(1), "{verdict:?}");
        clock.advance(Duration::from_millis(1));
        assert_eq!(allowed(&rates, Class::Check, client(1)), 1);
        clock.advance(Duration::from_secs(58));
        assert_eq!(allowed(&rates, Class::Login, client(1)), 1);
    }

    #[test]
    fn what_was_used_comes_back_with_time_and_not_beyond_the_quota() {
        let (rates, clock) = fresh();
        assert_eq!(allowed(&rates, Class::Check, client(1)), 30);
        clock.advance(Duration::from_secs(20));
        assert_eq!(allowed(&rates, Class::Check, client(1)), 10);
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(allowed(&rates, Class::Check, client(1)), 30);
    }

    #[test]
    fn a_client_is_told_where_it_stands() {
        let (rates, _) = fresh();
        let first = rates.check(Class::Check, client(1));
        let standing = first.standing().expect("a standing");
        assert_eq!(standing.policy_header(), "\"check\";q=30;w=60");
        assert_eq!(standing.limit_header(), "\"check\";r=29;t=2");
        allowed(&rates, Class::Check, client(1));
        let limited = rates.check(Class::Check, client(1));
        let standing = limited.standing().expect("a standing");
        assert_eq!(standing.limit_header(), "\"check\";r=0;t=2");
        let login = rates.check(Class::Login, client(1));
        let policy = login.standing().map(Standing::policy_header);
        assert_eq!(policy.as_deref(), Some("\"login\";q=10;w=600"));
    }

    #[test]
    fn memory_has_an_end() {
        let clock = FakeRelativeClock::default();
        let rates = Rates::with_clock(&rates(100), &clock);
        for number in 0..100_000 {
            rates.check(Class::Read, client(number));
            rates.check(Class::Login, client(number));
        }
        assert!(rates.clients() <= 200, "{}", rates.clients());
    }

    #[test]
    fn without_a_place_reading_goes_on_and_logging_in_stops() {
        let clock = FakeRelativeClock::default();
        let rates = Rates::with_clock(&rates(100), &clock);
        for class in [Class::Read, Class::Check, Class::Login, Class::NewHosts] {
            for number in 0..100 {
                assert!(rates.check(class, client(number)).standing().is_some());
            }
            let verdict = rates.check(class, client(1_000));
            let expected = match class {
                Class::Read | Class::Check => Verdict::Uncounted,
                _ => Verdict::Full,
            };
            assert_eq!(verdict, expected, "{class:?}");
        }
        assert_eq!(Verdict::Full.retry_after(), Some(1));
    }

    #[test]
    fn the_quiet_are_forgotten_and_the_busy_are_not() {
        let clock = FakeRelativeClock::default();
        let rates = Rates::with_clock(&rates(100), &clock);
        for number in 0..99 {
            rates.check(Class::Check, client(number));
        }
        // The last place is taken, and whoever has one is counted as before.
        assert_eq!(allowed(&rates, Class::Check, client(99)), 30);
        assert_eq!(rates.check(Class::Check, client(1_000)), Verdict::Uncounted);
        clock.advance(Duration::from_secs(10));
        // The first comer after a while makes place.
        assert!(
            rates
                .check(Class::Check, client(1_000))
                .standing()
                .is_some()
        );
        assert_eq!(rates.clients(), 2);
        assert_eq!(allowed(&rates, Class::Check, client(99)), 5);
        clock.advance(Duration::from_secs(3_600));
        rates.sweep();
        assert_eq!(rates.clients(), 0);
    }

    #[test]
    fn a_new_node_begins_with_full_quotas() {
        let real = Rates::new(&rates(100));
        let key = Key::address(IpAddr::V6(Ipv6Addr::LOCALHOST));
        assert!(real.check(Class::Login, key).is_allowed());
    }
}
