//! The clock of a node: the system's, or one that tests set by hand.

use crate::clock::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where a node reads the time. Cheap to share.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// Seconds since 1970, set by hand.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment until it is set.
    #[must_use]
    pub fn fixed(at: Moment) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.as_unix())))
    }

    /// Moves a fixed clock; the system's is not moved.
    pub fn advance(&self, seconds: i64) {
        if let Self::Fixed(at) = self {
            at.fetch_add(seconds, Ordering::Relaxed);
        }
    }

    /// The moment now, in whole seconds.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment::from_unix(self.unix()).unwrap_or(Moment::EPOCH)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix(&self) -> i64 {
        match self {
            Self::Fixed(at) => at.load(Ordering::Relaxed),
            Self::System => system(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a node reads the time here")]
fn system() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}
