//! What is wrong with a setting, said so that it can be mended at once.

use std::fmt;
use std::path::PathBuf;

/// Where the value of a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody gave it.
    Default,
    /// A line of the settings file (or the whole file).
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: Option<usize>,
    },
    /// A variable of the environment.
    Variable(String),
    /// An option of the command line.
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => to.write_str("default"),
            Self::File { path, line: None } => write!(to, "{}", path.display()),
            Self::File {
                path,
                line: Some(line),
            } => write!(to, "{}, line {line}", path.display()),
            Self::Variable(name) => write!(to, "variable {name}"),
            Self::Option(name) => write!(to, "option {name}"),
        }
    }
}

/// One thing that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `section.key`; empty if a whole file is meant.
    pub setting: String,
    /// Where it was given.
    pub origin: Origin,
    /// What is wrong: a sentence without its full stop.
    pub wrong: String,
    /// What would be right: a sentence without its full stop.
    pub right: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.setting.is_empty() {
            write!(to, "{}", self.origin)?;
        } else {
            write!(to, "{} ({})", self.setting, self.origin)?;
        }
        write!(to, ": {}. {}.", self.wrong, self.right)
    }
}

/// Everything that is wrong with the settings; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// A stable name for logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "config_invalid"
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                to.write_str("\n")?;
            }
            write!(to, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// A value that is no good, before it is known whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) wrong: String,
    pub(super) right: String,
}

impl Wrong {
    pub(super) fn new(wrong: impl Into<String>, right: impl Into<String>) -> Self {
        Self {
            wrong: wrong.into(),
            right: right.into(),
        }
    }
}

/// A value as it is quoted in a problem: not too long, on one line.
pub(super) fn quote(text: &str) -> String {
    const MOST: usize = 60;
    let shown: String = text
        .chars()
        .take(MOST)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let more = if text.chars().nth(MOST).is_some() {
        "…"
    } else {
        ""
    };
    format!("\"{shown}{more}\"")
}
