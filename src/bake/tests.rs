//! Pictures built by hand, published pictures (if `shared` is there), and
//! properties that hold for any picture and badge.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::limits;

/// One chunk with a right checksum.
pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let covered = [&kind[..], data].concat();
    let sum = crc32fast::hash(&covered).to_be_bytes();
    [&length[..], &covered, &sum].concat()
}

/// `IHDR` of a greyscale picture.
pub(super) fn header(width: u32, height: u32) -> Vec<u8> {
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&sides[..], &[8, 0, 0, 0, 0]].concat())
}

/// `IDAT` of one black pixel, stored without compression.
pub(super) fn pixels() -> Vec<u8> {
    chunk(b"IDAT", b"\x78\x01\x01\x02\0\xfd\xff\0\0\0\x02\0\x01")
}

/// The signature, `chunks`, and `IEND` unless they end in one.
pub(super) fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat()].concat();
    if chunks.last().is_none_or(|last| last[4..8] != *b"IEND") {
        bytes.extend(chunk(b"IEND", b""));
    }
    bytes
}

pub(super) fn tiny_png() -> Vec<u8> {
    png(&[header(1, 1), pixels()])
}

const TINY_SVG: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>"#;

/// The folder of published test data beside the project, if it is there.
fn shared(part: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared").join(part))
        .find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: there is no shared/{part}");
    }
    found
}

const VALIDATOR: &str = "vectors/1edtech-public-validator/ob30";

/// Bytes and SHA-256 of the badges, as another XML reader and a PNG chunk
/// lister found them.
#[test]
fn published_pictures_hold_the_published_badges() {
    use sha2::{Digest, Sha256};
    let Some(folder) = shared(VALIDATOR) else {
        return;
    };
    for (name, is_jws, length, digest) in [
        ("simple-json.png", false, 1_365, "bb83ff2bc2952d38"),
        ("simple-json.svg", false, 1_550, "bbacdb6dd1dcd47f"),
        ("simple-jwt.png", true, 2_263, "35d59278be3fe85e"),
        ("simple-jwt.svg", true, 2_263, "7f39f9c82a1e2ff6"),
        ("simple-jwt_v1.png", true, 2_549, "47984fd22aca4413"),
        ("simple-jwt_v1.svg", true, 2_549, "47984fd22aca4413"),
    ] {
        let baked = unbake(&fs::read(folder.join(name)).unwrap()).expect(name);
        assert_eq!(baked.generation, Generation::V3, "{name}");
        assert!(baked.notes.is_empty(), "{name}");
        assert_eq!(matches!(baked.payload, Payload::Jws(_)), is_jws, "{name}");
        let text = baked.payload.as_str();
        assert_eq!(text.len(), length, "{name}");
        let sum: [u8; 8] = Sha256::digest(text.as_bytes())[..8].try_into().unwrap();
        assert_eq!(
            format!("{:016x}", u64::from_be_bytes(sum)),
            digest,
            "{name}"
        );
    }
}

#[test]
fn published_pictures_can_be_baked_again() {
    let Some(folder) = shared(VALIDATOR) else {
        return;
    };
    for name in ["simple-json.png", "simple-jwt.svg", "simple-json.svg"] {
        let before = fs::read(folder.join(name)).unwrap();
        let found = unbake(&before).expect(name);
        for badge in BADGES {
            let baked = bake(&before, badge).expect(name);
            assert_reads_back(&baked, badge);
            let badge = match &found.payload {
                Payload::Jws(jws) => Badge::Jws(jws),
                other => Badge::Json(other.as_str()),
            };
            let again = bake(&baked, badge).expect(name);
            assert_eq!(unbake(&again), Ok(found.clone()), "{name}");
        }
    }
}

#[test]
fn every_sample_image_can_be_baked_and_stays_what_it_is() {
    let Some(folder) = shared("sample/images") else {
        return;
    };
    let declaration = " xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";
    let element = "<openbadges:credential><![CDATA[{\"a\":\"é\"}]]></openbadges:credential>";
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let before = fs::read_to_string(&path).unwrap();
        assert_eq!(unbake(before.as_bytes()), Err(Error::NoBadge), "{path:?}");
        let baked = bake(before.as_bytes(), Badge::Json("{\"a\":\"é\"}")).expect("baked");
        let baked = String::from_utf8(baked).unwrap();
        assert!(baked.contains(element), "{path:?}");
        let rest = baked.replacen(declaration, "", 1).replacen(element, "", 1);
        assert_eq!(rest, before, "{path:?}");
    }
}

#[test]
fn uploads_without_a_badge_are_told_apart() {
    let Some(folder) = shared("sample/uploads") else {
        return;
    };
    for (name, expected) in [
        ("no_badge.png", Error::NoBadge),
        ("script.svg", Error::NoBadge),
        ("truncated.png", PngFault::Truncated.into()),
        ("not_a_badge.json", Error::NotAnImage),
        ("deep.json", Error::NotAnImage),
        ("empty.json", Error::NotAnImage),
    ] {
        let bytes = fs::read(folder.join(name)).unwrap();
        assert_eq!(unbake(&bytes), Err(expected), "{name}");
    }
}

#[test]
fn pictures_are_told_by_their_content() {
    let svg = Some(ImageKind::Svg);
    for (bytes, expected) in [
        (&tiny_png()[..], Some(ImageKind::Png)),
        (TINY_SVG, svg),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><?b c?>\n<!DOCTYPE svg><svg/>",
            svg,
        ),
        (b" \n<x:svg xmlns:x='http://www.w3.org/2000/svg'>", svg),
        (b"", None),
        (b"{}", None),
        (b"<", None),
        (b"<html><svg/></html>", None),
        (b"text <svg/>", None),
        (b"<!-- <svg/> -->", None),
        (b"\xef\xbb\xbf\xef\xbb\xbf<svg/>", None),
        (b"\xff\xfe<\0s\0v\0g\0/\0>\0", None),
        (b"\x89PNG\n\x1a\n", None),
        (b"GIF89a", None),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", None),
    ] {
        assert_eq!(looks_like(bytes), expected, "{}", bytes.escape_ascii());
    }
}

const BADGES: [Badge<'_>; 4] = [
    Badge::Json(r#"{"name":"ends ]]> early, é, \\ \u0001"}"#),
    Badge::Jws("eyJhbGciOiJFZERTQSJ9.e30.AA-_"),
    Badge::HostedAssertion {
        json: r#"{"id":"https://a.example/1?a=1&b=2"}"#,
        url: "https://a.example/1?a=1&b=2",
    },
    Badge::SignedAssertion("e30.e30.BB"),
];

/// The only badge in `picture` means the same as `badge`.
#[track_caller]
fn assert_reads_back(picture: &[u8], badge: Badge<'_>) {
    let baked = unbake(picture).expect("a badge");
    let (generation, text, is_jws) = match badge {
        Badge::Json(json) => (Generation::V3, json, false),
        Badge::Jws(jws) => (Generation::V3, jws, true),
        Badge::HostedAssertion { json, .. } => (Generation::V2, json, false),
        Badge::SignedAssertion(jws) => (Generation::V2, jws, true),
    };
    assert_eq!(baked.generation, generation);
    assert!(baked.notes.is_empty(), "{:?}", baked.notes);
    match baked.payload {
        Payload::Jws(found) if is_jws => assert_eq!(found, text.trim()),
        Payload::Json(found) if !is_jws && baked.image == ImageKind::Png => {
            assert_eq!(found, text.trim());
        }
        Payload::Json(found) if !is_jws => assert_eq!(tree(&found), tree(text)),
        other => panic!("{other:?}"),
    }
}

fn tree(json: &str) -> serde_json::Value {
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn any_badge_takes_the_place_of_any_other() {
    for first in BADGES {
        for second in BADGES {
            for picture in [&tiny_png()[..], TINY_SVG, b"<svg/>"] {
                let once = bake(picture, first).expect("baked");
                let twice = bake(&once, second).expect("baked again");
                assert_reads_back(&twice, second);
                assert_eq!(bake(&twice, second), Ok(twice.clone()));
                let fresh = bake(picture, second).expect("baked");
                // `<svg/>` becomes `<svg></svg>` once, the rest is the same.
                assert_eq!(twice, fresh);
            }
        }
    }
}

#[test]
fn the_largest_badge_fits_and_a_larger_one_does_not() {
    let note = "n".repeat(limits::JSON_STRING_BYTES);
    let one = format!("\"{note}\",");
    let count = limits::BAKED_TEXT_BYTES / one.len();
    let filled = format!("{{\"notes\":[{}1", one.repeat(count - 1));
    let pad = limits::BAKED_TEXT_BYTES - filled.len() - 2;
    let largest = format!("{filled}]{}}}", " ".repeat(pad));
    assert_eq!(largest.len(), limits::BAKED_TEXT_BYTES);
    let larger = format!("{filled}]{}}}", " ".repeat(pad + 1));
    // In an SVG the escape makes it longer than may be read back.
    let longer = largest.replacen("nnn\"", "]]>\"", 1);
    for picture in [&tiny_png()[..], TINY_SVG] {
        let baked = bake(picture, Badge::Json(&largest)).expect("baked");
        assert_reads_back(&baked, Badge::Json(&largest));
        let refused = bake(picture, Badge::Json(&larger));
        assert_eq!(refused, Err(Limit::Badge.into()));
    }
    assert!(bake(&tiny_png(), Badge::Json(&longer)).is_ok());
    assert_eq!(
        bake(TINY_SVG, Badge::Json(&longer)),
        Err(Limit::Badge.into())
    );
}

#[test]
fn nothing_but_a_picture_is_baked() {
    for bytes in [&b""[..], b"{}", b"GIF89a", b"<html/>"] {
        assert_eq!(bake(bytes, Badge::Json("{}")), Err(Error::NotAnImage));
    }
}

/// JSON objects whose strings are unkind to XML and PNG.
fn json_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        // NUL is refused in JSON.
        any::<String>().prop_map(|text| text.replace('\0', "")),
        Just("]]>".to_owned()),
        Just("]]]]>>".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("&amp;&#0;&lol;".to_owned()),
        Just("\u{85}\u{2028}\u{fffe}\u{ffff}\u{7f}\u{feff}\r\n\u{1}".to_owned()),
        Just("</openbadges:credential>".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| {
        let value = serde_json::json!({ "text": pieces.concat(), "list": pieces });
        format!(" {value}\n")
    })
}

/// SVGs, and things that look like one from afar.
fn almost_svg() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "<svg>",
        "<svg xmlns:openbadges='http://openbadges.org'>",
        "<svg xmlns:openbadges='urn:other'\r\n>",
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' a=\"/>\" >",
        "\u{feff}<!-- <svg/> --><!DOCTYPE svg [<!ENTITY a '<o:credential/>'>]><svg>",
    ]);
    let badges = prop::sample::select(vec![
        "<openbadges:assertion/>",
        "<openbadges:credential>{}</openbadges:credential>",
        "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c' />",
        "<assertion xmlns='http://openbadges.org'><![CDATA[{}]]><assertion/></assertion>",
        "<g xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'><openbadges:credential/></g>",
    ]);
    let others = prop::sample::select(vec![
        "<g a='>'/>",
        "<g>é<g></g></g >",
        "<![CDATA[</svg>]]>",
        "<!-- <openbadges:assertion> -->",
        "<?a <svg>?>",
        "&amp;&a;&#x41;",
        "\r\n",
        "> \" =",
    ]);
    let broken = prop::sample::select(vec![
        "<g>",
        "</g>",
        "<openbadges:credential>",
        "</svg>",
        "<![CDATA[",
        "<!--",
        "<!DOCTYPE svg>",
        "&",
        "<",
    ]);
    let piece = prop_oneof![8 => badges, 8 => others, 1 => broken];
    let end = prop_oneof![9 => Just("</svg>"), 1 => Just("")];
    (start, prop::collection::vec(piece, 0..9), end)
        .prop_map(|(start, pieces, end)| format!("{start}{}{end}", pieces.concat()))
}

proptest! {
    #[test]
    fn any_json_comes_back(json in json_text()) {
        for picture in [&tiny_png()[..], TINY_SVG] {
            let baked = bake(picture, Badge::Json(&json)).expect("baked");
            assert_reads_back(&baked, Badge::Json(&json));
            prop_assert_eq!(bake(&baked, Badge::Json(&json)), Ok(baked.clone()));
        }
    }

    #[test]
    fn any_address_comes_back(rest in "[!-~]{1,40}") {
        let url = format!("https://{rest}");
        let badge = Badge::HostedAssertion { json: "{}", url: &url };
        let baked = bake(b"<svg/>", badge).expect("baked");
        assert_reads_back(&baked, badge);
    }

    #[test]
    fn damaged_pictures_do_no_harm(
        which in 0..4_usize,
        is_png: bool,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        let picture = if is_png { tiny_png() } else { TINY_SVG.to_vec() };
        let mut bytes = bake(&picture, BADGES[which]).expect("baked");
        for (index, byte) in damage {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = unbake(&bytes);
        if let Ok(baked) = bake(&bytes, BADGES[1]) {
            assert_reads_back(&baked, BADGES[1]);
        }
    }

    #[test]
    fn whatever_can_be_baked_holds_one_badge(svg in almost_svg()) {
        let _ = unbake(svg.as_bytes());
        for badge in BADGES {
            if let Ok(baked) = bake(svg.as_bytes(), badge) {
                assert_reads_back(&baked, badge);
                prop_assert_eq!(bake(&baked, badge), Ok(baked.clone()));
            }
        }
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..256), is_png: bool) {
        let start: &[u8] = if is_png { b"\x89PNG\r\n\x1a\n" } else { b"<svg>" };
        let _ = unbake(&[start, &bytes].concat());
        let _ = unbake(&bytes);
    }
}
