//! FZ-06: compact JWS.
//!
//! Asserts: no panic; a token that is read has one spelling, an algorithm of
//! the closed list and no header that brings a key or a rule; no token but the
//! one we signed holds with our key, whatever is changed in it.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::json::{self, Value};
use countersign::keys::SecretKey;
use countersign::limits;
use countersign::proof::{Jws, sign_jws};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

const ALGORITHMS: [&str; 5] = ["EdDSA", "Ed25519", "ES256", "ES384", "RS256"];
const REFUSED: [&str; 5] = ["jku", "x5u", "x5c", "crit", "b64"];

struct Ours {
    key: SecretKey,
    token: String,
}

fn ours() -> &'static Ours {
    static OURS: OnceLock<Ours> = OnceLock::new();
    OURS.get_or_init(|| {
        let key = SecretKey::from_ed25519_seed(&[7; 32]);
        let payload = json::parse(br#"{"vc":{"name":"First aid"}}"#).expect("JSON");
        let payload = payload.as_object().expect("an object").clone();
        let token = sign_jws(&payload, &key, "#key-1").expect("a token");
        let signed = Jws::parse(&token).expect("a token");
        signed.verify(key.public()).expect("our signature");
        Ours { key, token }
    })
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        check(text);
    }
    // The first bytes say what is changed in our token, and where.
    if let [low, high, change, ..] = *bytes {
        let token = &ours().token;
        let at = usize::from(u16::from_le_bytes([low, high])) % token.len();
        let mut changed = token.clone().into_bytes();
        changed[at] ^= change & 0x7F;
        check(&String::from_utf8(changed).expect("ASCII"));
        check(&token[..at]);
        check(&format!(
            "{}{}{}",
            &token[..at],
            char::from(change & 0x7F),
            &token[at..]
        ));
    }
});

fn check(text: &str) {
    let Ok(token) = Jws::parse(text) else { return };
    assert!(text.len() <= limits::JWS_BYTES);
    assert!(ALGORITHMS.contains(&token.header().text("alg").unwrap_or_default()));
    assert!(
        REFUSED
            .iter()
            .all(|member| !token.header().contains(member))
    );
    let parts: Vec<&str> = text.split('.').collect();
    let [_, payload, _] = parts[..] else {
        panic!("not three parts")
    };
    assert_eq!(URL_SAFE_NO_PAD.encode(token.payload()), payload);
    if let Ok(Value::Object(_)) = json::parse(token.payload()) {
        assert!(std::str::from_utf8(token.payload()).is_ok());
    }
    let ours = ours();
    if token.verify(ours.key.public()).is_ok() {
        assert_eq!(text, ours.token, "a token we did not sign");
    }
}
