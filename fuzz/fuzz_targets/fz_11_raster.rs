//! FZ-11: pixels made anew.
//!
//! Asserts: no panic; what comes through is a PNG of header, pixels and end,
//! within its limits, without a badge, and making it anew changes nothing.
//! Pictures of more than 128 pixels a side are passed over: they are slow, and
//! no other code.

#![no_main]

use countersign::picture::{Kind, sanitise};
use countersign::{bake, limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Kind::of(bytes) {
        Some(Kind::Png) if is_small_png(bytes) => {}
        Some(Kind::Jpeg) if is_small_jpeg(bytes) => {}
        _ => return,
    }
    let Ok(picture) = sanitise(bytes) else { return };
    assert_eq!(picture.media_type(), "image/png");
    assert!(picture.bytes().len() <= limits::PICTURE_BYTES);
    assert_eq!(bake::unbake(picture.bytes()), Err(bake::Error::NoBadge));
    chunks(picture.bytes());
    let again = sanitise(picture.bytes()).expect("what was made anew can be made anew");
    assert_eq!(again, picture, "making anew twice is not making anew once");
});

fn is_small(high: &[u8], low: u8) -> bool {
    high.iter().all(|byte| *byte == 0) && low <= 128
}

fn is_small_png(bytes: &[u8]) -> bool {
    let side = |at: usize| {
        bytes
            .get(at..at + 4)
            .is_none_or(|s| is_small(&s[..3], s[3]))
    };
    side(16) && side(20)
}

/// Whether every frame header that might be found is small.
fn is_small_jpeg(bytes: &[u8]) -> bool {
    bytes
        .windows(9)
        .filter(|window| window[0] == 0xff && matches!(window[1], 0xc0..=0xcf))
        .all(|frame| is_small(&frame[5..6], frame[6]) && is_small(&frame[7..8], frame[8]))
}

fn chunks(png: &[u8]) {
    let mut rest = &png[8..];
    let mut kinds = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = usize::try_from(u32::from_be_bytes(*length)).expect("short");
        kinds.push(&after[..4]);
        rest = &after[length + 8..];
    }
    assert!(rest.is_empty(), "bytes after the end");
    kinds.dedup();
    assert_eq!(kinds, [b"IHDR", b"IDAT", b"IEND"]);
}
