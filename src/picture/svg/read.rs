//! XML as events: names with their namespaces, values as XML reads them, the
//! limits of L-16.
//!
//! **Promises.** One pass, no recursion. Whatever is let through has one root,
//! closed tags, characters that XML allows. An entity is never expanded beyond
//! the five of XML and character references. Comments, harmless processing
//! instructions and a DOCTYPE that declares nothing are passed over.

use super::super::error::{Error, Limit, Refusal};
use super::NAMESPACE;
use crate::limits;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{
    LocalName, Namespace, NamespaceError, NamespaceResolver, PrefixDeclaration, ResolveResult,
};
use quick_xml::{Reader, XmlVersion, escape};

const NAMESPACE_XLINK: &str = "http://www.w3.org/1999/xlink";
const NAMESPACE_XML: &str = "http://www.w3.org/XML/1998/namespace";
const NAMESPACE_HTML: &str = "http://www.w3.org/1999/xhtml";

/// Most attributes of one element. Looking for duplicates costs the square.
const ATTRIBUTES: usize = 256;

/// Longest name in an error.
const SHOWN_BYTES: usize = 40;

/// Whose vocabulary a name is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// No namespace.
    None,
    /// SVG.
    Svg,
    /// XHTML.
    Html,
    /// `xlink:href` and its like.
    Xlink,
    /// `xml:space` and its like.
    Xml,
    /// Something else.
    Other,
}

/// What comes next.
pub(super) enum Step {
    /// A start tag. An empty element is followed by a `Close`, too.
    Open(Tag),
    /// An end tag.
    Close,
    /// Characters.
    Text(String),
    /// The end of a whole document.
    End,
}

/// A start tag.
pub(super) struct Tag {
    pub(super) space: Space,
    pub(super) name: String,
    pub(super) attributes: Vec<Named>,
}

/// An attribute that declares no namespace.
pub(super) struct Named {
    pub(super) space: Space,
    pub(super) name: String,
    pub(super) value: String,
}

pub(super) struct Scanner<'a> {
    reader: Reader<&'a [u8]>,
    namespaces: NamespaceResolver,
    depth: u16,
    elements: usize,
    has_root: bool,
    has_doctype: bool,
}

const fn malformed(at: usize) -> Refusal {
    Refusal::Xml { at }
}

/// XML 1.0 §2.2.
fn is_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A stranger's name, fit to be shown.
pub(super) fn shown(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
    let plain = name.chars().map(|c| if is_plain(c) { c } else { '?' });
    plain.take(SHOWN_BYTES).collect()
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Refusal> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let strange = |c: char| !is_character(c);
        if let Some(at) = text.find(strange) {
            return Err(malformed(at));
        }
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self {
            reader,
            namespaces: NamespaceResolver::default(),
            depth: 0,
            elements: 0,
            has_root: false,
            has_doctype: false,
        })
    }

    /// # Errors
    /// The first thing that is wrong; don't go on then.
    pub(super) fn next(&mut self) -> Result<Step, Error> {
        loop {
            let at = self.position();
            let event = self.reader.read_event().map_err(|_| malformed(at))?;
            match event {
                Event::Start(tag) | Event::Empty(tag) => return self.open(&tag, at),
                Event::End(_) => return self.close(at),
                Event::Comment(_) => {}
                Event::Text(text) if self.depth > 0 => {
                    return Ok(Step::Text(text.xml10_content().into_owned()));
                }
                Event::CData(text) if self.depth > 0 => {
                    return Ok(Step::Text(text.xml10_content().into_owned()));
                }
                Event::GeneralRef(name) if self.depth > 0 => return reference(&name, at),
                Event::Eof if self.depth == 0 && self.has_root => return Ok(Step::End),
                Event::PI(instruction) => check_instruction(&instruction)?,
                Event::Decl(declaration) if at == 0 => check_encoding(&declaration)?,
                Event::DocType(text) if !self.has_root && !self.has_doctype => {
                    self.has_doctype = true;
                    if text.contains('[') || text.contains("ENTITY") {
                        return Err(Refusal::Entity.into());
                    }
                }
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                // Text outside the root, an end too early, a late declaration.
                _ => return Err(malformed(at).into()),
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn open(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<Step, Error> {
        if self.depth == 0 && self.has_root {
            return Err(malformed(at).into());
        }
        self.has_root = true;
        self.elements += 1;
        if self.elements > limits::SVG_ELEMENTS {
            return Err(Limit::Elements.into());
        }
        self.depth += 1;
        if usize::from(self.depth) > limits::SVG_DEPTH {
            return Err(Limit::Depth.into());
        }
        self.namespaces.set_level(self.depth);
        let values = self.declare(tag, at)?;
        let (space, name) = self.namespaces.resolve_element(tag.name());
        let space = space_of(&space).ok_or(malformed(at))?;
        let mut attributes = Vec::with_capacity(values.len());
        for (key, value) in values {
            let (space, name) = self.namespaces.resolve_attribute(key);
            attributes.push(Named {
                space: space_of(&space).ok_or(malformed(at))?,
                name: local(name),
                value,
            });
        }
        Ok(Step::Open(Tag {
            space,
            name: local(name),
            attributes,
        }))
    }

    /// Takes note of the namespaces that a tag declares, and returns its other
    /// attributes.
    fn declare<'t>(
        &mut self,
        tag: &'t BytesStart<'_>,
        at: usize,
    ) -> Result<Vec<(quick_xml::name::QName<'t>, String)>, Error> {
        let mut others = Vec::new();
        for (count, attribute) in tag.attributes().enumerate() {
            let attribute = attribute.map_err(|_| malformed(at))?;
            if count == ATTRIBUTES {
                return Err(Limit::Attributes.into());
            }
            if attribute.value.contains('<') {
                return Err(malformed(at).into());
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| Refusal::Entity)?.into_owned();
            if !value.chars().all(is_character) {
                return Err(malformed(at).into());
            }
            let Some(prefix) = attribute.key.as_namespace_binding() else {
                others.push((attribute.key, value));
                continue;
            };
            // `xmlns:=""` would pass for a default namespace.
            if prefix == PrefixDeclaration::Named("") {
                return Err(malformed(at).into());
            }
            match self.namespaces.add(prefix, Namespace(&value)) {
                Ok(()) => {}
                Err(NamespaceError::TooManyBindings(_)) => return Err(Limit::Attributes.into()),
                Err(_) => return Err(malformed(at).into()),
            }
        }
        Ok(others)
    }

    fn close(&mut self, at: usize) -> Result<Step, Error> {
        self.depth = self.depth.checked_sub(1).ok_or(malformed(at))?;
        self.namespaces.set_level(self.depth);
        Ok(Step::Close)
    }
}

fn local(name: LocalName<'_>) -> String {
    name.into_inner().to_owned()
}

/// Nothing for a prefix that nobody declared.
fn space_of(namespace: &ResolveResult<'_>) -> Option<Space> {
    match namespace {
        ResolveResult::Unbound => Some(Space::None),
        ResolveResult::Unknown(_) => None,
        ResolveResult::Bound(name) => Some(match name.into_inner() {
            NAMESPACE => Space::Svg,
            NAMESPACE_HTML => Space::Html,
            NAMESPACE_XLINK => Space::Xlink,
            NAMESPACE_XML => Space::Xml,
            _ => Space::Other,
        }),
    }
}

fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), Refusal> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(Refusal::Encoding),
    }
}

fn check_instruction(text: &str) -> Result<(), Refusal> {
    let name = text.split_ascii_whitespace().next().unwrap_or_default();
    if name.eq_ignore_ascii_case("xml-stylesheet") {
        return Err(Refusal::Instruction);
    }
    Ok(())
}

fn reference(name: &BytesRef<'_>, at: usize) -> Result<Step, Error> {
    let character = name.resolve_char_ref().map_err(|_| malformed(at))?;
    if let Some(character) = character {
        if !is_character(character) {
            return Err(malformed(at).into());
        }
        return Ok(Step::Text(character.to_string()));
    }
    let text = escape::resolve_xml_entity(name).ok_or(Refusal::Entity)?;
    Ok(Step::Text(text.to_owned()))
}
