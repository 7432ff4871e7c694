//! Absolute IRIs: the only names for things that a signed badge may use.
//!
//! A relative `id` means one thing on one server and another elsewhere, and
//! JSON-LD libraries drop it or keep it as they please, so it is refused
//! everywhere. This is a check of form (RFC 3987 §2.2, without the grammar
//! inside each scheme), not of existence.

use crate::canon::iri::{is_scheme, split_scheme};

/// Whether `text` is an absolute IRI: a scheme, a colon and something after
/// it, without white space, control characters or the marks that cannot stand
/// in an N-Quads IRI (`<>"{}|\^` and the backtick). `http` and `https` also
/// need a host.
///
/// ```
/// use countersign::credential::iri::is_absolute;
/// assert!(is_absolute("did:web:badges.example.org"));
/// assert!(!is_absolute("/issuers/1"));
/// ```
#[must_use]
pub fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = split_scheme(text) else {
        return false;
    };
    is_scheme(scheme) && !rest.is_empty() && (!is_web(scheme) || has_host(rest)) && is_clean(rest)
}

/// [`is_absolute`] as a regular expression of ECMA-262, for JSON Schema.
pub(crate) const PATTERN: &str = concat!(
    r"^(?![Hh][Tt][Tt][Pp][Ss]?:(?!//[^/?#]))",
    r"[A-Za-z][A-Za-z0-9+.-]*:",
    r#"[^\u0000-\u0020\u007f-\u00a0<>"{}|\\^`\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$"#
);

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

fn has_host(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'/', b'/', host, ..] if !b"/?#".contains(host))
}

/// One pass without a branch for each byte: this is where most time of the
/// shape check goes.
fn is_clean(rest: &str) -> bool {
    let (excluded, all) = rest.bytes().fold((false, 0), |(excluded, all), byte| {
        (excluded | is_excluded(byte), all | byte)
    });
    !excluded && (all.is_ascii() || !rest.contains(is_space_or_control))
}

fn is_space_or_control(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

const fn is_excluded(byte: u8) -> bool {
    matches!(
        byte,
        0..=0x20 | 0x7F | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same_everywhere_are_absolute() {
        for text in [
            "https://badges.example.org/a?b=c#d",
            "HTTPS://example.org",
            "http://127.0.0.1:8080/x",
            "https://example.org/[a]",
            "https://cy.example.org/bathodyn-dysgu-ŵ",
            "did:web:localhost%3A8080:issuers:x",
            "did:key:z6Mk#z6Mk",
            "urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c",
            "data:image/png;base64,iVBORw0KGgo=",
            "mailto:learner@example.org",
            "ceasn:Competency",
            "xxx:z6Mk",
        ] {
            assert!(is_absolute(text), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            ":",
            "https",
            "https:",
            "https:/x",
            "https://",
            "https:///x",
            "http://#x",
            "example.org/x",
            "/issuers/1",
            "#key-1",
            "../x",
            "_:b0",
            "1x:y",
            "did:",
            "https ://not-a-url/x",
            "https://x/a b",
            "https://x/a\tb",
            "https://x/a\u{7F}b",
            "https://x/a\u{85}b",
            "https://x/a\u{A0}b",
            "https://x/\u{2028}",
            "https://x/\u{3000}",
            "https://x/<script>",
            "https://x/{id}",
            "https://x/a|b",
            "https://x/a\\b",
            "https://x/a^b",
            "https://x/`",
            "https://x/\"",
            " https://x/",
            "https://x/\n",
            "z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj",
        ] {
            assert!(!is_absolute(text), "{text:?}");
        }
    }
}
