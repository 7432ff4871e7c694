//! Master keys that a token seals.

use crate::token::with_token;
use countersign::keys::vault::MasterKey;
use cryptoki::context::Pkcs11;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, KeyType, ObjectClass};
use cryptoki::slot::Slot;
use rand::rngs::ThreadRng;

fn first_slot(library: &Pkcs11) -> Slot {
    library.get_slots_with_initialized_token().expect("slots")[0]
}

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
fn a_master_key_that_was_sealed_by_key_wrap_opens() {
    with_token(
        "masters::a_master_key_that_was_sealed_by_key_wrap_opens",
        |token| {
            // As a device without GCM seals; SoftHSM has both.
            let device = token.open();
            device.generate_wrapping_key("wrapping").expect("a key");
            let library = token.library();
            let session = library
                .open_rw_session(first_slot(&library))
                .expect("a session");
            let passing = session.create_object(&[
                Attribute::Class(ObjectClass::SECRET_KEY),
                Attribute::KeyType(KeyType::GENERIC_SECRET),
                Attribute::Token(false),
                Attribute::Extractable(true),
                Attribute::Value(vec![7; 32]),
            ]);
            let secrets = [
                Attribute::Class(ObjectClass::SECRET_KEY),
                Attribute::Label(b"wrapping".to_vec()),
            ];
            let wrapping = session.find_objects(&secrets).expect("keys")[0];
            let wrapped = session
                .wrap_key(&Mechanism::AesKeyWrap, wrapping, passing.expect("a key"))
                .expect("wrapped");
            let sealed = |bytes: &[u8]| {
                let digits = countersign::keys::base64url::encode(bytes);
                format!("countersign-sealed-master-key-1:aes-kw:{digits}\n")
            };
            let master = device
                .open_master("wrapping", &sealed(&wrapped))
                .expect("open");
            assert_eq!(master.expose(), &[7; 32]);
            for at in 0..wrapped.len() {
                let mut changed = wrapped.clone();
                changed[at] ^= 1;
                let answer = device.open_master("wrapping", &sealed(&changed));
                let code = answer.map_err(|error| error.code());
                assert_eq!(code.err(), Some("master_key_wrong"), "{at}");
            }
        },
    );
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
