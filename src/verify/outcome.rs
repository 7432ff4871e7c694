//! One headline for one report.
//!
//! The order decides: nothing of a changed badge may be shown; a known bad fact
//! beats an unknown; "genuine" comes only below "we do not recognise the
//! issuer"; an outage never hides an expiry. Rows under the headline still show
//! every fact.

use super::report::{Check, Question, Report, State, Subject};

/// The identifiers of headlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No badge in the input.
    NoBadgeFound,
    /// A kind of badge or seal that we cannot check.
    Unsupported,
    /// Changed, forged or malformed.
    Changed,
    /// The issuer's key could not be had.
    KeyUnreachable,
    /// The issuer is blocked.
    BlockedIssuer,
    /// An unknown issuer with a known name.
    NameClash,
    /// Withdrawn for good.
    Withdrawn,
    /// Paused.
    Paused,
    /// The person issued it.
    SelfIssued,
    /// Nobody we know vouches for the issuer.
    UnknownIssuer,
    /// Known, but not for this badge.
    LimitedIssuer,
    /// Starts later.
    NotStarted,
    /// Expired.
    Expired,
    /// Could not see whether it was withdrawn.
    StatusUnreachable,
    /// Of Open Badges 1 or 2.
    OlderVersion,
    /// The status was seen a while ago.
    StatusStale,
    /// Genuine; the issuer has closed.
    IssuerClosed,
    /// Genuine, with an end date that has not come.
    Current,
    /// Genuine, without an end date.
    CurrentNoExpiry,
}

/// How old a status may be before the headline says so: one hour.
const FRESH_SECONDS: i64 = 3_600;

impl Outcome {
    /// The stable identifier.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoBadgeFound => "no-badge-found",
            Self::Unsupported => "unsupported",
            Self::Changed => "changed",
            Self::KeyUnreachable => "key-unreachable",
            Self::BlockedIssuer => "blocked-issuer",
            Self::NameClash => "name-clash",
            Self::Withdrawn => "withdrawn",
            Self::Paused => "paused",
            Self::SelfIssued => "self-issued",
            Self::UnknownIssuer => "unknown-issuer",
            Self::LimitedIssuer => "limited-issuer",
            Self::NotStarted => "not-started",
            Self::Expired => "expired",
            Self::StatusUnreachable => "status-unreachable",
            Self::OlderVersion => "older-version",
            Self::StatusStale => "status-stale",
            Self::IssuerClosed => "issuer-closed",
            Self::Current => "current",
            Self::CurrentNoExpiry => "current-no-expiry",
        }
    }

    /// The headline of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        if report.subject == Subject::Nothing {
            return Self::NoBadgeFound;
        }
        not_authentic(report)
            .or_else(|| about_issuer_or_status(report))
            .or_else(|| not_current(report))
            .unwrap_or_else(|| good(report))
    }
}

fn not_authentic(report: &Report) -> Option<Outcome> {
    let answer = report.answer(Question::Authentic);
    match answer.state {
        State::Holds | State::NotApplicable => None,
        State::Fails => Some(Outcome::Changed),
        State::Unknown | State::NotReached if answer.code == "key_unreachable" => {
            Some(Outcome::KeyUnreachable)
        }
        State::Unknown | State::NotReached => Some(Outcome::Unsupported),
    }
}

fn about_issuer_or_status(report: &Report) -> Option<Outcome> {
    let recognition = report.finding(Check::Recognition).code;
    let status = report.finding(Check::Status);
    let key = report.finding(Check::Key);
    let is_self_issued = report
        .verified
        .as_ref()
        .is_some_and(super::Verified::is_self_issued);
    match (recognition, status.code) {
        ("issuer_blocked", _) => Some(Outcome::BlockedIssuer),
        ("issuer_name_clash", _) => Some(Outcome::NameClash),
        (_, "revoked") if status.state == State::Fails => Some(Outcome::Withdrawn),
        (_, "suspended") if status.state == State::Fails => Some(Outcome::Paused),
        // The issuer took back the key: what it sealed is withdrawn with it.
        _ if key.code == "key_revoked_time_unproven" => Some(Outcome::Withdrawn),
        _ if is_self_issued => Some(Outcome::SelfIssued),
        ("issuer_not_listed" | "issuer_known", _) => Some(Outcome::UnknownIssuer),
        ("issuer_limited", _) => Some(Outcome::LimitedIssuer),
        _ => None,
    }
}

fn not_current(report: &Report) -> Option<Outcome> {
    let dates = report.finding(Check::Dates);
    let key = report.finding(Check::Key);
    let status = report.finding(Check::Status);
    if dates.code == "not_yet_valid" {
        return Some(Outcome::NotStarted);
    }
    if dates.state == State::Fails || key.state == State::Fails {
        return Some(Outcome::Expired);
    }
    if matches!(status.state, State::Unknown) {
        return Some(Outcome::StatusUnreachable);
    }
    None
}

fn good(report: &Report) -> Outcome {
    let stale = report
        .finding(Check::Status)
        .age_seconds
        .is_some_and(|age| age > FRESH_SECONDS);
    if report.subject == Subject::OlderBadge {
        Outcome::OlderVersion
    } else if stale {
        Outcome::StatusStale
    } else if report.finding(Check::Recognition).code == "issuer_closed" {
        Outcome::IssuerClosed
    } else if report.finding(Check::Dates).at.is_some() {
        Outcome::Current
    } else {
        Outcome::CurrentNoExpiry
    }
}
