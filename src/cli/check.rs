//! `countersign check`.

use super::documents::Documents;
use super::failure::Failure;
use super::network::Network;
use super::{files, show};
use crate::clock::Moment;
use crate::edge::gather::Gathered;
use crate::json::Value;
use crate::limits;
use crate::trust::TrustFile;
use crate::verify::{Conclusion, Policy, Question, Report, State, Subject};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check badges: is each genuine, current, recognised, and about this person?
///
/// Exit code: 0 accept · 1 not current, or a refused organisation · 2 changed,
/// forged or malformed · 3 could not be decided. With several inputs the worst
/// counts (2, then 1, then 3, then 0).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign check badge.json picture.png\n  \
    countersign check --documents saved/ --trust trust.json badge.json\n  \
    countersign check --json --at 2026-11-25T12:00:00Z --recipient jo@example.org badge.json\n  \
    countersign check https://badges.example.org/credentials/1\n  \
    cat badge.jwt | countersign check -\n\n\
    Keys and lists of withdrawn badges are fetched from the organisations that publish them.\n\
    With --documents, https://host/path is read from DIR/host/path, DIR/host/path.json or\n\
    DIR/host/path/index.json. Nothing is fetched from the network then.")]
pub(super) struct Args {
    /// Badge files (JSON, JWS, PNG or SVG), https addresses of such, or - for
    /// standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Print a JSON object for each input (an array for several)
    #[arg(long)]
    json: bool,
    /// Check as of this moment instead of now
    #[arg(long, value_name = "RFC3339", value_parser = files::parse_moment)]
    at: Option<Moment>,
    /// A folder that answers for every remote document
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
    /// A file of organisations you recognise
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The e-mail address or identifier of the person it should be about
    #[arg(long, value_name = "VALUE")]
    recipient: Option<String>,
    /// The challenge that a presentation must answer
    #[arg(long, value_name = "TEXT")]
    challenge: Option<String>,
    /// Whom a presentation must be for
    #[arg(long, value_name = "TEXT")]
    domain: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let policy = policy(args)?;
    let now = files::moment(args.at)?;
    let mut source = Source::of(args);
    let progress = progress(args);
    let mut reports = Vec::new();
    let mut unreadable = None;
    for input in &args.inputs {
        match source.read(input) {
            Ok(bytes) => {
                let policy = Policy {
                    dev: policy.dev || is_on_this_machine(input),
                    ..policy.clone()
                };
                reports.push((input, source.check(&bytes, now, policy)?));
            }
            Err(failure) => {
                failure.report();
                unreadable = Some(failure);
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    print(args, &reports)?;
    match unreadable {
        Some(failure) => Ok(ExitCode::from(failure.code())),
        None => Ok(ExitCode::from(worst(&reports))),
    }
}

/// Where documents come from, and badges that lie at an address.
enum Source {
    Folder(Documents),
    Network(Network),
}

impl Source {
    fn of(args: &Args) -> Self {
        match &args.documents {
            Some(folder) => Self::Folder(Documents::new(Some(folder.clone()))),
            None => {
                let dev = args.inputs.iter().any(|input| is_on_this_machine(input));
                Self::Network(Network::new(dev))
            }
        }
    }

    fn read(&mut self, input: &Path) -> Result<Vec<u8>, Failure> {
        match (self, address(input)) {
            (_, None) => files::read(input, limits::IMAGE_BYTES),
            (Self::Folder(documents), Some(url)) => documents.badge(url),
            (Self::Network(network), Some(url)) => network.badge(url),
        }
    }

    fn check(&mut self, bytes: &[u8], now: Moment, policy: Policy) -> Result<Gathered, Failure> {
        match self {
            Self::Folder(documents) => Ok(Gathered::without_looking(
                documents.check(bytes, now, policy),
            )),
            Self::Network(network) => network.check(bytes, now, policy),
        }
    }
}

fn address(input: &Path) -> Option<&str> {
    let is_address = |text: &&str| text.starts_with("https://") || text.starts_with("http://");
    input.to_str().filter(is_address)
}

/// A badge that lies on this machine, over plain http, may come from an issuer
/// that does: somebody is trying things out.
fn is_on_this_machine(input: &Path) -> bool {
    let url = address(input).and_then(|text| url::Url::parse(text).ok());
    url.is_some_and(|url| {
        url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"))
    })
}

fn policy(args: &Args) -> Result<Policy, Failure> {
    if let Some(folder) = &args.documents
        && !folder.is_dir()
    {
        return Err(Failure::unreadable(folder, "there is no such folder"));
    }
    let trust = match &args.trust {
        None => None,
        Some(path) => {
            let bytes = files::read(path, limits::INPUT_BYTES)?;
            let trust =
                TrustFile::parse(&bytes).map_err(|error| Failure::unreadable(path, error))?;
            Some(trust)
        }
    };
    Ok(Policy {
        // Saved documents of a development node come from loopback.
        dev: args.documents.is_some(),
        recipient: args.recipient.clone(),
        challenge: args.challenge.clone(),
        domain: args.domain.clone(),
        trust,
        ..Policy::default()
    })
}

fn progress(args: &Args) -> ProgressBar {
    const MANY: usize = 20;
    if args.inputs.len() < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(args.inputs.len()).unwrap_or_default());
    if let Ok(style) = ProgressStyle::with_template("{pos} of {len} checked, {eta} left {wide_bar}")
    {
        bar.set_style(style);
    }
    bar
}

fn print(args: &Args, reports: &[(&PathBuf, Gathered)]) -> Result<(), Failure> {
    let text = if args.json {
        json(reports)
    } else {
        show::reports(reports)
    };
    files::write(None, text.as_bytes())
}

fn json(reports: &[(&PathBuf, Gathered)]) -> String {
    let mut objects: Vec<Value<'static>> = reports
        .iter()
        .map(|(input, report)| Value::Object(report.to_wire(&input.to_string_lossy())))
        .collect();
    let value = match objects.len() {
        1 => objects.remove(0),
        _ => Value::Array(objects),
    };
    format!("{}\n", value.to_json_pretty())
}

fn worst(reports: &[(&PathBuf, Gathered)]) -> u8 {
    let codes: Vec<u8> = reports
        .iter()
        .map(|(_, gathered)| exit_code(&gathered.report))
        .collect();
    [2, 1, 3]
        .into_iter()
        .find(|code| codes.contains(code))
        .unwrap_or(0)
}

/// The exit code of one report.
pub(super) fn exit_code(report: &Report) -> u8 {
    let own = match report.conclusion() {
        _ if report.subject == Subject::Nothing => 3,
        Conclusion::Accept => 0,
        Conclusion::Undecided => 3,
        Conclusion::Reject if report.answer(Question::Authentic).state == State::Fails => 2,
        Conclusion::Reject => 1,
    };
    // A presentation is no better than what it presents.
    let inner = report.credentials.iter().map(exit_code);
    let all: Vec<u8> = inner.chain([own]).collect();
    [2, 1, 3]
        .into_iter()
        .find(|code| all.contains(code))
        .unwrap_or(0)
}
