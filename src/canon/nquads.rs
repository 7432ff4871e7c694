//! Canonical N-Quads (RDFC-1.0 §5.2): how a term is written.

use std::fmt::Write as _;

/// Appends an IRI in angle brackets.
pub(super) fn write_iri(out: &mut String, iri: &str) {
    out.push('<');
    out.push_str(iri);
    out.push('>');
}

/// Appends a quoted, escaped string.
pub(super) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(needs_escape) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = special.chars();
        if let Some(character) = characters.next() {
            write_escape(out, character);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

const fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, b'"' | b'\\' | 0x7F)
}

fn write_escape(out: &mut String, character: char) {
    match character {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        // Writing to a String cannot fail.
        other => {
            let _ = write!(out, "\\u{:04X}", u32::from(other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::write_string;

    #[test]
    fn every_control_character_is_escaped_and_nothing_else() {
        let mut out = String::new();
        write_string(
            &mut out,
            "a\u{0}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\\u{7f}\u{80}é😀",
        );
        assert_eq!(
            out,
            "\"a\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\u001F\\\"\\\\\\u007F\u{80}é😀\""
        );
    }
}
