//! SVG: a badge is an element in a namespace of its own.
//!
//! The text is read as events ([`scan`]), never as a tree. What is written is
//! the same text with a few places changed ([`write`]).

mod read;
mod scan;
mod write;

use quick_xml::Reader;
use quick_xml::events::Event;

pub(super) use read::unbake;
pub(super) use write::bake;

use super::Generation;
use super::payload::trim;
use crate::limits;

const NAMESPACE_SVG: &str = "http://www.w3.org/2000/svg";
const NAMESPACE_V3: &str = "https://purl.imsglobal.org/ob/v3p0";
const NAMESPACE_V2: &str = "http://openbadges.org";

/// UTF-8's byte order mark, which XML allows.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The generation that has a badge element of this name.
fn generation_of(namespace: &str, local_name: &str) -> Option<Generation> {
    match (namespace, local_name) {
        (NAMESPACE_V3, "credential") => Some(Generation::V3),
        (NAMESPACE_V2, "assertion") => Some(Generation::V2),
        _ => None,
    }
}

/// Whether the first element is named `svg`, whatever its prefix.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(BYTE_ORDER_MARK.as_bytes())
        .unwrap_or(bytes);
    if bytes.trim_ascii_start().first() != Some(&b'<') {
        return false;
    }
    let mut reader = Reader::from_reader(bytes.get(..limits::SVG_BYTES).unwrap_or(bytes));
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return tag.local_name().into_inner() == "svg";
            }
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            Ok(Event::Text(text)) if trim(&text).is_empty() => {}
            _ => return false,
        }
    }
}
