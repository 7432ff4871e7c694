//! Everything that a node counts: one table.

use metrics::Unit;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// How often values of which size occurred.
    Histogram,
}

/// One number, or a family of them by label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it is counted in.
    pub unit: Unit,
    /// Its labels.
    pub labels: &'static [&'static str],
    /// What it says, in a sentence.
    pub help: &'static str,
}

macro_rules! measures {
    ($( $name:ident = $text:literal, $kind:ident, $unit:ident, [$($label:literal),*], $help:literal; )+) => {
        $( #[doc = $help] pub const $name: &str = concat!("countersign_", $text); )+

        /// All of them.
        pub const ALL: &[Measure] = &[ $( Measure {
            name: $name,
            kind: Kind::$kind,
            unit: Unit::$unit,
            labels: &[$($label),*],
            help: $help,
        } ),+ ];
    };
}

measures! {
    REQUESTS = "requests_total", Counter, Count, ["route", "method", "status"],
        "Requests answered, by route, method and class of the status.";
    REQUEST_TIME = "request_seconds", Histogram, Seconds, ["route", "method"],
        "How long requests took.";
    SHED = "requests_shed_total", Counter, Count, ["class"],
        "Requests turned away because the node was busy (503).";
    RATE_LIMITED = "requests_limited_total", Counter, Count, ["class"],
        "Requests turned away because one client sent too many (429).";
    CHECKS = "checks_total", Counter, Count, ["conclusion", "outcome"],
        "Badges checked, by conclusion and headline.";
    CHECK_TIME = "check_seconds", Histogram, Seconds, [],
        "How long checks took, fetching included.";
    FETCHES = "fetches_total", Counter, Count, ["code"],
        "Documents fetched from others, by what came of it.";
    ISSUED = "credentials_issued_total", Counter, Count, [],
        "Badges issued.";
    STATUS_CHANGES = "credential_status_changes_total", Counter, Count, ["change"],
        "Badges revoked, suspended and reinstated.";
    QUEUE_DEPTH = "queue_depth", Gauge, Count, ["queue"],
        "How much waits for its turn.";
    OUTBOX_AGE = "outbox_age_seconds", Gauge, Seconds, [],
        "How long the oldest job that is due has been waiting.";
    JOBS = "jobs_total", Counter, Count, ["kind", "outcome"],
        "Background jobs run, by kind and outcome.";
    JOB_TIME = "job_seconds", Histogram, Seconds, ["kind"],
        "How long background jobs took.";
    STATUS_LIST_AGE = "status_list_age_seconds", Gauge, Seconds, [],
        "The age of the oldest status list that is published.";
    AUDIT_HEAD = "audit_head", Gauge, Count, [],
        "The number of the newest entry of the audit. It never goes down.";
    COMMITS = "database_commits_total", Counter, Count, [],
        "Transactions committed.";
    COMMIT_TIME = "database_commit_seconds", Histogram, Seconds, [],
        "How long commits took, until they were on the disk.";
    COMMIT_GROUP = "database_commit_group_size", Histogram, Count, [],
        "How many writers shared one commit.";
    LAST_WRITE = "database_write_age_seconds", Gauge, Seconds, [],
        "How long ago the last write that is known to be on the disk was.";
    READY = "ready", Gauge, Count, ["part"],
        "Whether a part of the node is fit for work: 1, else 0.";
    PANICS = "panics_total", Counter, Count, [],
        "Pieces of work that panicked: a fault of ours.";
    BUILD = "build_info", Gauge, Count, ["version"],
        "Always 1; the label says which version runs.";
}

/// The upper ends of the classes of times, in seconds.
pub const TIMES: [f64; 14] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0,
];

/// The upper ends of the classes of group sizes.
pub const GROUPS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
