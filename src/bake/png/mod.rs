//! PNG: a list of chunks (PNG third edition, §5), and badges among them.
//!
//! Pixels are never decoded; chunks are kept, left out or added as a whole.

mod chunks;

use std::io::Read;

use chunks::split;

use super::error::{Error, Limit, PngFault};
use super::payload::{Checked, Generation, Payload};
use super::{Baked, ImageKind, Note};
use crate::limits;

/// The first eight bytes of every PNG (§5.2).
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

const KEYWORD_V3: &[u8] = b"openbadgecredential";
const KEYWORD_V2: &[u8] = b"openbadges";

/// A text chunk with one of the two keywords.
#[derive(Clone, Copy)]
struct BadgeChunk<'a> {
    generation: Generation,
    /// What follows the keyword and its zero byte.
    after_keyword: &'a [u8],
}

pub(super) fn unbake(bytes: &[u8]) -> Result<Baked, Error> {
    let chunks = split(bytes)?;
    let mut badges = chunks
        .list
        .iter()
        .filter_map(|chunk| chunk.badge.map(|badge| (chunk.kind, badge)));
    let (kind, badge) = badges.next().ok_or(Error::NoBadge)?;
    let mut notes = Vec::new();
    let text = badge_text(kind, badge.after_keyword, &mut notes)?;
    let is_plain = kind != *b"iTXt";
    if badges.next().is_some() {
        notes.push(Note::SeveralBadges);
    }
    if chunks.more {
        notes.push(Note::BytesAfterEnd);
    }
    if is_plain && badge.generation == Generation::V3 {
        notes.push(Note::PlainTextChunk);
    }
    Ok(Baked {
        image: ImageKind::Png,
        generation: match badge.generation {
            Generation::V2 if is_plain => Generation::Legacy,
            generation => generation,
        },
        payload: Payload::of(&text),
        notes,
    })
}

/// The PNG with only those chunks that make up its pixels: no text, no badge,
/// no profile, no animation, nothing after `IEND`.
pub(super) fn pixels_only(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let chunks = split(bytes)?;
    let mut out = SIGNATURE.to_vec();
    for chunk in &chunks.list {
        if matches!(&chunk.kind, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            out.extend_from_slice(chunk.whole);
        }
    }
    Ok(out)
}

pub(super) fn bake(bytes: &[u8], badge: &Checked<'_>) -> Result<Vec<u8>, Error> {
    let chunks = split(bytes)?;
    let mut out = Vec::with_capacity(bytes.len() + badge.text.len() + 64);
    out.extend_from_slice(&SIGNATURE);
    for chunk in chunks.list.iter().filter(|chunk| chunk.badge.is_none()) {
        out.extend_from_slice(chunk.whole);
        if chunk.kind == *b"IHDR" {
            push_badge(&mut out, badge)?;
        }
    }
    Ok(out)
}

/// `iTXt` (§11.3.3.4): keyword, end of keyword, not compressed, method 0, no
/// language, no translated keyword, text.
fn push_badge(out: &mut Vec<u8>, badge: &Checked<'_>) -> Result<(), Error> {
    let keyword = match badge.generation {
        Generation::V3 => KEYWORD_V3,
        Generation::V2 | Generation::Legacy => KEYWORD_V2,
    };
    let mut body = Vec::with_capacity(badge.text.len() + 32);
    body.extend_from_slice(b"iTXt");
    body.extend_from_slice(keyword);
    body.extend_from_slice(&[0; 5]);
    body.extend_from_slice(badge.text.as_bytes());
    let length = u32::try_from(body.len().saturating_sub(4)).map_err(|_| Limit::Badge)?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&body);
    out.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    Ok(())
}

fn badge_in(kind: [u8; 4], data: &[u8]) -> Option<BadgeChunk<'_>> {
    if !matches!(&kind, b"iTXt" | b"tEXt" | b"zTXt") {
        return None;
    }
    let (keyword, after_keyword) = split_at_zero(data)?;
    let generation = match keyword {
        KEYWORD_V3 => Generation::V3,
        KEYWORD_V2 => Generation::V2,
        _ => return None,
    };
    Some(BadgeChunk {
        generation,
        after_keyword,
    })
}

fn badge_text(kind: [u8; 4], rest: &[u8], notes: &mut Vec<Note>) -> Result<String, Error> {
    let (is_compressed, text) = match &kind {
        b"iTXt" => international_text(rest).ok_or(PngFault::Badge)?,
        b"zTXt" => (true, rest.strip_prefix(&[0]).ok_or(PngFault::Badge)?),
        _ => (false, rest),
    };
    let text = if is_compressed {
        notes.push(Note::Compressed);
        inflate(text)?
    } else {
        text.to_vec()
    };
    if text.len() > limits::BAKED_TEXT_BYTES {
        return Err(Limit::Badge.into());
    }
    String::from_utf8(text).map_err(|_| Error::Utf8)
}

/// What follows the keyword of an `iTXt`: whether the text is compressed, and
/// the text. Language and translated keyword are skipped.
fn international_text(rest: &[u8]) -> Option<(bool, &[u8])> {
    let ([flag, method], rest) = rest.split_first_chunk()?;
    let (_, rest) = split_at_zero(rest)?;
    let (_, text) = split_at_zero(rest)?;
    match (flag, method) {
        (0, _) => Some((false, text)),
        (1, 0) => Some((true, text)),
        _ => None,
    }
}

/// Inflates, and stops at one byte more than a badge may have.
fn inflate(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let cap = u64::try_from(limits::BAKED_TEXT_BYTES).map_err(|_| Limit::Badge)?;
    let mut text = Vec::new();
    flate2::read::ZlibDecoder::new(bytes)
        .take(cap.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|_| PngFault::Inflate)?;
    Ok(text)
}

fn split_at_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut halves = bytes.splitn(2, |byte| *byte == 0);
    Some((halves.next()?, halves.next()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::tests::{chunk, header, pixels, png, tiny_png};
    use super::super::{Badge, bake, unbake};
    use super::*;

    fn itxt(keyword: &str, after: &[u8]) -> Vec<u8> {
        chunk(b"iTXt", &[keyword.as_bytes(), b"\0", after].concat())
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    /// A 1x1 PNG with `chunks` after its header.
    fn with(chunks: &[Vec<u8>]) -> Vec<u8> {
        png(&[vec![header(1, 1)], chunks.to_vec(), vec![pixels()]].concat())
    }

    #[track_caller]
    fn check(chunks: &[Vec<u8>], generation: Generation, text: &str, notes: &[Note]) {
        let baked = unbake(&with(chunks)).expect("a badge");
        assert_eq!(baked.generation, generation);
        assert_eq!(baked.payload, Payload::of(text));
        assert_eq!(baked.notes, notes);
    }

    #[test]
    fn a_badge_is_written_byte_for_byte_as_the_standard_says() {
        let before = tiny_png();
        let baked = bake(&before, Badge::Jws("e30.e30.AA")).expect("baked");
        // IHDR ends at byte 33.
        assert_eq!(baked[..33], before[..33]);
        assert_eq!(baked[33..41], *b"\0\0\0\x22iTXt");
        assert_eq!(baked[41..65], *b"openbadgecredential\0\0\0\0\0");
        assert_eq!(baked[65..75], *b"e30.e30.AA");
        let sum = u32::from_be_bytes(baked[75..79].try_into().unwrap());
        assert_eq!(sum, crc32fast::hash(&baked[37..75]));
        assert_eq!(baked[79..], before[33..]);
    }

    #[test]
    fn old_badges_of_every_form_are_replaced() {
        let before = png(&[
            header(1, 1),
            itxt("openbadges", b"\0\0\0\0{\"old\":2}"),
            chunk(b"tIME", &[7, 0xea, 1, 1, 0, 0, 0]),
            chunk(b"tEXt", b"openbadges\0http://a.example"),
            pixels(),
            itxt("openbadgecredential", b"\0\0\0\0{\"old\":3}"),
            chunk(b"zTXt", b"openbadgecredential\0\0broken"),
            chunk(b"tEXt", b"Comment\0openbadges"),
        ]);
        let hosted = Badge::HostedAssertion {
            json: "{\"new\":1}",
            url: "https://a.example/1",
        };
        let expected = png(&[
            header(1, 1),
            itxt("openbadges", b"\0\0\0\0{\"new\":1}"),
            chunk(b"tIME", &[7, 0xea, 1, 1, 0, 0, 0]),
            pixels(),
            chunk(b"tEXt", b"Comment\0openbadges"),
        ]);
        assert_eq!(bake(&before, hosted), Ok(expected.clone()));
        assert_eq!(bake(&expected, hosted), Ok(expected));
    }

    #[test]
    fn other_chunks_are_copied_even_with_a_wrong_checksum() {
        let mut odd = chunk(b"tEXt", b"Software\0x");
        *odd.last_mut().unwrap() ^= 1;
        let before = with(&[odd.clone()]);
        let baked = bake(&before, Badge::Json("{}")).expect("baked");
        let badge = itxt("openbadgecredential", b"\0\0\0\0{}");
        assert_eq!(baked, with(&[badge, odd]));
    }

    #[test]
    fn bytes_after_the_end_are_noted_and_dropped() {
        let badge = itxt("openbadgecredential", b"\0\0\0\0{}");
        let clean = with(&[badge]);
        let more = [&clean[..], b"<script>"].concat();
        assert_eq!(unbake(&more).unwrap().notes, [Note::BytesAfterEnd]);
        assert_eq!(bake(&more, Badge::Json("{}")), Ok(clean));
    }

    #[test]
    fn honest_oddities_are_read() {
        let v3 = |after: &[u8]| itxt("openbadgecredential", after);
        check(&[v3(b"\0\0en\0x\0{}")], Generation::V3, "{}", &[]);
        check(&[v3(b"\0\x07\0\0a.b.c")], Generation::V3, "a.b.c", &[]);
        check(&[v3(b"\0\0\0\0")], Generation::V3, "", &[]);
        let packed = v3(&[b"\x01\0\0\0", &zlib(b"{}")[..]].concat());
        check(&[packed], Generation::V3, "{}", &[Note::Compressed]);
        let two = [v3(b"\0\0\0\0{\"a\":1}"), v3(b"\0\0\0\0{}")];
        check(&two, Generation::V3, "{\"a\":1}", &[Note::SeveralBadges]);
        let plain = chunk(b"tEXt", b"openbadgecredential\0{}");
        check(&[plain], Generation::V3, "{}", &[Note::PlainTextChunk]);
    }

    #[test]
    fn older_badges_are_told_apart() {
        let v2 = itxt("openbadges", b"\0\0\0\0{\"a\":1}");
        check(&[v2], Generation::V2, "{\"a\":1}", &[]);
        let legacy = chunk(b"tEXt", b"openbadges\0https://a.example/1");
        let baked = unbake(&with(&[legacy])).expect("a badge");
        assert_eq!(baked.generation, Generation::Legacy);
        assert_eq!(
            baked.payload,
            Payload::HostedUrl("https://a.example/1".into())
        );
        let packed = [b"openbadges\0\0", &zlib(b"https://a.example/1")[..]].concat();
        check(
            &[chunk(b"zTXt", &packed)],
            Generation::Legacy,
            "https://a.example/1",
            &[Note::Compressed],
        );
    }

    #[test]
    fn what_only_looks_like_a_badge_is_none() {
        for other in [
            itxt("OpenBadgeCredential", b"\0\0\0\0{}"),
            itxt("openbadgecredentials", b"\0\0\0\0{}"),
            itxt(" openbadges", b"\0\0\0\0{}"),
            itxt("clrcredential", b"\0\0\0\0{}"),
            chunk(b"iTXt", b"openbadges"),
            chunk(b"teXt", b"openbadges\0http://a.example"),
        ] {
            assert_eq!(unbake(&with(&[other])), Err(Error::NoBadge));
        }
        assert_eq!(unbake(&tiny_png()), Err(Error::NoBadge));
    }

    #[test]
    fn a_broken_badge_is_an_error_and_not_skipped() {
        let broken = |after: &[u8], expected: Error| {
            let chunks = [itxt("openbadges", after), itxt("openbadges", b"\0\0\0\0{}")];
            assert_eq!(unbake(&with(&chunks)), Err(expected));
        };
        broken(b"", PngFault::Badge.into());
        broken(b"\0\0\0{}", PngFault::Badge.into());
        broken(b"\x02\0\0\0{}", PngFault::Badge.into());
        broken(b"\x01\x01\0\0{}", PngFault::Badge.into());
        broken(b"\x01\0\0\0{}", PngFault::Inflate.into());
        broken(b"\0\0\0\0{\"\xff\"}", Error::Utf8);
        let cut = zlib(b"{\"a\":\"some text that is longer\"}");
        let cut = [b"\x01\0\0\0", &cut[..cut.len() - 6]].concat();
        broken(&cut, PngFault::Inflate.into());
    }

    #[test]
    fn a_badge_that_inflates_without_end_is_stopped() {
        let bomb = zlib(&vec![b' '; 64 * 1024 * 1024]);
        let bomb = itxt("openbadges", &[b"\x01\0\0\0", &bomb[..]].concat());
        assert_eq!(unbake(&with(&[bomb])), Err(Limit::Badge.into()));
        let exact = zlib(&vec![b' '; limits::BAKED_TEXT_BYTES]);
        let exact = itxt("openbadges", &[b"\x01\0\0\0", &exact[..]].concat());
        assert!(unbake(&with(&[exact])).is_ok());
        let plain = [&[0; 4][..], &vec![b' '; limits::BAKED_TEXT_BYTES + 1]].concat();
        let plain = with(&[itxt("openbadges", &plain)]);
        assert_eq!(unbake(&plain), Err(Limit::Badge.into()));
    }
}
