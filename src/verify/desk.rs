//! The desk where documents are asked for.
//!
//! A verification is a pure function of the badge and the answers so far. When
//! it needs a document that it does not have, it stops with [`Pending`]; when
//! the answer is there it runs again, and what was costly is in the [`Memo`].

use super::check::proof::Outcome;
use super::policy::Policy;
use super::report::Report;
use super::wanted::{Answer, Document, Unavailable, Wanted, WantedKind};
use crate::canon::rdfc::Hash;
use crate::clock::Moment;
use crate::did::{self, Located};
use crate::json::{Object, Value};
use crate::limits;
use crate::proof::{Digester, Error as ProofError, Form, Reading, document_digest};
use std::cell::RefCell;
use std::sync::Arc;

/// A document is needed first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending(pub(super) Wanted);

/// What a function that may have to ask returns.
pub(super) type Asking<T> = Result<T, Pending>;

/// What one verification knows and remembers.
pub(super) struct Desk<'p> {
    pub(super) now: Moment,
    pub(super) policy: &'p Policy,
    answers: &'p [(Wanted, Answer)],
    memo: &'p RefCell<Memo>,
    /// Which document is being judged, for the memo.
    part: String,
}

/// What need not be done again when a verification goes on after an answer.
#[derive(Debug, Default)]
pub(super) struct Memo {
    located: Vec<(String, Located)>,
    digests: Vec<(DigestKey, Result<Vec<u8>, ProofError>)>,
    formed: Vec<(String, Box<Report>, bool)>,
    sealed: Vec<(String, Box<Report>, Outcome)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct DigestKey {
    part: String,
    earlier: Vec<String>,
    form: Form,
    hash: Hash,
    reading: Reading,
}

impl<'p> Desk<'p> {
    pub(super) fn new(
        now: Moment,
        policy: &'p Policy,
        answers: &'p [(Wanted, Answer)],
        memo: &'p RefCell<Memo>,
    ) -> Self {
        Self {
            now,
            policy,
            answers,
            memo,
            part: String::new(),
        }
    }

    /// The desk for a document within the one at hand, or behind it; `part`
    /// tells it from others, so that two never share remembered digests.
    pub(super) fn for_part(&self, part: &str) -> Self {
        Self {
            now: self.now,
            policy: self.policy,
            answers: self.answers,
            memo: self.memo,
            part: format!("{}>{part}", self.part),
        }
    }

    /// Where the document of an identifier lies.
    pub(super) fn locate(&self, identifier: &str) -> Result<Located, did::Error> {
        let find = |(other, _): &&(String, Located)| *other == identifier;
        if let Some((_, located)) = self.memo.borrow().located.iter().find(find) {
            return Ok(located.clone());
        }
        let settings = did::Settings {
            loopback_http: self.policy.dev,
        };
        let located = did::locate(identifier, settings)?;
        // Only what has an address is needed again, when it was answered.
        if matches!(located, Located::At { .. }) {
            let known = (identifier.to_owned(), located.clone());
            self.memo.borrow_mut().located.push(known);
        }
        Ok(located)
    }

    /// Asks for a document.
    pub(super) fn ask(
        &self,
        kind: WantedKind,
        url: &str,
    ) -> Asking<Result<Arc<Document>, Unavailable>> {
        let known = self
            .answers
            .iter()
            .find(|(wanted, _)| wanted.kind == kind && wanted.url == url);
        match known {
            Some((_, Answer::Document(document))) => Ok(Ok(Arc::clone(document))),
            Some((_, Answer::Unavailable(why))) => Ok(Err(*why)),
            None if !self.may_ask(url) => Ok(Err(Unavailable::Address)),
            None if self.answers.len() >= limits::DOCUMENTS_PER_CHECK => {
                Ok(Err(Unavailable::Budget))
            }
            None => Err(Pending(Wanted {
                kind,
                url: url.to_owned(),
            })),
        }
    }

    /// Only https, and in development loopback over http. The fetcher checks
    /// addresses; this keeps documents from asking for other schemes.
    fn may_ask(&self, url: &str) -> bool {
        if url.len() > limits::URL_BYTES {
            return false;
        }
        if is_plainly_https(url) {
            return true;
        }
        let Ok(parsed) = url::Url::parse(url) else {
            return false;
        };
        let is_loopback = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let scheme_fits = parsed.scheme() == "https"
            || (self.policy.dev && is_loopback && parsed.scheme() == "http");
        scheme_fits && parsed.username().is_empty() && parsed.password().is_none()
    }

    /// What `form` does to a new report (contexts, terms, shape) and whether
    /// the document passed; done once.
    pub(super) fn form(&self, form: impl FnOnce(&mut Report) -> bool) -> (Box<Report>, bool) {
        let find = |(part, ..): &&(String, Box<Report>, bool)| *part == self.part;
        let known = self.memo.borrow().formed.iter().find(find).cloned();
        if let Some((_, report, passed)) = known {
            return (report, passed);
        }
        let mut report = Report::new(self.now);
        let passed = form(&mut report);
        let formed = (self.part.clone(), report.clone(), passed);
        self.memo.borrow_mut().formed.push(formed);
        (report, passed)
    }

    /// The report up to the proof, and what the proof said, if this document
    /// came that far before.
    pub(super) fn recall(&self) -> Option<(Box<Report>, Outcome)> {
        let memo = self.memo.borrow();
        let known = memo.sealed.iter().find(|(part, ..)| *part == self.part);
        known.map(|(_, report, outcome)| (report.clone(), outcome.clone()))
    }

    pub(super) fn remember(&self, report: &Report, outcome: &Outcome) {
        let sealed = (self.part.clone(), Box::new(report.clone()), outcome.clone());
        self.memo.borrow_mut().sealed.push(sealed);
    }

    /// The digest of the document being judged, computed once.
    pub(super) fn document_digest(
        &self,
        document: &Value<'_>,
        earlier: &[&Object<'_>],
        digester: Digester<'static>,
    ) -> Result<Vec<u8>, ProofError> {
        let Digester {
            form,
            hash,
            reading,
            ..
        } = digester;
        let key = DigestKey {
            part: self.part.clone(),
            earlier: earlier.iter().map(|proof| format!("{proof:?}")).collect(),
            form,
            hash,
            reading,
        };
        let find = |(other, _): &&(DigestKey, _)| *other == key;
        let known = self.memo.borrow().digests.iter().find(find).cloned();
        if let Some((_, digest)) = known {
            return digest;
        }
        let digest = document_digest(document, earlier, digester);
        self.memo.borrow_mut().digests.push((key, digest.clone()));
        digest
    }
}

/// Whether no parser is needed to see that an address is one of https and names
/// nothing but a host, as nearly all do.
fn is_plainly_https(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#');
    let end = rest.bytes().position(is_end).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    host.split('.').all(|label| {
        label.starts_with(|first: char| first.is_ascii_lowercase())
            && label.bytes().all(is_plain)
            && !label.starts_with("xn--")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may_ask(url: &str) -> bool {
        let (policy, memo) = (Policy::default(), RefCell::default());
        let now = Moment::parse("2026-11-25T12:00:00Z").expect("a moment");
        Desk::new(now, &policy, &[], &memo).may_ask(url)
    }

    #[test]
    fn only_plain_addresses_of_https_are_asked() {
        for good in [
            "https://a.example/",
            "https://a.example",
            "https://1.example:8443/x?y",
        ] {
            assert!(may_ask(good), "{good}");
        }
        for bad in [
            "http://a.example/",
            "http://localhost/",
            "ftp://a.example/",
            "file:///etc/passwd",
            "https://",
            "https://user@a.example/",
            "https://user:secret@a.example/",
            "https://a.0x7f/",
            "https://xn--a/",
            "/x",
        ] {
            assert!(!may_ask(bad), "{bad}");
        }
        let long = format!("https://a.example/{}", "x".repeat(limits::URL_BYTES));
        assert!(!may_ask(&long));
    }

    proptest! {
        #[test]
        fn what_needs_no_parser_is_what_a_parser_reads(
            host in "[a-c1x][a-z0-9-]{0,4}(\\.[a-c0x-]{0,4}){0,3}",
            rest in "([/?#@:\\\\][/?#@:\\\\a-c.]{0,5})?",
        ) {
            let address = format!("https://{host}{rest}");
            if is_plainly_https(&address) {
                let parsed = url::Url::parse(&address).expect("a URL");
                prop_assert_eq!(parsed.scheme(), "https");
                prop_assert_eq!(parsed.host_str(), Some(host.as_str()));
                prop_assert!(parsed.username().is_empty() && parsed.password().is_none());
            }
        }
    }
}
