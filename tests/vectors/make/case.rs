//! One case, and the files it is made of.

use super::doc::Doc;
use std::collections::BTreeMap;

/// The moment at which cases are checked unless they say otherwise.
pub const NOW: &str = "2026-11-25T12:00:00Z";

/// How a check ends, as its exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 0.
    Accept,
    /// 1: genuine, but not to be relied on.
    NotCurrent,
    /// 2: changed, forged or malformed.
    Forged,
    /// 3.
    Undecided,
}

impl Verdict {
    const fn exit(self) -> u8 {
        match self {
            Self::Accept => 0,
            Self::NotCurrent => 1,
            Self::Forged => 2,
            Self::Undecided => 3,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::NotCurrent | Self::Forged => "reject",
            Self::Undecided => "undecided",
        }
    }
}

/// A case under construction.
#[derive(Debug, Clone)]
pub struct Case {
    name: &'static str,
    pub verdict: Verdict,
    reasons: [&'static str; 3],
    at: &'static str,
    words: Vec<(&'static str, String)>,
    findings: Vec<(&'static str, &'static str)>,
    not: Vec<(&'static str, &'static str)>,
    shown: Vec<(&'static str, &'static str)>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Case {
    fn new(name: &'static str, verdict: Verdict) -> Self {
        Self {
            name,
            verdict,
            reasons: [""; 3],
            at: NOW,
            words: Vec::new(),
            findings: Vec::new(),
            not: Vec::new(),
            shown: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    pub fn accept(name: &'static str) -> Self {
        Self::new(name, Verdict::Accept)
    }

    pub fn forged(name: &'static str) -> Self {
        Self::new(name, Verdict::Forged)
    }

    pub fn not_current(name: &'static str) -> Self {
        Self::new(name, Verdict::NotCurrent)
    }

    pub fn undecided(name: &'static str) -> Self {
        Self::new(name, Verdict::Undecided)
    }

    /// Why the verdict is right, where it says so, and what would go wrong for
    /// an employer if it were another.
    pub fn because(
        mut self,
        why: &'static str,
        citation: &'static str,
        effect: &'static str,
    ) -> Self {
        self.reasons = [why, citation, effect];
        self
    }

    pub fn at(mut self, moment: &'static str) -> Self {
        self.at = moment;
        self
    }

    fn word(mut self, name: &'static str, toml: impl Into<String>) -> Self {
        self.words.push((name, toml.into()));
        self
    }

    pub fn recipient(self, text: &str) -> Self {
        self.word("recipient", quoted(text))
    }

    pub fn challenge(self, text: &str) -> Self {
        self.word("challenge", quoted(text))
    }

    pub fn domain(self, text: &str) -> Self {
        self.word("domain", quoted(text))
    }

    pub fn dev(self) -> Self {
        self.word("dev", "true")
    }

    pub fn own_status_lists_only(self) -> Self {
        self.word("own_status_lists_only", "true")
    }

    /// The conclusion, where it is not the verdict: of a presentation whose
    /// credentials are worse than itself.
    pub fn concludes(self, conclusion: &str) -> Self {
        self.word("conclusion", quoted(conclusion))
    }

    pub fn outcome(self, id: &str) -> Self {
        self.word("outcome", quoted(id))
    }

    pub fn proofs(self, findings: &[&str]) -> Self {
        self.word("proofs", list(findings))
    }

    pub fn endorsements(self, findings: &[&str]) -> Self {
        self.word("endorsements", list(findings))
    }

    pub fn credentials(self, conclusions: &[&str]) -> Self {
        self.word("credentials", list(conclusions))
    }

    pub fn notes(self, codes: &[&str]) -> Self {
        self.word("notes", list(codes))
    }

    /// How a check ends: `state` or `state code`.
    pub fn finds(mut self, check: &'static str, finding: &'static str) -> Self {
        self.findings.push((check, finding));
        self
    }

    /// How a check must not end.
    pub fn never(mut self, check: &'static str, finding: &'static str) -> Self {
        self.not.push((check, finding));
        self
    }

    /// What is shown as fact.
    pub fn shows(mut self, member: &'static str, text: &'static str) -> Self {
        self.shown.push((member, text));
        self
    }

    pub fn file(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    pub fn badge(self, doc: &Doc) -> Self {
        self.file("badge.json", doc.to_bytes())
    }

    pub fn text(self, text: &str) -> Self {
        self.file("badge.json", text)
    }

    pub fn token(self, token: &str) -> Self {
        self.file("badge.jwt", format!("{token}\n"))
    }

    pub fn presentation(self, doc: &Doc) -> Self {
        self.file("presentation.json", doc.to_bytes())
    }

    /// What the network would answer at `url`.
    pub fn net(self, url: &str, doc: &Doc) -> Self {
        self.net_bytes(url, doc.to_bytes())
    }

    pub fn net_bytes(self, url: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let (_, rest) = url.split_once("://").expect("an address");
        let mut path = format!("net/{}", rest.replace(':', "%3A"));
        if !path.ends_with(".json") {
            path.push_str(".json");
        }
        self.file(path, bytes)
    }

    /// How the checks are expected to end: check, state.
    pub fn ends(&self) -> impl Iterator<Item = (&str, &str)> {
        let state = |finding: &'static str| finding.split(' ').next().unwrap_or_default();
        let findings = self.findings.iter();
        findings.map(move |(check, finding)| (*check, state(finding)))
    }

    pub fn citation(&self) -> &str {
        self.reasons[1]
    }

    /// The folder's name.
    pub fn folder(&self) -> String {
        format!("{}_{}", self.name, self.verdict.word())
    }

    /// Every file, by its path in the folder.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files.clone();
        files.insert("expect.toml".to_owned(), self.expectation().into_bytes());
        files
    }

    fn expectation(&self) -> String {
        let [why, citation, effect] = self.reasons.map(quoted);
        let mut text = format!("why = {why}\ncitation = {citation}\neffect = {effect}\n");
        text += &format!("at = {}\nexit = {}\n", quoted(self.at), self.verdict.exit());
        for (name, toml) in &self.words {
            text += &format!("{name} = {toml}\n");
        }
        for (table, rows) in [
            ("findings", &self.findings),
            ("not", &self.not),
            ("shown", &self.shown),
        ] {
            if !rows.is_empty() {
                text += &format!("\n[{table}]\n");
            }
            for (name, value) in rows {
                text += &format!("{name} = {}\n", quoted(value));
            }
        }
        text
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}
