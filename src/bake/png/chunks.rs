//! Splits a PNG into chunks, within the limits of L-15.
//!
//! **Promises.** Lengths stay inside the file, chunks stand in their order,
//! critical chunks and badges have the right checksum. Other chunks are only
//! copied, so nobody looks at theirs.

use super::super::error::{Error, Limit, PngFault};
use super::{BadgeChunk, SIGNATURE, badge_in};
use crate::limits;

/// Bytes of a chunk beside its data: length, type, checksum.
const FRAME_BYTES: usize = 12;

/// One chunk, checked.
pub(super) struct Chunk<'a> {
    pub(super) kind: [u8; 4],
    data: &'a [u8],
    /// The chunk with its length, type and checksum.
    pub(super) whole: &'a [u8],
    pub(super) badge: Option<BadgeChunk<'a>>,
}

/// Where in the file we are; §5.6 says what may follow.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Start,
    Header,
    Palette,
    Data,
    AfterData,
    End,
}

/// The chunks of a PNG that is sound as far as badges go.
pub(super) struct Chunks<'a> {
    pub(super) list: Vec<Chunk<'a>>,
    /// Whether bytes follow `IEND`.
    pub(super) more: bool,
}

pub(super) fn split(bytes: &[u8]) -> Result<Chunks<'_>, Error> {
    if bytes.len() > limits::IMAGE_BYTES {
        return Err(Limit::Bytes.into());
    }
    let mut list = Vec::new();
    let mut stage = Stage::Start;
    let mut at = SIGNATURE.len();
    while stage != Stage::End {
        if list.len() == limits::PNG_CHUNKS {
            return Err(Limit::Chunks.into());
        }
        let chunk = read_chunk(bytes, at)?;
        stage = next_stage(stage, &chunk).ok_or(PngFault::Order { at })?;
        if chunk.kind == *b"IHDR" {
            check_header(chunk.data)?;
        }
        at += chunk.whole.len();
        list.push(chunk);
    }
    let more = at < bytes.len();
    Ok(Chunks { list, more })
}

fn read_chunk(bytes: &[u8], at: usize) -> Result<Chunk<'_>, PngFault> {
    let rest = bytes.get(at..).unwrap_or_default();
    let (length, after_length) = rest.split_first_chunk().ok_or(PngFault::Truncated)?;
    let (kind, _) = after_length
        .split_first_chunk()
        .ok_or(PngFault::Truncated)?;
    let length = u32::from_be_bytes(*length);
    if length > i32::MAX.unsigned_abs() || !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(PngFault::Chunk { at });
    }
    let length = usize::try_from(length).map_err(|_| PngFault::Truncated)?;
    let end = length.checked_add(FRAME_BYTES).ok_or(PngFault::Truncated)?;
    let whole = rest.get(..end).ok_or(PngFault::Truncated)?;
    let (covered, sum) = after_length
        .get(..length.saturating_add(8))
        .and_then(<[u8]>::split_last_chunk::<4>)
        .ok_or(PngFault::Truncated)?;
    let data = covered.get(kind.len()..).unwrap_or_default();
    let badge = badge_in(*kind, data);
    let is_critical = kind.first().is_some_and(u8::is_ascii_uppercase);
    if (is_critical || badge.is_some()) && crc32fast::hash(covered) != u32::from_be_bytes(*sum) {
        return Err(PngFault::Checksum { at });
    }
    Ok(Chunk {
        kind: *kind,
        data,
        whole,
        badge,
    })
}

fn next_stage(stage: Stage, chunk: &Chunk<'_>) -> Option<Stage> {
    match (stage, &chunk.kind) {
        (Stage::Start, b"IHDR") => Some(Stage::Header),
        (Stage::Start | Stage::End, _) | (_, b"IHDR") => None,
        (Stage::Header, b"PLTE") => Some(Stage::Palette),
        (Stage::Header | Stage::Palette | Stage::Data, b"IDAT") => Some(Stage::Data),
        (Stage::Data | Stage::AfterData, b"IEND") if chunk.data.is_empty() => Some(Stage::End),
        (_, b"PLTE" | b"IDAT" | b"IEND") => None,
        (Stage::Data, _) => Some(Stage::AfterData),
        (stage, _) => Some(stage),
    }
}

/// Width and height (§11.2.1). What the pixels look like is a decoder's job.
fn check_header(data: &[u8]) -> Result<(), Error> {
    let sides = |data: &[u8]| {
        let (width, rest) = data.split_first_chunk()?;
        let (height, rest) = rest.split_first_chunk()?;
        let sides = [u32::from_be_bytes(*width), u32::from_be_bytes(*height)];
        (rest.len() == 5).then_some(sides)
    };
    let sides = sides(data).ok_or(PngFault::Header)?;
    if sides.contains(&0) {
        return Err(PngFault::Header.into());
    }
    if sides.iter().any(|side| *side > limits::PNG_PIXELS_A_SIDE) {
        return Err(Limit::Pixels.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{chunk, header, pixels, png, tiny_png};
    use super::super::super::{Badge, bake, unbake};
    use super::*;

    fn itxt(keyword: &str, after: &[u8]) -> Vec<u8> {
        chunk(b"iTXt", &[keyword.as_bytes(), b"\0", after].concat())
    }

    /// A 1x1 PNG with `chunks` after its header.
    fn with(chunks: &[Vec<u8>]) -> Vec<u8> {
        png(&[vec![header(1, 1)], chunks.to_vec(), vec![pixels()]].concat())
    }

    #[track_caller]
    fn refuse(bytes: &[u8], expected: impl Into<Error>) {
        let expected = expected.into();
        assert_eq!(unbake(bytes), Err(expected.clone()));
        assert_eq!(bake(bytes, Badge::Json("{}")), Err(expected));
    }

    #[test]
    fn a_png_cut_anywhere_is_refused() {
        let whole = bake(&tiny_png(), Badge::Json("{}")).expect("baked");
        for length in 8..whole.len() {
            refuse(&whole[..length], PngFault::Truncated);
        }
        for length in 0..8 {
            refuse(&whole[..length], Error::NotAnImage);
        }
    }

    #[test]
    fn lengths_that_overflow_are_refused() {
        for (length, expected) in [
            (0x7fff_ffff_u32, PngFault::Truncated),
            (0x8000_0000, PngFault::Chunk { at: 8 }),
            (0xffff_ffff, PngFault::Chunk { at: 8 }),
            (0xffff_fff4, PngFault::Chunk { at: 8 }),
        ] {
            let mut bytes = tiny_png();
            bytes[8..12].copy_from_slice(&length.to_be_bytes());
            refuse(&bytes, expected);
        }
    }

    #[test]
    fn a_wrong_checksum_of_what_matters_is_refused() {
        let badge = itxt("openbadges", b"\0\0\0\0{}");
        let bytes = with(std::slice::from_ref(&badge));
        let idat = 33 + badge.len();
        let iend = bytes.len() - 12;
        for (at, byte) in [(8, 16), (33, 56), (idat, idat + 9), (iend, iend + 11)] {
            let mut bytes = bytes.clone();
            bytes[byte] ^= 1;
            refuse(&bytes, PngFault::Checksum { at });
        }
    }

    #[test]
    fn chunks_stand_in_their_order() {
        let text = || chunk(b"tEXt", b"a\0b");
        let palette = || chunk(b"PLTE", &[0; 3]);
        let refuse_at = |chunks: &[Vec<u8>], nth: usize| {
            let at = 8 + chunks.iter().take(nth).map(Vec::len).sum::<usize>();
            refuse(&png(chunks), PngFault::Order { at });
        };
        refuse_at(&[], 0);
        refuse_at(&[text(), header(1, 1), pixels()], 0);
        refuse_at(&[chunk(b"CgBI", &[0; 4]), header(1, 1), pixels()], 0);
        refuse_at(&[header(1, 1)], 1);
        refuse_at(&[header(1, 1), text()], 2);
        refuse_at(&[header(1, 1), header(1, 1), pixels()], 1);
        refuse_at(&[header(1, 1), pixels(), text(), pixels()], 3);
        refuse_at(&[header(1, 1), pixels(), palette()], 2);
        refuse_at(&[header(1, 1), palette(), palette(), pixels()], 2);
        refuse_at(&[header(1, 1), pixels(), chunk(b"IEND", b"x")], 2);
        let fine = [header(1, 1), palette(), text(), pixels(), pixels(), text()];
        assert_eq!(unbake(&png(&fine)), Err(Error::NoBadge));
    }

    #[test]
    fn chunk_types_are_letters() {
        for kind in [b"tEX1", b"\0\0\0\0", b"tE t", b"t\xc3\xa9t"] {
            refuse(&with(&[chunk(kind, b"")]), PngFault::Chunk { at: 33 });
        }
    }

    #[test]
    fn sides_are_bounded() {
        let sized = |width, height| png(&[header(width, height), pixels()]);
        assert_eq!(unbake(&sized(4_096, 4_096)), Err(Error::NoBadge));
        refuse(&sized(4_097, 1), Limit::Pixels);
        refuse(&sized(1, 4_097), Limit::Pixels);
        refuse(&sized(u32::MAX, u32::MAX), Limit::Pixels);
        refuse(&sized(0, 1), PngFault::Header);
        refuse(&sized(1, 0), PngFault::Header);
        for length in [0, 8, 12, 14] {
            refuse(
                &png(&[chunk(b"IHDR", &vec![1; length]), pixels()]),
                PngFault::Header,
            );
        }
    }

    #[test]
    fn chunks_are_counted() {
        let many = |count: usize| with(&vec![chunk(b"tEXt", b"a\0b"); count - 3]);
        assert_eq!(unbake(&many(1_024)), Err(Error::NoBadge));
        refuse(&many(1_025), Limit::Chunks);
        // One more chunk would be one too many to read back.
        let full = bake(&many(1_024), Badge::Json("{}"));
        assert_eq!(full, Err(Limit::Chunks.into()));
        assert!(bake(&many(1_023), Badge::Json("{}")).is_ok());
    }

    #[test]
    fn bytes_are_counted() {
        let mut bytes = tiny_png();
        bytes.resize(limits::IMAGE_BYTES + 1, 0);
        refuse(&bytes, Limit::Bytes);
        bytes.pop();
        assert_eq!(unbake(&bytes), Err(Error::NoBadge));
    }
}
