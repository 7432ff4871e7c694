//! Keys at rest, from end to end.

use super::*;
use crate::keys::{self, Algorithm, RsaSize, SecretKey, base58, base64url};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

const PLACE: Place<'static> = Place {
    tenant: "council",
    key: "key-1",
    algorithm: Algorithm::Ed25519,
    purpose: Purpose::Assertion,
};
const PASSPHRASE: &str = "four plain words together";
/// The cheapest that is accepted.
const CHEAP: &str = "argon2id-19:m=19456,t=2,p=1:Y291bnRlcnNpZ24tc2FsdA";

fn chance() -> StdRng {
    StdRng::seed_from_u64(5)
}

fn master(byte: u8) -> MasterKey {
    MasterKey::from_bytes(&[byte; 32]).expect("a master key")
}

fn data_key() -> DataKey {
    DataKey::generate(&mut chance())
}

#[test]
fn every_kind_of_key_comes_back() {
    let mut chance = chance();
    let data = data_key();
    let rsa = SecretKey::generate_rsa(RsaSize::Bits2048).expect("a key");
    let others = [Algorithm::Ed25519, Algorithm::P256, Algorithm::P384]
        .map(|algorithm| SecretKey::generate(algorithm, &mut chance).expect("a key"));
    for key in others.iter().chain([&rsa]) {
        let place = Place {
            algorithm: key.algorithm(),
            ..PLACE
        };
        let sealed = data.seal(key, &place, &mut chance).expect("sealed");
        let opened = data.open(&sealed, &place).expect("open");
        assert_eq!(opened.public(), key.public());
        assert_eq!(opened.sign(b"badge"), key.sign(b"badge"));
    }
}

#[test]
fn a_key_opens_in_its_own_place_only() {
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let data = data_key();
    let sealed = data.seal(&key, &PLACE, &mut chance()).expect("sealed");
    assert!(data.open(&sealed, &PLACE).is_ok());
    for place in [
        Place {
            tenant: "college",
            ..PLACE
        },
        Place {
            tenant: "",
            ..PLACE
        },
        Place {
            key: "key-2",
            ..PLACE
        },
        Place {
            tenant: "councilkey-",
            key: "1",
            ..PLACE
        },
        Place {
            algorithm: Algorithm::P256,
            ..PLACE
        },
        Place {
            purpose: Purpose::Federation,
            ..PLACE
        },
        Place {
            purpose: Purpose::Transport,
            ..PLACE
        },
        Place {
            purpose: Purpose::Audit,
            ..PLACE
        },
    ] {
        let opened = data.open(&sealed, &place);
        assert_eq!(opened.err(), Some(Error::Damaged), "{place:?}");
    }
}

#[test]
fn another_issuers_row_does_not_open() {
    let mut chance = chance();
    let master = master(1);
    let (ours, theirs) = (
        DataKey::generate(&mut chance),
        DataKey::generate(&mut chance),
    );
    let wrapped = master
        .wrap(&theirs, "college", &mut chance)
        .expect("wrapped");
    assert_eq!(master.open(&wrapped, "council").err(), Some(Error::Damaged));
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let sealed = theirs.seal(&key, &PLACE, &mut chance).expect("sealed");
    assert_eq!(ours.open(&sealed, &PLACE).err(), Some(Error::WrongDataKey));
    // A sealed key is no data key, and the other way round.
    assert_eq!(master.open(&sealed, "council").err(), Some(Error::Damaged));
    assert_eq!(ours.open(&wrapped, &PLACE).err(), Some(Error::Damaged));
}

#[test]
fn a_key_of_another_kind_is_not_sealed() {
    let place = Place {
        algorithm: Algorithm::P256,
        ..PLACE
    };
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let sealed = data_key().seal(&key, &place, &mut chance());
    assert_eq!(sealed.err(), Some(Error::Key(keys::Error::Mismatch)));
}

#[test]
fn no_byte_of_a_sealed_or_wrapped_key_can_be_changed() {
    let mut chance = chance();
    let data = data_key();
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let sealed = data.seal(&key, &PLACE, &mut chance).expect("sealed");
    let wrapped = master(1)
        .wrap(&data, "council", &mut chance)
        .expect("wrapped");
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(data.open(&changed, &PLACE).is_err(), "{at}");
        assert!(data.open(&sealed[..at], &PLACE).is_err(), "{at}");
    }
    for at in 0..wrapped.len() {
        let mut changed = wrapped.clone();
        changed[at] ^= 1;
        assert!(master(1).open(&changed, "council").is_err(), "{at}");
        assert!(master(1).open(&wrapped[..at], "council").is_err(), "{at}");
    }
}

#[test]
fn a_new_master_key_opens_what_the_old_one_wrapped() {
    let mut chance = chance();
    let (old, new) = (master(1), master(2));
    let data = data_key();
    let key = SecretKey::from_ed25519_seed(&[7; 32]);
    let sealed = data.seal(&key, &PLACE, &mut chance).expect("sealed");
    let wrapped = old.wrap(&data, "council", &mut chance).expect("wrapped");
    let rewrapped = old
        .rewrap(&wrapped, "council", &new, &mut chance)
        .expect("rewrapped");
    let again = new.open(&rewrapped, "council").expect("open");
    assert_eq!(
        again.open(&sealed, &PLACE).expect("open").public(),
        key.public()
    );

    let wrong = Some(Error::WrongMasterKey);
    assert_eq!(old.open(&rewrapped, "council").err(), wrong);
    assert_eq!(new.open(&wrapped, "council").err(), wrong);
    let twice = new.rewrap(&wrapped, "council", &old, &mut chance);
    assert_eq!(twice.err(), wrong);
    let elsewhere = old.rewrap(&wrapped, "college", &new, &mut chance);
    assert_eq!(elsewhere.err(), Some(Error::Damaged));
}

#[test]
fn a_master_key_knows_its_own_check_value() {
    let value = master(1).check_value().expect("a value");
    assert_eq!(master(1).check(&value), Ok(()));
    assert_eq!(master(2).check(&value), Err(Error::WrongMasterKey));
    for malformed in [
        "",
        "x",
        &value[1..],
        &value[..value.len() - 1],
        &format!("{value}A"),
    ] {
        assert_eq!(
            master(1).check(malformed),
            Err(Error::CheckValue),
            "{malformed}"
        );
    }
}

#[test]
fn a_master_key_comes_back_from_its_text() {
    let text = master(1).to_text();
    assert!(
        text.starts_with("countersign-master-key-1:"),
        "a scanner finds it"
    );
    for written in [
        text.to_string(),
        format!("{}\n", *text),
        format!(" {}\r\n", *text),
    ] {
        let key = MasterKey::parse(&written).expect("a key");
        assert_eq!(key.expose(), &[1; 32]);
    }
}

#[test]
fn a_master_key_that_was_not_copied_whole_is_refused() {
    let text = master(1).to_text();
    let begins = "countersign-master-key-1:".len();
    for at in begins..text.len() {
        let mut changed = text.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("text");
        let read = MasterKey::parse(&changed).err();
        assert_eq!(read, Some(Error::MasterKeyMistyped), "{at}");
        let read = MasterKey::parse(&text[..at]).err();
        assert_eq!(read, Some(Error::MasterKeyMistyped), "{at}");
    }
    for (other, expected) in [
        (String::new(), Error::MasterKeyText),
        (text.replace("-1:", "-2:"), Error::MasterKeyText),
        (format!("{}=", *text), Error::MasterKeyMistyped),
        (format!("{}\n{}", *text, *text), Error::MasterKeyMistyped),
        (
            "0123456789abcdef0123456789abcdef".to_owned(),
            Error::MasterKeyText,
        ),
    ] {
        assert_eq!(MasterKey::parse(&other).err(), Some(expected), "{other}");
    }
}

#[test]
fn thirty_two_bytes_are_a_master_key() {
    for length in [0, 16, 31, 33] {
        let key = MasterKey::from_bytes(&vec![1; length]);
        assert_eq!(key.err(), Some(Error::Damaged), "{length}");
    }
}

#[test]
fn a_passphrase_gives_one_key_with_one_recipe() {
    let recipe = Recipe::parse(CHEAP).expect("a recipe");
    let key = MasterKey::from_passphrase(PASSPHRASE, &recipe).expect("a key");
    let value = key.check_value().expect("a value");
    let again = MasterKey::from_passphrase(PASSPHRASE, &recipe).expect("a key");
    assert_eq!(again.check(&value), Ok(()));
    let other_salt = CHEAP.replace(":Y2", ":Z2");
    let more_passes = CHEAP.replace("t=2", "t=3");
    for (passphrase, recipe) in [
        ("four plain words together ", CHEAP),
        ("Four plain words together", CHEAP),
        (PASSPHRASE, other_salt.as_str()),
        (PASSPHRASE, more_passes.as_str()),
    ] {
        let recipe = Recipe::parse(recipe).expect("a recipe");
        let other = MasterKey::from_passphrase(passphrase, &recipe).expect("a key");
        assert_eq!(other.check(&value), Err(Error::WrongMasterKey));
    }
}

#[test]
fn a_passphrase_is_stretched_as_argon2id_says() {
    // Computed with the reference implementation.
    let recipe = Recipe::parse(CHEAP).expect("a recipe");
    let key = MasterKey::from_passphrase(PASSPHRASE, &recipe).expect("a key");
    let expected = "79891e2ad124ef71f49f869df6bb543d58b851a53fa6f6154f0163fb5de915ad";
    assert_eq!(key.expose().as_slice(), keys::hex(expected));
}

#[test]
fn a_short_passphrase_is_refused() {
    let recipe = Recipe::parse(CHEAP).expect("a recipe");
    // Characters are counted, not bytes.
    for passphrase in ["", "fourteen chars", "ääääääääääääää"] {
        let key = MasterKey::from_passphrase(passphrase, &recipe);
        assert_eq!(key.err(), Some(Error::ShortPassphrase), "{passphrase}");
    }
}

#[test]
fn a_new_recipe_has_a_salt_of_its_own_and_comes_back_from_its_text() {
    let mut chance = chance();
    let (one, two) = (Recipe::new(&mut chance), Recipe::new(&mut chance));
    assert_ne!(one, two);
    assert!(one.to_string().starts_with("argon2id-19:m=65536,t=3,p=4:"));
    assert_eq!(Recipe::parse(&one.to_string()), Ok(one));
}

#[test]
fn a_weak_unreasonable_or_malformed_recipe_is_refused() {
    for (from, to) in [
        ("m=19456", "m=19455"),
        ("m=19456", "m=1048577"),
        ("m=19456", "m=019456"),
        ("m=19456", "m=+19456"),
        ("m=19456", "m=-1"),
        ("m=19456", "m=99999999999"),
        ("t=2", "t=1"),
        ("t=2", "t=33"),
        ("p=1", "p=0"),
        ("p=1", "p=17"),
        ("t=2,p=1", "p=1,t=2"),
        ("p=1", "p=1,x=1"),
        (",p=1", ""),
        ("argon2id", "argon2i"),
        ("-19", "-16"),
        (":Y2", ":Y"),
        (":Y2", ":Y2AA"),
        (":Y2", ":=2"),
        ("argon2id", " argon2id"),
    ] {
        let text = CHEAP.replace(from, to);
        assert_ne!(text, CHEAP);
        assert_eq!(Recipe::parse(&text), Err(Error::Recipe), "{text}");
    }
}

#[test]
fn nothing_sealed_or_printed_shows_the_secret() {
    let mut chance = chance();
    let mut seed = [0; 32];
    rand_core::Rng::fill_bytes(&mut chance, &mut seed);
    let key = SecretKey::from_ed25519_seed(&seed);
    let data = data_key();
    let node = MasterKey::from_bytes(&seed).expect("a master key");
    let root = DataKey(super::root::Root::from_slice(&seed).expect("a data key"));
    let sealed = data.seal(&key, &PLACE, &mut chance).expect("sealed");
    let wrapped = master(1)
        .wrap(&root, "council", &mut chance)
        .expect("wrapped");
    let check = node.check_value().expect("a value");
    let printed = format!("{key:?}{key:#?}{node:?}{node:#?}{root:?}{root:#?}{check}");
    assert!(printed.contains("MasterKey(***)"), "{printed}");
    assert!(printed.contains("DataKey(***)"), "{printed}");
    for spelling in spellings(&seed) {
        for place in [&sealed, &wrapped, &printed.as_bytes().to_vec()] {
            let is_there = place.windows(spelling.len()).any(|part| part == spelling);
            assert!(!is_there, "{}", String::from_utf8_lossy(&spelling));
        }
    }
}

/// The ways in which a seed may be written.
fn spellings(seed: &[u8; 32]) -> Vec<Vec<u8>> {
    use base64::Engine as _;
    let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let standard = base64::engine::general_purpose::STANDARD.encode(seed);
    // The last digits depend on what follows.
    let cut = |text: String| text.as_bytes()[..40].to_vec();
    let multikey = base58::encode(&[&[0x80, 0x26][..], seed].concat());
    vec![
        seed.to_vec(),
        seed[..8].to_vec(),
        format!("{seed:?}").trim_matches(['[', ']']).into(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        cut(base64url::encode(seed)),
        cut(standard),
        base58::encode(seed).into_bytes(),
        multikey.into_bytes(),
    ]
}

#[test]
fn the_canary_is_found_where_it_does_lie_open() {
    let seed = [0xab; 32];
    let text = MasterKey::from_bytes(&seed).expect("a key").to_text();
    let found = spellings(&seed).iter().any(|spelling| {
        text.as_bytes()
            .windows(spelling.len())
            .any(|part| part == spelling)
    });
    assert!(found, "the search would find nothing");
}
