//! Keys, signatures, PINs, and devices that go away.

use crate::token::{LABEL, PIN, Token, with_lesser_token, with_token};
use countersign::hardware::{Device, Error, HardwareKey, KeyName, PinFrom, TokenName};
use countersign::keys::{self, Algorithm, Signer};
use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use std::fs;

const ALGORITHMS: [Algorithm; 3] = [Algorithm::Ed25519, Algorithm::P256, Algorithm::P384];

fn label(text: &str) -> KeyName {
    KeyName::Label(text.to_owned())
}

fn generate(device: &Device, algorithm: Algorithm, label: &str) -> HardwareKey {
    device
        .generate(algorithm, label, &mut rand::rng())
        .unwrap_or_else(|error| panic!("{algorithm}: {error}"))
}

#[test]
fn a_key_made_on_the_token_signs_and_is_found_again() {
    with_token(
        "signing::a_key_made_on_the_token_signs_and_is_found_again",
        |token| {
            let device = token.open();
            for algorithm in ALGORITHMS {
                let name = algorithm.to_string();
                let key = generate(&device, algorithm, &name);
                assert_eq!(key.algorithm(), algorithm);
                let again = token.open().key(label(&name)).expect("the key");
                assert_eq!(again.public(), key.public());
                for message in [&b""[..], b"badge", &[7; 100_000]] {
                    let signature = again.sign(message).expect("a signature");
                    assert!(key.public().verify(message, &signature).is_ok());
                    assert!(key.public().verify(b"other", &signature).is_err());
                }
            }
        },
    );
}

#[test]
fn ecdsa_signatures_have_the_lower_s() {
    with_token("signing::ecdsa_signatures_have_the_lower_s", |token| {
        let key = generate(&token.open(), Algorithm::P256, "key");
        // The device gives the higher value every second time.
        for _ in 0..40 {
            let signature = key.sign(b"badge").expect("a signature");
            assert_eq!(signature.len(), 64);
            assert!(signature[32] < 0x80, "{:02x}", signature[32]);
        }
    });
}

#[test]
fn a_token_with_edwards_curves_is_used_for_ed25519() {
    with_token(
        "signing::a_token_with_edwards_curves_is_used_for_ed25519",
        |token| {
            let best = token.open().best_algorithm().expect("an algorithm");
            assert_eq!(best, Algorithm::Ed25519);
        },
    );
}

#[test]
fn a_token_without_edwards_curves_is_used_for_p256() {
    let name = "signing::a_token_without_edwards_curves_is_used_for_p256";
    with_lesser_token(name, "-CKM_EDDSA,CKM_EC_EDWARDS_KEY_PAIR_GEN", |token| {
        let device = token.open();
        assert_eq!(device.best_algorithm().ok(), Some(Algorithm::P256));
        generate(&device, Algorithm::P256, "key");
    });
}

#[test]
fn a_token_that_cannot_sign_for_badges_is_told() {
    let name = "signing::a_token_that_cannot_sign_for_badges_is_told";
    with_lesser_token(name, "CKM_RSA_PKCS", |token| {
        let best = token.open().best_algorithm();
        assert_eq!(best.expect_err("none").code(), "hardware_unsupported");
    });
}

#[test]
fn no_secret_leaves_the_token() {
    with_token("signing::no_secret_leaves_the_token", |token| {
        let device = token.open();
        for algorithm in ALGORITHMS {
            generate(&device, algorithm, &algorithm.to_string());
        }
        device.generate_wrapping_key("wrapping").expect("a key");
        let library = token.library();
        let slot = library.get_slots_with_initialized_token().expect("slots")[0];
        let session = library.open_ro_session(slot).expect("a session");
        let mut seen = 0;
        for class in [ObjectClass::PRIVATE_KEY, ObjectClass::SECRET_KEY] {
            let secrets = session.find_objects(&[Attribute::Class(class)]);
            for handle in secrets.expect("keys") {
                let wanted = [
                    AttributeType::Sensitive,
                    AttributeType::Extractable,
                    AttributeType::AlwaysSensitive,
                    AttributeType::NeverExtractable,
                ];
                let found = session.get_attributes(handle, &wanted).expect("attributes");
                let expected = [
                    Attribute::Sensitive(true),
                    Attribute::Extractable(false),
                    Attribute::AlwaysSensitive(true),
                    Attribute::NeverExtractable(true),
                ];
                assert_eq!(found, expected);
                let value = session.get_attributes(handle, &[AttributeType::Value]);
                assert!(value.is_err() || value.is_ok_and(|found| found.is_empty()));
                seen += 1;
            }
        }
        assert_eq!(seen, 4);
    });
}

#[test]
fn a_key_is_found_by_its_identifier_too() {
    with_token("signing::a_key_is_found_by_its_identifier_too", |token| {
        let device = token.open();
        let key = generate(&device, Algorithm::Ed25519, "key");
        let library = token.library();
        let slot = library.get_slots_with_initialized_token().expect("slots")[0];
        let session = library.open_ro_session(slot).expect("a session");
        let public = [Attribute::Class(ObjectClass::PUBLIC_KEY)];
        let handle = session.find_objects(&public).expect("keys")[0];
        let found = session.get_attributes(handle, &[AttributeType::Id]);
        let [Attribute::Id(id)] = &found.expect("attributes")[..] else {
            panic!("no identifier");
        };
        let again = device.key(KeyName::Id(id.clone())).expect("the key");
        assert_eq!(again.public(), key.public());
        let other = device.key(KeyName::Id(vec![0; 16]));
        assert_eq!(other.expect_err("no key").code(), "hardware_key_missing");
    });
}

#[test]
fn a_name_has_one_key() {
    with_token("signing::a_name_has_one_key", |token| {
        let device = token.open();
        let missing = device.key(label("key")).expect_err("no key");
        assert!(matches!(missing, Error::NoKey { .. }), "{missing}");
        generate(&device, Algorithm::Ed25519, "key");
        let mut chance = rand::rng();
        let again = device.generate(Algorithm::P256, "key", &mut chance);
        assert_eq!(again.expect_err("taken").code(), "hardware_key_exists");
        let wrapping = device.generate_wrapping_key("key");
        assert_eq!(wrapping.expect_err("taken").code(), "hardware_key_exists");
        let rsa = device.generate(Algorithm::Rsa, "rsa", &mut chance);
        assert_eq!(rsa.expect_err("no RSA").code(), "hardware_unsupported");
        copy_keys(token);
        let twice = device.key(label("key")).expect_err("two keys");
        assert_eq!(twice.code(), "hardware_ambiguous");
    });
}

/// As somebody's backup tool may do.
fn copy_keys(token: &Token) {
    let _logged_in = token.open();
    let library = token.library();
    let slot = library.get_slots_with_initialized_token().expect("slots")[0];
    let session = library.open_rw_session(slot).expect("a session");
    let private = [Attribute::Class(ObjectClass::PRIVATE_KEY)];
    let handle = session.find_objects(&private).expect("keys")[0];
    session.copy_object(handle, &[]).expect("a copy");
}

#[test]
fn a_wrong_pin_is_told_and_never_tried_again() {
    with_token(
        "signing::a_wrong_pin_is_told_and_never_tried_again",
        |token| {
            let wrong = token.pin_file("wrong", "0000-countersign");
            let refused = token.refused(|settings| settings.pin = PinFrom::File(wrong));
            assert!(matches!(refused, Error::Pin), "{refused}");
            assert_eq!(refused.code(), "hardware_pin");
            assert!(!format!("{refused} {refused:?}").contains("0000"));

            // A PIN that becomes wrong while the node runs.
            let mut settings = token.settings();
            settings.pin = PinFrom::File(token.pin_file("changing", PIN));
            let device = Device::open(settings).expect("a device");
            let key = generate(&device, Algorithm::Ed25519, "key");
            token.pin_file("changing", "0000-countersign");
            token.forget_sessions();
            assert!(matches!(key.try_sign(b"badge"), Err(Error::Pin)));
            // The file is right again, and still the device is left in peace.
            token.pin_file("changing", PIN);
            assert!(matches!(key.try_sign(b"badge"), Err(Error::Pin)));
            assert_eq!(key.sign(b"badge"), Err(keys::Error::Down));
            assert_eq!(keys::Error::Down.code(), "signer_down");
            assert!(token.open().key(label("key")).is_ok(), "a restart helps");
        },
    );
}

#[test]
fn a_token_that_comes_back_signs_again() {
    with_token("signing::a_token_that_comes_back_signs_again", |token| {
        let device = token.open();
        let key = generate(&device, Algorithm::Ed25519, "key");
        let before = key.sign(b"badge").expect("a signature");
        for _ in 0..3 {
            token.forget_sessions();
            assert_eq!(key.sign(b"badge").as_ref(), Ok(&before));
        }
        // Somebody else in this process logs out.
        let library = token.library();
        let slot = library.get_slots_with_initialized_token().expect("slots")[0];
        let session = library.open_ro_session(slot).expect("a session");
        session.logout().expect("logged out");
        assert_eq!(key.sign(b"badge").as_ref(), Ok(&before));
        assert!(device.check().is_ok());
    });
}

#[test]
fn a_token_that_is_gone_is_told_as_down() {
    with_token("signing::a_token_that_is_gone_is_told_as_down", |token| {
        let device = token.open();
        let key = generate(&device, Algorithm::Ed25519, "key");
        for inside in fs::read_dir(token.folder.join("tokens")).expect("tokens") {
            fs::remove_dir_all(inside.expect("a token").path()).expect("removed");
        }
        token.forget_sessions();
        let error = key.try_sign(b"badge").expect_err("no token");
        assert_eq!(error.code(), "signer_down", "{error}");
        assert_eq!(key.sign(b"badge"), Err(keys::Error::Down));
        assert_eq!(
            device.check().map_err(|error| error.code()),
            Err("signer_down")
        );
    });
}

#[test]
fn settings_that_do_not_fit_are_told_by_what_is_wrong() {
    with_token(
        "signing::settings_that_do_not_fit_are_told_by_what_is_wrong",
        |token| {
            let no_module = token.refused(|settings| settings.module = "/nowhere/hsm.so".into());
            assert_eq!(no_module.code(), "hardware_module");
            assert!(no_module.to_string().contains("/nowhere/hsm.so"));
            let other = token.refused(|settings| settings.module = "/bin/true".into());
            assert_eq!(other.code(), "hardware_module");

            let by_label = |text: &str| TokenName::Label(text.to_owned());
            for name in [by_label("other"), by_label(""), TokenName::Slot(7)] {
                let error = token.refused(|settings| settings.token = name.clone());
                assert_eq!(error.code(), "signer_down", "{name}");
                assert!(error.to_string().contains(&name.to_string()), "{error}");
            }
            let missing =
                token.refused(|settings| settings.pin = PinFrom::File("/nowhere/pin".into()));
            assert_eq!(missing.code(), "secret_file_unreadable");
            token.initialise(LABEL);
            let twice = token.refused(|_| {});
            assert_eq!(twice.code(), "hardware_ambiguous");
        },
    );
}

#[test]
fn a_token_is_found_by_its_slot_too() {
    with_token("signing::a_token_is_found_by_its_slot_too", |token| {
        let slots = token.library().get_slots_with_initialized_token();
        let mut settings = token.settings();
        settings.token = TokenName::Slot(slots.expect("slots")[0].id());
        let device = Device::open(settings).expect("a device");
        assert!(device.check().is_ok());
    });
}

#[test]
fn many_threads_share_few_sessions() {
    with_token("signing::many_threads_share_few_sessions", |token| {
        let mut settings = token.settings();
        settings.sessions = 2;
        let device = Device::open(settings).expect("a device");
        let key = generate(&device, Algorithm::Ed25519, "key");
        let expected = key.sign(b"badge").expect("a signature");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        assert_eq!(key.sign(b"badge").as_ref(), Ok(&expected));
                    }
                });
            }
        });
        let library = token.library();
        let slot = library.get_slots_with_initialized_token().expect("slots")[0];
        let info = library.get_token_info(slot).expect("a token");
        assert!(info.session_count().is_none_or(|count| count <= 2));
    });
}

#[test]
fn nothing_printed_shows_the_pin() {
    with_token("signing::nothing_printed_shows_the_pin", |token| {
        let mut settings = token.settings();
        settings.pin = PinFrom::Given(PIN.to_owned().into());
        let told = format!("{settings:?}{settings:#?}");
        let device = Device::open(settings).expect("a device");
        let key = generate(&device, Algorithm::Ed25519, "key");
        let printed = format!("{device:?}{device:#?}{key:?}{key:#?}{told}");
        assert!(
            printed.contains("HardwareKey(\"key\" in Device("),
            "{printed}"
        );
        assert!(!printed.contains(PIN), "{printed}");
    });
}
