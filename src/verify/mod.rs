//! Checks badges that come from anywhere.
//!
//! **It asks, it does not fetch.** [`Verification::step`] says which document
//! it needs next, or that it is done; whoever holds it answers from the
//! network, a cache or a folder. "The host was down" is an ordinary answer.
//!
//! **Promises.** A report has a finding for every check. Its conclusion is
//! computed, never set. What could not be checked is `unknown`, and never
//! counts as good. After a bad shape or proof nothing later is looked at, and
//! nothing of the content is given out as fact.
//!
//! ```
//! use countersign::clock::Moment;
//! use countersign::verify::{Answer, Conclusion, Policy, Step, Unavailable, Verification};
//!
//! let now = Moment::parse("2026-11-25T12:00:00Z")?;
//! let mut check = Verification::new(br#"{"type":"VerifiableCredential"}"#, now, Policy::default());
//! let report = loop {
//!     match check.step() {
//!         Step::Ask(wanted) => check.answer(wanted, Answer::Unavailable(Unavailable::Offline)),
//!         Step::Done(report) => break report,
//!     }
//! };
//! assert_eq!(report.conclusion(), Conclusion::Reject);
//! # Ok::<(), countersign::clock::NotAMoment>(())
//! ```

mod check;
mod credential;
mod desk;
mod explain;
mod input;
mod older;
mod outcome;
mod particulars;
mod policy;
mod presentation;
mod report;
mod summary;
mod wanted;
mod wire;

pub use check::status::CheckedList;
pub use explain::{Explanation, explain};
pub use outcome::Outcome;
pub use particulars::{Evidence, Grade, Particulars, Picture, Standard};
pub use policy::Policy;
pub use report::{
    Check, Conclusion, EndorsementReport, Finding, Note, ProofReport, Question, Report, State,
    Subject,
};
pub use summary::Verified;
pub use wanted::{Answer, Document, Unavailable, Wanted, WantedKind};
pub use wire::to_wire;

use crate::clock::Moment;
use crate::credential::DocumentKind;
use crate::json::Value;
use crate::proof::Jws;
use desk::{Asking, Desk, Memo, Pending};
use input::Presented;
use report::Note as ReportNote;
use std::cell::RefCell;

/// What a verification needs, or its result.
#[derive(Debug)]
pub enum Step {
    /// A document is needed: answer with [`Verification::answer`].
    Ask(Wanted),
    /// The report.
    Done(Box<Report>),
}

/// One check of one badge.
pub struct Verification<'a> {
    presented: Presented<'a>,
    notes: Vec<ReportNote>,
    now: Moment,
    policy: Policy,
    answers: Vec<(Wanted, Answer)>,
    memo: RefCell<Memo>,
}

impl<'a> Verification<'a> {
    /// Prepares to check `bytes` (JSON, a token, a PNG or an SVG) as of `now`.
    #[must_use]
    pub fn new(bytes: &'a [u8], now: Moment, policy: Policy) -> Self {
        let mut notes = Vec::new();
        let presented = if bytes.len() > crate::limits::IMAGE_BYTES {
            Presented::Unreadable(Finding::unknown(
                "payload_too_large",
                "the input is too large",
            ))
        } else {
            unless_it_panics(|| input::read(bytes, &mut notes))
                .unwrap_or_else(|| Presented::Unreadable(our_own_fault()))
        };
        Self {
            notes,
            ..Self::of(presented, now, policy)
        }
    }

    /// Prepares to check what [`crate::json::parse`] read.
    pub(crate) fn of_tree(tree: Value<'a>, now: Moment, policy: Policy) -> Self {
        Self::of(input::of_tree(tree), now, policy)
    }

    fn of(presented: Presented<'a>, now: Moment, policy: Policy) -> Self {
        Self {
            presented,
            notes: Vec::new(),
            now,
            policy,
            answers: Vec::new(),
            memo: RefCell::default(),
        }
    }

    /// Goes on as far as the answers reach. The same answers give the same
    /// step.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step_by(|| {
            let desk = Desk::new(self.now, &self.policy, &self.answers, &self.memo);
            self.judge(&desk)
        })
    }

    fn step_by(&self, judge: impl FnOnce() -> Asking<Box<Report>>) -> Step {
        let judged = unless_it_panics(judge).unwrap_or_else(|| {
            let mut report = Report::new(self.now);
            report.set(Check::Format, our_own_fault());
            Ok(report)
        });
        match judged {
            Err(Pending(wanted)) => Step::Ask(wanted),
            Ok(mut report) => {
                report.notes.splice(0..0, self.notes.iter().cloned());
                Step::Done(report)
            }
        }
    }

    /// Answers a question. An answer that is larger than [`Wanted::limit`]
    /// counts as unavailable.
    pub fn answer(&mut self, wanted: Wanted, answer: Answer) {
        let answer = match answer {
            Answer::Document(document) if document.bytes().len() > wanted.limit() => {
                Answer::Unavailable(Unavailable::TooLarge)
            }
            answer => answer,
        };
        self.answers.push((wanted, answer));
    }

    fn judge(&self, desk: &Desk<'_>) -> Asking<Box<Report>> {
        match &self.presented {
            Presented::Document(value, kind) => judge_document(desk, value, *kind),
            Presented::Token(text) => judge_token(desk, text),
            Presented::HostedUrl(url) => older::judge_hosted(desk, url),
            Presented::Unreadable(finding) => {
                let mut report = Report::new(self.now);
                report.set(Check::Format, finding.clone());
                Ok(report)
            }
            Presented::Nothing => {
                let mut report = Report::new(self.now);
                report.subject = Subject::Nothing;
                report.set(
                    Check::Format,
                    Finding::unknown("no_badge_found", "there is no badge in it"),
                );
                Ok(report)
            }
        }
    }
}

/// A badge that makes us or a library of ours stumble must not keep others from
/// being checked; it counts as not checked. Nothing is left half done: what a
/// verification remembers is written last.
fn unless_it_panics<T>(work: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

fn our_own_fault() -> Finding {
    Finding::unknown("internal", "our own software failed")
}

fn judge_document(desk: &Desk<'_>, value: &Value<'_>, kind: DocumentKind) -> Asking<Box<Report>> {
    match kind {
        DocumentKind::Presentation => presentation::judge_value(desk, value),
        DocumentKind::OpenBadges2(_) => older::judge_document(desk, value),
        _ => Ok(credential::judge_value(desk, value, credential::Role::Presented)?.report),
    }
}

fn judge_token(desk: &Desk<'_>, text: &str) -> Asking<Box<Report>> {
    if let Ok(jws) = Jws::parse(text)
        && let Some(payload) = presentation::payload(&jws)
    {
        let value = Value::Object(payload);
        if let (true, Value::Object(payload)) = (presentation::is_presentation(&value), &value) {
            return presentation::judge_token(desk, &jws, payload);
        }
        if matches!(DocumentKind::of(&value), DocumentKind::OpenBadges2(_)) {
            return older::judge_token(desk, &jws, &value);
        }
    }
    Ok(credential::judge_token(desk, text, credential::Role::Presented)?.report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_that_makes_us_stumble_was_not_checked() {
        let now = Moment::parse("2026-11-25T12:00:00Z").expect("a moment");
        let verification = Verification::new(b"{}", now, Policy::default());
        let Step::Done(report) = verification.step_by(|| panic!("planted")) else {
            unreachable!()
        };
        assert_eq!(report.conclusion(), Conclusion::Undecided);
        assert_eq!(report.finding(Check::Format).code, "internal");
        assert!(report.verified.is_none());
        assert!(matches!(verification.step(), Step::Done(_)));
    }
}
