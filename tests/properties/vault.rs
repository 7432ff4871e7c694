//! Whatever is sealed opens in its place, and nowhere else.

use countersign::keys::vault::{DataKey, Error, MasterKey, Place, Purpose};
use countersign::keys::{Algorithm, SecretKey};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

fn places() -> impl Strategy<Value = (String, String, Algorithm, Purpose)> {
    let algorithms = [Algorithm::Ed25519, Algorithm::P256, Algorithm::P384];
    // Short names, so that two of them are often alike or run together.
    (
        "[ab|]{0,3}",
        "[ab|]{0,3}",
        prop::sample::select(algorithms.to_vec()),
        prop::sample::select(Purpose::ALL.to_vec()),
    )
}

proptest! {
    #[test]
    fn a_sealed_key_opens_in_its_place_only(
        seed in any::<u64>(),
        own in places(),
        other in places(),
    ) {
        let place = |(tenant, key, algorithm, purpose): &(String, String, Algorithm, Purpose)| {
            (tenant.clone(), key.clone(), *algorithm, *purpose)
        };
        let (tenant, name, algorithm, purpose) = place(&own);
        let here = Place { tenant: &tenant, key: &name, algorithm, purpose };
        let (other_tenant, other_name, algorithm, purpose) = place(&other);
        let there = Place { tenant: &other_tenant, key: &other_name, algorithm, purpose };

        let mut chance = StdRng::seed_from_u64(seed);
        let key = SecretKey::generate(here.algorithm, &mut chance).expect("a key");
        let data = DataKey::generate(&mut chance);
        let sealed = data.seal(&key, &here, &mut chance).expect("sealed");
        let opened = data.open(&sealed, &here).expect("open");
        prop_assert_eq!(opened.public(), key.public());
        if here != there {
            prop_assert_eq!(data.open(&sealed, &there).err(), Some(Error::Damaged));
        }
        let stranger = DataKey::generate(&mut chance);
        prop_assert_eq!(stranger.open(&sealed, &here).err(), Some(Error::WrongDataKey));
    }

    #[test]
    fn a_wrapped_key_that_was_changed_does_not_open(
        seed in any::<u64>(),
        tenant in ".{0,8}",
        at in any::<prop::sample::Index>(),
        flip in 1_u8..,
    ) {
        let mut chance = StdRng::seed_from_u64(seed);
        let master = MasterKey::generate(&mut chance);
        let data = DataKey::generate(&mut chance);
        let mut wrapped = master.wrap(&data, &tenant, &mut chance).expect("wrapped");
        prop_assert!(master.open(&wrapped, &tenant).is_ok());
        let elsewhere = master.open(&wrapped, &format!("{tenant}x"));
        prop_assert_eq!(elsewhere.err(), Some(Error::Damaged));
        let at = at.index(wrapped.len());
        wrapped[at] ^= flip;
        prop_assert!(master.open(&wrapped, &tenant).is_err());
    }

    #[test]
    fn no_bytes_of_a_stranger_open_or_stop_anything(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut chance = StdRng::seed_from_u64(1);
        let place = Place {
            tenant: "a",
            key: "b",
            algorithm: Algorithm::Ed25519,
            purpose: Purpose::Assertion,
        };
        prop_assert!(MasterKey::generate(&mut chance).open(&bytes, "a").is_err());
        prop_assert!(DataKey::generate(&mut chance).open(&bytes, &place).is_err());
        prop_assert!(MasterKey::parse(&String::from_utf8_lossy(&bytes)).is_err());
    }
}
