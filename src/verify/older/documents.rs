//! Fetches documents by their identifiers.

use super::node::{Kind, Node, Reference, is_web};
use super::version::Version;
use super::{assertion, is_newer};
use crate::credential::DocumentKind;
use crate::json::{Object, Value};
use crate::verify::check::method::unreachable;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Check, Finding, Report};
use crate::verify::wanted::{Unavailable, WantedKind};

/// A document, and where it came from.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) version: Version,
    pub(super) object: Object<'static>,
    /// The identifier it was fetched by, else the one it gives itself.
    pub(super) id: Option<String>,
    /// Whether it was fetched by its identifier. What lay in another document
    /// is only what that document says.
    pub(super) is_fetched: bool,
    pub(super) age_seconds: Option<i64>,
}

impl Found {
    pub(super) const fn node(&self) -> Node<'_> {
        Node {
            kind: self.kind,
            version: self.version,
            object: &self.object,
        }
    }
}

/// How many addresses are looked at for one document.
const HOPS: usize = 2;

/// Why the check of a badge goes no further.
#[derive(Debug)]
pub(super) enum Stop {
    /// The host says that the document is gone for good.
    Gone(String),
    /// The members are not those of the data model.
    Shape(Finding),
    /// It cannot be said, or is not so, that this is the badge.
    Proof(Finding),
}

impl Stop {
    pub(super) fn write(self, report: &mut Report) {
        match self {
            Self::Gone(url) => report.set(Check::Proof, unreachable(&url, Unavailable::Gone)),
            Self::Shape(finding) => report.set(Check::Shape, finding),
            Self::Proof(finding) => report.set(Check::Proof, finding),
        }
    }
}

/// "We could not reach it", where the host answers with something else.
pub(super) fn unusable(url: &str, why: &str) -> Finding {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "its host".to_owned());
    Finding::unknown("key_unreachable", format!("{host}: {why}"))
}

/// Fetches the document `url`. If it says that it is another, that one is
/// fetched instead, once: then its host says the same.
pub(super) fn follow(
    desk: &Desk<'_>,
    report: &mut Report,
    url: &str,
    kind: Kind,
    parent: Version,
) -> Asking<Result<Found, Stop>> {
    let mut address = url.to_owned();
    for _ in 0..HOPS {
        let (found, named) = match fetch_named(desk, &address, kind, parent)? {
            Ok(fetched) => fetched,
            Err(stop) => return Ok(Err(stop)),
        };
        let named = match named {
            Some(named) if named != address => named,
            _ => return Ok(Ok(found)),
        };
        if !is_web(&named) {
            break;
        }
        report.note(
            "hosted_moved",
            format!(
                "the {} at {address:.200} says that its address is {named:.200}",
                kind.name()
            ),
        );
        address = named;
    }
    Ok(Err(Stop::Proof(Finding::fails(
        "hosted_id_mismatch",
        format!(
            "what is served as the {} says that it is another",
            kind.name()
        ),
    ))))
}

/// The document at an address, and the identifier it gives itself.
fn fetch_named(
    desk: &Desk<'_>,
    address: &str,
    kind: Kind,
    parent: Version,
) -> Asking<Result<(Found, Option<String>), Stop>> {
    let (object, age_seconds) = match fetch(desk, address)? {
        Ok(fetched) => fetched,
        Err(stop) => return Ok(Err(stop)),
    };
    let found = Found {
        kind,
        version: version_of(kind, &object, parent),
        object,
        id: Some(address.to_owned()),
        is_fetched: true,
        age_seconds,
    };
    if let Err(stop) = looks_right(&found, address) {
        return Ok(Err(stop));
    }
    Ok(match declared(&found) {
        Ok(named) => Ok((found, named)),
        Err(finding) => Err(Stop::Shape(finding)),
    })
}

/// What a reference leads to.
pub(super) fn resolve(
    desk: &Desk<'_>,
    report: &mut Report,
    reference: Reference<'_>,
    kind: Kind,
    parent: Version,
) -> Asking<Result<Found, Stop>> {
    match reference {
        Reference::At(url) => follow(desk, report, url, kind, parent),
        Reference::Embedded(object) => {
            report.note(
                "older_embedded",
                format!("the {} has no web address of its own", kind.name()),
            );
            let object = object.clone().into_owned();
            let mut found = Found {
                kind,
                version: Version::named_by(&object).unwrap_or(parent),
                object,
                id: None,
                is_fetched: false,
                age_seconds: None,
            };
            found.id = found.node().id().ok().flatten().map(str::to_owned);
            Ok(Ok(found))
        }
    }
}

/// Asks for a document. A host that answers with a page, or with nothing we
/// can read, is as silent as one that does not answer.
fn fetch(desk: &Desk<'_>, url: &str) -> Asking<Result<(Object<'static>, Option<i64>), Stop>> {
    let document = match desk.ask(WantedKind::OlderDocument, url)? {
        Ok(document) => document,
        Err(Unavailable::Gone) => return Ok(Err(Stop::Gone(url.to_owned()))),
        Err(why) => return Ok(Err(Stop::Proof(unreachable(url, why)))),
    };
    Ok(match document.json() {
        Ok(Value::Object(object)) => Ok((object.into_owned(), document.age(desk.now))),
        Ok(_) => Err(Stop::Proof(unusable(url, "not_a_badge"))),
        Err(error) if error.is_limit() => Err(Stop::Proof(Finding::unknown(
            error.code(),
            error.to_string(),
        ))),
        Err(error) => Err(Stop::Proof(unusable(url, error.code()))),
    })
}

fn version_of(kind: Kind, object: &Object<'_>, parent: Version) -> Version {
    if kind == Kind::Assertion {
        Version::of_assertion(object)
    } else {
        Version::named_by(object).unwrap_or(parent)
    }
}

/// An error message in JSON is no badge; a profile in its place is a wrong one.
fn looks_right(found: &Found, url: &str) -> Result<(), Stop> {
    let node = found.node();
    let says_something = found
        .kind
        .telling_members()
        .iter()
        .any(|member| node.object.contains(member));
    if node.is_a(found.kind.types()) {
        Ok(())
    } else if is_newer(DocumentKind::of(&Value::Object(found.object.clone()))) {
        Err(Stop::Proof(unusable(url, "not_a_badge")))
    } else if node.has_type() {
        Err(Stop::Shape(node.malformed("type")))
    } else if says_something {
        Ok(())
    } else {
        Err(Stop::Proof(unusable(url, "not_a_badge")))
    }
}

/// The identifier a document gives itself. Only Open Badges 2 insists on one.
fn declared(found: &Found) -> Result<Option<String>, Finding> {
    let node = found.node();
    let id = if found.kind == Kind::Assertion {
        assertion::identifier_of(&node)?
    } else {
        node.id()?
    };
    let may_be_nameless = !found.version.is_two()
        || (found.kind == Kind::Assertion && assertion::is_withdrawn(&node));
    match id {
        None if !may_be_nameless => Err(node.missing("id")),
        id => Ok(id.map(str::to_owned)),
    }
}
