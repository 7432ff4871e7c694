//! Counting. Nothing is counted but by these functions.
//!
//! A word that becomes a label is `&'static str`: it stands in the source, so
//! there are only so many of them, and none is anybody's. The one text that
//! comes from outside, a request's method, is put into a class here.

use super::measures::{
    AUDIT_HEAD, BUILD, CHECK_TIME, CHECKS, COMMIT_GROUP, COMMIT_TIME, COMMITS, FETCHES, ISSUED,
    JOB_TIME, JOBS, LAST_WRITE, OUTBOX_AGE, PANICS, QUEUE_DEPTH, RATE_LIMITED, READY, REQUEST_TIME,
    REQUESTS, SHED, STATUS_CHANGES, STATUS_LIST_AGE,
};
use crate::verify::{Conclusion, Outcome};
use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// A request was answered. `route` is the pattern that it matched
/// (`/issuers/{slug}`), never the path itself.
pub fn request(route: &'static str, method: &str, status: u16, took: Duration) {
    let (method, class) = (method_class(method), status_class(status));
    counter!(REQUESTS, "route" => route, "method" => method, "status" => class).increment(1);
    histogram!(REQUEST_TIME, "route" => route, "method" => method).record(took);
}

fn method_class(method: &str) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let known = KNOWN.into_iter().find(|known| *known == method);
    known.unwrap_or("other")
}

const fn status_class(status: u16) -> &'static str {
    match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        500..=599 => "5xx",
        _ => "other",
    }
}

/// A request was turned away because the node was busy.
pub fn shed(class: &'static str) {
    counter!(SHED, "class" => class).increment(1);
}

/// A request was turned away because its client sent too many.
pub fn limited(class: &'static str) {
    counter!(RATE_LIMITED, "class" => class).increment(1);
}

/// A badge was checked.
pub fn check(conclusion: Conclusion, outcome: Outcome, took: Duration) {
    let conclusion = match conclusion {
        Conclusion::Accept => "accept",
        Conclusion::Undecided => "undecided",
        Conclusion::Reject => "reject",
    };
    counter!(CHECKS, "conclusion" => conclusion, "outcome" => outcome.id()).increment(1);
    histogram!(CHECK_TIME).record(took);
}

/// A document was asked for. `code` is `ok`, or says why there is none.
pub fn fetch(code: &'static str) {
    counter!(FETCHES, "code" => code).increment(1);
}

/// Badges were issued.
pub fn issued(badges: u64) {
    counter!(ISSUED).increment(badges);
}

/// What became of a badge that was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusChange {
    /// It is withdrawn for good.
    Revoked,
    /// It is paused.
    Suspended,
    /// It is no longer paused.
    Reinstated,
}

/// The status of a badge changed.
pub fn status_changed(change: StatusChange) {
    let change = match change {
        StatusChange::Revoked => "revoked",
        StatusChange::Suspended => "suspended",
        StatusChange::Reinstated => "reinstated",
    };
    counter!(STATUS_CHANGES, "change" => change).increment(1);
}

/// So much waits in a queue.
pub fn queue(queue: &'static str, depth: u32) {
    gauge!(QUEUE_DEPTH, "queue" => queue).set(f64::from(depth));
}

/// The oldest job that is due has been waiting for so long.
pub fn outbox_age(age: Duration) {
    gauge!(OUTBOX_AGE).set(age.as_secs_f64());
}

/// A job ran. `outcome` is `done`, or says why not.
pub fn job(kind: &'static str, outcome: &'static str, took: Duration) {
    counter!(JOBS, "kind" => kind, "outcome" => outcome).increment(1);
    histogram!(JOB_TIME, "kind" => kind).record(took);
}

/// The oldest published status list is so old.
pub fn status_list_age(age: Duration) {
    gauge!(STATUS_LIST_AGE).set(age.as_secs_f64());
}

/// The newest entry of the audit has this number.
pub fn audit_head(number: u64) {
    // Exact up to 2^53 entries.
    #[expect(clippy::cast_precision_loss, reason = "a metric is a float")]
    gauge!(AUDIT_HEAD).set(number as f64);
}

/// A transaction was committed, for so many writers together.
pub fn commit(group: u32, took: Duration) {
    counter!(COMMITS).increment(1);
    histogram!(COMMIT_TIME).record(took);
    histogram!(COMMIT_GROUP).record(f64::from(group));
}

/// The last write that is known to be on the disk was so long ago.
pub fn write_age(age: Duration) {
    gauge!(LAST_WRITE).set(age.as_secs_f64());
}

/// Whether a part of the node is fit for work.
pub fn ready(part: &'static str, is_ready: bool) {
    gauge!(READY, "part" => part).set(f64::from(u8::from(is_ready)));
}

/// A piece of work panicked.
pub fn panicked() {
    counter!(PANICS).increment(1);
}

/// Which version runs.
pub(super) fn build() {
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}

#[cfg(test)]
mod tests {
    use super::super::measures::{ALL, Kind};
    use super::super::prometheus::{Metrics, describe};
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    const SECOND: Duration = Duration::from_secs(1);

    /// Everything that can be counted, once.
    fn everything() {
        describe();
        build();
        request("/issuers/{slug}", "GET", 200, SECOND);
        shed("check");
        limited("login");
        check(Conclusion::Accept, Outcome::Current, SECOND);
        fetch("ok");
        issued(3);
        status_changed(StatusChange::Revoked);
        queue("fetch", 7);
        outbox_age(SECOND);
        job("publish", "done", SECOND);
        status_list_age(SECOND);
        audit_head(12);
        commit(4, SECOND);
        write_age(SECOND);
        ready("disk", true);
        panicked();
    }

    fn render(count: impl FnOnce()) -> String {
        let (recorder, metrics) = Metrics::recorder();
        metrics::with_local_recorder(&recorder, count);
        metrics.render()
    }

    /// The value of one line.
    fn value<'a>(text: &'a str, line: &str) -> Option<&'a str> {
        text.lines()
            .find_map(|one| one.strip_prefix(line)?.strip_prefix(' '))
    }

    /// The labels of every line, by the name of its family.
    fn labels(text: &str) -> BTreeMap<String, BTreeSet<(String, String)>> {
        let mut found: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (series, _) = line.rsplit_once(' ').expect("a value");
            let (name, labels) = series.split_once('{').unwrap_or((series, ""));
            let family = ["_bucket", "_sum", "_count"]
                .iter()
                .find_map(|end| name.strip_suffix(end))
                .filter(|name| ALL.iter().any(|measure| measure.name == *name))
                .unwrap_or(name);
            let entry = found.entry(family.to_owned()).or_default();
            for label in labels.trim_end_matches('}').split("\",") {
                if let Some((label, value)) = label.split_once("=\"")
                    && label != "le"
                {
                    entry.insert((label.to_owned(), value.trim_end_matches('"').to_owned()));
                }
            }
        }
        found
    }

    #[test]
    fn everything_in_the_table_is_counted_and_nothing_else() {
        let text = render(everything);
        let found = labels(&text);
        let names: BTreeSet<&str> = found.keys().map(String::as_str).collect();
        let table: BTreeSet<&str> = ALL.iter().map(|measure| measure.name).collect();
        assert_eq!(names, table, "{text}");
        for measure in ALL {
            let used: BTreeSet<&str> = found[measure.name]
                .iter()
                .map(|(label, _)| label.as_str())
                .collect();
            let listed: BTreeSet<&str> = measure.labels.iter().copied().collect();
            assert_eq!(used, listed, "{}", measure.name);
            let help = format!("# HELP {} {}", measure.name, measure.help);
            assert!(text.contains(&help), "{help}\n{text}");
            let kind = match measure.kind {
                Kind::Counter => "counter",
                Kind::Gauge => "gauge",
                Kind::Histogram => "histogram",
            };
            assert!(
                text.contains(&format!("# TYPE {} {kind}", measure.name)),
                "{text}"
            );
        }
    }

    #[test]
    fn every_number_is_in_the_manual() {
        let manual = include_str!("../../manual/operating.md");
        for measure in ALL {
            let kind = format!("{:?}", measure.kind).to_lowercase();
            let labels: Vec<String> = measure
                .labels
                .iter()
                .map(|label| format!("`{label}`"))
                .collect();
            let labels = if labels.is_empty() {
                "—".to_owned()
            } else {
                labels.join(", ")
            };
            let row = format!(
                "| `{}` | {kind} | {labels} | {} |",
                measure.name, measure.help
            );
            assert!(manual.contains(&row), "{row}");
        }
        assert_eq!(manual.matches("\n| `countersign_").count(), ALL.len());
    }

    #[test]
    fn names_say_what_is_counted() {
        for measure in ALL {
            let name = measure.name;
            let is_total = name.ends_with("_total");
            assert_eq!(measure.kind == Kind::Counter, is_total, "{name}");
            let is_time = measure.unit == metrics::Unit::Seconds;
            assert_eq!(is_time, name.ends_with("_seconds"), "{name}");
            assert!(measure.help.ends_with('.'), "{name}");
        }
    }

    #[test]
    fn values_arrive_as_they_were_counted() {
        let text = render(everything);
        for (line, expected) in [
            ("countersign_credentials_issued_total", "3"),
            ("countersign_audit_head", "12"),
            ("countersign_queue_depth{queue=\"fetch\"}", "7"),
            ("countersign_ready{part=\"disk\"}", "1"),
            (
                "countersign_database_commit_group_size_bucket{le=\"2\"}",
                "0",
            ),
            (
                "countersign_database_commit_group_size_bucket{le=\"4\"}",
                "1",
            ),
            ("countersign_check_seconds_bucket{le=\"0.25\"}", "0"),
            ("countersign_check_seconds_bucket{le=\"1\"}", "1"),
            (
                "countersign_checks_total{conclusion=\"accept\",outcome=\"current\"}",
                "1",
            ),
        ] {
            assert_eq!(value(&text, line), Some(expected), "{line}\n{text}");
        }
    }

    /// A stranger chooses method and status; neither makes a new label.
    #[test]
    fn labels_are_words_of_ours_whatever_a_stranger_sends() {
        let text = render(|| {
            everything();
            for at in 0..1000 {
                request("/check", &format!("ODETTE@EXAMPLE.ORG-{at}"), 200, SECOND);
            }
            for status in 0..1000 {
                request("/check", "get", status, SECOND);
            }
        });
        let found = labels(&text);
        let methods: BTreeSet<&str> = found[REQUESTS]
            .iter()
            .filter(|(label, _)| label == "method")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(methods, BTreeSet::from(["GET", "other"]));
        let classes = found[REQUESTS]
            .iter()
            .filter(|(label, _)| label == "status");
        assert_eq!(classes.count(), 6);
        for (label, value) in found.values().flatten() {
            let is_word = value.len() <= 64
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-./{}".contains(&byte));
            assert!(is_word, "{label}={value}");
        }
    }

    /// Whoever counts past this file could use any label.
    #[test]
    fn nothing_is_counted_elsewhere() {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![source];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                seen += 1;
                let ours = path.to_string_lossy().contains("telemetry");
                let text = std::fs::read(&path).expect("a file");
                let text = String::from_utf8_lossy(&text);
                let counts = ["counter!(", "gauge!(", "histogram!("]
                    .iter()
                    .any(|call| text.contains(call));
                assert!(ours || !counts, "{}", path.display());
            }
        }
        assert!(seen > 100, "the source was not found");
    }
}
