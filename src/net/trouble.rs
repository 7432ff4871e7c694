//! Why a request gave no document.

use crate::verify::Unavailable;

/// Whose trouble it is: what is remembered, and for how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The host could not be spoken to at all: other addresses of it will not
    /// answer either.
    Hosts,
    /// The host answered something that is no document: this address is of no
    /// use, others of the host may be.
    Answers,
    /// We had no time or place for it: nothing to hold against anybody.
    Ours,
}

/// Why a request gave no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) why: Unavailable,
    pub(super) whose: Whose,
    /// For the log only: never shown to whoever presented the badge (SEC-13).
    pub(super) detail: String,
}

impl Trouble {
    pub(super) fn host(why: Unavailable, detail: impl Into<String>) -> Self {
        Self::of(Whose::Hosts, why, detail)
    }

    pub(super) fn answer(why: Unavailable, detail: impl Into<String>) -> Self {
        Self::of(Whose::Answers, why, detail)
    }

    pub(super) fn ours(why: Unavailable, detail: impl Into<String>) -> Self {
        Self::of(Whose::Ours, why, detail)
    }

    fn of(whose: Whose, why: Unavailable, detail: impl Into<String>) -> Self {
        Self {
            why,
            whose,
            detail: detail.into(),
        }
    }
}
