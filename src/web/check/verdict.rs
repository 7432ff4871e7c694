//! One badge and what a check found, as it is shown: the headline, the four
//! answers, the badge itself if its seal holds, and the technical details.
//!
//! **Promises.** Of a badge whose seal does not hold nothing is shown, not even
//! in the technical details.

use super::answers::{self, Answer};
use super::facts::Facts;
use super::own::Own;
use super::technical::Technical;
use crate::edge::state::State;
use crate::verify::{Explanation, Outcome, Report, Verified, explain};
use crate::web::shown;

/// How an answer is meant. Words say it; colour and sign only repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// In order.
    Good,
    /// Something to think about.
    Caution,
    /// Do not rely on it.
    Stop,
    /// No answer.
    Neutral,
}

impl Tone {
    /// The name of its style.
    #[must_use]
    pub const fn style(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Stop => "stop",
            Self::Neutral => "neutral",
        }
    }

    /// A sign that repeats it.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Caution => "!",
            Self::Stop => "✕",
            Self::Neutral => "–",
        }
    }
}

/// A badge and what was found.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The outcome's id.
    pub outcome: &'static str,
    /// How it is meant.
    pub tone: Tone,
    /// The outcome in one or two words.
    pub tag: &'static str,
    /// The headline.
    pub headline: String,
    /// One or two sentences about it.
    pub lead: String,
    /// Why it was withdrawn or paused, in the organisation's words.
    pub reason: Option<String>,
    /// What to do.
    pub next: String,
    /// The newer badge, if it is shared.
    pub newer: Option<String>,
    /// The four answers; none if nothing was looked at.
    pub answers: Vec<Answer>,
    /// The badge, if its seal holds.
    pub facts: Option<Facts>,
    /// What specialists ask for.
    pub technical: Technical,
}

impl Verdict {
    /// The verdict of a report.
    #[must_use]
    pub fn of(state: &State, report: &Report, own: Option<&Own>) -> Self {
        let explanation = explain(report);
        let verified = report.verified.as_ref().filter(|_| report.is_authentic());
        let facts = verified.map(|verified| Facts::of(state, report, verified, own));
        let mut verdict = Self {
            outcome: explanation.outcome.id(),
            tone: tone(explanation.outcome),
            tag: explanation.tag,
            headline: explanation.headline.clone(),
            lead: shown::line(&explanation.lead),
            reason: None,
            next: explanation.next.clone(),
            newer: None,
            answers: answers::of(report, &explanation, facts.as_ref()),
            technical: Technical::of(report, verified),
            facts,
        };
        verdict.name_the_claimed(&explanation, verified);
        verdict.name_the_person(explanation.outcome);
        if let Some(own) = own {
            verdict.add_own(explanation.outcome, own);
        }
        if answers::is_somebody_else(report) {
            "Do not rely on it for the person you named. People often have more than one \
             address, so ask which one they used."
                .clone_into(&mut verdict.next);
        }
        if verdict.tone == Tone::Stop {
            verdict.answers.iter_mut().for_each(Answer::without_green);
        }
        verdict
    }

    /// Experience §5.3: to whom it was given stands in the first sentence.
    fn name_the_person(&mut self, outcome: Outcome) {
        let Some(facts) = &self.facts else { return };
        let (Some(person), Some(awarded)) = (&facts.person, &facts.awarded) else {
            return;
        };
        let end = match (outcome, &facts.until) {
            (Outcome::Current, Some(until)) => format!("It lasts until {until}."),
            (Outcome::CurrentNoExpiry, _) => "It does not have an end date.".to_owned(),
            _ => return,
        };
        let giver = &facts.giver.name;
        self.lead = format!(
            "{giver} gave this badge to {person} on {awarded}. It has not been changed. {end}"
        );
        if outcome == Outcome::Current {
            self.next = format!(
                "You can rely on what it says. Check that {person} is the person you are dealing \
                 with."
            );
        }
    }

    /// A name in a badge of somebody we do not recognise is a claim.
    fn name_the_claimed(&mut self, explanation: &Explanation, verified: Option<&Verified>) {
        let claimed = verified.and_then(|verified| verified.issuer_name.as_deref());
        let claimed = claimed.map(shown::line).filter(|name| !name.is_empty());
        let host = self
            .facts
            .as_ref()
            .and_then(|facts| facts.giver.host.clone());
        let from = match (claimed, host) {
            (Some(name), Some(host)) => {
                format!("It says it is from “{name}”. It comes from the web address {host}.")
            }
            (Some(name), None) => format!(
                "It says it is from “{name}”. It comes from no web address, so anybody could \
                 have made it under this name."
            ),
            (None, Some(host)) => format!("It comes from the web address {host}."),
            (None, None) => "It does not say who it is from.".to_owned(),
        };
        match explanation.outcome {
            Outcome::UnknownIssuer => {
                self.lead = format!(
                    "The badge has not been changed since it was issued. But we cannot confirm \
                     who issued it. {from}"
                );
                "Contact the organisation using details you find yourself, not details in the \
                 badge."
                    .clone_into(&mut self.next);
            }
            Outcome::NameClash => {
                self.lead =
                    format!("{from} The organisation we know uses a different web address.");
            }
            _ => {}
        }
    }

    /// What a node knows of its own badges beside the seal.
    fn add_own(&mut self, outcome: Outcome, own: &Own) {
        let giver = &own.name;
        match (outcome, &own.withdrawn_on, &own.paused_on) {
            (Outcome::Withdrawn, Some(date), _) => {
                self.headline = format!("This badge was withdrawn on {date}");
                self.reason.clone_from(&own.withdrawn_reason);
            }
            (Outcome::Paused, _, Some(date)) => {
                self.lead = format!(
                    "{giver} paused it on {date} while they check something. This is not a \
                     decision about the person."
                );
                self.reason.clone_from(&own.paused_reason);
            }
            _ => {}
        }
        let may_be_replaced = matches!(
            outcome,
            Outcome::Current
                | Outcome::CurrentNoExpiry
                | Outcome::StatusStale
                | Outcome::StatusUnreachable
                | Outcome::IssuerClosed
                | Outcome::Expired
        );
        if let Some(newer) = own.newer.as_ref().filter(|_| may_be_replaced) {
            self.outcome = "replaced";
            self.tone = Tone::Caution;
            self.tag = "Replaced";
            "This badge is genuine but there is a newer one".clone_into(&mut self.headline);
            self.lead = format!(
                "{giver} issued a newer badge to the same person on {}.",
                newer.issued_on
            );
            "Ask for the newer badge.".clone_into(&mut self.next);
            self.newer.clone_from(&newer.address);
        }
    }

    /// Whether the badge may be shown as its own page.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.tone == Tone::Good
    }
}

/// Experience: tags and their colours.
const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Current | Outcome::CurrentNoExpiry | Outcome::IssuerClosed => Tone::Good,
        Outcome::NoBadgeFound | Outcome::Unsupported => Tone::Neutral,
        Outcome::Changed
        | Outcome::BlockedIssuer
        | Outcome::NameClash
        | Outcome::Withdrawn
        | Outcome::Paused => Tone::Stop,
        Outcome::KeyUnreachable
        | Outcome::SelfIssued
        | Outcome::UnknownIssuer
        | Outcome::LimitedIssuer
        | Outcome::NotStarted
        | Outcome::Expired
        | Outcome::StatusUnreachable
        | Outcome::OlderVersion
        | Outcome::StatusStale => Tone::Caution,
    }
}
