//! The issuer (Open Badges 2.0 "Profile").

use super::documents::Found;
use super::node::Node;
use super::version::Version;
use crate::verify::report::Finding;

/// An issuer with every member it needs.
#[derive(Debug)]
pub(super) struct Profile<'d> {
    pub(super) node: Node<'d>,
    /// What it goes by: the identifier it was fetched by, or the origin of the
    /// beta.
    pub(super) id: Option<&'d str>,
    pub(super) name: &'d str,
    pub(super) url: &'d str,
    /// Whether the identifier is a web address, and the profile what is served
    /// there: else anybody could have written it.
    pub(super) has_own_address: bool,
}

impl<'d> Profile<'d> {
    /// Reads an issuer; the first fault is told.
    pub(super) fn read(found: &'d Found) -> Result<Self, Finding> {
        let node = found.node();
        if node.version == Version::V0_5 {
            return beta(node);
        }
        node.check_type()?;
        if node.version.is_two() {
            node.needed_text("email")?;
        }
        Ok(Self {
            node,
            id: found.id.as_deref(),
            name: node.needed_text("name")?,
            url: web_address(&node, "url")?,
            has_own_address: found.is_fetched,
        })
    }
}

/// The beta wrote the issuer into the badge, with the origin that it had to be
/// hosted at.
fn beta<'d>(node: Node<'d>) -> Result<Profile<'d>, Finding> {
    let origin = web_address(&node, "origin")?;
    Ok(Profile {
        node,
        id: Some(origin),
        name: node.needed_text("name")?,
        url: origin,
        has_own_address: false,
    })
}

fn web_address<'d>(node: &Node<'d>, member: &str) -> Result<&'d str, Finding> {
    match node.iri(member)? {
        None => Err(node.missing(member)),
        Some(url) if super::node::is_web(url) && url::Url::parse(url).is_ok() => Ok(url),
        Some(_) => Err(node.malformed(member)),
    }
}
