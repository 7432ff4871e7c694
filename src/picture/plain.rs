//! A plain PNG for a badge whose picture is not one: a ring, without words.
//!
//! A PNG with words needs fonts, and fonts differ between machines; the badge
//! inside the picture says what it is.

use image::{ImageEncoder as _, Rgba, RgbaImage};

/// Width and height, in pixels.
const SIDE: u32 = 400;

/// A green ring on white. Always the same bytes.
#[must_use]
pub fn plain_png() -> Vec<u8> {
    let picture = RgbaImage::from_fn(SIDE, SIDE, |x, y| Rgba(colour_at(x, y)));
    let mut bytes = Vec::new();
    let written = image::codecs::png::PngEncoder::new(&mut bytes).write_image(
        picture.as_raw(),
        SIDE,
        SIDE,
        image::ExtendedColorType::Rgba8,
    );
    if written.is_err() {
        bytes.clear();
    }
    bytes
}

fn colour_at(x: u32, y: u32) -> [u8; 4] {
    const GREEN: [u8; 4] = [0x1f, 0x5c, 0x4a, 0xff];
    const PALE: [u8; 4] = [0xe8, 0xf1, 0xee, 0xff];
    const NOTHING: [u8; 4] = [0, 0, 0, 0];
    let from_middle = |at: u32| (i64::from(at) * 2 + 1 - i64::from(SIDE)) / 2;
    let (dx, dy) = (from_middle(x), from_middle(y));
    match dx * dx + dy * dy {
        square if square > 190 * 190 => NOTHING,
        square if square > 160 * 160 => GREEN,
        square if square > 140 * 140 => PALE,
        square if square > 130 * 130 => GREEN,
        _ => PALE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_picture_can_hold_a_badge() {
        let png = plain_png();
        assert!(png.len() < 64 * 1024, "{}", png.len());
        let baked = crate::bake::bake(&png, crate::bake::Badge::Json("{}")).expect("baked");
        assert!(crate::bake::unbake(&baked).is_ok());
        assert_eq!(png, plain_png());
    }
}
