//! Setting up the log.

use crate::config::{LogFormat, LogLevel, Logs};
use std::io::IsTerminal as _;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt as _};

/// Somebody set up a log before; there is one for each process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the log or the metrics are set up already")]
pub struct AlreadySet;

impl AlreadySet {
    /// A stable name for logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "telemetry_already_set"
    }
}

/// Logs to standard error from now on, for the whole process.
///
/// # Errors
/// [`AlreadySet`].
pub fn log_to_stderr(logs: &Logs) -> Result<(), AlreadySet> {
    let subscriber = subscriber(logs, std::io::stderr().is_terminal(), std::io::stderr);
    tracing::subscriber::set_global_default(subscriber).map_err(|_| AlreadySet)
}

/// A log that writes to `writer`; `colours` are for terminals.
pub fn subscriber<W>(logs: &Logs, colours: bool, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(colours && logs.format == LogFormat::Text);
    let layer = match logs.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed(),
    };
    Box::new(tracing_subscriber::registry().with(layer.with_filter(filter(logs.level))))
}

/// Our own lines from the level on; those of libraries never below `warn`.
fn filter(level: LogLevel) -> Targets {
    let ours = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new()
        .with_default(ours.min(LevelFilter::WARN))
        // It calls what strangers send an error of ours.
        .with_target("actix_http", LevelFilter::OFF)
        .with_target("countersign", ours)
}

/// Logs panics from now on, each with its place and nothing else.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location();
        tracing::error!(
            file = place.map_or("", |place| place.file()),
            line = place.map_or(0, |place| place.line()),
            "a piece of work panicked: this is a fault of ours"
        );
    }));
}

#[cfg(test)]
mod tests {
    use super::super::canary::Lines;
    use super::*;

    fn lines(level: LogLevel, format: LogFormat, write: impl FnOnce()) -> Vec<String> {
        let lines = Lines::default();
        let subscriber = subscriber(&Logs { level, format }, false, lines.clone());
        tracing::subscriber::with_default(subscriber, write);
        lines.lines()
    }

    fn chatter() {
        tracing::error!(target: "countersign::edge", "ours error");
        tracing::warn!(target: "countersign", "ours warn");
        tracing::info!(target: "countersign::http", "ours info");
        tracing::debug!(target: "countersign::http", "ours debug");
        tracing::trace!(target: "countersign::http", "ours trace");
        tracing::error!(target: "hyper", "theirs error");
        tracing::warn!(target: "diesel", "theirs warn");
        tracing::info!(target: "hyper", "theirs info");
        tracing::debug!(target: "hyper::proto", "authorization: Bearer abc");
        tracing::trace!(target: "tokio", "theirs trace");
    }

    #[test]
    fn the_level_counts_for_our_lines_and_libraries_stay_quiet() {
        for (level, ours, theirs) in [
            (LogLevel::Error, 1, 1),
            (LogLevel::Warn, 2, 2),
            (LogLevel::Info, 3, 2),
            (LogLevel::Debug, 4, 2),
            (LogLevel::Trace, 5, 2),
        ] {
            let said = lines(level, LogFormat::Text, chatter);
            let count = |word: &str| said.iter().filter(|line| line.contains(word)).count();
            assert_eq!(
                (count("ours "), count("theirs ")),
                (ours, theirs),
                "{level:?} {said:#?}"
            );
            assert_eq!(count("Bearer"), 0, "{level:?}");
        }
    }

    #[test]
    fn json_is_one_object_a_line_whatever_is_in_it() {
        let said = lines(LogLevel::Info, LogFormat::Json, || {
            tracing::info!(target: "countersign", code = "a\n\"b\"", count = 3, "two\nlines");
            tracing::warn!(target: "countersign", "second");
        });
        assert_eq!(said.len(), 2, "{said:#?}");
        let object: serde_json::Value = serde_json::from_str(&said[0]).expect("JSON");
        assert_eq!(object["message"], "two\nlines");
        assert_eq!(
            (&object["level"], &object["count"]),
            (&"INFO".into(), &3.into())
        );
        assert!(
            object["timestamp"]
                .as_str()
                .is_some_and(|moment| moment.ends_with('Z'))
        );
    }

    #[test]
    fn a_text_carries_no_colours_where_there_is_no_terminal() {
        let said = lines(LogLevel::Info, LogFormat::Text, || {
            tracing::info!(target: "countersign", "\u{1b}[31mred");
        });
        assert!(
            said[0].contains("red") && !said[0].contains('\u{1b}'),
            "{said:?}"
        );
    }

    #[test]
    fn a_panic_is_logged_without_its_message() {
        let before = std::panic::take_hook();
        log_panics();
        let said = lines(LogLevel::Info, LogFormat::Text, || {
            let caught = std::panic::catch_unwind(|| panic!("canary-20b7 {}", 1));
            assert!(caught.is_err());
        });
        std::panic::set_hook(before);
        assert!(said.iter().any(|line| line.contains("logs.rs")), "{said:?}");
        assert!(
            !said.iter().any(|line| line.contains("canary-20b7")),
            "{said:?}"
        );
    }
}
