//! Older badges, answered from a folder in memory. The badge that is right is
//! written once; each case changes one thing.

mod about;
mod hosted;
mod keys;
mod legacy;
mod moodle;
mod revocation;
mod scope;
mod shape;
mod signed;

use crate::clock::Moment;
use crate::verify::{
    Answer, Check, Conclusion, Document, Outcome, Policy, Report, State, Step, Unavailable,
    Verification,
};
use std::collections::BTreeMap;
use std::sync::Arc;

const ASSERTION: &str = "https://badges.northmarch.example/a/1.json";
const DESIGN: &str = "https://badges.northmarch.example/b/first-aid.json";
const ISSUER: &str = "https://badges.northmarch.example/issuer.json";

/// What hosts serve.
#[derive(Clone)]
struct Web {
    served: BTreeMap<String, Served>,
    policy: Policy,
    now: &'static str,
}

#[derive(Clone)]
enum Served {
    Text(String),
    Bytes(Vec<u8>),
    Not(Unavailable),
}

impl Web {
    /// A hosted badge of Open Badges 2.0, as it should be.
    fn hosted() -> Self {
        let mut web = Self {
            served: BTreeMap::new(),
            policy: Policy::default(),
            now: "2026-11-25T12:00:00Z",
        };
        web.serve(
            ASSERTION,
            r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion",
            "id":"https://badges.northmarch.example/a/1.json",
            "recipient":{"type":"email","hashed":true,"salt":"Kosher",
              "identity":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"},
            "badge":"https://badges.northmarch.example/b/first-aid.json",
            "verification":{"type":"HostedBadge"},
            "issuedOn":"2026-03-01T09:00:00Z"}"#,
        );
        web.serve(
            DESIGN,
            r#"{"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass",
            "id":"https://badges.northmarch.example/b/first-aid.json",
            "name":"First aid at work","description":"Three days of practice",
            "image":"https://badges.northmarch.example/b/first-aid.png",
            "criteria":{"narrative":"Pass the practical"},
            "issuer":"https://badges.northmarch.example/issuer.json"}"#,
        );
        web.serve(
            ISSUER,
            r#"{"@context":"https://w3id.org/openbadges/v2","type":"Issuer",
            "id":"https://badges.northmarch.example/issuer.json",
            "name":"Northmarch County Council","url":"https://northmarch.example",
            "email":"badges@northmarch.example"}"#,
        );
        web
    }

    fn serve(&mut self, url: &str, text: &str) {
        self.served
            .insert(url.to_owned(), Served::Text(text.to_owned()));
    }

    fn refuse(&mut self, url: &str, why: Unavailable) {
        self.served.insert(url.to_owned(), Served::Not(why));
    }

    fn text(&self, url: &str) -> String {
        match self.served.get(url) {
            Some(Served::Text(text)) => text.clone(),
            _ => panic!("{url} is not served"),
        }
    }

    /// Changes one thing in what is served at `url`.
    #[track_caller]
    fn change(&mut self, url: &str, from: &str, to: &str) {
        let text = self.text(url);
        assert!(text.contains(from), "{from} is not in {text}");
        self.serve(url, &text.replace(from, to));
    }

    #[track_caller]
    fn changed(&self, url: &str, from: &str, to: &str) -> Self {
        let mut web = self.clone();
        web.change(url, from, to);
        web
    }

    /// Checks `input`; what is not served is unreachable. Also says what was
    /// asked for.
    fn check(&self, input: &[u8]) -> (Report, Vec<String>) {
        let now = Moment::parse(self.now).expect("a moment");
        let mut check = Verification::new(input, now, self.policy.clone());
        let mut asked = Vec::new();
        loop {
            let wanted = match check.step() {
                Step::Done(report) => return (*report, asked),
                Step::Ask(wanted) => wanted,
            };
            asked.push(wanted.url.clone());
            assert!(
                asked.len() <= crate::limits::DOCUMENTS_PER_CHECK,
                "{asked:?}"
            );
            let document = |bytes| Answer::Document(Arc::new(Document::new(bytes, Some(now))));
            let answer = match self.served.get(&wanted.url) {
                Some(Served::Text(text)) => document(text.clone().into_bytes()),
                Some(Served::Bytes(bytes)) => document(bytes.clone()),
                Some(Served::Not(why)) => Answer::Unavailable(*why),
                None => Answer::Unavailable(Unavailable::Unreachable),
            };
            check.answer(wanted, answer);
        }
    }

    /// Checks the badge at [`ASSERTION`] by its address.
    fn report(&self) -> Report {
        self.check(ASSERTION.as_bytes()).0
    }

    #[track_caller]
    fn expect(&self, expected: Expected) -> Report {
        self.expect_of(ASSERTION.as_bytes(), expected)
    }

    #[track_caller]
    fn expect_of(&self, input: &[u8], expected: Expected) -> Report {
        let (report, asked) = self.check(input);
        let (outcome, conclusion, check, state, code) = expected;
        let finding = report.finding(check);
        assert_eq!(
            (
                Outcome::of(&report),
                report.conclusion(),
                check,
                finding.state,
                finding.code
            ),
            (outcome, conclusion, check, state, code),
            "{finding:?}\nasked {asked:?}\n{report:#?}"
        );
        // Nothing is shown of a badge that is not known to be genuine, and
        // nothing is asked for over plain http.
        assert!(report.verified.is_none() || report.is_authentic());
        assert!(
            asked.iter().all(|url| url.starts_with("https://")),
            "{asked:?}"
        );
        report
    }
}

/// The headline, the conclusion, and the finding behind them.
type Expected = (Outcome, Conclusion, Check, State, &'static str);

/// A member is missing or malformed.
const SHAPE: Expected = (
    Outcome::Changed,
    Conclusion::Reject,
    Check::Shape,
    State::Fails,
    "credential_shape",
);

/// A document could not be had.
const UNREACHABLE: Expected = (
    Outcome::KeyUnreachable,
    Conclusion::Undecided,
    Check::Proof,
    State::Unknown,
    "key_unreachable",
);

/// Withdrawn.
const REVOKED: Expected = (
    Outcome::Withdrawn,
    Conclusion::Reject,
    Check::Status,
    State::Fails,
    "revoked",
);

/// Genuine and current, hosted.
const GOOD_HOSTED: Expected = (
    Outcome::OlderVersion,
    Conclusion::Accept,
    Check::Proof,
    State::Holds,
    "hosted",
);

#[track_caller]
fn has_note(report: &Report, code: &str) {
    assert!(
        report.notes.iter().any(|note| note.code == code),
        "no {code} in {:?}",
        report.notes
    );
}

#[track_caller]
fn shows(report: &Report, name: &str) {
    let verified = report.verified.as_ref().expect("content");
    assert_eq!(verified.name.as_deref(), Some(name));
}
