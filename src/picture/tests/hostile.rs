//! Drawings that act, or try to pass for something that does not.
//!
//! Each line is refused, or comes through without what it tried to smuggle.
//! Whatever comes through is looked at by a reader of its own (`is_passive`).

use super::{refused, remade, svg};
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};

/// What stands in a drawing. A line is `refused | text`, or what must not be
/// left of the text: `this ~ that | text`.
const INSIDE: &str = include_str!("samples/hostile_inside.txt");

/// Whole files, in the same way.
const WHOLE: &str = include_str!("samples/hostile_whole.txt");

/// Each text, and what must be gone; nothing there means that it is refused.
fn cases(table: &str) -> Vec<(&str, Vec<&str>)> {
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines
        .map(|line| {
            let (expected, text) = line.split_once(" | ").expect("two columns");
            let gone = expected.split(" ~ ").filter(|word| *word != "refused");
            (text, gone.collect())
        })
        .collect()
}

#[test]
fn there_are_enough_of_them() {
    let refused = |table| {
        cases(table)
            .iter()
            .filter(|(_, gone)| gone.is_empty())
            .count()
    };
    assert!(cases(INSIDE).len() + cases(WHOLE).len() >= 250);
    assert!(refused(INSIDE) + refused(WHOLE) >= 190);
}

#[test]
fn a_drawing_that_acts_is_refused_or_comes_through_without() {
    for (text, gone) in cases(INSIDE) {
        check(&svg(text), &gone);
    }
}

#[test]
fn a_file_that_is_no_plain_drawing_is_refused_or_comes_through_without() {
    for (text, gone) in cases(WHOLE) {
        check(text, &gone);
    }
}

#[test]
fn characters_that_xml_does_not_know_are_refused() {
    for text in [
        "<text>a\0b</text>",
        "<scr\0ipt>a</scr\0ipt>",
        "<g id='a\u{1}'/>",
        "<text>\u{b}</text>",
        "<text>\u{ffff}</text>",
        "\n<?xml version='1.0' encoding='utf-7'?>",
    ] {
        check(&svg(text), &[]);
    }
    let marked = format!("\u{feff}{}", svg("<g/>"));
    assert!(!remade(&marked).contains('\u{feff}'));
    let error = refused(&format!("\u{feff}{marked}"));
    assert_eq!(error.code(), "media_type");
}

#[track_caller]
fn check(text: &str, gone: &[&str]) {
    if gone.is_empty() {
        assert_eq!(refused(text).code(), "svg_refused", "{text}");
        return;
    }
    let remade = remade(text);
    for needle in gone {
        assert!(
            !remade.contains(needle),
            "{needle} is left of {text}: {remade}"
        );
    }
    assert!(is_passive(&remade), "{remade}");
}

/// Other encodings are not told as an SVG at all.
#[test]
fn encodings_of_two_bytes_are_no_picture() {
    let text = svg("<script>alert(1)</script>");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        little.clone(),
        big.clone(),
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
    ] {
        let error = super::sanitise(&bytes).expect_err("not UTF-8");
        assert_eq!(error.code(), "media_type");
    }
    let latin =
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><text>\xe9</text></svg>";
    assert_eq!(
        super::sanitise(latin).expect_err("Latin-1").code(),
        "svg_refused"
    );
    let overlong =
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>\xc0\xbcscript></svg>";
    assert_eq!(
        super::sanitise(overlong).expect_err("overlong").code(),
        "svg_refused"
    );
}

#[test]
fn the_author_is_told_what_to_take_out() {
    for (text, words) in [
        ("<script/>", "script"),
        ("<a href='https://x.example/'/>", "element a "),
        ("<rect onclick='alert(1)'/>", "onclick of rect"),
        ("<image href='https://x.example/'/>", "image refers in href"),
        ("<rect style='fill:url(//x)'/>", "rect refers in fill"),
        ("<switch/>", "switch"),
        ("<style>a b{fill:red}</style>", "selector"),
    ] {
        let told = refused(&svg(text)).to_string();
        assert!(told.contains(words), "{told}");
    }
    let long = format!("<x\u{202e}&gt;{}/>", "y".repeat(500)).replace("&gt;", "");
    let told = refused(&svg(&long)).to_string();
    assert!(told.is_ascii() && told.len() < 160, "{told}");
}

/// Written without the list that the drawing was made by.
fn is_passive(text: &str) -> bool {
    const SVG: ResolveResult<'_> = ResolveResult::Bound(Namespace("http://www.w3.org/2000/svg"));
    const ACTS: &[&str] = &[
        "script",
        "foreignObject",
        "a",
        "animate",
        "set",
        "animateMotion",
        "animateTransform",
        "iframe",
        "style",
        "handler",
        "listener",
        "feImage",
        "metadata",
    ];
    let mut reader = NsReader::from_str(text);
    loop {
        let (namespace, event) = reader.read_resolved_event().expect("well-formed");
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                if namespace != SVG || ACTS.contains(&tag.name().into_inner()) {
                    return false;
                }
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("well-formed");
                    let name = attribute.key.into_inner();
                    let value = attribute.value.to_ascii_lowercase();
                    let is_link = value
                        .split("url(")
                        .skip(1)
                        .any(|rest| !rest.starts_with('#'));
                    let is_away = name.ends_with("href")
                        && !value.starts_with('#')
                        && !value.starts_with("data:image/png;base64,");
                    let is_prefixed = name.contains(':') && !name.starts_with("xml:");
                    if name.starts_with("on") || is_link || is_away || is_prefixed {
                        return false;
                    }
                }
            }
            Event::Decl(_) | Event::End(_) | Event::Text(_) | Event::GeneralRef(_) => {}
            Event::Eof => return true,
            _ => return false,
        }
    }
}

#[test]
fn the_second_reader_sees_what_acts() {
    let inside = |text: &str| {
        is_passive(&svg(text).replace(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"", ""))
    };
    assert!(inside("<g fill='url(#a)'/>"));
    for text in [
        "<script/>",
        "<g onload='a'/>",
        "<g fill='url(b)'/>",
        "<use href='b'/>",
        "<!-- -->",
        "<x xmlns='urn:x'/>",
    ] {
        assert!(!inside(text), "{text}");
    }
}
