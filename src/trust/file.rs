//! The trust file: what an organisation has written down about issuers.
//!
//! [`TrustFile::parse`] reads it, strictly. A list of somebody else only says
//! through whom an issuer is recognised; by itself it recognises nobody.

use super::OrganisationName;
use crate::clock::Moment;
use crate::json;

/// What an organisation has written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustFile {
    /// The code of the organisation whose view this is.
    pub viewpoint: Option<String>,
    /// What it thinks of issuers.
    pub entries: Vec<Entry>,
    /// The lists of others it knows of.
    pub lists: Vec<TrustList>,
}

/// One issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The short code lists refer to.
    pub code: String,
    /// Its ids: `did` first, then `ids`.
    pub ids: Vec<String>,
    /// What it is called here.
    pub name: Option<OrganisationName>,
    /// What we think of it.
    pub status: Status,
    /// The start of the day since when.
    pub since: Option<Moment>,
    /// The end of the day by which somebody has to look again.
    pub review_due: Option<Moment>,
    /// How somebody made sure.
    pub how_checked: Option<String>,
}

/// What an organisation thinks of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is itself, or hosted and vouched for by it.
    Own,
    /// Checked and recognised.
    Trusted,
    /// Recognised for some badges only.
    TrustedForSome {
        /// Codes or ids of the achievements.
        limited_to: Vec<String>,
    },
    /// Recognised because a list of somebody recognised has it.
    KnownThroughList,
    /// Real, but its badges mean nothing here.
    Known,
    /// Has closed; what it issued stays good.
    Closed,
    /// Not accepted.
    Blocked,
    /// Nobody has checked it.
    Unknown,
}

/// A list that somebody publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustList {
    /// What it is called.
    pub name: String,
    /// The code of its publisher.
    pub publisher: String,
    /// The codes of the issuers on it.
    pub members: Vec<String>,
    /// The start of the day it was last changed.
    pub updated: Option<Moment>,
    /// Whether it counts here.
    pub subscribed: bool,
}

/// Why a trust file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not JSON, or beyond a limit.
    #[error("the trust file cannot be read: {0}")]
    Json(#[from] json::Error),
    /// A member is missing or of the wrong form.
    #[error("the trust file: `{member}` in {place} is missing or of the wrong form")]
    Shape {
        /// Where.
        place: Place,
        /// The member.
        member: &'static str,
    },
    /// A `status` that we do not know.
    #[error("the trust file: `{status}` in {place} is not a status we know")]
    UnknownStatus {
        /// Where.
        place: Place,
        /// The word.
        status: String,
    },
    /// `limitedTo` without `trusted-for-some`, or the other way round.
    #[error("the trust file: `limitedTo` in {place} does not go with its status")]
    LimitedTo {
        /// Where.
        place: Place,
    },
    /// Two entries for one code or one id: which one holds?
    #[error("the trust file: {place} repeats `{id}`")]
    Duplicate {
        /// Where the second one is.
        place: Place,
        /// The code or id.
        id: String,
    },
}

/// A place in the file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The file itself.
    File,
    /// An entry.
    Entry(usize),
    /// A list.
    List(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File => formatter.write_str("the file"),
            Self::Entry(number) => write!(formatter, "entry {number}"),
            Self::List(number) => write!(formatter, "list {number}"),
        }
    }
}

impl Error {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Shape { .. } => "trust_file_shape",
            Self::UnknownStatus { .. } => "trust_file_status",
            Self::LimitedTo { .. } => "trust_file_limited_to",
            Self::Duplicate { .. } => "trust_file_duplicate",
        }
    }

    /// Whether a limit was reached.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::Json(error) if error.is_limit())
    }
}

impl TrustFile {
    /// The entry of the issuer `id`, spelled exactly so.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.ids.iter().any(|known| known == id))
    }
}
