//! Canonical N-Quads (RDFC-1.0 §5.2): how a term is written.

use super::quoted::{self, Digits};

/// Appends an IRI in angle brackets.
pub(super) fn write_iri(out: &mut String, iri: &str) {
    out.push('<');
    out.push_str(iri);
    out.push('>');
}

/// Appends a quoted, escaped string. DEL is escaped here, unlike in JSON.
pub(super) fn write_string(out: &mut String, text: &str) {
    if !text.contains(DEL) {
        return quoted::write(out, text, Digits::Upper);
    }
    let start = out.len();
    quoted::write(out, text, Digits::Upper);
    let written = out.split_off(start).replace(DEL, "\\u007F");
    out.push_str(&written);
}

const DEL: char = '\u{7f}';

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
