//! The total report: one finding for each check, always.
//!
//! **Invariant.** Nobody sets a verdict. [`Report::conclusion`] is computed
//! from the findings of the required checks, and a check that was not made is
//! there as [`State::NotReached`].

use super::summary::Verified;
use crate::clock::Moment;

/// What is checked, in the order it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// The bytes are one badge that can be read in only one way.
    Format,
    /// The contexts are known ones, in order, each used.
    Contexts,
    /// Every member has a meaning and is covered by the signature.
    Terms,
    /// The members are those of the standard's data model.
    Shape,
    /// Schemas that the badge itself names.
    Schema,
    /// A signature fits the badge.
    Proof,
    /// The key is the issuer's.
    Issuer,
    /// The key was neither revoked nor expired.
    Key,
    /// A newer copy, if the badge offers one.
    Refresh,
    /// Not withdrawn, not paused.
    Status,
    /// Started and not expired.
    Dates,
    /// Issued to this person.
    Person,
    /// What others say about it.
    Endorsements,
    /// Who vouches for the issuer.
    Recognition,
}

impl Check {
    /// Every check, in order.
    pub const ALL: [Self; 14] = [
        Self::Format,
        Self::Contexts,
        Self::Terms,
        Self::Shape,
        Self::Schema,
        Self::Proof,
        Self::Issuer,
        Self::Key,
        Self::Refresh,
        Self::Status,
        Self::Dates,
        Self::Person,
        Self::Endorsements,
        Self::Recognition,
    ];

    /// The check's name in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Contexts => "contexts",
            Self::Terms => "terms",
            Self::Shape => "shape",
            Self::Schema => "schema",
            Self::Proof => "proof",
            Self::Issuer => "issuer",
            Self::Key => "key",
            Self::Refresh => "refresh",
            Self::Status => "status",
            Self::Dates => "dates",
            Self::Person => "person",
            Self::Endorsements => "endorsements",
            Self::Recognition => "recognition",
        }
    }

    /// The question it belongs to.
    #[must_use]
    pub const fn question(self) -> Option<Question> {
        match self {
            Self::Format
            | Self::Contexts
            | Self::Terms
            | Self::Shape
            | Self::Proof
            | Self::Issuer => Some(Question::Authentic),
            Self::Key | Self::Status | Self::Dates => Some(Question::Current),
            Self::Recognition => Some(Question::Recognised),
            Self::Person => Some(Question::Person),
            Self::Schema | Self::Refresh | Self::Endorsements => None,
        }
    }
}

/// The four questions that are never folded into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Unchanged, and made by the key of that issuer.
    Authentic,
    /// Dates, status and key are in order.
    Current,
    /// Somebody vouches for the issuer.
    Recognised,
    /// It is about this person.
    Person,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// In order.
    Holds,
    /// Not in order: the badge does something wrong.
    Fails,
    /// Could not be judged. Never shown as good.
    Unknown,
    /// There was nothing to check.
    NotApplicable,
    /// Not looked at, because of an earlier finding or because nobody asked.
    NotReached,
}

impl State {
    /// The word in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
            Self::NotReached => "not_reached",
        }
    }
}

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it ended.
    pub state: State,
    /// Why: a stable code of the error register; `ok` if there is nothing to
    /// say.
    pub code: &'static str,
    /// The same for people who look at technical details.
    pub detail: String,
    /// The moment the finding is about: an expiry, a revocation.
    pub at: Option<Moment>,
    /// How old the document behind the finding is, in seconds.
    pub age_seconds: Option<i64>,
}

impl Finding {
    /// A finding with a code and a sentence.
    #[must_use]
    pub fn new(state: State, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            state,
            code,
            detail: detail.into(),
            at: None,
            age_seconds: None,
        }
    }

    /// In order, with nothing to add.
    #[must_use]
    pub fn holds() -> Self {
        Self::new(State::Holds, "ok", "")
    }

    /// The badge does something wrong.
    #[must_use]
    pub fn fails(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(State::Fails, code, detail)
    }

    /// Cannot be judged.
    #[must_use]
    pub fn unknown(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(State::Unknown, code, detail)
    }

    /// Nothing to check.
    #[must_use]
    pub fn not_applicable(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(State::NotApplicable, code, detail)
    }

    /// Not looked at.
    #[must_use]
    pub fn not_reached(code: &'static str) -> Self {
        Self::new(State::NotReached, code, "")
    }

    /// With the moment it is about.
    #[must_use]
    pub const fn at(mut self, moment: Moment) -> Self {
        self.at = Some(moment);
        self
    }

    /// With the age of the document behind it.
    #[must_use]
    pub const fn aged(mut self, seconds: Option<i64>) -> Self {
        self.age_seconds = seconds;
        self
    }
}

/// What the node that checks may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// Every required check holds.
    Accept,
    /// Nothing is wrong, but something could not be checked.
    Undecided,
    /// Something is wrong.
    Reject,
}

impl Conclusion {
    /// The word in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Undecided => "undecided",
            Self::Reject => "reject",
        }
    }
}

/// One proof of several, judged by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofReport {
    /// Its suite, or `alg` of a token.
    pub suite: String,
    /// Its verification method, as written.
    pub method: String,
    /// How it ended.
    pub finding: Finding,
    /// Who controls the key, as far as it was found.
    pub controller: Option<String>,
    /// Whether the key is the issuer's.
    pub by_issuer: bool,
}

/// One endorsement, judged by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndorsementReport {
    /// Where in the badge it lies, as a JSON Pointer.
    pub path: String,
    /// The endorser, if its proof holds.
    pub endorser: Option<String>,
    /// The endorser's name, if its proof holds.
    pub endorser_name: Option<String>,
    /// What they say, if their proof holds.
    pub comment: Option<String>,
    /// Whether the issuer endorses itself.
    pub is_own: bool,
    /// How it ended.
    pub finding: Finding,
}

/// A remark that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable code.
    pub code: &'static str,
    /// The same as a sentence.
    pub text: String,
}

/// What kind of thing was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A badge, or another credential.
    Credential,
    /// A presentation of credentials.
    Presentation,
    /// A badge of Open Badges 2.
    OlderBadge,
    /// No badge was found in the input.
    Nothing,
}

/// Everything a check found.
#[derive(Debug, Clone)]
pub struct Report {
    findings: [Finding; Check::ALL.len()],
    /// What was presented.
    pub subject: Subject,
    /// Each proof.
    pub proofs: Vec<ProofReport>,
    /// Each endorsement.
    pub endorsements: Vec<EndorsementReport>,
    /// Each credential of a presentation.
    pub credentials: Vec<Report>,
    /// Remarks.
    pub notes: Vec<Note>,
    /// The content, only if the proof holds.
    pub verified: Option<Verified>,
    /// When the check was made.
    pub checked_at: Moment,
}

impl Report {
    pub(super) fn new(checked_at: Moment) -> Box<Self> {
        Box::new(Self {
            findings: std::array::from_fn(|_| Finding::not_reached("not_reached")),
            subject: Subject::Credential,
            proofs: Vec::new(),
            endorsements: Vec::new(),
            credentials: Vec::new(),
            notes: Vec::new(),
            verified: None,
            checked_at,
        })
    }

    /// The finding of one check.
    #[must_use]
    pub fn finding(&self, check: Check) -> &Finding {
        // `findings` has a place for every check by construction.
        #[expect(
            clippy::indexing_slicing,
            reason = "Check::ALL is the length of the array"
        )]
        &self.findings[check as usize]
    }

    pub(super) fn set(&mut self, check: Check, finding: Finding) {
        #[expect(
            clippy::indexing_slicing,
            reason = "Check::ALL is the length of the array"
        )]
        let place = &mut self.findings[check as usize];
        *place = finding;
    }

    /// Sets a finding and says whether it was good enough to go on.
    pub(super) fn passes(&mut self, check: Check, finding: Finding) -> bool {
        let good = matches!(finding.state, State::Holds | State::NotApplicable);
        self.set(check, finding);
        good
    }

    pub(super) fn note(&mut self, code: &'static str, text: impl Into<String>) {
        self.notes.push(Note {
            code,
            text: text.into(),
        });
    }

    /// Every finding, in the order of the checks.
    pub fn findings(&self) -> impl Iterator<Item = (Check, &Finding)> {
        Check::ALL.into_iter().zip(&self.findings)
    }

    /// Whether a check counts for the conclusion. Endorsements, the person and
    /// unsupported extra proofs never do; recognition does only if the issuer
    /// is blocked.
    #[must_use]
    pub fn is_required(&self, check: Check) -> bool {
        match check {
            Check::Format
            | Check::Contexts
            | Check::Terms
            | Check::Shape
            | Check::Schema
            | Check::Proof
            | Check::Issuer
            | Check::Key
            | Check::Status
            | Check::Dates => true,
            Check::Recognition => self.finding(check).code == "issuer_blocked",
            Check::Refresh | Check::Person | Check::Endorsements => false,
        }
    }

    /// The conclusion: any required `fails` → reject, else any required
    /// `unknown` → undecided, else accept.
    #[must_use]
    pub fn conclusion(&self) -> Conclusion {
        let mut conclusion = Conclusion::Accept;
        for (check, finding) in self.findings() {
            if !self.is_required(check) {
                continue;
            }
            conclusion = conclusion.max(match finding.state {
                State::Fails => Conclusion::Reject,
                State::Unknown => Conclusion::Undecided,
                // A required check that was not made is never good; the
                // finding that stopped it decides.
                State::NotReached => Conclusion::Undecided,
                State::Holds | State::NotApplicable => Conclusion::Accept,
            });
        }
        conclusion
    }

    /// The decisive finding of one question: the first that fails, else the
    /// first unknown, else the first that was not reached, else the last.
    #[must_use]
    pub fn answer(&self, question: Question) -> &Finding {
        let of_question = || {
            self.findings()
                .filter(move |(check, _)| check.question() == Some(question))
                .map(|(_, finding)| finding)
        };
        let first = |state| of_question().find(move |finding| finding.state == state);
        first(State::Fails)
            .or_else(|| first(State::Unknown))
            .or_else(|| first(State::NotReached))
            .or_else(|| {
                of_question()
                    .filter(|finding| finding.state == State::Holds)
                    .last()
            })
            .or_else(|| of_question().last())
            .unwrap_or(self.finding(Check::Format))
    }

    /// Whether the content may be shown as what the issuer said.
    #[must_use]
    pub fn is_authentic(&self) -> bool {
        self.answer(Question::Authentic).state == State::Holds
    }
}
