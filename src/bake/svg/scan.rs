//! The events of an SVG that matter for badges, within the limits of L-16.
//!
//! **Promises.** One pass, no recursion. A DOCTYPE is skipped, entities are
//! never expanded (beyond the five of XML and character references), names are
//! matched by namespace. Whatever is let through has one root named `svg`,
//! closed tags, and unique attributes.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{
    LocalName, Namespace, NamespaceError, NamespaceResolver, PrefixDeclaration, ResolveResult,
};
use quick_xml::{Reader, XmlVersion, escape};

use super::super::error::{Error, Limit, SvgFault};
use super::super::payload::{Generation, trim};
use super::{BYTE_ORDER_MARK, NAMESPACE_SVG, generation_of};
use crate::limits;

/// Most attributes of one element. Looking for duplicates costs the square.
const ATTRIBUTES: usize = 256;

/// What comes next in the text.
pub(super) enum Step<'a> {
    /// A start tag, or a tag that is both.
    Open(Element<'a>),
    /// An end tag; `end` is where it ends.
    Close { end: usize },
    /// Characters, as XML reads them.
    Text(Cow<'a, str>),
    /// A reference to an entity, which is not expanded.
    Entity,
    /// The end of a whole document.
    End,
}

/// A start tag.
pub(super) struct Element<'a> {
    pub(super) tag: BytesStart<'a>,
    /// Where the tag stands, `<` and `>` included.
    pub(super) range: Range<usize>,
    /// Whether it ends in `/>`.
    pub(super) is_empty: bool,
    pub(super) is_root: bool,
    /// Whether it is a badge, and which.
    pub(super) badge: Option<Generation>,
}

impl Element<'_> {
    /// The value of the attribute of this exact name, as XML reads it.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, Error> {
        for attribute in self.tag.attributes().flatten() {
            if attribute.key.into_inner() == name {
                let value = read_value(&attribute).ok_or(SvgFault::Entity)?;
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}

/// The value as XML reads it, or nothing if it refers to an entity.
pub(super) fn read_value(attribute: &Attribute<'_>) -> Option<String> {
    attribute
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(Cow::into_owned)
}

pub(super) struct Scanner<'a> {
    reader: Reader<&'a [u8]>,
    namespaces: NamespaceResolver,
    depth: u16,
    elements: usize,
    has_root: bool,
    has_doctype: bool,
}

/// Checks size and encoding; returns the byte order mark, if any, and the rest.
pub(super) fn decode(bytes: &[u8]) -> Result<(&str, &str), Error> {
    if bytes.len() > limits::SVG_BYTES {
        return Err(Limit::Bytes.into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Utf8)?;
    let rest = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    // The reader would skip a second mark without counting its bytes.
    if rest.starts_with(BYTE_ORDER_MARK) {
        return Err(SvgFault::Xml { at: 3 }.into());
    }
    Ok(text.split_at(text.len() - rest.len()))
}

impl<'a> Scanner<'a> {
    /// `text` as [`decode`] returns it.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            namespaces: NamespaceResolver::default(),
            depth: 0,
            elements: 0,
            has_root: false,
            has_doctype: false,
        }
    }

    /// # Errors
    /// The first thing that is wrong; don't go on then.
    pub(super) fn next(&mut self) -> Result<Step<'a>, Error> {
        loop {
            let start = self.position();
            let event = self.reader.read_event();
            let event = event.map_err(|_| SvgFault::Xml { at: start })?;
            let range = start..self.position();
            match event {
                Event::Start(tag) => return self.open(tag, range, false),
                Event::Empty(tag) => return self.open(tag, range, true),
                Event::End(_) => return self.close(range),
                Event::Text(text) if self.depth == 0 && trim(&text).is_empty() => {}
                Event::DocType(_) if !self.has_root && !self.has_doctype => {
                    self.has_doctype = true;
                }
                Event::Decl(declaration) if start == 0 => check_encoding(&declaration)?,
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 || !self.has_root => {
                    return Err(SvgFault::Truncated.into());
                }
                Event::Eof => return Ok(Step::End),
                Event::Text(text) if self.depth > 0 => {
                    return Ok(Step::Text(text.xml10_content()));
                }
                Event::CData(text) if self.depth > 0 => {
                    return Ok(Step::Text(text.xml10_content()));
                }
                Event::GeneralRef(name) if self.depth > 0 => return reference(&name, start),
                // Text or a second DOCTYPE outside the root, a late declaration.
                _ => return Err(SvgFault::Xml { at: start }.into()),
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn open(
        &mut self,
        tag: BytesStart<'a>,
        range: Range<usize>,
        is_empty: bool,
    ) -> Result<Step<'a>, Error> {
        let is_root = self.depth == 0;
        if is_root && self.has_root {
            return Err(SvgFault::Xml { at: range.start }.into());
        }
        self.has_root = true;
        self.elements += 1;
        if self.elements > limits::SVG_ELEMENTS {
            return Err(Limit::Elements.into());
        }
        let inside = self.depth + 1;
        if usize::from(inside) > limits::SVG_DEPTH {
            return Err(Limit::Depth.into());
        }
        self.namespaces.set_level(inside);
        self.declare(&tag, range.start)?;
        let (namespace, name) = self.namespaces.resolve_element(tag.name());
        if is_root && !is_svg_root(&namespace, name) {
            return Err(Error::NotAnImage);
        }
        let badge = badge_of(&namespace, name);
        if is_empty {
            self.namespaces.set_level(self.depth);
        } else {
            self.depth = inside;
        }
        Ok(Step::Open(Element {
            tag,
            range,
            is_empty,
            is_root,
            badge,
        }))
    }

    /// Looks at all attributes of a tag and takes note of the namespaces.
    fn declare(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), Error> {
        let malformed = SvgFault::Xml { at };
        for (count, attribute) in tag.attributes().enumerate() {
            let attribute = attribute.map_err(|_| malformed)?;
            if attribute.value.contains('<') {
                return Err(malformed.into());
            }
            if count == ATTRIBUTES {
                return Err(Limit::Attributes.into());
            }
            let Some(prefix) = attribute.key.as_namespace_binding() else {
                continue;
            };
            // `xmlns:=""` would pass for a default namespace.
            if prefix == PrefixDeclaration::Named("") {
                return Err(malformed.into());
            }
            // A name that hides behind an entity stays as it is written. It has
            // an `&` then, so it is none of ours.
            let name = read_value(&attribute).unwrap_or_else(|| attribute.value.to_string());
            match self.namespaces.add(prefix, Namespace(&name)) {
                Ok(()) => {}
                Err(NamespaceError::TooManyBindings(_)) => return Err(Limit::Attributes.into()),
                Err(_) => return Err(malformed.into()),
            }
        }
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<Step<'a>, Error> {
        let outside = self.depth.checked_sub(1);
        self.depth = outside.ok_or(SvgFault::Xml { at: range.start })?;
        self.namespaces.set_level(self.depth);
        Ok(Step::Close { end: range.end })
    }
}

/// Old drawing programs leave the namespace out, or behind an entity.
fn is_svg_root(namespace: &ResolveResult<'_>, name: LocalName<'_>) -> bool {
    name.into_inner() == "svg"
        && match namespace {
            ResolveResult::Bound(name) => {
                name.into_inner() == NAMESPACE_SVG || name.into_inner().contains('&')
            }
            ResolveResult::Unbound => true,
            ResolveResult::Unknown(_) => false,
        }
}

fn badge_of(namespace: &ResolveResult<'_>, name: LocalName<'_>) -> Option<Generation> {
    match namespace {
        ResolveResult::Bound(namespace) => generation_of(namespace.into_inner(), name.into_inner()),
        _ => None,
    }
}

fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), Error> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(SvgFault::Encoding.into()),
    }
}

fn reference<'a>(name: &BytesRef<'_>, at: usize) -> Result<Step<'a>, Error> {
    let character = name.resolve_char_ref();
    if let Some(character) = character.map_err(|_| SvgFault::Xml { at })? {
        return Ok(Step::Text(Cow::Owned(character.to_string())));
    }
    Ok(escape::resolve_xml_entity(name).map_or(Step::Entity, |text| Step::Text(text.into())))
}
