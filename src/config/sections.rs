//! All sections together: reading them, and making the whole of them.

use super::given::Given;
use super::problem::Problem;
use super::settings::Field;
use super::{Config, database, fetch, http, issuing, keys, logs, node, rates, retention};
use std::path::PathBuf;

/// Every field of every section, in the order of the sample.
#[must_use]
pub fn fields() -> Vec<Field> {
    [
        node::FIELDS,
        http::FIELDS,
        database::FIELDS,
        keys::FIELDS,
        rates::FIELDS,
        fetch::FIELDS,
        issuing::FIELDS,
        retention::FIELDS,
        logs::FIELDS,
    ]
    .concat()
}

/// The sections while they are read: what could not be read is missing.
pub(super) struct Drafts {
    pub(super) node: node::Draft,
    pub(super) http: http::Draft,
    pub(super) database: database::Draft,
    pub(super) keys: keys::Draft,
    pub(super) rates: rates::Draft,
    pub(super) fetch: fetch::Draft,
    pub(super) issuing: issuing::Draft,
    pub(super) retention: retention::Draft,
    pub(super) logs: logs::Draft,
}

impl Drafts {
    pub(super) fn read(given: &Given, problems: &mut Vec<Problem>) -> Self {
        Self {
            node: node::Draft::read(given, problems),
            http: http::Draft::read(given, problems),
            database: database::Draft::read(given, problems),
            keys: keys::Draft::read(given, problems),
            rates: rates::Draft::read(given, problems),
            fetch: fetch::Draft::read(given, problems),
            issuing: issuing::Draft::read(given, problems),
            retention: retention::Draft::read(given, problems),
            logs: logs::Draft::read(given, problems),
        }
    }

    /// The whole, with paths taken from the data folder.
    pub(super) fn finish(self, dev: bool) -> Option<Config> {
        let mut database = self.database.finish()?;
        let folder = database.folder.clone();
        let within = |path: PathBuf| folder.join(path);
        database.file = within(database.file);
        database.issue_log = within(database.issue_log);
        let mut fetch = self.fetch.finish()?;
        fetch.root_certificates = fetch.root_certificates.map(within);
        Some(Config {
            environment: self.node.finish()?.environment,
            dev,
            http: self.http.finish()?,
            database,
            keys: self.keys.finish()?.keys(&folder)?,
            rates: self.rates.finish()?,
            fetch,
            issuing: self.issuing.finish()?,
            retention: self.retention.finish()?,
            logs: self.logs.finish()?,
        })
    }
}
