//! Drives a verification with the network: answers what it asks from what this
//! node publishes itself, else through the fetcher.
//!
//! **Promises.** A node never fetches from itself. One verification uses one
//! budget, however often it is judged. What fails by a kept copy of a key
//! document is judged once more by a new one, since keys change; if that cannot
//! be had, a key that was not in the old one is unknown, not wrong.

use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::limits;
use crate::net::{Budget, Fetched, Fetcher, Look, Terms};
use crate::verify::{
    Answer, Policy, Question, Report, State, Step, Verification, Wanted, WantedKind, to_wire,
};

/// What is to be checked, and how.
#[derive(Debug, Clone)]
pub struct Order<'b> {
    /// The badge as it was handed in.
    pub bytes: &'b [u8],
    /// The moment by the clock.
    pub now: Moment,
    /// The moment as of which the badge is judged, if it is another.
    pub as_of: Option<Moment>,
    /// The choices of the one who checks.
    pub policy: Policy,
    /// How old a status list may be, in seconds, if they mind; 0 asks again.
    pub max_status_age: Option<u32>,
}

impl<'b> Order<'b> {
    /// A check as of now.
    #[must_use]
    pub const fn new(bytes: &'b [u8], now: Moment, policy: Policy) -> Self {
        Self {
            bytes,
            now,
            as_of: None,
            policy,
            max_status_age: None,
        }
    }
}

/// A report, and what was looked at for it.
#[derive(Debug)]
pub struct Gathered {
    /// The report.
    pub report: Report,
    /// Every document that was looked for, in order.
    pub looks: Vec<Look>,
}

impl Gathered {
    /// A report for which nothing had to be looked at.
    #[must_use]
    pub const fn without_looking(report: Report) -> Self {
        Self {
            report,
            looks: Vec::new(),
        }
    }

    /// The report on `input` as JSON, with `documents`: what was looked at.
    #[must_use]
    pub fn to_wire(&self, input: &str) -> Object<'static> {
        let mut object = to_wire(&self.report, input);
        if !self.looks.is_empty() {
            let looks = self.looks.iter().map(|look| Value::Object(look.to_wire()));
            object.set("documents", Value::Array(looks.collect()));
        }
        object
    }
}

/// Checks a badge. `own` answers for what this node publishes, and gives
/// nothing for the rest.
pub async fn gather(
    order: &Order<'_>,
    fetcher: &Fetcher,
    own: impl AsyncFn(&Wanted) -> Option<Answer>,
) -> Gathered {
    let mut gathering = Gathering {
        order,
        fetcher,
        own,
        budget: fetcher.budget(),
        looks: Vec::new(),
        has_old_keys: false,
    };
    let terms = Terms {
        max_status_age: order.max_status_age,
        ..Terms::at(order.now)
    };
    let report = gathering.judge(terms).await;
    let report = if gathering.should_look_again(&report) {
        let newer = Terms {
            max_key_age: u32::try_from(limits::FAILING_KEYS_SECONDS).ok(),
            ..terms
        };
        let again = gathering.judge(newer).await;
        better(report, again)
    } else {
        report
    };
    Gathered {
        report,
        looks: gathering.looks,
    }
}

struct Gathering<'o, 'b, O> {
    order: &'o Order<'b>,
    fetcher: &'o Fetcher,
    own: O,
    budget: Budget,
    looks: Vec<Look>,
    /// Whether a document with keys was a copy that may be out of date.
    has_old_keys: bool,
}

impl<O: AsyncFn(&Wanted) -> Option<Answer>> Gathering<'_, '_, O> {
    async fn judge(&mut self, terms: Terms) -> Report {
        let as_of = self.order.as_of.unwrap_or(self.order.now);
        let policy = self.order.policy.clone();
        let mut verification = Verification::new(self.order.bytes, as_of, policy);
        loop {
            match verification.step() {
                Step::Done(report) => return *report,
                Step::Ask(wanted) => {
                    let answer = self.answer(&wanted, terms).await;
                    verification.answer(wanted, answer);
                }
            }
        }
    }

    async fn answer(&mut self, wanted: &Wanted, terms: Terms) -> Answer {
        if let Some(answer) = (self.own)(wanted).await {
            self.looks.push(Look::own(wanted, terms.now, &answer));
            return answer;
        }
        let Fetched { answer, look } = self.fetcher.fetch(wanted, terms, &mut self.budget).await;
        let has_keys = matches!(wanted.kind, WantedKind::Controller | WantedKind::KeySet);
        let age = look.age_seconds.unwrap_or(0);
        self.has_old_keys |= has_keys && age > limits::FAILING_KEYS_SECONDS;
        self.looks.push(look);
        answer
    }

    fn should_look_again(&self, report: &Report) -> bool {
        self.has_old_keys && report.answer(Question::Authentic).state == State::Fails
    }
}

/// The second report, by newer keys, unless they could not be had: then what
/// fails by the old ones fails, except that a key which is not among them may
/// be among the new ones.
fn better(first: Report, second: Report) -> Report {
    let is_known = second.answer(Question::Authentic).state != State::Unknown;
    let is_other_key = first.answer(Question::Authentic).code == "verification_method_mismatch";
    if is_known || is_other_key {
        second
    } else {
        first
    }
}
