//! How a command fails: one line on standard error, and an exit code.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

/// A command that could not be carried out.
#[derive(Debug)]
pub(super) struct Failure {
    line: String,
    code: u8,
}

impl Failure {
    /// The call is wrong (64, as in `sysexits`).
    pub(super) fn usage(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 64,
        }
    }

    /// What was handed in cannot be used (65).
    pub(super) fn data(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 65,
        }
    }

    /// A file cannot be read (66).
    pub(super) fn unreadable(path: &Path, why: impl Display) -> Self {
        Self {
            line: format!("cannot read {}: {why}", path.display()),
            code: 66,
        }
    }

    /// A file cannot be written (73).
    pub(super) fn unwritable(path: &Path, why: impl Display) -> Self {
        Self {
            line: format!("cannot write {}: {why}", path.display()),
            code: 73,
        }
    }

    /// The settings, or what they lead to, cannot be used (78).
    pub(super) fn config(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 78,
        }
    }

    /// What is needed is not there now (69).
    pub(super) fn unavailable(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 69,
        }
    }

    /// Our own fault (70).
    pub(super) fn ours(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 70,
        }
    }

    /// The exit code.
    pub(super) const fn code(&self) -> u8 {
        self.code
    }

    /// Prints the line and gives the exit code.
    #[expect(clippy::print_stderr, reason = "this is where failures are told")]
    pub(super) fn report(&self) -> ExitCode {
        eprintln!("countersign: {}", self.line);
        ExitCode::from(self.code)
    }
}
