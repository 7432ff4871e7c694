//! The one guarded way to fetch what others publish.
//!
//! ```text
//! Settings ──> Fetcher ──fetch(Wanted, Terms, Budget)──> Fetched { answer, look }
//!                 │
//!   kept copy? ── cache ─ yes ─> answer
//!                 │ no
//!   failed just now? ── failures ─ yes ─> old copy, or why not
//!                 │ no
//!   one request at a time for one document ── flights
//!                 │
//!   each hop: budget ─ target (URL) ─ pool ─ resolve (once) ─ address (IP)
//!             ─ connection (to that address only) ─ exchange ─ redirect?
//! ```
//!
//! **Promises.** Nothing is asked that the rules refuse, also not by way of a
//! redirect, a name that changes its answer, or an address in another spelling.
//! Every wait, size and count has an end (`limits.rs`, L-08 to L-11, L-20).
//! Whatever goes wrong is an answer ([`crate::verify::Unavailable`]), never a
//! verdict. No request carries a cookie, a credential or a `Referer`. What
//! peers said, and where our network led, is told to the log only.
//!
//! **Does not:** decide what a document means; keep anything on disk.
//!
//! Whoever checks badges uses `edge::gather`, which drives a verification with
//! a [`Fetcher`].

mod address;
mod budget;
mod cache;
mod connection;
mod evidence;
mod exchange;
mod facts;
mod failures;
mod fetch;
mod fetcher;
mod flights;
mod head;
mod pool;
mod purpose;
mod redirect;
mod resolve;
mod settings;
mod target;
mod trouble;

pub use address::refused_block;
pub use budget::Budget;
pub use connection::BadRoot;
pub use evidence::{Hop, Look};
pub use fetcher::{Fetched, Fetcher, Terms};
pub use head::{Head, Packing};
pub use purpose::Redirects;
pub use redirect::{NotFollowed, follow};
pub use resolve::Resolver;
pub use settings::{Allowance, Settings, Times, Traffic};
pub use target::{Exception, NotAnException, Reach, Rules, Target, UrlRefused};
