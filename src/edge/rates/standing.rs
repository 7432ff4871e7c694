//! What a client is told about its limit.

use super::Class;
use std::time::Duration;

/// Whether a request may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed(Standing),
    /// It may not before so many seconds are over: the value of `Retry-After`.
    Limited(Standing, u64),
    /// It may, though there was no place to count it.
    Uncounted,
    /// It may not, because there was no place to count it: ask again after a
    /// second.
    Full,
}

impl Verdict {
    /// Whether the request may go on.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_) | Self::Uncounted)
    }

    /// The value of `Retry-After`, if it may not.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Limited(_, seconds) => Some(*seconds),
            Self::Full => Some(1),
            Self::Allowed(_) | Self::Uncounted => None,
        }
    }

    /// Where the client stands, if it was counted.
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        match self {
            Self::Allowed(standing) | Self::Limited(standing, _) => Some(standing),
            Self::Uncounted | Self::Full => None,
        }
    }
}

/// Where a client stands with one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which limit.
    pub class: Class,
    /// How many requests it allows at once.
    pub quota: u32,
    /// The time in which that many are given anew.
    pub window: Duration,
    /// How many are left.
    pub remaining: u32,
    /// Until all are given anew; if none is left, until the next one is.
    pub reset: Duration,
}

impl Standing {
    /// The value of `RateLimit-Policy` (IETF draft, httpapi ratelimit-headers
    /// §3): the quota and its window in seconds.
    #[must_use]
    pub fn policy_header(&self) -> String {
        let (name, quota) = (self.class.name(), self.quota);
        format!("\"{name}\";q={quota};w={}", seconds(self.window))
    }

    /// The value of `RateLimit` (the same, §4): what is left, and until when.
    #[must_use]
    pub fn limit_header(&self) -> String {
        let (name, remaining) = (self.class.name(), self.remaining);
        format!("\"{name}\";r={remaining};t={}", seconds(self.reset))
    }
}

/// Whole seconds, rounded up: whoever waits for them does not come too early.
pub(super) fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_have_the_form_of_the_draft() {
        let standing = Standing {
            class: Class::Check,
            quota: 30,
            window: Duration::from_secs(60),
            remaining: 29,
            reset: Duration::from_millis(1001),
        };
        assert_eq!(standing.policy_header(), "\"check\";q=30;w=60");
        assert_eq!(standing.limit_header(), "\"check\";r=29;t=2");
    }

    #[test]
    fn seconds_are_rounded_up() {
        for (milliseconds, expected) in [(0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2)] {
            assert_eq!(seconds(Duration::from_millis(milliseconds)), expected);
        }
    }
}
