//! Where limits stop (L-01, L-15, L-16).

use super::super::error::Limit;
use super::{Error, inside, refused, sanitise, svg};
use crate::limits;

#[track_caller]
fn stops(text: &str, limit: Limit) {
    let error = refused(text);
    assert_eq!(error, Error::Limit(limit));
    assert_eq!(error.code(), "image_limits");
}

#[test]
fn bytes_are_bounded() {
    let error = sanitise(&vec![b' '; limits::IMAGE_BYTES + 1]).expect_err("too large");
    assert_eq!(error.code(), "payload_too_large");
    let error = sanitise(&vec![b' '; limits::IMAGE_BYTES]).expect_err("no picture");
    assert_eq!(error.code(), "media_type");
    let room = limits::SVG_PLAIN_BYTES - svg("").len();
    assert!(sanitise(svg(&" ".repeat(room)).as_bytes()).is_ok());
    stops(&svg(&" ".repeat(room + 1)), Limit::Bytes);
}

#[test]
fn what_is_written_is_bounded_too() {
    let text = svg(&format!("<text>{}</text>", ">".repeat(150 * 1024)));
    stops(&text, Limit::Bytes);
}

#[test]
fn elements_are_counted_also_those_left_out() {
    for element in ["<g/>", "<x xmlns='urn:x'/>", "<metadata/>"] {
        let most = element.repeat(limits::SVG_ELEMENTS - 1);
        assert!(sanitise(svg(&most).as_bytes()).is_ok());
        stops(&svg(&format!("{most}{element}")), Limit::Elements);
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| svg(&("<g>".repeat(depth) + &"</g>".repeat(depth)));
    assert!(sanitise(nested(limits::SVG_DEPTH - 1).as_bytes()).is_ok());
    stops(&nested(limits::SVG_DEPTH), Limit::Depth);
    stops(&nested(50_000), Limit::Depth);
}

#[test]
fn attributes_and_namespaces_are_bounded() {
    let many = |count: usize| (0..count).map(|n| format!(" a{n}=''")).collect::<String>();
    assert_eq!(inside(&format!("<g{}/>", many(256))), "<g/>");
    stops(&svg(&format!("<g{}/>", many(257))), Limit::Attributes);
    let spaces: String = (0..250).map(|n| format!(" xmlns:a{n}='urn:a'")).collect();
    let text = svg(&(format!("<g{spaces}>").repeat(3) + &"</g>".repeat(3)));
    stops(&text, Limit::Attributes);
}

/// Ten uses of ten uses of ten uses …
fn nested_uses(levels: usize, each: usize) -> String {
    let mut text = String::from("<g id='u0'><circle r='1'/></g>");
    for level in 1..=levels {
        let uses = format!("<use href='#u{}'/>", level - 1).repeat(each);
        text.push_str(&format!("<g id='u{level}'>{uses}</g>"));
    }
    svg(&text)
}

#[test]
fn uses_within_uses_are_counted() {
    assert!(sanitise(nested_uses(3, 10).as_bytes()).is_ok());
    stops(&nested_uses(5, 10), Limit::Uses);
    stops(&nested_uses(9, 10), Limit::Uses);
    stops(&nested_uses(60, 100), Limit::Uses);
    let plain = |count: usize| svg(&format!("<g id='a'/>{}", "<use href='#a'/>".repeat(count)));
    assert!(sanitise(plain(9_900).as_bytes()).is_ok());
}

#[test]
fn the_order_of_uses_makes_no_difference() {
    let mut text = String::new();
    for level in (1..=9).rev() {
        let uses = format!("<use href='#u{}'/>", level - 1).repeat(10);
        text.push_str(&format!("<g id='u{level}'>{uses}</g>"));
    }
    text.push_str("<g id='u0'><circle r='1'/></g>");
    stops(&svg(&text), Limit::Uses);
}

#[test]
fn few_uses_of_much_are_counted_too() {
    let much = "<circle r='1'/>".repeat(5_000);
    let text = |uses: usize| {
        svg(&format!(
            "<g id='a'>{much}</g>{}",
            "<use href='#a'/>".repeat(uses)
        ))
    };
    assert!(sanitise(text(18).as_bytes()).is_ok());
    stops(&text(21), Limit::Uses);
}

#[test]
fn patterns_masks_and_markers_are_uses() {
    for (defined, used) in [
        ("<pattern id='ID'>IN</pattern>", "fill='url(#ID)'"),
        ("<pattern id='ID'>IN</pattern>", "style='stroke:url(#ID)'"),
        ("<mask id='ID'>IN</mask>", "mask='url(#ID)'"),
        (
            "<clipPath id='ID'>IN</clipPath>",
            "style='clip-path:url(#ID)'",
        ),
        ("<marker id='ID'>IN</marker>", "marker-mid='url(#ID)'"),
        ("<filter id='ID'>IN</filter>", "filter='url(#ID)'"),
    ] {
        let mut text = String::from("<g id='u0'/>");
        for level in 1..=9 {
            let before = format!("u{}", level - 1);
            let each = format!("<path d='M0 0h1' {}/>", used.replace("ID", &before)).repeat(10);
            let this = defined
                .replace("ID", &format!("u{level}"))
                .replace("IN", &each);
            text.push_str(&this);
        }
        stops(&svg(&text), Limit::Uses);
    }
}

/// One pattern for a group is drawn for each of its members.
#[test]
fn paint_and_markers_are_inherited() {
    let dots = "<circle r='1'/>".repeat(200);
    let much = "<path d='M0 0h1'/>".repeat(1_000);
    let text = format!("<pattern id='p'>{dots}</pattern><g fill='url(#p)'>{much}</g>");
    stops(&svg(&text), Limit::Uses);
    let text = format!(
        "<marker id='m'><circle r='1'/></marker><g marker-mid='url(#m)'><path d='M0 0{}'/></g>",
        "h1".repeat(11_000)
    );
    stops(&svg(&text), Limit::Uses);
    let gradient = "<linearGradient id='l'><stop/><stop/></linearGradient>";
    let text = format!("{gradient}<g fill='url(#l)'>{much}</g>");
    assert!(sanitise(svg(&text).as_bytes()).is_ok());
}

#[test]
fn a_part_that_is_drawn_with_itself_is_refused() {
    for text in [
        "<g id='a'><use href='#a'/></g>",
        "<use id='a' href='#a'/>",
        "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
        "<pattern id='a'><rect fill='url(#a)'/></pattern>",
        "<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/>",
        "<mask id='a'><g style='mask:url(#a)'/></mask>",
        "<g id='a'><g><g><use href='#a'/></g></g></g>",
    ] {
        assert_eq!(refused(&svg(text)).code(), "svg_refused", "{text}");
    }
    assert_eq!(refused("<svg xmlns='http://www.w3.org/2000/svg' id='r' viewBox='0 0 8 8'><use href='#r'/></svg>").code(), "svg_refused");
}

/// A chain of uses, each once: cheap to count, deep to draw.
#[test]
fn chains_of_uses_have_an_end_in_either_order() {
    let link = |n: usize| format!("<g id='u{n}'><use href='#u{}'/></g>", n + 1);
    for count in [30, 63, 64] {
        let up: String = (0..count).map(link).collect();
        let down: String = (0..count).rev().map(link).collect();
        for text in [up, down] {
            let is_fine = sanitise(svg(&text).as_bytes()).is_ok();
            assert_eq!(is_fine, count < 64, "{count}");
        }
    }
    let up: String = (0..4_000).map(link).collect();
    stops(&svg(&up), Limit::Depth);
    let down: String = (0..4_000).rev().map(link).collect();
    stops(&svg(&down), Limit::Depth);
}

#[test]
fn a_style_sheet_cannot_be_copied_without_end() {
    let fonts = "a".repeat(10_000);
    let elements = "<g class='c'/>".repeat(9_000);
    let text = format!("<style>.c{{font-family:{fonts}}}</style>{elements}");
    stops(&svg(&text), Limit::Bytes);
    let rules = ".c{r:1;fill:red}".repeat(9_000);
    let text = format!("<style>{rules}</style>{elements}");
    stops(&svg(&text), Limit::Bytes);
}

/// Each of these is two kilobytes, and 64 MiB when decoded.
#[test]
fn pixels_of_pictures_inside_are_counted_together() {
    use base64::Engine as _;
    let png = super::raster::black_png(4_096, 2_048);
    let data = base64::engine::general_purpose::STANDARD.encode(png);
    let image = format!("<image href='data:image/png;base64,{data}'/>");
    assert!(sanitise(svg(&image.repeat(2)).as_bytes()).is_ok());
    stops(&svg(&image.repeat(3)), Limit::Pixels);
}
