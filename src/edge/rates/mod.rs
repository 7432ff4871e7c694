//! How often one client may ask (L-21, SEC-90).
//!
//! GCRA: each client has one moment in memory, not a list of requests, and an
//! answer says exactly when to come again. A client is an address (IPv6: its
//! /48, because whoever has one has 2^80 of them), a token or an organisation.
//!
//! **Promises.** Memory has an end: the quiet are forgotten, which changes
//! nothing for them. When even then there is no place, reading and checking go
//! on without limit for whoever is new, and logging in, issuing and asking new
//! hosts stop for a second.
//!
//! **Does not:** know requests (`client` says whose one is), or keep anything
//! when the node stops. Limits of several nodes are not added up.

mod key;
mod limiter;
mod places;
mod standing;

pub use key::Key;
pub use limiter::Rates;
pub use standing::{Standing, Verdict};

/// What is asked for; each has a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// To check a badge. Holders of tokens have a limit of their own.
    Check,
    /// To issue a badge; the key is the organisation.
    Issue,
    /// To log in.
    Login,
    /// To make the node ask a host that it never asked before; one for each.
    NewHosts,
    /// To read what is public.
    Read,
}

impl Class {
    /// Its name in headers, logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Issue => "issue",
            Self::Login => "login",
            Self::NewHosts => "new-hosts",
            Self::Read => "read",
        }
    }

    /// Whether a client that there is no place to remember is let through.
    const fn is_open_when_full(self) -> bool {
        matches!(self, Self::Check | Self::Read)
    }
}
