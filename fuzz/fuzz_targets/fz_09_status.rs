//! FZ-09: status lists: inflating, and reading bits.
//!
//! The input is an `encodedList`, or a list or an entry as JSON; its bytes are
//! also taken as gzip, and as bits to be set. Asserts: no panic; what inflates
//! is within L-12; entries end where the list ends; what was set is read, its
//! neighbours are not changed, and the encoded list reads back as the same.

#![no_main]

use arbitrary::{Result, Unstructured};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign::status::{
    Bitstring, EntrySize, ListKind, RevocationList, StatusEntry, StatusListContent,
};
use countersign::{json, limits};
use libfuzzer_sys::fuzz_target;

const URL: &str = "https://a.example/status/1";

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        for list in [Bitstring::decode(text), Bitstring::decode_2021(text)]
            .into_iter()
            .flatten()
        {
            within_limits(&list);
        }
        documents(text);
    }
    let gzip = format!("u{}", URL_SAFE_NO_PAD.encode(bytes));
    if let Ok(list) = Bitstring::decode(&gzip) {
        within_limits(&list);
        // Another compressor may have made it; ours gives the same bits.
        let again = list.encode().expect("a list is written");
        assert!(Bitstring::decode(&again).is_ok_and(|again| again == list));
    }
    let _ = set_and_read(&mut Unstructured::new(bytes));
});

fn within_limits(list: &Bitstring) {
    let entries = list.entries(EntrySize::ONE);
    assert!(entries >= Bitstring::MIN_ENTRIES);
    assert!(entries <= limits::BITSTRING_MAX_BYTES as u64 * 8);
    for bits in [1, 2, 7, 8, 63, 64, u64::MAX] {
        let Some(size) = EntrySize::new(bits) else {
            continue;
        };
        let entries = list.entries(size);
        for beyond in [entries, entries + 1, u64::MAX / 2, u64::MAX] {
            assert!(list.read(beyond, size).is_err());
        }
        if let Ok(value) = list.read(entries.saturating_sub(1), size) {
            assert!(value < size.values());
        }
    }
}

fn documents(text: &str) {
    let Ok(tree) = json::parse(text.as_bytes()) else {
        return;
    };
    let entry = StatusEntry::read(&tree);
    let Some(object) = tree.as_object() else {
        return;
    };
    for kind in [ListKind::Bitstring, ListKind::StatusList2021] {
        if let (Ok(content), Ok(StatusEntry::List(entry))) =
            (StatusListContent::read(object, kind, URL), &entry)
        {
            let _ = content.outcome(entry);
        }
    }
    if let Ok(list) = RevocationList::read(object, URL, "https://a.example") {
        let _ = list.find(URL);
    }
}

fn set_and_read(u: &mut Unstructured<'_>) -> Result<()> {
    let Some(size) = EntrySize::new(u.int_in_range(1..=9)?) else {
        return Ok(());
    };
    let entries = Bitstring::MIN_ENTRIES + u.int_in_range(0..=100)?;
    let mut list = Bitstring::new(entries, size).expect("within the limits");
    let mut expected = std::collections::BTreeMap::new();
    while !u.is_empty() && expected.len() < 32 {
        let index = u.int_in_range(0..=entries - 1)?;
        let value = u.int_in_range(0..=size.values() - 1)?;
        list.set(index, size, value).expect("an entry");
        expected.insert(index, value);
    }
    assert!(list.set(entries + 8, size, 0).is_err());
    assert!(list.set(0, size, size.values()).is_err());
    let encoded = list.encode().expect("a list is written");
    let reread = Bitstring::decode(&encoded).expect("our own list");
    assert!(reread == list);
    for index in expected
        .keys()
        .flat_map(|at| at.saturating_sub(1)..(at + 2).min(entries))
    {
        let value = expected.get(&index).copied().unwrap_or(0);
        assert_eq!(reread.read(index, size), Ok(value), "entry {index}");
    }
    Ok(())
}
