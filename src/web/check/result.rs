//! The page with the answer.

use super::own::{self, Own};
use super::technical::Technical;
use super::verdict::{Tone, Verdict};
use crate::clock::Moment;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::store::shares::Share;
use crate::verify::{Check, Report, State as Found, Subject};
use crate::web::frame::{Frame, Keep, Section, page};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

/// What a form carries so that the same badge can be checked once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// A link or a code.
    Link(String),
    /// The badge as text.
    Text(String),
}

/// The answer for one badge, or for several that came together.
#[derive(Debug, Clone, Template)]
#[template(path = "result.html")]
pub struct ResultPage {
    /// The frame.
    pub frame: Frame,
    /// When the check was made.
    pub checked_at: String,
    /// The badges.
    pub verdicts: Vec<Verdict>,
    /// If they came together.
    pub several: Option<Several>,
    /// For the form about the person; none if it makes no sense to ask.
    pub person: Option<Carried>,
    /// For the button that asks again; none if the answer would be the same.
    pub again: Option<Carried>,
}

/// Several badges that came together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several {
    /// The headline.
    pub headline: String,
    /// Who put them together.
    pub lead: &'static str,
    /// What specialists ask for about the whole.
    pub technical: Vec<super::technical::Row>,
}

/// The person somebody asks about; nothing if the field was left empty.
pub(super) fn named(text: &str) -> Option<String> {
    const LONGEST: usize = 512;
    let text = text.trim();
    (!text.is_empty() && text.len() <= LONGEST).then(|| text.to_owned())
}

/// What the node knows of a badge that was handed in, if it is one of its own.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub(super) async fn own_of(state: &State, report: &Report) -> Result<Option<Own>, Problem> {
    match report.verified.as_ref().filter(|_| report.is_authentic()) {
        Some(verified) => own::of_verified(state, verified).await,
        None => Ok(None),
    }
}

/// The page for a report.
///
/// # Errors
/// [`Problem::internal`] if it cannot be rendered.
pub(in crate::web) fn answer(
    state: &State,
    report: &Report,
    own: Option<&Own>,
    carried: Option<Carried>,
) -> Result<HttpResponse, Problem> {
    let template = ResultPage::of(state, report, own, carried);
    page(StatusCode::OK, Keep::Nobody, &template.frame, &template)
}

impl ResultPage {
    /// The page for a report.
    pub(super) fn of(
        state: &State,
        report: &Report,
        own: Option<&Own>,
        carried: Option<Carried>,
    ) -> Self {
        let checked_at = report.checked_at.to_plain_moment();
        if report.subject == Subject::Presentation && !report.credentials.is_empty() {
            let several = Several::of(report);
            return Self {
                frame: Frame::of_check(state, &several.headline),
                checked_at,
                verdicts: report
                    .credentials
                    .iter()
                    .map(|inner| Verdict::of(state, inner, None))
                    .collect(),
                several: Some(several),
                person: None,
                again: None,
            };
        }
        let verdict = Verdict::of(state, report, own);
        let could_not = matches!(
            verdict.outcome,
            "key-unreachable" | "status-unreachable" | "status-stale"
        );
        Self {
            frame: Frame::of_check(state, &verdict.headline),
            checked_at,
            person: carried.clone().filter(|_| verdict.facts.is_some()),
            again: carried.filter(|_| could_not),
            verdicts: vec![verdict],
            several: None,
        }
    }
}

impl Several {
    fn of(report: &Report) -> Self {
        let count = report.credentials.len();
        let lead = match report.finding(Check::Proof).state {
            Found::Holds => {
                "They came together, and whoever put them together sealed the collection. Each \
                 badge has its own answer."
            }
            _ => {
                "They came together. We do not know who put them together. Each badge has its \
                 own answer."
            }
        };
        Self {
            headline: match count {
                1 => "We found 1 badge".to_owned(),
                count => format!("We found {count} badges"),
            },
            lead,
            technical: Technical::of(report, None).checks,
        }
    }
}

/// The words about a badge that was not looked at.
const SILENT: [(&str, &str, &str, &str, &str); 5] = [
    (
        "private",
        "Private",
        "This badge is private",
        "The person has not shared it.",
        "Ask them for a link or a code.",
    ),
    (
        "link-ended",
        "Link ended",
        "This link has stopped working",
        "This does not affect the badge.",
        "Ask the person for a new link.",
    ),
    (
        "not-found-elsewhere",
        "Not found",
        "We cannot find a badge at that link",
        "The other site has no badge there, or does not give it out.",
        "Ask the person for the original file or another link.",
    ),
    (
        "not-found-link",
        "Not found",
        "We cannot find a badge at that link",
        "Check you have copied all of it.",
        "Ask the person to send it again.",
    ),
    (
        "not-found",
        "Not found",
        "We cannot find a badge with that code",
        "Check you have typed it correctly. Codes have 9 letters and numbers, like B7K-4PD-2HX.",
        "Ask the person to send it again.",
    ),
];

/// The page about a badge that was not looked at; nothing of it is shown.
///
/// # Errors
/// [`Problem::internal`] if it cannot be rendered.
pub(in crate::web) fn silent(
    state: &State,
    outcome: &str,
    status: StatusCode,
    share: Option<&Share>,
) -> Result<HttpResponse, Problem> {
    let mut verdict = quiet(outcome);
    let now = state.clock.now();
    if let Some(ended) = share.and_then(|share| ended_on(share, now)) {
        verdict.lead = format!("It ended on {ended}. This does not affect the badge.");
    }
    let template = ResultPage::unseen(state, verdict, None);
    page(status, Keep::Nobody, &template.frame, &template)
}

/// The page about a host that does not answer.
///
/// # Errors
/// [`Problem::internal`] if it cannot be rendered.
pub(super) fn unreachable(
    state: &State,
    host: &str,
    link: String,
) -> Result<HttpResponse, Problem> {
    let now = state.clock.now().to_plain_moment();
    let verdict = Verdict {
        outcome: "key-unreachable",
        tone: Tone::Caution,
        tag: "Could not check",
        headline: "We could not check this badge".to_owned(),
        lead: format!(
            "We have to ask {host} for it, and we could not reach it on {now}. This is not a \
             sign that anything is wrong."
        ),
        next: "Try again in a few minutes.".to_owned(),
        ..quiet("private")
    };
    let template = ResultPage::unseen(state, verdict, Some(Carried::Link(link)));
    page(StatusCode::OK, Keep::Nobody, &template.frame, &template)
}

impl ResultPage {
    fn unseen(state: &State, verdict: Verdict, again: Option<Carried>) -> Self {
        Self {
            frame: Frame::of_check(state, &verdict.headline),
            checked_at: state.clock.now().to_plain_moment(),
            verdicts: vec![verdict],
            several: None,
            person: None,
            again,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("This badge is genuine and current", Section::Check).unlisted(),
            checked_at: "21 November 2026 at 10:14am".to_owned(),
            verdicts: vec![Verdict::sample()],
            several: None,
            person: Some(Carried::Link("B7K-4PD-2HX".to_owned())),
            again: Some(Carried::Text("{}".to_owned())),
        }
    }
}

/// A verdict without anything of the badge. An outcome that is not in the table
/// is "not found".
fn quiet(outcome: &str) -> Verdict {
    let [.., last] = SILENT;
    let found = SILENT.into_iter().find(|(name, ..)| *name == outcome);
    let (name, tag, headline, lead, next) = found.unwrap_or(last);
    Verdict {
        outcome: if name.starts_with("not-found") {
            "not-found"
        } else {
            name
        },
        tone: Tone::Neutral,
        tag,
        headline: headline.to_owned(),
        lead: lead.to_owned(),
        reason: None,
        next: next.to_owned(),
        newer: None,
        answers: Vec::new(),
        facts: None,
        technical: Technical::default(),
    }
}

fn ended_on(share: &Share, now: Moment) -> Option<String> {
    let stopped = share.stops_at.filter(|at| *at <= now.as_unix());
    let at = share.ended_at.or(stopped)?;
    Moment::from_unix(at).ok().map(Moment::to_plain_date)
}
