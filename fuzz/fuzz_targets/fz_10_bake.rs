//! FZ-10: badges in pictures.
//!
//! Asserts: reading an arbitrary picture never panics; a badge that can be
//! baked into it is (as JSON) the one that is read back, without remarks about several
//! badges; baking it twice changes nothing; baking another replaces it; what
//! was read from a picture can be baked again and is read as the same.

#![no_main]

use countersign::bake::{Badge, Error, Generation, Note, Payload, bake, looks_like, unbake};
use countersign::{json, limits};
use libfuzzer_sys::fuzz_target;

const JSON: &str = r#"{"type":"a","name":"]]> & <x> \" é 奖 --"}"#;
const JWS: &str = "eyJhbGciOiJFUzI1NiJ9.e30.AA";

fuzz_target!(|picture: &[u8]| {
    let found = unbake(picture);
    if looks_like(picture).is_none() {
        assert!(matches!(found, Err(Error::NotAnImage)));
        assert!(bake(picture, Badge::Json(JSON)).is_err());
        return;
    }
    round_trip(
        picture,
        Badge::Json(JSON),
        Generation::V3,
        &Payload::Json(JSON.to_owned()),
    );
    round_trip(
        picture,
        Badge::Jws(JWS),
        Generation::V3,
        &Payload::Jws(JWS.to_owned()),
    );
    round_trip(
        picture,
        Badge::SignedAssertion(JWS),
        Generation::V2,
        &Payload::Jws(JWS.to_owned()),
    );

    let Ok(found) = found else { return };
    assert!(found.payload.as_str().len() <= limits::BAKED_TEXT_BYTES);
    let badge = match (&found.payload, found.generation) {
        (Payload::Json(text), Generation::V3) => Badge::Json(text),
        (Payload::Jws(text), Generation::V3) => Badge::Jws(text),
        _ => return,
    };
    round_trip(picture, badge, Generation::V3, &found.payload);
});

fn round_trip(picture: &[u8], badge: Badge<'_>, generation: Generation, payload: &Payload) {
    let Ok(baked) = bake(picture, badge) else {
        return;
    };
    let read = unbake(&baked).expect("what was baked can be read");
    assert_eq!(read.generation, generation);
    assert!(is_same(&read.payload, payload), "{read:?}");
    assert!(
        !read.notes.contains(&Note::SeveralBadges),
        "an old badge was left"
    );
    assert_eq!(
        bake(&baked, badge).as_deref(),
        Ok(&*baked),
        "baking twice is not baking once"
    );

    let other = r#"{"type":"other"}"#;
    let replaced = bake(&baked, Badge::Json(other)).expect("a smaller badge");
    let read = unbake(&replaced).expect("what was baked can be read");
    assert_eq!(read.payload, Payload::Json(other.to_owned()));
}

/// Some characters are written as escapes into an SVG: another text, the same
/// tree.
fn is_same(left: &Payload, right: &Payload) -> bool {
    match (left, right) {
        (Payload::Json(left), Payload::Json(right)) => {
            let trees = (json::parse(left.as_bytes()), json::parse(right.as_bytes()));
            matches!(trees, (Ok(left), Ok(right)) if left == right)
        }
        _ => left == right,
    }
}
