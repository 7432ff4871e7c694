//! Values of proofs that are not what was signed.

use super::*;
use proptest::prelude::*;

#[test]
fn statement_signatures_are_as_many_as_statements_and_in_their_order() {
    for (text, at) in [
        (PICKED_DERIVED, OTHERS),
        (PICKED_BASE, BASE_OTHERS),
        (FOREIGN, OTHERS),
    ] {
        let sealed = Sealed::read(text);
        let failing = |change: fn(&mut Vec<Cbor>)| {
            fails(&sealed.with_list(at, change), &Error::Signature);
        };
        failing(|signatures| drop(signatures.pop()));
        failing(|signatures| drop(signatures.remove(0)));
        failing(|signatures| signatures.swap(0, 1));
        failing(|signatures| signatures[1] = signatures[0].clone());
        failing(|signatures| signatures.push(signatures[0].clone()));
        failing(|signatures| signatures.insert(0, signatures[0].clone()));
        failing(Vec::clear);
    }
}

#[test]
fn labels_are_those_that_were_signed() {
    let sealed = Sealed::read(PICKED_DERIVED);
    let with_labels = |change: fn(&mut Vec<(Cbor, Cbor)>)| {
        sealed.with_value(|elements| change(elements[LABELS].as_map_mut().expect("a map")))
    };
    let swapped = with_labels(|labels| {
        let first = labels[0].1.clone();
        labels[0].1 = std::mem::replace(&mut labels[1].1, first);
    });
    fails(&swapped, &Error::Signature);
    let other = Cbor::Bytes(vec![7; 32]);
    fails(&with_labels(|labels| drop(labels.pop())), &Error::Signature);
    let mut changed = sealed.with_value(|elements| {
        elements[LABELS].as_map_mut().expect("a map")[0].1 = other.clone();
    });
    fails(&changed, &Error::Signature);
    changed = sealed.with_value(|elements| {
        let labels = elements[LABELS].as_map_mut().expect("a map");
        labels.push((Cbor::from(labels.len() as u64), other.clone()));
    });
    fails(&changed, &Error::Signature);
    let alike = with_labels(|labels| labels[1].1 = labels[0].1.clone());
    fails(&alike, &Error::Value);
}

#[test]
fn mandatory_statements_are_those_that_were_signed() {
    let sealed = Sealed::read(PICKED_DERIVED);
    let with_indexes = |change: fn(&mut Vec<Cbor>)| sealed.with_list(INDEXES, change);
    fails(
        &with_indexes(|indexes| drop(indexes.pop())),
        &Error::Signature,
    );
    fails(&with_indexes(Vec::clear), &Error::Signature);
    fails(
        &with_indexes(|indexes| indexes.push(Cbor::from(500))),
        &Error::Signature,
    );
    fails(
        &with_indexes(|indexes| indexes.push(Cbor::from(u64::MAX))),
        &Error::Signature,
    );
    fails(
        &with_indexes(|indexes| indexes.push(indexes[0].clone())),
        &Error::Value,
    );
    // One mandatory statement for another that is not: the counts stay.
    let shown = with_indexes(|indexes| {
        let is_free = |index: &Cbor| !indexes.contains(index);
        let free = (0..)
            .map(Cbor::from)
            .find(is_free)
            .expect("not all are mandatory");
        indexes[0] = free;
    });
    fails(&shown, &Error::Signature);
    // With its own signature added, a mandatory statement could pass as one of
    // the others; but no other key may sign for the issuer.
    let moved = with_indexes(|indexes| drop(indexes.pop())).with_list(OTHERS, |signatures| {
        signatures.push(Cbor::Bytes(vec![1; 64]))
    });
    fails(&moved, &Error::Signature);
}

#[test]
fn both_keys_are_those_that_were_signed_with() {
    for text in [PICKED_BASE, PICKED_DERIVED, FOREIGN] {
        let sealed = Sealed::read(text);
        let codec = |key: &PublicKey| Cbor::Bytes(key.to_multicodec().expect("a codec"));
        let own = codec(&sealed.key);
        fails(
            &sealed.with_value(|elements| elements[KEY] = own),
            &Error::Signature,
        );
        fails(
            &sealed.with_value(|elements| elements[SIGNATURE] = Cbor::Bytes(vec![1; 64])),
            &Error::Signature,
        );
        for (key, expected) in [
            (
                "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                Error::Signature,
            ),
            (
                "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
                Error::Algorithm,
            ),
            (
                "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
                Error::Algorithm,
            ),
        ] {
            let mut other = sealed.clone();
            other.key = PublicKey::from_multibase(key).expect("a key");
            fails(&other, &expected);
        }
    }
}

#[test]
fn one_kind_does_not_pass_for_the_other() {
    for text in [PICKED_BASE, PICKED_DERIVED] {
        let mut sealed = Sealed::read(text);
        let mut bytes = sealed.bytes();
        bytes[2] ^= 1;
        sealed.set_bytes(&bytes);
        fails(&sealed, &Error::Value);
    }
    let mut sealed = Sealed::read(PICKED_DERIVED);
    sealed.value = Sealed::read(PICKED_BASE).value;
    fails(&sealed, &Error::Signature); // a pointer to what is not shown
    let mut sealed = Sealed::read(PICKED_BASE);
    sealed.value = Sealed::read(PICKED_DERIVED).value;
    fails(&sealed, &Error::Signature);
}

#[test]
fn a_base_proof_names_and_selects_what_was_signed() {
    let sealed = Sealed::read(PICKED_BASE);
    let other_key = |elements: &mut [Cbor]| elements[HMAC_KEY] = Cbor::Bytes(vec![0; 32]);
    fails(&sealed.with_value(other_key), &Error::Signature);
    let with_pointers = |change: fn(&mut Vec<Cbor>)| sealed.with_list(POINTERS, change);
    fails(
        &with_pointers(|pointers| drop(pointers.remove(0))),
        &Error::Signature,
    );
    fails(&with_pointers(Vec::clear), &Error::Signature);
    fails(
        &with_pointers(|pointers| pointers.push(Cbor::from("/validUntil"))),
        &Error::Signature,
    );
    fails(
        &with_pointers(|pointers| pointers.push(Cbor::from(""))),
        &Error::Signature,
    );
    fails(
        &with_pointers(|pointers| pointers.push(Cbor::from("/url"))),
        &Error::Signature,
    );
    fails(
        &with_pointers(|pointers| pointers.push(Cbor::from("url"))),
        &Error::Value,
    );
    // Pointers that select nothing new say the same.
    let same = with_pointers(|pointers| pointers.push(Cbor::from("/issuer/name")));
    assert_eq!(same.check(), Ok(Kind::Base));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_other_bytes_hold(
        (text, kind) in prop_oneof![Just((PICKED_DERIVED, 0)), Just((PICKED_BASE, 1)), Just((FOREIGN, 2))],
        at in any::<prop::sample::Index>(),
        with in 1..=u8::MAX,
        length in any::<prop::sample::Index>(),
        manner in 0..4,
    ) {
        let mut sealed = Sealed::read(text);
        let mut bytes = sealed.bytes();
        let place = at.index(bytes.len());
        match manner {
            0 | 1 => bytes[place] ^= with,
            2 => bytes.insert(place, with),
            _ => drop(bytes.drain(place..place + 1 + length.index(bytes.len() - place))),
        }
        prop_assume!(bytes != sealed.bytes());
        sealed.set_bytes(&bytes);
        prop_assert!(sealed.check().is_err(), "{kind}: {place}");
    }

    #[test]
    fn no_text_is_too_strange(value in "u?\\PC{0,200}") {
        let mut sealed = Sealed::read(FOREIGN);
        sealed.value = value;
        prop_assert!(sealed.check().is_err());
    }
}
