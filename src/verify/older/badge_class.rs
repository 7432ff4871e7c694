//! The badge design (Open Badges 2.0 "BadgeClass").

use super::assertion::image;
use super::node::{Node, Reference};
use super::version::Version;
use crate::json::Value;
use crate::verify::report::Finding;

/// A badge design with every member it needs.
#[derive(Debug)]
pub(super) struct BadgeClass<'d> {
    pub(super) node: Node<'d>,
    pub(super) name: &'d str,
    pub(super) description: &'d str,
    pub(super) issuer: Reference<'d>,
}

impl<'d> BadgeClass<'d> {
    /// Reads a badge design; the first fault is told. Unlike the standard we
    /// do not insist on a picture: it proves nothing.
    pub(super) fn read(node: Node<'d>) -> Result<Self, Finding> {
        node.check_type()?;
        image(&node)?;
        criteria(&node)?;
        Ok(Self {
            node,
            name: node.needed_text("name")?,
            description: node.needed_text("description")?,
            issuer: node
                .reference("issuer")?
                .ok_or_else(|| node.missing("issuer"))?,
        })
    }
}

/// An address, or from Open Badges 2 on a text too.
fn criteria(node: &Node<'_>) -> Result<(), Finding> {
    match node.one("criteria")? {
        None => Err(node.missing("criteria")),
        Some(Value::String(address)) if !address.is_empty() => Ok(()),
        Some(Value::Object(object)) if node.version != Version::V0_5 => {
            let criteria = node.part(object);
            let says = criteria.id()?.is_some() || criteria.text("narrative")?.is_some();
            says.then_some(()).ok_or_else(|| node.malformed("criteria"))
        }
        Some(_) => Err(node.malformed("criteria")),
    }
}
