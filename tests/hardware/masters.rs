//! Master keys that a token seals.

use crate::token::{Token, with_lesser_token, with_token};
use countersign::keys::vault::MasterKey;
use cryptoki::object::{Attribute, ObjectClass};
use rand::rngs::ThreadRng;

#[test]
fn a_master_key_comes_back_from_the_token_that_sealed_it() {
    with_token(
        "masters::a_master_key_comes_back_from_the_token_that_sealed_it",
        |token| {
            let mut chance = rand::rng();
            let device = token.open();
            device.generate_wrapping_key("wrapping").expect("a key");
            let master = MasterKey::generate(&mut chance);
            let seal = |chance: &mut ThreadRng| device.seal_master("wrapping", &master, chance);
            let sealed = seal(&mut chance).expect("sealed");
            assert!(sealed.starts_with("countersign-sealed-master-key-1:aes-gcm:"));
            assert_ne!(
                seal(&mut chance).expect("sealed"),
                sealed,
                "a nonce of its own"
            );

            let again = token.open().open_master("wrapping", &sealed).expect("open");
            let value = master.check_value().expect("a value");
            assert_eq!(again.check(&value), Ok(()));
            let plain = master.to_text();
            let digits = &plain[plain.len() - 48..plain.len() - 8];
            assert!(!sealed.contains(digits));
        },
    );
}

#[test]
fn a_sealed_master_key_opens_with_its_own_key_only() {
    with_token(
        "masters::a_sealed_master_key_opens_with_its_own_key_only",
        |token| {
            let mut chance = rand::rng();
            let device = token.open();
            for name in ["one", "two"] {
                device.generate_wrapping_key(name).expect("a key");
            }
            let master = MasterKey::generate(&mut chance);
            let sealed = device
                .seal_master("one", &master, &mut chance)
                .expect("sealed");
            let begins = sealed.rfind(':').expect("a colon") + 1;
            let check = |wrapping: &str, sealed: &str, expected: &str| {
                let answer = device.open_master(wrapping, sealed);
                let code = answer.map_err(|error| error.code());
                assert_eq!(code.err(), Some(expected), "{wrapping} {sealed}");
            };
            check("two", &sealed, "master_key_wrong");
            check("three", &sealed, "hardware_key_missing");
            for at in begins..sealed.len() {
                let mut changed = sealed.clone().into_bytes();
                changed[at] = if changed[at] == b'A' { b'Q' } else { b'A' };
                let changed = String::from_utf8(changed).expect("text");
                check("one", &changed, "master_key_wrong");
            }
            check("one", &sealed[..begins], "master_key_malformed");
            check("one", &sealed[..sealed.len() - 4], "master_key_wrong");
            check(
                "one",
                "countersign-master-key-1:AAAA",
                "master_key_malformed",
            );
            assert!(device.open_master("one", &sealed).is_ok());
        },
    );
}

#[test]
fn a_token_without_gcm_seals_by_key_wrap() {
    let name = "masters::a_token_without_gcm_seals_by_key_wrap";
    with_lesser_token(name, "CKM_AES_KEY_GEN,CKM_AES_KEY_WRAP", |token| {
        let mut chance = rand::rng();
        let device = token.open();
        for name in ["one", "two"] {
            device.generate_wrapping_key(name).expect("a key");
        }
        let master = MasterKey::generate(&mut chance);
        let sealed = device.seal_master("one", &master, &mut chance);
        let sealed = sealed.expect("sealed");
        assert!(sealed.starts_with("countersign-sealed-master-key-1:aes-kw:"));
        let opened = device.open_master("one", &sealed).expect("open");
        assert_eq!(opened.expose(), master.expose());
        nothing_is_left_open(token);
        let digits = sealed.rfind(':').expect("a colon") + 1;
        for at in digits..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'Q' } else { b'A' };
            let changed = String::from_utf8(changed).expect("text");
            let code = device
                .open_master("one", &changed)
                .map_err(|error| error.code());
            assert_eq!(code.err(), Some("master_key_wrong"), "{at}");
        }
        let other = device.open_master("two", &sealed);
        assert_eq!(other.expect_err("another").code(), "master_key_wrong");
    });
}

/// The master key was an object of the token for a moment.
fn nothing_is_left_open(token: &Token) {
    let library = token.library();
    let slots = library.get_slots_with_initialized_token().expect("slots");
    let session = library.open_ro_session(slots[0]).expect("a session");
    let class = [Attribute::Class(ObjectClass::SECRET_KEY)];
    assert_eq!(session.find_objects(&class).expect("keys").len(), 2);
}

#[test]
fn a_token_that_cannot_encrypt_seals_nothing() {
    let name = "masters::a_token_that_cannot_encrypt_seals_nothing";
    with_lesser_token(name, "CKM_AES_KEY_GEN", |token| {
        let mut chance = rand::rng();
        let device = token.open();
        device.generate_wrapping_key("wrapping").expect("a key");
        let master = MasterKey::generate(&mut chance);
        let sealed = device.seal_master("wrapping", &master, &mut chance);
        assert_eq!(sealed.expect_err("no way").code(), "hardware_unsupported");
    });
}

#[test]
fn a_master_key_is_not_sealed_with_a_key_that_is_not_there() {
    with_token(
        "masters::a_master_key_is_not_sealed_with_a_key_that_is_not_there",
        |token| {
            let mut chance = rand::rng();
            let device = token.open();
            let master = MasterKey::generate(&mut chance);
            let sealed = device.seal_master("wrapping", &master, &mut chance);
            assert_eq!(sealed.expect_err("no key").code(), "hardware_key_missing");
            device.generate_wrapping_key("wrapping").expect("a key");
            let again = device.generate_wrapping_key("wrapping");
            assert_eq!(again.expect_err("taken").code(), "hardware_key_exists");
        },
    );
}
