//! Puts a badge into an SVG by changing a few places of its text.

use std::ops::Range;

use quick_xml::escape;
use quick_xml::name::PrefixDeclaration;

use super::super::error::{Error, SvgFault};
use super::super::payload::{Checked, Generation};
use super::scan::{Element, Scanner, Step, decode, read_value};
use super::{NAMESPACE_V2, NAMESPACE_V3};

/// A piece of text that takes the place of another.
type Edit = (Range<usize>, String);

/// What must be known of a document before it is changed.
struct Survey<'a> {
    root: Element<'a>,
    /// Where badges stand, in order, none within another.
    badges: Vec<Range<usize>>,
}

pub(in super::super) fn bake(bytes: &[u8], badge: &Checked<'_>) -> Result<Vec<u8>, Error> {
    let (mark, text) = decode(bytes)?;
    let survey = survey(text)?;
    let mut edits = Vec::with_capacity(survey.badges.len() + 2);
    let namespace = namespace_of(badge.generation);
    let is_declared = declare(text, &survey.root, namespace, &mut edits);
    let element = badge_element(badge, namespace, is_declared);
    let root = survey.root;
    if root.is_empty {
        let name = root.tag.name();
        let opened = format!(">{element}</{}>", name.into_inner());
        edits.push((root.range.end.saturating_sub(2)..root.range.end, opened));
    } else {
        edits.push((root.range.end..root.range.end, element));
    }
    edits.extend(
        survey
            .badges
            .into_iter()
            .map(|range| (range, String::new())),
    );
    apply(mark, text, &edits).ok_or_else(|| SvgFault::Xml { at: 0 }.into())
}

const fn namespace_of(generation: Generation) -> &'static str {
    match generation {
        Generation::V3 => NAMESPACE_V3,
        Generation::V2 | Generation::Legacy => NAMESPACE_V2,
    }
}

fn survey(text: &str) -> Result<Survey<'_>, Error> {
    let mut scanner = Scanner::new(text);
    let mut root = None;
    let mut badges = Vec::new();
    // Where the outermost open badge begins, and how many elements are open in it.
    let mut open: Option<(usize, usize)> = None;
    loop {
        match (scanner.next()?, &mut open) {
            (Step::Open(element), None) if element.is_root => root = Some(element),
            (Step::Open(element), None) if element.badge.is_some() && element.is_empty => {
                badges.push(element.range);
            }
            (Step::Open(element), None) if element.badge.is_some() => {
                open = Some((element.range.start, 1));
            }
            (Step::Open(element), Some((_, depth))) if !element.is_empty => *depth += 1,
            (Step::Close { end }, Some((start, 1))) => {
                badges.push(*start..end);
                open = None;
            }
            (Step::Close { .. }, Some((_, depth))) => *depth -= 1,
            (Step::End, _) => break,
            _ => {}
        }
    }
    let root = root.ok_or(SvgFault::Truncated)?;
    Ok(Survey { root, badges })
}

/// Makes the prefix `openbadges` mean `namespace` on the root, if it is free or
/// means another generation. Says whether it does.
fn declare(text: &str, root: &Element<'_>, namespace: &str, edits: &mut Vec<Edit>) -> bool {
    let prefix = PrefixDeclaration::Named("openbadges");
    for attribute in root.tag.attributes().flatten() {
        if attribute.key.as_namespace_binding() != Some(prefix) {
            continue;
        }
        let value = read_value(&attribute);
        let place = range_of(text, &attribute.value);
        return match (value.as_deref(), place) {
            (Some(value), _) if value == namespace => true,
            (Some(NAMESPACE_V2 | NAMESPACE_V3), Some(place)) => {
                edits.push((place, namespace.to_owned()));
                true
            }
            _ => false,
        };
    }
    let tag = text.get(root.range.clone()).unwrap_or_default();
    let inner = tag.strip_suffix("/>").or_else(|| tag.strip_suffix('>'));
    let length = inner.unwrap_or(tag).trim_ascii_end().len();
    let at = root.range.start.saturating_add(length);
    edits.push((at..at, format!(" xmlns:openbadges=\"{namespace}\"")));
    true
}

/// Where `part`, a piece of `text`, stands in it.
fn range_of(text: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let range = start..start.checked_add(part.len())?;
    (text.get(range.clone()) == Some(part)).then_some(range)
}

/// The element as the baking sections of Open Badges 3.0 and 2.0 give it.
fn badge_element(badge: &Checked<'_>, namespace: &str, is_declared: bool) -> String {
    let name = match badge.generation {
        Generation::V3 => "openbadges:credential",
        Generation::V2 | Generation::Legacy => "openbadges:assertion",
    };
    let declaration = if is_declared {
        String::new()
    } else {
        format!(" xmlns:openbadges=\"{namespace}\"")
    };
    if badge.is_jws {
        return format!("<{name}{declaration} verify=\"{}\"/>", badge.text);
    }
    let verify = badge.url.map_or_else(String::new, |url| {
        format!(" verify=\"{}\"", escape::escape(url))
    });
    let json = json_for_cdata(badge.text);
    format!("<{name}{declaration}{verify}><![CDATA[{json}]]></{name}>")
}

/// The same JSON without what ends a CDATA section, and without characters
/// that XML 1.0 or 1.1 forbids or changes. In JSON all of these can only stand
/// in strings, where an escape means the same.
fn json_for_cdata(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.replace("]]>", "]]\\u003e").chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{fffe}' | '\u{ffff}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => safe.push(character),
        }
    }
    safe
}

/// Nothing only if the edits overlap or lie outside, which would be our fault.
fn apply(mark: &str, text: &str, edits: &[Edit]) -> Option<Vec<u8>> {
    let added: usize = edits.iter().map(|(_, piece)| piece.len()).sum();
    let mut out = Vec::with_capacity(mark.len() + text.len() + added);
    out.extend_from_slice(mark.as_bytes());
    let mut done = 0;
    for (range, piece) in edits {
        out.extend_from_slice(text.get(done..range.start)?.as_bytes());
        out.extend_from_slice(piece.as_bytes());
        done = range.end;
    }
    out.extend_from_slice(text.get(done..)?.as_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Badge, Note, bake, unbake};

    const HOSTED: Badge<'_> = Badge::HostedAssertion {
        json: "{}",
        url: "https://a.example/?a=1&b=\"2\"",
    };

    #[track_caller]
    fn check(before: &str, badge: Badge<'_>, after: &str) {
        let baked = bake(before.as_bytes(), badge).expect("baked");
        assert_eq!(String::from_utf8(baked.clone()).unwrap(), after);
        assert_eq!(bake(&baked, badge), Ok(baked), "baked again");
    }

    #[test]
    fn a_badge_is_written_as_the_standard_says() {
        let before = "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>";
        check(
            before,
            Badge::Json("{\"a\":\"]]>\"}\n"),
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">\
             <openbadges:credential><![CDATA[{\"a\":\"]]\\u003e\"}]]></openbadges:credential><g/></svg>",
        );
        check(
            before,
            Badge::Jws("a.b.c"),
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">\
             <openbadges:credential verify=\"a.b.c\"/><g/></svg>",
        );
        check(
            before,
            HOSTED,
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges=\"http://openbadges.org\">\
             <openbadges:assertion verify=\"https://a.example/?a=1&amp;b=&quot;2&quot;\">\
             <![CDATA[{}]]></openbadges:assertion><g/></svg>",
        );
        check(
            before,
            Badge::SignedAssertion("a.b.c"),
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges=\"http://openbadges.org\">\
             <openbadges:assertion verify=\"a.b.c\"/><g/></svg>",
        );
    }

    #[test]
    fn a_root_that_closes_itself_is_opened() {
        let namespace = "xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";
        let badge = "<openbadges:credential verify=\"a.b.c\"/>";
        for (before, start, end) in [
            ("<svg/>", format!("<svg {namespace}>"), "</svg>"),
            (
                "<svg a='/>' \n/> ",
                format!("<svg a='/>' {namespace} \n>"),
                "</svg> ",
            ),
            (
                "<s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
                format!("<s:svg xmlns:s='http://www.w3.org/2000/svg' {namespace}>"),
                "</s:svg>",
            ),
        ] {
            check(before, Badge::Jws("a.b.c"), &format!("{start}{badge}{end}"));
        }
    }

    #[test]
    fn everything_else_stays_byte_for_byte() {
        let before = "\u{feff}<?xml version=\"1.0\"?>\r\n<!DOCTYPE svg [<!ENTITY e '>'>]>\r\n\
            <!-- <svg> --><svg\r\n\tx = 'é>' \t>\r\n<script>a &lt; &e;</script><![CDATA[</svg>]]></svg >\n<!---->";
        let baked = bake(before.as_bytes(), Badge::Jws("a.b.c")).expect("baked");
        let baked = String::from_utf8(baked).unwrap();
        let rest = baked
            .replacen(
                " xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"",
                "",
                1,
            )
            .replacen("<openbadges:credential verify=\"a.b.c\"/>", "", 1);
        assert_eq!(rest, before);
    }

    #[test]
    fn old_badges_go_whatever_their_prefix_and_place() {
        check(
            "<svg xmlns:openbadges='http://openbadges.org' xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\">\
             <openbadges:assertion verify='a.b.c'><x><openbadges:assertion/></x></openbadges:assertion>\
             <g><o:credential/>1<o:credential>&x;</o:credential>2</g>\
             <credential xmlns='https://purl.imsglobal.org/ob/v3p0'></credential></svg>",
            Badge::Jws("a.b.c"),
            "<svg xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0' xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\">\
             <openbadges:credential verify=\"a.b.c\"/><g>12</g></svg>",
        );
    }

    #[test]
    fn a_prefix_that_means_something_else_is_left_alone() {
        for taken in ["urn:other", "&entity;"] {
            check(
                &format!("<svg xmlns:openbadges='{taken}'><openbadges:x/></svg>"),
                Badge::Jws("a.b.c"),
                &format!(
                    "<svg xmlns:openbadges='{taken}'><openbadges:credential \
                     xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\" verify=\"a.b.c\"/>\
                     <openbadges:x/></svg>"
                ),
            );
        }
    }

    #[test]
    fn an_element_that_only_now_becomes_a_badge_goes_too() {
        for namespace in ["", " xmlns:openbadges='http://openbadges.org'"] {
            let before = format!("<svg{namespace}><openbadges:credential/></svg>");
            let baked = bake(before.as_bytes(), Badge::Jws("a.b.c")).expect("baked");
            let found = unbake(&baked).expect("a badge");
            assert_eq!(found.payload.as_str(), "a.b.c");
            assert!(!found.notes.contains(&Note::SeveralBadges));
        }
    }

    #[test]
    fn characters_that_xml_would_lose_are_escaped() {
        let json = "{\"a\":\"\u{7f}\u{85}\u{2028}\u{fffe}\u{ffff}é]]]>>\"}";
        let baked = bake(b"<svg/>", Badge::Json(json)).expect("baked");
        let expected = r#"{"a":"\u007f\u0085\u2028\ufffe\uffffé]]]\u003e>"}"#;
        assert_eq!(unbake(&baked).expect("a badge").payload.as_str(), expected);
    }
}
