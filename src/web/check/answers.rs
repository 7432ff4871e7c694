//! The four questions and their answers, each with a tag.

use super::facts::Facts;
use super::verdict::Tone;
use crate::verify::{Check, Explanation, Question, Report, State, Subject};

/// A question, its answer, and the answer in two words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: &'static str,
    /// The answer.
    pub text: String,
    /// The same in one or two words.
    pub tag: &'static str,
    /// How it is meant.
    pub tone: Tone,
}

impl Answer {
    /// Where the headline says stop there is no green (experience §5.3).
    pub(super) fn without_green(&mut self) {
        if self.tone == Tone::Good {
            self.tone = Tone::Neutral;
        }
    }
}

/// The answers in order; none if there was no badge.
pub(super) fn of(report: &Report, explanation: &Explanation, facts: Option<&Facts>) -> Vec<Answer> {
    if report.subject == Subject::Nothing {
        return Vec::new();
    }
    let said = |question: Question| {
        let mut answers = explanation.answers.iter();
        let found = answers.find(|(other, _)| *other == question);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    vec![
        changed(report),
        giver(report, facts),
        current(report, said(Question::Current)),
        person(report, said(Question::Person)),
    ]
}

/// Whether somebody was named, and it is not theirs.
pub(super) fn is_somebody_else(report: &Report) -> bool {
    report.is_authentic() && report.finding(Check::Person).state == State::Fails
}

fn changed(report: &Report) -> Answer {
    let answer = report.answer(Question::Authentic);
    let is_hosted = report.finding(Check::Proof).code == "hosted";
    let (text, tag, tone) = match answer.state {
        State::Holds if is_hosted => (
            "It is what the organisation’s website shows today. It has no digital seal.",
            "No seal",
            Tone::Caution,
        ),
        State::Holds | State::NotApplicable => (
            "No. It is as the organisation sealed it.",
            "No changes",
            Tone::Good,
        ),
        State::Fails if answer.code == "proof_missing" => (
            "We cannot tell, because it has no digital seal.",
            "No seal",
            Tone::Stop,
        ),
        State::Fails => ("Yes. It is not what was issued.", "Changed", Tone::Stop),
        State::Unknown | State::NotReached => {
            ("We could not check.", "Could not check", Tone::Caution)
        }
    };
    Answer {
        question: "Has it been changed?",
        text: text.to_owned(),
        tag,
        tone,
    }
}

fn giver(report: &Report, facts: Option<&Facts>) -> Answer {
    let question = "Who gave it?";
    let Some(giver) = facts.map(|facts| &facts.giver) else {
        return Answer {
            question,
            text: "We are not showing this, because we do not know that it is genuine.".to_owned(),
            tag: "Not shown",
            tone: Tone::Neutral,
        };
    };
    let named = if giver.is_ours || giver.name.is_empty() {
        giver.name.clone()
    } else {
        format!("“{}”", giver.name)
    };
    let host = giver.host.as_ref().map_or_else(
        || "It has no web address.".to_owned(),
        |host| format!("Its web address is {host}."),
    );
    let (text, tag, tone) = match report.finding(Check::Recognition).code {
        "issuer_own" => (
            format!("{named}. It gives its badges on this site."),
            "Recognised",
            Tone::Good,
        ),
        "issuer_recognised" | "issuer_recognised_for_this" => {
            (format!("{named}. {host}"), "Recognised", Tone::Good)
        }
        "issuer_closed" => (format!("{named}. It has closed."), "Recognised", Tone::Good),
        "issuer_limited" => (
            format!("{named}. {host}"),
            "Not for this badge",
            Tone::Caution,
        ),
        "issuer_blocked" => (format!("{named}. {host}"), "Not accepted", Tone::Stop),
        "issuer_name_clash" => (
            format!("It says {named}. {host} The organisation we know has another."),
            "Not them",
            Tone::Stop,
        ),
        _ if giver.name.is_empty() => (
            format!("It does not say. {host}"),
            "Not recognised",
            Tone::Caution,
        ),
        _ => (
            format!("It says {named}. {host}"),
            "Not recognised",
            Tone::Caution,
        ),
    };
    Answer {
        question,
        text,
        tag,
        tone,
    }
}

fn current(report: &Report, said: String) -> Answer {
    let answer = report.answer(Question::Current);
    let (tag, tone) = match (answer.state, answer.code) {
        _ if !report.is_authentic() => ("Not looked at", Tone::Neutral),
        (State::Fails, "revoked" | "key_revoked_time_unproven") => ("Withdrawn", Tone::Stop),
        (State::Fails, "suspended") => ("Paused", Tone::Stop),
        (State::Fails, "not_yet_valid") => ("Not started", Tone::Caution),
        (State::Fails, _) => ("Expired", Tone::Caution),
        (State::Unknown | State::NotReached, _) => ("Could not check", Tone::Caution),
        (State::Holds | State::NotApplicable, _) => ("Current", Tone::Good),
    };
    let text = match (report.finding(Check::Status).age_seconds, tone) {
        (Some(0..=60), Tone::Good) => {
            format!("{said} We looked at the list of withdrawn badges now.")
        }
        (Some(age), Tone::Good) => format!(
            "{said} We looked at the list of withdrawn badges {}.",
            ago(age)
        ),
        _ => said,
    };
    Answer {
        question: "Is it still current?",
        text,
        tag,
        tone,
    }
}

fn ago(seconds: i64) -> String {
    match seconds / 60 {
        0 | 1 => "a minute ago".to_owned(),
        minutes @ 2..=59 => format!("{minutes} minutes ago"),
        60..=119 => "an hour ago".to_owned(),
        minutes => format!("{} hours ago", minutes / 60),
    }
}

fn person(report: &Report, said: String) -> Answer {
    let (tag, tone) = match report.finding(Check::Person).state {
        State::Holds => ("Matches", Tone::Good),
        State::Fails => ("Does not match", Tone::Stop),
        State::Unknown => ("Could not check", Tone::Caution),
        State::NotApplicable | State::NotReached => ("Not checked", Tone::Neutral),
    };
    Answer {
        question: "Is it about this person?",
        text: said,
        tag,
        tone,
    }
}
