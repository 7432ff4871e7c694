//! PNG and JPEG: decoded under limits, turned upright, encoded as PNG.
//!
//! The PNG decoder is given only what makes up the pixels. So it never sees
//! text, profiles, EXIF or animations, and of an animated PNG the picture is
//! left that is shown where animations are not known.

use super::Kind;
use super::error::{Error, Limit};
use super::jpeg;
use crate::{bake, limits};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits};
use std::io::Cursor;

/// L-15, of all pixels.
pub(super) const MOST_PIXELS: u64 =
    limits::PNG_PIXELS_A_SIDE as u64 * limits::PNG_PIXELS_A_SIDE as u64;

/// What a decoder may take: four channels of 16 bits, and as much again.
const DECODER_BYTES: u64 = 256 * 1024 * 1024;

/// How much a picture may need.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Pixels, before anything is decoded.
    pub(super) pixels: u64,
    /// Bytes of the result. A picture that needs more is made smaller.
    pub(super) bytes: usize,
}

/// A picture made anew.
pub(super) struct Made {
    pub(super) png: Vec<u8>,
    pub(super) size: (u32, u32),
    /// Pixels that were decoded.
    pub(super) pixels: u64,
}

pub(super) fn remake(kind: Kind, bytes: &[u8], room: Room) -> Result<Made, Error> {
    let broken = |_| Error::Broken(kind);
    let (pixels, decoded) = match kind {
        Kind::Png => {
            let bare = bake::png_pixels_only(bytes).map_err(of_png)?;
            let decoder = PngDecoder::with_limits(Cursor::new(bare), decoder_limits());
            let decoder = decoder.map_err(broken)?;
            (check(decoder.dimensions(), room)?, decode(decoder))
        }
        Kind::Jpeg => {
            let pixels = check(jpeg::size(bytes)?, room)?;
            let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(broken)?;
            // Said twice by the file, it may be said differently.
            check(decoder.dimensions(), room)?;
            (pixels, decode(decoder))
        }
        Kind::Svg => return Err(Error::Kind),
    };
    let picture = eight_bits(decoded.map_err(broken)?);
    let (png, size) = shrink(picture, room.bytes).ok_or(Limit::Bytes)?;
    Ok(Made { png, size, pixels })
}

fn decoder_limits() -> Limits {
    let mut bounds = Limits::default();
    bounds.max_image_width = Some(limits::PNG_PIXELS_A_SIDE);
    bounds.max_image_height = Some(limits::PNG_PIXELS_A_SIDE);
    bounds.max_alloc = Some(DECODER_BYTES);
    bounds
}

fn check((width, height): (u32, u32), room: Room) -> Result<u64, Limit> {
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits::PNG_PIXELS_A_SIDE || pixels > room.pixels {
        return Err(Limit::Pixels);
    }
    Ok(pixels)
}

fn of_png(error: bake::Error) -> Error {
    match error {
        bake::Error::Limit(bake::Limit::Pixels) => Limit::Pixels.into(),
        bake::Error::Limit(bake::Limit::Chunks) => Limit::Pieces.into(),
        bake::Error::Limit(_) => Error::Bytes,
        _ => Error::Broken(Kind::Png),
    }
}

fn decode(mut decoder: impl ImageDecoder) -> image::ImageResult<DynamicImage> {
    decoder.set_limits(decoder_limits())?;
    // EXIF that cannot be read is no reason to refuse the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Screens have no more, and so a picture that was made anew stays as it is.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => picture.to_luma8().into(),
        DynamicImage::ImageLumaA16(_) => picture.to_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) => picture.to_rgb8().into(),
        DynamicImage::ImageRgba16(_) => picture.to_rgba8().into(),
        other => other,
    }
}

/// Encodes, at half the size as long as it does not fit. Nothing if even one
/// pixel does not.
fn shrink(mut picture: DynamicImage, most: usize) -> Option<(Vec<u8>, (u32, u32))> {
    loop {
        let size = (picture.width(), picture.height());
        let png = encode(&picture)?;
        if png.len() <= most {
            return Some((png, size));
        }
        if size == (1, 1) {
            return None;
        }
        picture = picture.thumbnail_exact((size.0 / 2).max(1), (size.1 / 2).max(1));
    }
}

fn encode(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut png = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive);
    picture.write_with_encoder(encoder).ok()?;
    Some(png)
}
