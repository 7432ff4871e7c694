//! FZ-07: Multikey, base58, JWK, and the forms of secret keys.
//!
//! Asserts: no panic; a key that is read is written as it was read (Multikey)
//! or reads back as the same key (JWK); a JWK with a secret is never a public
//! key; RSA is at least 2,048 bits with an odd exponent above 1; a key chosen
//! by a stranger does not accept the signature he chose.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::json;
use countersign::keys::{Algorithm, PublicKey, SecretKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(secret) = SecretKey::parse(bytes) {
        let signature = secret.sign(b"message").expect("a signature");
        secret
            .public()
            .verify(b"message", &signature)
            .expect("its own signature");
    }
    if let Ok(key) = PublicKey::from_multicodec(bytes) {
        assert_eq!(key.to_multicodec().as_deref(), Some(bytes));
        check(&key, bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(key) = PublicKey::from_multibase(text) {
        assert_eq!(
            key.to_multibase().as_deref(),
            Some(text),
            "a second spelling"
        );
        check(&key, bytes);
    }
    if let Ok(tree) = json::parse(bytes)
        && let Some(jwk) = tree.as_object()
        && let Ok(key) = PublicKey::from_jwk(jwk)
    {
        assert!(!jwk.contains("d") && !jwk.contains("k"));
        check(&key, bytes);
    }
});

fn check(key: &PublicKey, input: &[u8]) {
    let jwk = key.to_jwk();
    let again = PublicKey::from_jwk(&jwk).expect("our own JWK");
    assert!(again == *key && again.algorithm() == key.algorithm());
    assert_eq!(again.thumbprint(), key.thumbprint());
    match key.to_multibase() {
        Some(text) => {
            assert!(PublicKey::from_multibase(&text).is_ok_and(|again| again == *key));
        }
        None => assert_eq!(key.algorithm(), Algorithm::Rsa),
    }
    if key.algorithm() == Algorithm::Rsa {
        let bytes = |member| URL_SAFE_NO_PAD.decode(jwk.text(member).expect("a member"));
        assert!(bytes("n").expect("base64url").len() >= 256);
        let exponent = bytes("e").expect("base64url");
        assert!(exponent != [1] && exponent.last().is_some_and(|last| last % 2 == 1));
    }
    for signature in [&[0; 64][..], &[0; 96], input] {
        assert!(
            key.verify(b"message", signature).is_err(),
            "accepts anything"
        );
    }
    let mut point = key.compressed().unwrap_or_default();
    point.resize(64, 0);
    assert!(key.verify(b"message", &point).is_err(), "accepts anything");
}
