//! The section `[logs]`.

use super::parse;

/// From which weight on something is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Somebody has to act.
    Error,
    /// Somebody should look.
    Warn,
    /// What happened, a line each.
    Info,
    /// For those who look for a fault.
    Debug,
    /// Everything.
    Trace,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

const LEVELS: [(&str, LogLevel); 5] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

const FORMATS: [(&str, LogFormat); 2] = [("text", LogFormat::Text), ("json", LogFormat::Json)];

settings! {
    /// What is written to standard error.
    pub struct Logs = "logs" {
        /// How much is logged: "error", "warn", "info", "debug" or "trace".
        level: LogLevel = "info" => |raw| parse::word(raw, &LEVELS);
        /// How: "text" for people, "json" for one object a line.
        format: LogFormat = "text" => |raw| parse::word(raw, &FORMATS);
    }
}
