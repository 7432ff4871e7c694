//! What other software made holds.

use super::*;

#[test]
fn proofs_of_other_software_hold() {
    for (name, text, kind) in [
        ("picked", PICKED_BASE, Kind::Base),
        ("picked", PICKED_DERIVED, Kind::Derived),
        ("nothing", NOTHING_BASE, Kind::Base),
        ("nothing", NOTHING_DERIVED, Kind::Derived),
        ("everything", EVERYTHING_BASE, Kind::Base),
        ("everything", EVERYTHING_DERIVED, Kind::Derived),
        ("order", ORDER_BASE, Kind::Base),
        ("order", ORDER_DERIVED, Kind::Derived),
        ("1EdTech", FOREIGN, Kind::Derived),
    ] {
        assert_eq!(Sealed::read(text).check(), Ok(kind), "{name} {kind:?}");
    }
}

/// VC-DI-ECDSA §A.7: everything after the canonical statements, whose contexts
/// are not ours.
#[test]
fn the_standards_own_values_hold() {
    let vector = json::parse(STANDARD.as_bytes()).expect("JSON");
    let text = |name| vector.get(name).and_then(Value::as_str).expect("text");
    let lines = |name| -> Vec<String> {
        let items = vector
            .get(name)
            .and_then(Value::as_array)
            .expect("an array");
        items
            .iter()
            .map(|item| item.as_str().expect("text").to_owned())
            .collect()
    };
    let digest = |name| -> [u8; 32] {
        let bytes = (0..32).map(|at| u8::from_str_radix(&text(name)[2 * at..2 * at + 2], 16));
        bytes
            .collect::<Result<Vec<_>, _>>()
            .expect("hexadecimal")
            .try_into()
            .expect("32 bytes")
    };
    let key = PublicKey::from_multibase(text("issuer")).expect("a key");
    let (Ok(ProofValue::Base(base)), Ok(ProofValue::Derived(derived))) = (
        ProofValue::parse(text("base")),
        ProofValue::parse(text("derived")),
    ) else {
        panic!("a base value and a derived one");
    };
    assert_eq!(base.pointers, lines("pointers"));
    let labels: Vec<String> = derived.labels.iter().map(derived::label).collect();
    assert_eq!(labels, lines("labels"));
    assert!(derived.mandatory.iter().eq(&[0, 4, 5, 7]));
    let (mandatory, others, shown) = (lines("mandatory"), lines("others"), lines("shown"));
    let mut groups = Groups {
        mandatory: mandatory.iter().map(String::as_str).collect(),
        others: others.iter().map(String::as_str).collect(),
    };
    assert_eq!(groups.mandatory_digest(), digest("mandatoryHash"));
    let issuer = Issuer {
        key: &key,
        options: digest("proofHash"),
    };
    assert_eq!(groups.check(&issuer, &base.signatures), Ok(()));
    groups.others = shown.iter().map(String::as_str).collect();
    assert_eq!(groups.check(&issuer, &derived.signatures), Ok(()));
    groups.others.swap(0, 1);
    let swapped = groups.check(&issuer, &derived.signatures);
    assert_eq!(swapped, Err(Error::Signature));
}

#[test]
fn the_same_statement_twice_is_one_statement() {
    let sealed = Sealed::read(PICKED_DERIVED);
    let tags = vec![Value::from("safety"), Value::from("safety")];
    let twice = sealed.with("/credentialSubject/achievement/tag", tags);
    assert_eq!(twice.check(), Ok(Kind::Derived));
}
