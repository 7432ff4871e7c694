//! What stands before all sections.

use super::parse;

/// What the node is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Real badges: no exceptions.
    Production,
    /// Trying things out.
    Development,
}

const ENVIRONMENTS: [(&str, Environment); 2] = [
    ("production", Environment::Production),
    ("development", Environment::Development),
];

settings! {
    /// What stands before all sections.
    pub(super) struct Node = "" {
        /// "production" or "development". Production refuses what is only good for trying things
        /// out: `--dev`, exceptions for fetching, names that only mean something here. With `--dev`
        /// the default is "development".
        environment: Environment = "production" => |raw| parse::word(raw, &ENVIRONMENTS);
    }
}
