//! The assertion: who was given which badge, when, and how to check it
//! (Open Badges 2.0 "Assertion"; Open Badges 1.1 "Badge Assertion").

use super::date::{Edge, moment};
use super::node::{Kind, Node, Reference, is_web};
use super::recipient::Recipient;
use super::version::Version;
use crate::clock::Moment;
use crate::json::{Value, beginning};
use crate::verify::report::Finding;

/// How a badge says that it is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method<'d> {
    /// By what its host serves.
    Hosted,
    /// By its seal, made with this key if it says so.
    Signed { key: Option<&'d str> },
    /// It does not say, or says something unknown.
    Unsaid,
}

/// An assertion with every member it needs.
#[derive(Debug)]
pub(super) struct Assertion<'d> {
    pub(super) node: Node<'d>,
    pub(super) method: Method<'d>,
    pub(super) recipient: Recipient<'d>,
    pub(super) badge: Reference<'d>,
    pub(super) issued_on: Option<Moment>,
    pub(super) expires: Option<Moment>,
}

impl<'d> Assertion<'d> {
    /// Reads an assertion; the first fault is told.
    pub(super) fn read(node: Node<'d>) -> Result<Self, Finding> {
        node.check_type()?;
        let method = method(&node)?;
        if method == Method::Unsaid && node.version != Version::V0_5 {
            return Err(node.malformed("verification"));
        }
        let (issued, expires) = match node.version {
            Version::V0_5 => ("issued_on", "expires"),
            _ => ("issuedOn", "expires"),
        };
        let issued_on = date(&node, issued, Edge::Start)?;
        if issued_on.is_none() && node.version != Version::V0_5 {
            return Err(node.missing(issued));
        }
        image(&node)?;
        Ok(Self {
            node,
            method,
            recipient: Recipient::read(&node)?,
            badge: node
                .reference("badge")?
                .ok_or_else(|| node.missing("badge"))?,
            issued_on,
            expires: date(&node, expires, Edge::End)?,
        })
    }
}

fn date(node: &Node<'_>, member: &str, edge: Edge) -> Result<Option<Moment>, Finding> {
    let Some(value) = node.one(member)? else {
        return Ok(None);
    };
    let value = value.get("@value").unwrap_or(value);
    moment(value, node.version, edge).map(Some).ok_or_else(|| {
        Finding::fails(
            "date_invalid",
            format!("the {member} of the {} is not a date", node.kind.name()),
        )
    })
}

/// A picture is an address, an embedded PNG or SVG, or a node that has one.
/// The beta also had addresses relative to its issuer's.
pub(super) fn image(node: &Node<'_>) -> Result<(), Finding> {
    let is_picture = |id: &str| {
        is_web(id) || id.starts_with("data:image/png") || id.starts_with("data:image/svg+xml")
    };
    match node.iri("image")? {
        Some(id) if node.version != Version::V0_5 && !is_picture(id) => {
            Err(node.malformed("image"))
        }
        _ => Ok(()),
    }
}

/// `verification`, or by its older name `verify`.
fn verification<'d>(node: &Node<'d>) -> Result<Option<Node<'d>>, Finding> {
    for member in ["verification", "verify"] {
        match node.one(member)? {
            None => {}
            Some(Value::Object(object)) => return Ok(Some(node.part(object))),
            Some(_) => return Err(node.malformed(member)),
        }
    }
    Ok(None)
}

fn method<'d>(node: &Node<'d>) -> Result<Method<'d>, Finding> {
    let Some(verification) = verification(node)? else {
        return Ok(Method::Unsaid);
    };
    if verification.is_a(&["HostedBadge", "hosted"]) {
        Ok(Method::Hosted)
    } else if verification.is_a(&["SignedBadge", "signed"]) {
        // In Open Badges 1 the address of a signed badge's method is its key's.
        let key = match verification.iri("creator")? {
            None if !node.version.is_two() => verification.iri("url")?,
            key => key,
        };
        Ok(Method::Signed { key })
    } else {
        Ok(Method::Unsaid)
    }
}

/// The identifier of an assertion: its own, or before Open Badges 2 the
/// address that it is hosted at.
pub(super) fn identifier_of<'d>(node: &Node<'d>) -> Result<Option<&'d str>, Finding> {
    match node.id()? {
        None if !node.version.is_two() => {
            let hosted = verification(node)?.filter(|method| method.is_a(&["hosted"]));
            hosted.map_or(Ok(None), |method| method.iri("url"))
        }
        id => Ok(id),
    }
}

/// Whether the host says in the document's place that it was withdrawn.
pub(super) fn is_withdrawn(node: &Node<'_>) -> bool {
    matches!(node.truth("revoked"), Ok(Some(true)))
}

/// What the issuer says about why it was withdrawn.
pub(super) fn reason(node: &Node<'_>) -> String {
    let reason = node.text("revocationReason").ok().flatten();
    beginning(reason.unwrap_or_default(), 300)
}

/// The web address of an assertion that was handed in: all that is believed of
/// it.
pub(super) fn address_of<'d>(value: &'d Value<'d>) -> Option<&'d str> {
    let node = presented(value)?;
    identifier_of(&node).ok().flatten().filter(|id| is_web(id))
}

/// How an assertion that was handed in says it is to be checked.
pub(super) fn method_of<'d>(value: &'d Value<'d>) -> Method<'d> {
    presented(value)
        .and_then(|node| method(&node).ok())
        .unwrap_or(Method::Unsaid)
}

fn presented<'d>(value: &'d Value<'d>) -> Option<Node<'d>> {
    let object = value.as_object()?;
    Some(Node {
        kind: Kind::Assertion,
        version: Version::of_assertion(object),
        object,
    })
}
