//! Withdrawn, paused or neither: status entries, status lists and their bits.
//!
//! Reads what a credential says about where its status is kept
//! ([`StatusEntry`]), reads the list found there ([`StatusListContent`],
//! [`RevocationList`]) and says what the bit means ([`Outcome`]). Writes the
//! same for issuing ([`Bitstring`], [`ListDraft`], [`ListEntry::to_object`]), and
//! says which bit the next badge gets ([`Permutation`]).
//!
//! **Promises.** A list is inflated only up to [`crate::limits`], and one
//! encoding has one reading: one gzip member, nothing after it, no stray bits.
//! What cannot be read is an [`Error`], never "not withdrawn".
//!
//! **Does not** fetch, check proofs or dates, or decide whose list may count:
//! the caller does, and raises [`Error::Retrieval`] and
//! [`Mismatch::Proof`] itself.

mod allocate;
mod bitstring;
mod encoding;
mod entry;
mod list;
mod message;
mod outcome;
mod revocation_list;

pub use allocate::{POSITIONS, Permutation};
pub use bitstring::{Bitstring, EntrySize};
pub use entry::{ListEntry, ListKind, Purpose, StatusEntry};
pub use list::{ListDraft, StatusListContent};
pub use message::StatusMessage;
pub use outcome::Outcome;
pub use revocation_list::{RevocationList, Revoked, is_at_issuer};

/// Why a status cannot be told. The codes in capitals are those of Bitstring
/// Status List v1.0 (§3, §3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The list could not be had. Raised by whoever fetches.
    #[error("the status list could not be fetched")]
    Retrieval,
    /// The list is not one that may answer for this entry.
    #[error("the status list cannot be used: {0}")]
    Verification(#[from] Mismatch),
    /// A member breaks a MUST of the standard.
    #[error("the status information is malformed (`{member}`)")]
    Malformed {
        /// The member's name.
        member: &'static str,
    },
    /// Fewer than 131,072 entries: too few to hide among.
    #[error("the status list has too few entries")]
    ListLength,
    /// The index lies beyond the end of the list.
    #[error("the status list has no entry of that number")]
    Range,
    /// The list inflates to more than L-12.
    #[error("the status list is too large to be read")]
    Bomb,
    /// Compressing in memory failed. It cannot, but the compressor's signature
    /// says it might, and a broken list must not be published.
    #[error("the status list could not be compressed")]
    Encoding,
}

/// In what a list does not fit the entry that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Its proof does not hold. Raised by whoever checks proofs.
    #[error("its proof does not hold")]
    Proof,
    /// Its `id` is not the URL it was found at, so it may be another list.
    #[error("it is the list of another address")]
    Id,
    /// It is not kept for the entry's `statusPurpose`.
    #[error("it is kept for another purpose")]
    Purpose,
    /// It is an unsigned list that is not on the issuer's own host.
    #[error("it is not the issuer's own list")]
    Authority,
}

impl Error {
    /// The stable code: W3C's where W3C names one.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Retrieval => "STATUS_RETRIEVAL_ERROR",
            Self::Verification(_) => "STATUS_VERIFICATION_ERROR",
            Self::Malformed { .. } => "MALFORMED_VALUE_ERROR",
            Self::ListLength => "STATUS_LIST_LENGTH_ERROR",
            Self::Range => "RANGE_ERROR",
            Self::Bomb => "status_list_bomb",
            Self::Encoding => "internal",
        }
    }

    /// Whether a limit of ours was reached: nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::Bomb)
    }
}

const fn malformed(member: &'static str) -> Error {
    Error::Malformed { member }
}

/// Whether two URLs are one address, however host and port are written.
fn is_same_url(left: &str, right: &str) -> bool {
    left == right
        || matches!(
            (url::Url::parse(left), url::Url::parse(right)),
            (Ok(left), Ok(right)) if left == right
        )
}
