//! How often something may happen, and for how long.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

/// So many in a time: `30/min`, or `1/min burst 10` if more may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: NonZeroU32,
    per: Duration,
    burst: NonZeroU32,
}

const SPANS: [(&str, u64); 4] = [("s", 1), ("min", 60), ("h", 3600), ("d", 86_400)];

impl Rate {
    /// So many in a time, and as many at once.
    #[must_use]
    pub const fn new(count: NonZeroU32, per: Duration) -> Self {
        Self {
            count,
            per,
            burst: count,
        }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> NonZeroU32 {
        self.count
    }

    /// In what time.
    #[must_use]
    pub const fn per(self) -> Duration {
        self.per
    }

    /// How many may come at once.
    #[must_use]
    pub const fn burst(self) -> NonZeroU32 {
        self.burst
    }

    /// Reads `30/min`, `1/min burst 10`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (rate, burst) = match text.split_once(" burst ") {
            Some((rate, burst)) => (rate, Some(burst.trim())),
            None => (text, None),
        };
        let (count, span) = rate.split_once('/')?;
        let count = non_zero(count.trim())?;
        let (_, seconds) = SPANS.iter().find(|(name, _)| *name == span.trim())?;
        let burst = burst.map_or(Some(count), non_zero)?;
        // More than this and the steps between two are no whole nanoseconds.
        let is_fine = count.get() <= MOST && burst.get() <= MOST;
        is_fine.then_some(Self {
            count,
            per: Duration::from_secs(*seconds),
            burst,
        })
    }
}

/// No rate is higher.
const MOST: u32 = 1_000_000;

fn non_zero(text: &str) -> Option<NonZeroU32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

impl fmt::Display for Rate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.per.as_secs();
        match SPANS.iter().find(|(_, span)| *span == seconds) {
            Some((name, _)) => write!(to, "{}/{name}", self.count)?,
            None => write!(to, "{} in {seconds} s", self.count)?,
        }
        if self.burst != self.count {
            write!(to, " burst {}", self.burst)?;
        }
        Ok(())
    }
}

/// A whole number and the word behind it: `7 d`, `512KiB`.
pub(super) fn number_and_word(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, word) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, word.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_and_shown_alike() {
        for text in ["30/min", "60/s", "1/min burst 10", "5/h", "1/d"] {
            assert_eq!(
                Rate::parse(text).map(|rate| rate.to_string()).as_deref(),
                Some(text)
            );
        }
        let login = Rate::parse("1 / min burst 10").expect("a rate");
        assert_eq!((login.count().get(), login.burst().get()), (1, 10));
        assert_eq!(login.per(), Duration::from_secs(60));
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for bad in [
            "",
            "30",
            "/min",
            "0/min",
            "-1/min",
            "+1/min",
            "30/minute",
            "30/min burst",
            "30/min burst 0",
            "30/min burst x",
            "1.5/s",
            "1000001/s",
            "30/min/s",
            "99999999999/s",
        ] {
            assert_eq!(Rate::parse(bad), None, "{bad}");
        }
    }
}
