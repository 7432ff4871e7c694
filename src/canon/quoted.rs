//! Strings in quotes, as JCS (RFC 8785 §3.2.2.2) and canonical N-Quads
//! (RDFC-1.0 §5.2) both write them: two differences apart, which their own
//! modules know.

use crate::json::plain_prefix;
use std::fmt::Write as _;

/// How `\u` escapes write their digits.
#[derive(Clone, Copy)]
pub(super) enum Digits {
    Lower,
    Upper,
}

/// Appends `text` in quotes; quotes, backslashes and control characters below
/// 0x20 are escaped.
pub(super) fn write(out: &mut String, text: &str, digits: Digits) {
    out.push('"');
    let mut rest = text;
    loop {
        let plain = plain_prefix(rest.as_bytes());
        if plain == rest.len() {
            out.push_str(rest);
            break;
        }
        let (plain, special) = rest.split_at(plain);
        out.push_str(plain);
        let mut characters = special.chars();
        if let Some(character) = characters.next() {
            escape(out, character, digits);
        }
        rest = characters.as_str();
    }
    out.push('"');
}

fn escape(out: &mut String, character: char, digits: Digits) {
    let short = match character {
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => "",
    };
    out.push_str(short);
    if short.is_empty() {
        // Writing to a String cannot fail.
        let _ = match digits {
            Digits::Lower => write!(out, "\\u{:04x}", u32::from(character)),
            Digits::Upper => write!(out, "\\u{:04X}", u32::from(character)),
        };
    }
}
