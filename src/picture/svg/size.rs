//! Width, height and `viewBox` of the root.
//!
//! A page that shows the picture needs all three: without `viewBox` it cannot
//! be scaled, without the others some readers show it 300 pixels wide or none.

use super::super::error::Refusal;
use super::tree::{Drawing, Element};
use super::value::number;
use crate::limits;

/// Coordinates beyond this are nobody's drawing.
const FARTHEST: f64 = 1e9;

/// Gives the root its size, and returns it in pixels.
pub(super) fn settle(drawing: &mut Drawing) -> Result<(u32, u32), Refusal> {
    let root = drawing.elements.first_mut().ok_or(Refusal::Size)?;
    let asked = (length(root, "width"), length(root, "height"));
    let view = root.attribute("viewBox").and_then(view_box);
    let (width, height) = match (asked, view) {
        ((Some(width), Some(height)), _) => (width, height),
        ((Some(width), None), Some([_, _, across, down])) => (width, width * down / across),
        ((None, Some(height)), Some([_, _, across, down])) => (height * across / down, height),
        ((None, None), Some([_, _, across, down])) => (across, down),
        _ => return Err(Refusal::Size),
    };
    let view = view.unwrap_or([0.0, 0.0, width, height]);
    let (width, height) = within(width, height).ok_or(Refusal::Size)?;
    let numbers: Vec<String> = view.iter().map(f64::to_string).collect();
    let replaced = ["width", "height", "viewBox", "x", "y"];
    root.attributes.retain(|(name, _)| !replaced.contains(name));
    let settled = [
        ("width", width.to_string()),
        ("height", height.to_string()),
        ("viewBox", numbers.join(" ")),
    ];
    root.attributes.splice(0..0, settled);
    Ok((pixels(width), pixels(height)))
}

/// Not larger than a PNG may be; the longer side is then exactly as long.
fn within(width: f64, height: f64) -> Option<(f64, f64)> {
    let most = f64::from(limits::PNG_PIXELS_A_SIDE);
    let (width, height) = match (width > most, height > most) {
        (false, false) => (width, height),
        _ if width >= height => (most, height * (most / width)),
        _ => (width * (most / height), most),
    };
    (is_length(width) && is_length(height)).then_some((width, height))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by `within`"
)]
fn pixels(length: f64) -> u32 {
    (length.round() as u32).max(1)
}

fn is_length(number: f64) -> bool {
    number.is_finite() && number > 0.0 && number <= FARTHEST
}

/// In CSS pixels; nothing for `auto`, percentages and sizes of fonts.
fn length(root: &Element, name: &str) -> Option<f64> {
    let (number, unit) = number(root.attribute(name)?)?;
    let scale = match unit.to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        _ => return None,
    };
    Some(number * scale).filter(|length| is_length(*length))
}

/// Four numbers, the last two above zero.
fn view_box(text: &str) -> Option<[f64; 4]> {
    let numbers = text.split([' ', ',']).filter(|part| !part.is_empty());
    let numbers: Vec<f64> = numbers
        .map(|part| number(part).filter(|(_, rest)| rest.is_empty()))
        .map(|found| found.map(|(number, _)| number))
        .collect::<Option<_>>()?;
    let view: [f64; 4] = numbers.try_into().ok()?;
    let [left, top, across, down] = view;
    let is_near = left.abs() <= FARTHEST && top.abs() <= FARTHEST;
    (is_near && is_length(across) && is_length(down)).then_some(view)
}
