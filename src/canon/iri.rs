//! Absolute IRIs (RFC 3987), as far as signing depends on them.

/// Whether `text` is an absolute IRI: a scheme, a colon, something after it,
/// and no character that RFC 3987 leaves out (white space, `<>"{}|\^` and the
/// back tick, control characters).
///
/// ```
/// use countersign::canon::iri::is_absolute;
/// assert!(is_absolute("did:web:example.org"));
/// assert!(is_absolute("https://example.org/bathodyn/é"));
/// assert!(!is_absolute("/badges/1"));
/// assert!(!is_absolute("https://example.org/a b"));
/// ```
#[must_use]
pub fn is_absolute(text: &str) -> bool {
    match split_scheme(text) {
        Some((scheme, rest)) => is_scheme(scheme) && !rest.is_empty() && has_iri_characters(rest),
        None => false,
    }
}

/// What is before the first colon, and what is after it.
pub(crate) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    // Schemes are short: looking at each byte finds the colon sooner than a
    // search made for long texts.
    let colon = text.bytes().position(|byte| byte == b':')?;
    Some((text.get(..colon)?, text.get(colon + 1..)?))
}

/// Whether every character may stand in an IRI, and there is one fragment at
/// most.
#[must_use]
pub fn has_iri_characters(text: &str) -> bool {
    let mut fragments = 0_usize;
    let mut beyond_ascii = 0;
    for byte in text.bytes() {
        if !IRI_BYTES.get(usize::from(byte)).is_some_and(|fits| *fits) {
            return false;
        }
        fragments += usize::from(byte == b'#');
        beyond_ascii |= byte & 0x80;
    }
    fragments <= 1 && (beyond_ascii == 0 || text.chars().all(is_iri_char))
}

/// A scheme of RFC 3986 §3.1, which ignores case.
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Bytes below 128 that may stand in an IRI; bytes from 128 on belong to
/// characters that [`is_iri_char`] judges.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which would stop"
)]
static IRI_BYTES: [bool; 256] = {
    let mut table = [true; 256];
    let mut byte = 0;
    while byte <= 0x20 {
        table[byte] = false;
        byte += 1;
    }
    let mut at = 0;
    let others = b"\x7F<>\"{}|\\^`";
    while at < others.len() {
        table[others[at] as usize] = false;
        at += 1;
    }
    table
};

/// `ucschar` and `iprivate` of RFC 3987 §2.2, without the direction marks that
/// §4.1 forbids.
const fn is_iri_char(character: char) -> bool {
    let code = character as u32;
    !matches!(code,
        0x80..=0x9F | 0xA0 | 0x200E..=0x200F | 0x2028..=0x202F | 0x2066..=0x2069
        | 0xFDD0..=0xFDEF | 0xFEFF | 0xFFF0..=0xFFFF)
        && (code & 0xFFFE) != 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::is_absolute;

    #[test]
    fn absolute_means_a_scheme_and_clean_characters() {
        for good in [
            "urn:uuid:1",
            "did:key:z6Mk",
            "mailto:a@b.example",
            "data:,x",
            "a+b.c-1:x",
            "https://例え.example/",
        ] {
            assert!(is_absolute(good), "{good}");
        }
        for bad in [
            "",
            ":",
            "x",
            "x:",
            "1a:b",
            "/a",
            "#a",
            "//a/b",
            "a b:c",
            "https://a/ b",
            "https://a/\t",
            "https://a/<b>",
            "https://a/\"",
            "https://a/\u{7f}",
            "https://a/\u{202e}b",
            "https://a/{b}",
            "https://a/\\b",
            "é:a",
            "https://a/\u{a0}",
            "https://a/#b#c",
        ] {
            assert!(!is_absolute(bad), "{bad}");
        }
    }
}
