//! A plain picture for a badge design that has none.
//!
//! A ring in the issuer's colour, the name in it in dark letters on white, the
//! issuer below. Text stays text: it can be read aloud, found and scaled.

use super::svg::escape;
use super::wrap::{wrap, wrap_and_cut};

/// Where no usable colour is given.
const COLOUR: &str = "#24506b";

/// Sizes of the name's letters, the largest that fits is taken.
const SIZES: [u32; 7] = [54, 46, 40, 34, 28, 24, 20];

/// The box of the name, inside the ring.
const WIDTH: u32 = 312;
const HEIGHT: u32 = 216;
/// Its middle.
const MIDDLE: u32 = 232;

/// The issuer's name: large if it fits into two lines, else small.
const ISSUER_SIZES: [u32; 2] = [22, 18];
const ISSUER_WIDTH: u32 = 264;
const ISSUER_TOP: u32 = 372;

/// Draws a badge: an SVG that [`super::sanitise`] returns as it is. `colour` is
/// `#` and six hexadecimal digits; anything else becomes a dark blue.
///
/// ```
/// use countersign::picture;
/// let svg = picture::drawn("Peer support", "Northmarch College", "#6b2d5c");
/// assert!(svg.contains("<title id=\"title\">Peer support – Northmarch College</title>"));
/// ```
#[must_use]
pub fn drawn(name: &str, issuer_name: &str, colour: &str) -> String {
    let name = plain(name);
    let issuer = plain(issuer_name);
    let colour = if is_colour(colour) { colour } else { COLOUR };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"512\" height=\"512\" \
         viewBox=\"0 0 512 512\" role=\"img\" aria-labelledby=\"title\"><title id=\"title\"",
    );
    let both = [name.as_str(), issuer.as_str()];
    let both: Vec<&str> = both.into_iter().filter(|text| !text.is_empty()).collect();
    if both.is_empty() {
        out.push_str("/>");
    } else {
        out.push('>');
        escape(&both.join(" – "), &mut out);
        out.push_str("</title>");
    }
    out.push_str(&format!(
        "<circle cx=\"256\" cy=\"256\" r=\"236\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"32\"/>\
         <circle cx=\"256\" cy=\"256\" r=\"208\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\"/>"
    ));
    let (size, lines) = fit(&name);
    let height = line_height(size) * count(&lines);
    let top = (MIDDLE * 2).saturating_sub(height) / 2;
    text(&lines, size, "700", top, &mut out);
    if !issuer.is_empty() {
        out.push_str(&format!(
            "<path d=\"M196 356h120\" stroke=\"{colour}\" stroke-width=\"4\" stroke-linecap=\"round\"/>"
        ));
        let (size, lines) = fit_issuer(&issuer);
        text(&lines, size, "400", ISSUER_TOP, &mut out);
    }
    out.push_str("</svg>");
    out
}

/// The largest letters with which the name fits, and its lines.
fn fit(name: &str) -> (u32, Vec<String>) {
    for size in SIZES {
        let most = WIDTH * 1_000 / size;
        let lines = wrap(name, most);
        let is_whole = name.split(' ').all(|word| wrap(word, most).len() <= 1);
        if line_height(size) * count(&lines) <= HEIGHT && (is_whole || size <= 28) {
            return (size, lines);
        }
    }
    let size = SIZES.last().copied().unwrap_or(20);
    let most_lines = usize::try_from(HEIGHT / line_height(size)).unwrap_or(1);
    (size, wrap_and_cut(name, WIDTH * 1_000 / size, most_lines))
}

fn fit_issuer(issuer: &str) -> (u32, Vec<String>) {
    let [large, small] = ISSUER_SIZES;
    let lines = wrap(issuer, ISSUER_WIDTH * 1_000 / large);
    if lines.len() <= 2 {
        return (large, lines);
    }
    (small, wrap_and_cut(issuer, ISSUER_WIDTH * 1_000 / small, 2))
}

fn count(lines: &[String]) -> u32 {
    u32::try_from(lines.len()).unwrap_or(u32::MAX / 256)
}

const fn line_height(size: u32) -> u32 {
    size * 6 / 5
}

/// Lines, centred, the first one's top at `top`.
fn text(lines: &[String], size: u32, weight: &str, top: u32, out: &mut String) {
    let mut y = top + size;
    for line in lines {
        let direction = if is_right_to_left(line) {
            " direction=\"rtl\""
        } else {
            ""
        };
        out.push_str(&format!(
            "<text x=\"256\" y=\"{y}\" font-family=\"Arial,Helvetica,sans-serif\" \
             font-size=\"{size}\" font-weight=\"{weight}\" fill=\"#1c1c1c\" \
             text-anchor=\"middle\"{direction} aria-hidden=\"true\">"
        ));
        escape(line, out);
        out.push_str("</text>");
        y += line_height(size);
    }
}

/// Without what no letter is: controls, and marks that turn the direction of
/// the text around, by which a name could pass for another.
fn plain(text: &str) -> String {
    let is_odd = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}');
    let kept = text.chars().filter(|c| !is_odd(*c));
    let blank = kept.map(|c| if c.is_control() { ' ' } else { c });
    let kept: String = blank.collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Whether the first letter is Hebrew, Arabic or of a script beside them.
fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
