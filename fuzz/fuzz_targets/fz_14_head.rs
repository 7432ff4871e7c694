//! FZ-14: the head of a peer's answer.
//!
//! The input is the status in two bytes, then lines `name: value`.
//!
//! Asserts: no panic; the order of lines and the case of names change nothing;
//! what comes out is plain (a media type, a tag that stays in its line); one
//! more line never makes the answer fresh for longer, never takes back that it
//! must not be stored, and never changes what was said into something else;
//! where it leads, it may lead.

#![no_main]

use countersign::net::{Head, Packing, Redirects, Rules, Target, follow};
use libfuzzer_sys::fuzz_target;

type Lines<'b> = Vec<(String, &'b [u8])>;

fuzz_target!(|bytes: &[u8]| {
    let Some((status, rest)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let status = u16::from_be_bytes(*status);
    let lines: Lines<'_> = rest.split(|byte| *byte == b'\n').map(line).collect();
    let head = read(status, &lines);
    plain(&head);
    let turned: Lines<'_> = lines.iter().rev().cloned().collect();
    assert_eq!(read(status, &turned), head, "the order says something");
    let loud = |(name, value): &(String, _)| (name.to_ascii_uppercase(), *value);
    let loud: Lines<'_> = lines.iter().map(loud).collect();
    assert_eq!(read(status, &loud), head, "the case says something");
    if let Some((_, fewer)) = lines.split_last() {
        adds_little(&read(status, fewer), &head);
    }
    leads(&head);
});

fn line(bytes: &[u8]) -> (String, &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b':');
    let (name, value) = bytes.split_at(at.unwrap_or(bytes.len()));
    let name = String::from_utf8_lossy(name).into_owned();
    (name, value.strip_prefix(b":").unwrap_or_default())
}

fn read(status: u16, lines: &[(String, &[u8])]) -> Head {
    Head::read(
        status,
        lines.iter().map(|(name, value)| (name.as_str(), *value)),
    )
}

fn plain(head: &Head) {
    if let Some(media_type) = &head.media_type {
        assert_eq!(media_type.matches('/').count(), 1, "{media_type}");
        assert!(media_type.bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(!media_type.contains([',', ';', '"']));
        assert_eq!(*media_type, media_type.to_ascii_lowercase());
    }
    if let Some(etag) = &head.etag {
        assert!(etag.len() <= 256 && etag.bytes().all(|byte| byte.is_ascii_graphic()));
        assert_eq!(etag.matches('"').count(), 2, "{etag}");
    }
}

fn adds_little(fewer: &Head, more: &Head) {
    let is_same_or_less = |before: &Option<String>, after: &Option<String>| {
        before.is_none() || after.is_none() || before == after
    };
    assert!(is_same_or_less(&fewer.media_type, &more.media_type));
    assert!(is_same_or_less(&fewer.location, &more.location));
    assert!(is_same_or_less(&fewer.etag, &more.etag));
    assert!(more.no_store || !fewer.no_store);
    if let (Some(before), Some(after)) = (fewer.max_age, more.max_age) {
        assert!(after <= before);
    }
    assert!(fewer.max_age.is_none() || more.max_age.is_some());
    assert!(fewer.packing == Packing::Plain || more.packing != Packing::Plain);
}

fn leads(head: &Head) {
    let Some(location) = &head.location else {
        return;
    };
    let rules = Rules::default();
    let from = [Target::read("https://a.example/", &rules).expect("an address")];
    if let Ok(to) = follow(&from, location, Redirects::Anywhere, &rules) {
        assert!(
            Target::read(to.url().as_str(), &rules).is_ok(),
            "{location}"
        );
        assert!(to.is_secure() && to.port() == 443);
    }
}
