//! PNG and JPEG: pixels and nothing else.

use super::{Error, sanitise, stays};
use crate::bake::{self, Badge};
use crate::limits;
use crate::picture::error::Limit;
use crate::picture::{Kind, raster};
use image::{DynamicImage, ImageEncoder as _, RgbImage, RgbaImage};
use std::io::Write as _;

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short");
    let body = [kind.as_slice(), data].concat();
    let sum = crc32fast::hash(&body);
    [&length.to_be_bytes(), body.as_slice(), &sum.to_be_bytes()].concat()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &chunks.concat(),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let rest = [depth, colour, 0, 0, 0];
    chunk(
        b"IHDR",
        &[&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat(),
    )
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("written");
    chunk(b"IDAT", &out.finish().expect("written"))
}

/// One bit a pixel, all of them 0.
pub(super) fn black_png(width: u32, height: u32) -> Vec<u8> {
    let line = usize::try_from(width.div_ceil(8) + 1).expect("short");
    let lines = usize::try_from(height).expect("short");
    png(&[
        header(width, height, 1, 0),
        deflated(&vec![0; line * lines]),
    ])
}

/// Each pixel another colour.
fn colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let byte = |n: u32| u8::try_from(n % 256).expect("a byte");
        image::Rgb([byte(x * 40), byte(y * 90), byte((x + y) * 7)])
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: image::ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.into().write_to(&mut out, format).expect("encoded");
    out.into_inner()
}

pub(super) fn png_of(width: u32, height: u32) -> Vec<u8> {
    encoded(colours(width, height), image::ImageFormat::Png)
}

pub(super) fn jpeg_of(width: u32, height: u32) -> Vec<u8> {
    encoded(colours(width, height), image::ImageFormat::Jpeg)
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).expect("a picture")
}

/// The types of the chunks, and whether bytes follow the last.
fn chunks_of(png: &[u8]) -> Vec<String> {
    let mut at = 8;
    let mut kinds = Vec::new();
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four"));
        kinds.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
        at += usize::try_from(length).expect("short") + 12;
    }
    kinds.dedup();
    kinds
}

#[track_caller]
fn fails(bytes: &[u8], code: &str) -> Error {
    let error = sanitise(bytes).expect_err("refused");
    assert_eq!(error.code(), code, "{error}");
    error
}

#[test]
fn a_png_keeps_its_pixels_and_nothing_else() {
    let before = png_of(5, 4);
    let mut chunks: Vec<Vec<u8>> = vec![before[8..33].to_vec()];
    for kind in [
        b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs", b"tIME", b"acTL", b"fcTL", b"prVt",
    ] {
        chunks.push(chunk(kind, b"Comment\0at home, 51.5 N"));
    }
    let idat = &before[33..before.len() - 12];
    chunks.push(idat.to_vec());
    chunks.push(chunk(b"fdAT", b"\0\0\0\0more"));
    let mut bytes = png(&chunks);
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    let picture = sanitise(&bytes).expect("a picture");
    assert_eq!(chunks_of(picture.bytes()), ["IHDR", "IDAT", "IEND"]);
    assert_eq!(decoded(picture.bytes()), decoded(&before));
    assert_eq!(
        (picture.kind(), picture.width(), picture.height()),
        (Kind::Png, 5, 4)
    );
    stays(&picture);
}

#[test]
fn a_badge_that_was_baked_in_is_not_kept() {
    let baked = bake::bake(&png_of(5, 4), Badge::Json("{\"a\":1}")).expect("baked");
    let picture = sanitise(&baked).expect("a picture");
    assert_eq!(bake::unbake(picture.bytes()), Err(bake::Error::NoBadge));
    assert_eq!(picture, sanitise(&png_of(5, 4)).expect("a picture"));
}

#[test]
fn every_kind_of_png_is_read_and_stays_as_it_then_is() {
    let rgba = RgbaImage::from_pixel(3, 3, image::Rgba([1, 2, 3, 4]));
    let wide = DynamicImage::from(rgba.clone()).to_rgba16();
    let palette = png(&[
        header(2, 1, 8, 3),
        chunk(b"PLTE", &[9, 8, 7, 6, 5, 4]),
        chunk(b"tRNS", &[0, 255]),
        deflated(&[0, 0, 1]),
    ]);
    for bytes in [
        encoded(rgba.clone(), image::ImageFormat::Png),
        encoded(wide, image::ImageFormat::Png),
        encoded(DynamicImage::from(rgba).to_luma8(), image::ImageFormat::Png),
        black_png(9, 9),
        palette.clone(),
    ] {
        let picture = sanitise(&bytes).expect("a picture");
        stays(&picture);
        assert_eq!(
            decoded(picture.bytes()).to_rgba8(),
            decoded(&bytes).to_rgba8()
        );
    }
    let picture = sanitise(&palette).expect("a picture");
    assert_eq!(
        decoded(picture.bytes()).to_rgba8().into_raw(),
        [9, 8, 7, 0, 6, 5, 4, 255]
    );
}

#[test]
fn a_jpeg_becomes_a_png() {
    let picture = sanitise(&jpeg_of(16, 9)).expect("a picture");
    assert_eq!(picture.media_type(), "image/png");
    assert_eq!((picture.width(), picture.height()), (16, 9));
    assert_eq!(chunks_of(picture.bytes()), ["IHDR", "IDAT", "IEND"]);
    assert_eq!(decoded(picture.bytes()), decoded(&jpeg_of(16, 9)));
    let grey = encoded(
        DynamicImage::from(colours(8, 8)).to_luma8(),
        image::ImageFormat::Jpeg,
    );
    stays(&sanitise(&grey).expect("grey"));
    stays(&picture);
}

/// A JPEG with EXIF that says how the camera was held.
fn turned(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let jpeg = jpeg_of(16, 8);
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn a_jpeg_stands_upright_without_its_exif() {
    let plain = decoded(&jpeg_of(16, 8));
    for (orientation, expected) in [
        (1, plain.clone()),
        (3, plain.rotate180()),
        (6, plain.rotate90()),
        (8, plain.rotate270()),
        (9, plain.clone()),
    ] {
        let picture = sanitise(&turned(orientation)).expect("a picture");
        assert_eq!(decoded(picture.bytes()), expected, "{orientation}");
        assert!(!picture.bytes().windows(4).any(|bytes| bytes == b"Exif"));
    }
}

#[test]
fn sides_are_read_before_anything_is_decoded() {
    for (width, height) in [
        (4_097, 1),
        (1, 4_097),
        (100_000, 100_000),
        (u32::MAX, u32::MAX),
    ] {
        // Not one pixel follows, so decoding would fail otherwise.
        let bytes = png(&[header(width, height, 8, 6), chunk(b"IDAT", b"")]);
        assert_eq!(fails(&bytes, "image_limits"), Limit::Pixels.into());
    }
    let jpeg = |height: u16, width: u16, colours: u8| {
        let [high, low] = height.to_be_bytes();
        let [wide, narrow] = width.to_be_bytes();
        let frame = [0xff, 0xc0, 0, 17, 8, high, low, wide, narrow, colours];
        [b"\xff\xd8\xff\xfe\0\x04hi".as_slice(), &frame, &[0; 16]].concat()
    };
    for (height, width) in [(4_097, 1), (1, 4_097), (65_535, 65_535)] {
        assert_eq!(
            fails(&jpeg(height, width, 3), "image_limits"),
            Limit::Pixels.into()
        );
    }
    fails(&jpeg(0, 8, 3), "jpeg_malformed");
    fails(&jpeg(8, 0, 3), "jpeg_malformed");
    assert_eq!(fails(&jpeg(8, 8, 4), "media_type"), Error::Colours);
    assert_eq!(fails(&jpeg(8, 8, 2), "media_type"), Error::Colours);
    fails(&jpeg(8, 8, 3), "jpeg_malformed");
}

#[test]
fn a_jpeg_in_endless_scans_is_refused() {
    let mut bytes = jpeg_of(8, 8);
    bytes.extend_from_slice(&b"\xff\xda".repeat(limits::JPEG_SCANS));
    assert_eq!(fails(&bytes, "image_limits"), Limit::Pieces.into());
}

#[test]
fn a_png_in_endless_chunks_is_refused() {
    let mut chunks = vec![header(1, 1, 8, 0)];
    chunks.extend(vec![chunk(b"tEXt", b"a\0b"); limits::PNG_CHUNKS]);
    assert_eq!(fails(&png(&chunks), "image_limits"), Limit::Pieces.into());
}

#[test]
fn a_picture_cut_anywhere_is_refused() {
    let whole = png_of(3, 2);
    for length in 8..whole.len() {
        fails(&whole[..length], "png_malformed");
    }
    let whole = jpeg_of(3, 2);
    for length in 3..whole.len().min(600) {
        fails(&whole[..length], "jpeg_malformed");
    }
}

#[test]
fn broken_pictures_are_told_from_none() {
    fails(b"", "media_type");
    fails(b"GIF89a", "media_type");
    fails(b"RIFF\0\0\0\0WEBPVP8 ", "media_type");
    fails(b"%PDF-1.7", "media_type");
    fails(
        b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>",
        "media_type",
    );
    fails(b"\x89PNG\r\n\x1a\n", "png_malformed");
    fails(b"\xff\xd8\xff", "jpeg_malformed");
    fails(b"\xff\xd8\xff\xd9", "jpeg_malformed");
    let short = png(&[header(9, 9, 8, 6), deflated(&[0; 9])]);
    fails(&short, "png_malformed");
    let no_palette = png(&[header(1, 1, 8, 3), deflated(&[0; 2])]);
    fails(&no_palette, "png_malformed");
    let strange = png(&[header(1, 1, 7, 5), deflated(&[0; 2])]);
    fails(&strange, "png_malformed");
}

/// Pixels as if by chance: they cannot be compressed.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        image::Rgb([(); 3].map(|()| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(state >> 24).expect("a byte")
        }))
    })
}

#[test]
fn a_picture_that_needs_too_many_bytes_is_made_smaller() {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&noise(64, 40), 64, 40, image::ExtendedColorType::Rgb8)
        .expect("encoded");
    for (most, size) in [
        (10_000, (64, 40)),
        (4_000, (32, 20)),
        (1_500, (16, 10)),
        (100, (4, 2)),
    ] {
        let room = raster::Room {
            pixels: raster::MOST_PIXELS,
            bytes: most,
        };
        let made = raster::remake(Kind::Png, &bytes, room).expect("a picture");
        assert!(made.png.len() <= most);
        assert_eq!(made.size, size);
        stays(&sanitise(&made.png).expect("a picture"));
    }
    let room = raster::Room {
        pixels: raster::MOST_PIXELS,
        bytes: 10,
    };
    assert!(raster::remake(Kind::Png, &bytes, room).is_err());
}

#[test]
fn a_badge_has_room_in_every_picture() {
    let room = limits::PICTURE_BYTES + limits::BAKED_TEXT_BYTES;
    assert!(room + 1024 <= limits::IMAGE_BYTES);
}
