//! How strings begin: as many characters as a report needs; and, eight bytes at
//! a time, how far one goes on without anything special, which is the inner
//! loop of reading and writing strings.

/// The first `most` characters of a stranger's text: enough for a report.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    let end = if text.len() <= most {
        None
    } else {
        text.char_indices().nth(most).map(|(at, _)| at)
    };
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or_default()
        .to_owned()
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// How many bytes of `bytes` come before the first quote, backslash or control
/// character (below 0x20); all of them if there is none.
pub(crate) fn plain_prefix(bytes: &[u8]) -> usize {
    let mut at = 0;
    for chunk in bytes.chunks_exact(8) {
        if let Some(plain) = plain_in_word(chunk) {
            return at + plain;
        }
        at += 8;
    }
    // The last word again, from wherever it begins: what it shares with the one
    // before is plain.
    if let Some(start) = bytes.len().checked_sub(8) {
        let plain = bytes.get(start..).and_then(plain_in_word);
        return plain.map_or(bytes.len(), |plain| start + plain);
    }
    let is_special = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    bytes.iter().position(is_special).unwrap_or(bytes.len())
}

/// How many of eight bytes come before the first special one, if there is one.
fn plain_in_word(bytes: &[u8]) -> Option<usize> {
    let special = special(bytes.try_into().map_or(0, u64::from_le_bytes));
    (special != 0).then(|| (special.trailing_zeros() / 8) as usize)
}

/// The high bit of each byte that is special; the lowest one set is exact.
const fn special(word: u64) -> u64 {
    let quote = zero_bytes(word ^ (ONES * b'"' as u64));
    let backslash = zero_bytes(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
    quote | backslash | control
}

const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::{beginning, plain_prefix};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_beginning_is_so_many_characters(text in "[a\u{e9}\u{1f600}]{0,8}", most in 0..9_usize) {
            let expected: String = text.chars().take(most).collect();
            prop_assert_eq!(beginning(&text, most), expected);
        }

        #[test]
        fn it_finds_the_first_special_byte(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let slow = bytes.iter().position(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\'));
            prop_assert_eq!(plain_prefix(&bytes), slow.unwrap_or(bytes.len()));
        }

        #[test]
        fn also_in_text(text in "[a-z \"\\\\\n\u{7f}\u{e9}]{0,40}") {
            let bytes = text.as_bytes();
            let slow = bytes.iter().position(|byte| *byte < 0x20 || matches!(byte, b'"' | b'\\'));
            prop_assert_eq!(plain_prefix(bytes), slow.unwrap_or(bytes.len()));
        }
    }
}
