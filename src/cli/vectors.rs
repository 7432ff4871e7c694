//! `countersign vectors`: runs a folder of test cases.
//!
//! A case is a folder `<what>_<verdict>` with one input, `expect.toml`, perhaps
//! `net/` (what the network would answer) and `trust.json`;
//! `tests/vectors/README.md` describes them. `known.toml` beside the cases lists
//! those that are known to fail.
//!
//! **Promises.** Nothing passes by a slip: a case without expectations, a word
//! in an expectation that means nothing, a listed case that passes or is not
//! there is a failure. **Does not** write anything.

use super::check::exit_code;
use super::documents::Documents;
use super::failure::Failure;
use super::files;
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::limits;
use crate::trust::TrustFile;
use crate::verify::{Check, Finding, Outcome, Policy, Report, State, to_wire};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Run a folder of test cases
///
/// Each case is a folder whose name ends in the verdict (accept, reject or
/// undecided). Exit code: 0 if all pass, else 1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign vectors tests/vectors\n  \
    countersign vectors --json tests/vectors\n\n\
    Prints a line for each case that fails, and a count. tests/vectors/README.md says what a case\n\
    looks like; you can add your own folder of cases.")]
pub(super) struct Args {
    /// The folder of cases
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Print one JSON object with every case
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut known = known(&args.folder)?;
    let mut results = Vec::new();
    for name in cases(&args.folder)? {
        let wrong = run_case(&args.folder.join(&name), &name);
        results.push(CaseResult::new(name, wrong, &mut known));
    }
    if results.is_empty() {
        let folder = args.folder.display();
        return Err(Failure::data(format!("{folder}: there is no case in it")));
    }
    let missing = known.into_keys().map(|name| CaseResult {
        wrong: vec!["known.toml lists it, but it is not there".to_owned()],
        name,
        known: None,
    });
    results.extend(missing);
    let text = if args.json {
        json(&results)
    } else {
        lines(&results)
    };
    files::write(None, text.as_bytes())?;
    let all_pass = results.iter().all(CaseResult::is_fine);
    Ok(ExitCode::from(u8::from(!all_pass)))
}

/// What became of one case.
struct CaseResult {
    name: String,
    /// What differs from the expectation.
    wrong: Vec<String>,
    /// Why it is known to fail.
    known: Option<String>,
}

impl CaseResult {
    /// A case that is known to fail and passes is wrong itself: the list is
    /// out of date.
    fn new(name: String, mut wrong: Vec<String>, known: &mut BTreeMap<String, String>) -> Self {
        let mut reason = known.remove(&name);
        if wrong.is_empty() && reason.take().is_some() {
            wrong.push("known.toml lists it, but it passes".to_owned());
        }
        Self {
            name,
            wrong,
            known: reason,
        }
    }

    fn is_fine(&self) -> bool {
        self.wrong.is_empty() || self.known.is_some()
    }
}

const VERDICTS: [&str; 3] = ["accept", "reject", "undecided"];

fn verdict_in(name: &str) -> Option<&str> {
    let (_, verdict) = name.rsplit_once('_')?;
    VERDICTS.contains(&verdict).then_some(verdict)
}

/// The folders that are cases: by their name, or because something is expected.
fn cases(folder: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(folder, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let expects = entry.path().join("expect.toml").is_file();
        if expects || (verdict_in(&name).is_some() && entry.path().is_dir()) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// `known.toml`: case = "reason".
fn known(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let path = folder.join("known.toml");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let bytes = files::read(&path, limits::INPUT_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    toml::from_str(&text).map_err(|error| Failure::unreadable(&path, error.message()))
}

/// `expect.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    why: String,
    citation: String,
    effect: String,
    at: String,
    recipient: Option<String>,
    challenge: Option<String>,
    domain: Option<String>,
    /// Loopback over plain http is allowed.
    #[serde(default)]
    dev: bool,
    /// A status list of somebody else than the issuer does not count.
    #[serde(default)]
    own_status_lists_only: bool,
    exit: u8,
    conclusion: Option<String>,
    outcome: Option<String>,
    #[serde(default)]
    findings: BTreeMap<String, String>,
    #[serde(default)]
    not: BTreeMap<String, String>,
    proofs: Option<Vec<String>>,
    endorsements: Option<Vec<String>>,
    credentials: Option<Vec<String>>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    shown: BTreeMap<String, String>,
}

/// Runs one case; says what is wrong, which is nothing if it passes.
fn run_case(folder: &Path, name: &str) -> Vec<String> {
    match judge(folder, name) {
        Err(why) => vec![why],
        Ok((expected, report)) => {
            let mut wrong = Comparison(Vec::new());
            wrong.verdict(name, &expected, &report);
            wrong.findings(&expected, &report);
            wrong.lists(&expected, &report);
            wrong.content(&expected, &report);
            wrong.0
        }
    }
}

fn judge(folder: &Path, name: &str) -> Result<(Expectation, Report), String> {
    let expected = expectation(folder)?;
    let at = Moment::parse(&expected.at).map_err(|_| "`at` is not a moment".to_owned())?;
    let bytes = input(folder)?;
    let policy = Policy {
        dev: expected.dev,
        own_status_lists_only: expected.own_status_lists_only,
        recipient: expected.recipient.clone(),
        challenge: expected.challenge.clone(),
        domain: expected.domain.clone(),
        trust: trust(folder)?,
        ..Policy::default()
    };
    if verdict_in(name).is_none() {
        return Err("the name does not end in accept, reject or undecided".to_owned());
    }
    let net = folder.join("net");
    let mut documents = Documents::new(net.is_dir().then_some(net));
    let report = documents.check(&bytes, at, policy);
    Ok((expected, report))
}

fn expectation(folder: &Path) -> Result<Expectation, String> {
    let bytes = fs::read(folder.join("expect.toml"))
        .map_err(|_| "expect.toml cannot be read".to_owned())?;
    let text = String::from_utf8_lossy(&bytes);
    let expected: Expectation =
        toml::from_str(&text).map_err(|error| format!("expect.toml: {}", error.message()))?;
    let reasons = [&expected.why, &expected.citation, &expected.effect];
    if reasons.iter().any(|reason| reason.trim().is_empty()) {
        return Err("expect.toml: why, citation and effect must say something".to_owned());
    }
    Ok(expected)
}

fn input(folder: &Path) -> Result<Vec<u8>, String> {
    let names = [
        "badge.json",
        "badge.jwt",
        "badge.png",
        "badge.svg",
        "presentation.json",
    ];
    let mut found = names
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path.is_file());
    match (found.next(), found.next()) {
        (Some(path), None) => files::read(&path, limits::IMAGE_BYTES)
            .map_err(|_| format!("{} cannot be read", path.display())),
        (None, _) => Err("there is no input".to_owned()),
        (Some(_), Some(_)) => Err("there is more than one input".to_owned()),
    }
}

fn trust(folder: &Path) -> Result<Option<TrustFile>, String> {
    let path = folder.join("trust.json");
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(path).map_err(|_| "trust.json cannot be read".to_owned())?;
    TrustFile::parse(&bytes)
        .map(Some)
        .map_err(|error| error.to_string())
}

/// What differs, in words.
struct Comparison(Vec<String>);

impl Comparison {
    fn same(&mut self, what: &str, expected: &str, found: &str) {
        if expected != found {
            self.0
                .push(format!("{what}: expected {expected}, found {found}"));
        }
    }

    fn verdict(&mut self, name: &str, expected: &Expectation, report: &Report) {
        let exit = exit_code(report);
        let verdict = match exit {
            0 => "accept",
            3 => "undecided",
            _ => "reject",
        };
        self.same("verdict", verdict_in(name).unwrap_or_default(), verdict);
        self.same("exit", &expected.exit.to_string(), &exit.to_string());
        let conclusion = report.conclusion().id();
        self.same(
            "conclusion",
            expected.conclusion.as_deref().unwrap_or(verdict),
            conclusion,
        );
        if let Some(outcome) = &expected.outcome {
            self.same("outcome", outcome, Outcome::of(report).id());
        }
    }

    fn findings(&mut self, expected: &Expectation, report: &Report) {
        for (name, words) in &expected.findings {
            match named(name) {
                Some(check) if !fits(words, report.finding(check)) => {
                    self.same(name, words, &said(report.finding(check)));
                }
                Some(_) => {}
                None => self.0.push(format!("there is no check `{name}`")),
            }
        }
        for (name, words) in &expected.not {
            match named(name) {
                Some(check) if fits(words, report.finding(check)) => {
                    self.0.push(format!("{name}: must not be {words}"));
                }
                Some(_) => {}
                None => self.0.push(format!("there is no check `{name}`")),
            }
        }
        if expected.findings.is_empty() {
            self.0.push("expect.toml names no finding".to_owned());
        }
    }

    fn lists(&mut self, expected: &Expectation, report: &Report) {
        let proofs = report.proofs.iter().map(|proof| said(&proof.finding));
        self.list("proofs", expected.proofs.as_deref(), proofs);
        let endorsements = report.endorsements.iter();
        let endorsements = endorsements.map(|endorsement| {
            let own = if endorsement.is_own { " own" } else { "" };
            said(&endorsement.finding) + own
        });
        self.list(
            "endorsements",
            expected.endorsements.as_deref(),
            endorsements,
        );
        let credentials = report.credentials.iter();
        let credentials = credentials.map(|inner| inner.conclusion().id().to_owned());
        self.list("credentials", expected.credentials.as_deref(), credentials);
        for code in &expected.notes {
            if !report.notes.iter().any(|note| note.code == code) {
                self.0.push(format!("the note {code} is missing"));
            }
        }
    }

    fn list(
        &mut self,
        what: &str,
        expected: Option<&[String]>,
        found: impl Iterator<Item = String>,
    ) {
        if let Some(expected) = expected {
            let found: Vec<String> = found.collect();
            self.same(what, &expected.join(", "), &found.join(", "));
        }
    }

    /// What is shown as fact: as expected, and nothing of an unproven badge.
    fn content(&mut self, expected: &Expectation, report: &Report) {
        let wire = to_wire(report, "");
        let content = wire.get("credential").and_then(Value::as_object);
        for (member, text) in &expected.shown {
            let found = content.and_then(|content| content.text(member));
            self.same(member, text, found.unwrap_or("nothing"));
        }
        let unproven = [Check::Proof, Check::Issuer]
            .iter()
            .any(|check| !is_good(report.finding(*check)));
        if !unproven {
            return;
        }
        if content.is_some() {
            self.0
                .push("content of an unproven badge is shown".to_owned());
        }
        let says_nothing = |state| matches!(state, State::NotReached | State::NotApplicable);
        let later = report
            .findings()
            .skip_while(|(check, _)| *check != Check::Key)
            .find(|(_, finding)| !says_nothing(finding.state));
        if let Some((check, finding)) = later {
            let found = said(finding);
            self.0
                .push(format!("{} after a bad seal: {found}", check.id()));
        }
    }
}

const fn is_good(finding: &Finding) -> bool {
    matches!(finding.state, State::Holds | State::NotApplicable)
}

fn named(name: &str) -> Option<Check> {
    Check::ALL.into_iter().find(|check| check.id() == name)
}

/// `state code`.
fn said(finding: &Finding) -> String {
    format!("{} {}", finding.state.id(), finding.code)
}

/// `words` are a state, or a state and a code.
fn fits(words: &str, finding: &Finding) -> bool {
    words == finding.state.id() || words == said(finding)
}

fn counts(results: &[CaseResult]) -> [(&'static str, usize); 3] {
    let count = |of: &dyn Fn(&CaseResult) -> bool| results.iter().filter(|one| of(one)).count();
    [
        ("passed", count(&|one| one.wrong.is_empty())),
        ("failed", count(&|one| !one.is_fine())),
        ("known", count(&|one| one.known.is_some())),
    ]
}

fn lines(results: &[CaseResult]) -> String {
    let mut text = String::new();
    for result in results.iter().filter(|result| !result.is_fine()) {
        text.push_str(&format!("{}: {}\n", result.name, result.wrong.join("; ")));
    }
    let [passed, failed, known] = counts(results).map(|(what, count)| format!("{count} {what}"));
    let known = if known == "0 known" {
        String::new()
    } else {
        format!(", {known} to fail")
    };
    text + &format!("{passed}, {failed}{known}\n")
}

fn json(results: &[CaseResult]) -> String {
    let mut object = Object::new();
    for (what, count) in counts(results) {
        object.set(what, i64::try_from(count).unwrap_or(i64::MAX));
    }
    let cases: Vec<Value<'static>> = results
        .iter()
        .map(|result| {
            let mut case = Object::new();
            case.set("case", result.name.clone());
            case.set("passed", result.wrong.is_empty());
            if let Some(reason) = &result.known {
                case.set("known", reason.clone());
            }
            if !result.wrong.is_empty() {
                let wrong = result.wrong.iter().cloned().map(Value::from);
                case.set("wrong", wrong.collect::<Vec<_>>());
            }
            Value::Object(case)
        })
        .collect();
    object.set("cases", cases);
    format!("{}\n", Value::Object(object).to_json_pretty())
}
