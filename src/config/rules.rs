//! What has to hold between settings.

use super::given::Given;
use super::keys::MasterKind;
use super::node::Environment;
use super::problem::{Origin, Problem, Wrong};
use super::sections::Drafts;
use super::values::{BaseUrl, HostFault};

const PUBLIC: &str =
    "Write the address that strangers reach the node by, like https://badges.example.org";

/// Everything that is wrong between settings that are fine each for itself.
pub(super) fn check(drafts: &Drafts, dev: bool, given: &Given) -> Vec<Problem> {
    let mut found = Found {
        given,
        problems: Vec::new(),
    };
    found.development(drafts, dev);
    if let (Some(url), Some(environment)) = (&drafts.http.base_url, drafts.node.environment) {
        found.base_url(url, dev, environment);
    }
    found.listeners(drafts);
    found.times(drafts);
    found.paths(drafts);
    found.keys(drafts);
    found.problems
}

struct Found<'a> {
    given: &'a Given,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, setting: &str, wrong: &str, right: &str) {
        let problem = self.given.problem(setting, Wrong::new(wrong, right));
        self.problems.push(problem);
    }

    /// FED-102: what weakens the node is refused in production.
    fn development(&mut self, drafts: &Drafts, dev: bool) {
        if drafts.node.environment != Some(Environment::Production) {
            return;
        }
        if dev {
            self.problems.push(Problem {
                setting: "environment".to_owned(),
                origin: Origin::Option("--dev"),
                wrong: "--dev is refused in production".to_owned(),
                right: "Leave --dev out, or write environment = \"development\"".to_owned(),
            });
        }
        let exceptions = drafts.fetch.exceptions.as_deref();
        if exceptions.is_some_and(|exceptions| !exceptions.is_empty()) {
            self.add(
                "fetch.exceptions",
                "exceptions are refused in production",
                "Take them out, or write environment = \"development\"",
            );
        }
    }

    fn base_url(&mut self, url: &BaseUrl, dev: bool, environment: Environment) {
        const NAME: &str = "http.base_url";
        if dev && url.is_loopback() {
            return;
        }
        if !url.is_https() {
            let right = if url.is_loopback() {
                "Write https, or start with --dev"
            } else {
                PUBLIC
            };
            self.add(NAME, "it is not https", right);
        }
        match url.host_fault() {
            Some(HostFault::Address) if !dev => {
                self.add(NAME, "its host is an address, not a name", PUBLIC);
            }
            Some(HostFault::Local) if environment == Environment::Production => self.add(
                NAME,
                "its host is a name that only means something here: others could not check badges",
                PUBLIC,
            ),
            _ => {}
        }
        if environment == Environment::Production && url.is_https() && url.url().port().is_some() {
            self.add(
                NAME,
                "other nodes only fetch from port 443: they could not check badges",
                "Leave the port out",
            );
        }
    }

    fn listeners(&mut self, drafts: &Drafts) {
        let (Some(listen), Some(Some(metrics))) = (drafts.http.listen, drafts.http.metrics) else {
            return;
        };
        let overlap = listen.ip() == metrics.ip()
            || listen.ip().is_unspecified()
            || metrics.ip().is_unspecified();
        if overlap && listen.port() == metrics.port() && listen.port() != 0 {
            self.add(
                "http.metrics",
                "it is the port of http.listen: strangers would see the metrics",
                "Write another port, or \"off\"",
            );
        }
    }

    fn times(&mut self, drafts: &Drafts) {
        let issuing = &drafts.issuing;
        if let (Some(renewal), Some(validity)) = (issuing.status_renewal, issuing.status_validity)
            && renewal > validity / 2
        {
            self.add(
                "issuing.status_renewal",
                "a list would run out after one renewal that failed",
                "Write at most half of issuing.status_validity",
            );
        }
        if let (Some(ttl), Some(validity)) = (issuing.status_ttl, issuing.status_validity)
            && ttl >= validity
        {
            self.add(
                "issuing.status_ttl",
                "copies would be kept for longer than a list is valid",
                "Write less than issuing.status_validity",
            );
        }
    }

    fn paths(&mut self, drafts: &Drafts) {
        let (Some(file), Some(log)) = (&drafts.database.file, &drafts.database.issue_log) else {
            return;
        };
        if file == log {
            self.add(
                "database.issue_log",
                "it is the file of the database",
                "Name a file of its own, best on another disk",
            );
        }
    }

    /// What each kind of master key needs. `None` is a value that could not be
    /// read, which was told already.
    fn keys(&mut self, drafts: &Drafts) {
        let keys = &drafts.keys;
        let is_missing = |file: &Option<Option<_>>, secret: &Option<Option<_>>| {
            matches!((file, secret), (Some(None), Some(None)))
        };
        match keys.master_key {
            Some(MasterKind::Passphrase) if is_missing(&keys.passphrase_file, &keys.passphrase) => {
                self.need("keys.passphrase_file", "Name the file of the passphrase");
            }
            Some(MasterKind::Pkcs11) => {
                if keys.pkcs11_module == Some(None) {
                    self.need(
                        "keys.pkcs11_module",
                        "Name the library of the hardware's maker",
                    );
                }
                if keys.pkcs11_token == Some(None) {
                    self.need("keys.pkcs11_token", "Write the label of the token");
                }
                if is_missing(&keys.pkcs11_pin_file, &keys.pkcs11_pin) {
                    self.need("keys.pkcs11_pin_file", "Name the file of the PIN");
                }
            }
            _ => {}
        }
    }

    fn need(&mut self, setting: &str, right: &str) {
        self.add(
            setting,
            "it is needed for this kind of keys.master_key",
            right,
        );
    }
}
