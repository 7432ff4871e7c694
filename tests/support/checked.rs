//! What others find when they check a badge: the node by its API, and the
//! library with nothing but what the node serves to everybody.

use super::node::Node;
use countersign::verify::{
    Answer, Conclusion, Document, Policy, Report, Step, Unavailable, Verification,
};
use serde_json::Value;

impl Node {
    /// The report of `POST /api/v1/checks` on bytes.
    #[track_caller]
    pub fn check(&self, bytes: &[u8]) -> Value {
        self.post("/api/v1/checks")
            .bytes("application/octet-stream", bytes)
            .expect(200)
            .json()
    }

    /// The outcome of both ways to check: they have to agree.
    #[track_caller]
    pub fn outcome(&self, bytes: &[u8]) -> String {
        let report = self.check(bytes);
        let conclusion = report["conclusion"].as_str().expect("a conclusion");
        let theirs = match self.library(bytes).conclusion() {
            Conclusion::Accept => "accept",
            Conclusion::Reject => "reject",
            Conclusion::Undecided => "undecided",
        };
        assert_eq!(conclusion, theirs, "{report}");
        report["outcome"].as_str().expect("an outcome").to_owned()
    }

    /// A badge that everybody finds good.
    #[track_caller]
    pub fn hold_current(&self, bytes: &[u8]) {
        let report = self.library(bytes);
        let findings: Vec<String> = report
            .findings()
            .filter(|(_, finding)| !finding.code.is_empty())
            .map(|(check, finding)| format!("{check:?}: {} {}", finding.code, finding.detail))
            .collect();
        assert_eq!(report.conclusion(), Conclusion::Accept, "{findings:#?}");
        assert_eq!(self.check(bytes)["conclusion"], "accept");
    }

    /// The library's report, with documents that are fetched as strangers do.
    pub fn library(&self, bytes: &[u8]) -> Report {
        let policy = Policy {
            dev: self.state.address.is_dev(),
            ..Policy::default()
        };
        let mut check = Verification::new(bytes, self.clock.now(), policy);
        loop {
            match check.step() {
                Step::Done(report) => return *report,
                Step::Ask(wanted) => {
                    let answer = self.fetched(&wanted.url);
                    check.answer(wanted, answer);
                }
            }
        }
    }

    fn fetched(&self, url: &str) -> Answer {
        let Some(path) = self.state.address.path_of(url) else {
            return Answer::Unavailable(Unavailable::Offline);
        };
        let path = path.split('#').next().unwrap_or_default();
        let answer = self.get(path).send();
        if answer.status == 200 {
            Answer::Document(std::sync::Arc::new(Document::new(answer.body, None)))
        } else {
            Answer::Unavailable(Unavailable::Refused)
        }
    }
}
