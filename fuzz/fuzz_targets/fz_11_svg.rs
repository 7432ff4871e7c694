//! FZ-11: drawings made anew.
//!
//! The input is a file, and also what stands in a drawing. Asserts: no panic;
//! what comes through is read again by a reader of its own and has nothing in
//! it that runs, moves, links or loads; it is within its limit, has a size, and
//! making it anew changes nothing. A drawn picture passes as it is, whatever
//! its names.

#![no_main]

use countersign::limits;
use countersign::picture::{Kind, Picture, drawn, sanitise};
use libfuzzer_sys::fuzz_target;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

const SVG: ResolveResult<'_> = ResolveResult::Bound(Namespace("http://www.w3.org/2000/svg"));

/// All that may come through, written a second time on purpose.
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

fuzz_target!(|bytes: &[u8]| {
    if let Ok(picture) = sanitise(bytes)
        && picture.kind() == Kind::Svg
    {
        check(&picture);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let whole = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         viewBox='0 0 8 8'>{text}</svg>"
    );
    if let Ok(picture) = sanitise(whole.as_bytes()) {
        check(&picture);
    }
    let (name, issuer) = text.split_once('\n').unwrap_or((text, ""));
    let own = drawn(name, issuer, issuer);
    if own.len() <= limits::SVG_PLAIN_BYTES {
        let picture = sanitise(own.as_bytes()).expect("a drawn picture passes");
        assert_eq!(picture.bytes(), own.as_bytes());
        check(&picture);
    }
});

fn check(picture: &Picture) {
    assert_eq!(picture.media_type(), "image/svg+xml");
    assert!(picture.bytes().len() <= limits::SVG_PLAIN_BYTES);
    let sides = 1..=limits::PNG_PIXELS_A_SIDE;
    assert!(sides.contains(&picture.width()) && sides.contains(&picture.height()));
    let text = std::str::from_utf8(picture.bytes()).expect("UTF-8");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns="));
    passive(text);
    let again = sanitise(picture.bytes()).expect("what was made anew can be made anew");
    assert_eq!(&again, picture, "making anew twice is not making anew once");
}

fn passive(text: &str) {
    let mut reader = NsReader::from_str(text);
    loop {
        let (namespace, event) = reader.read_resolved_event().expect("well-formed");
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                assert_eq!(namespace, SVG);
                assert!(ELEMENTS.contains(&tag.name().into_inner()), "{tag:?}");
                attributes(&tag);
            }
            Event::Decl(_) | Event::End(_) | Event::Text(_) => {}
            Event::GeneralRef(name) => {
                let known = ["amp", "lt", "gt", "quot"];
                assert!(known.contains(&&*name), "{name:?}");
            }
            Event::Eof => return,
            other => panic!("{other:?}"),
        }
    }
}

fn attributes(tag: &BytesStart<'_>) {
    for attribute in tag.attributes() {
        let attribute = attribute.expect("well-formed");
        let name = attribute.key.into_inner();
        assert!(
            !name.starts_with("on") && name != "xml:base" && name != "class",
            "{name}"
        );
        assert!(
            !name.contains(':') || matches!(name, "xml:lang" | "xml:space"),
            "{name}"
        );
        // A label is for people: it may say anything.
        if name == "aria-label" {
            continue;
        }
        let value = attribute.value.to_ascii_lowercase();
        for rest in value.split("url(").skip(1) {
            assert!(rest.starts_with('#'), "{value}");
        }
        if name == "href" {
            let is_here = value.starts_with('#') || value.starts_with("data:image/png;base64,");
            assert!(is_here, "{value}");
        } else if name != "xmlns" && name != "id" {
            for word in ["\\", "@", "<", "expression("] {
                assert!(!value.contains(word), "{name}={value}");
            }
        }
    }
}
