//! What lies in a picture, and what can be put there.
//!
//! Reading is generous (three forms told apart by their look, nothing judged);
//! writing is strict (what is baked can be read back by everyone).

use super::error::{Error, Limit};
use crate::{json, limits};

/// Which edition of Open Badges a picture speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Open Badges 3.0.
    V3,
    /// Open Badges 2.x, or 1.x baked in the same way.
    V2,
    /// Open Badges before 1.1: a plain `tEXt` chunk, usually with the address
    /// of the assertion.
    Legacy,
}

/// The text found in a picture, by its look. Nothing in it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// JSON, or what is neither of the others: whoever parses it will say.
    Json(String),
    /// A compact JWS (RFC 7515 §3.1), without white space around it.
    Jws(String),
    /// The address of a hosted assertion (Open Badges 1.x and 2.x). Never
    /// fetched here.
    HostedUrl(String),
}

impl Payload {
    /// Tells the form of `text` by its look.
    pub(super) fn of(text: &str) -> Self {
        let text = trim(text);
        if is_compact_jws(text) {
            Self::Jws(text.to_owned())
        } else if is_web_address(text) {
            Self::HostedUrl(text.to_owned())
        } else {
            Self::Json(text.to_owned())
        }
    }

    /// The text, whatever its form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Json(text) | Self::Jws(text) | Self::HostedUrl(text) => text,
        }
    }
}

/// A badge to be put into a picture. White space around it is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge<'a> {
    /// Open Badges 3.0 with an embedded proof: JSON.
    Json(&'a str),
    /// Open Badges 3.0 as VC-JWT: a compact JWS.
    Jws(&'a str),
    /// Open Badges 2.0, hosted: the assertion, and where it is hosted (written
    /// into an SVG only; in a PNG the JSON says it).
    HostedAssertion {
        /// The assertion.
        json: &'a str,
        /// Its address.
        url: &'a str,
    },
    /// Open Badges 2.0, signed: a compact JWS.
    SignedAssertion(&'a str),
}

/// A [`Badge`] that was looked at: `text` is safe to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    pub(super) generation: Generation,
    pub(super) text: &'a str,
    pub(super) is_jws: bool,
    pub(super) url: Option<&'a str>,
}

impl<'a> Badge<'a> {
    /// Makes sure that the badge can be read back.
    pub(super) fn checked(self) -> Result<Checked<'a>, Error> {
        let (generation, text, is_jws, url) = match self {
            Self::Json(json) => (Generation::V3, json, false, None),
            Self::Jws(jws) => (Generation::V3, jws, true, None),
            Self::HostedAssertion { json, url } => (Generation::V2, json, false, Some(trim(url))),
            Self::SignedAssertion(jws) => (Generation::V2, jws, true, None),
        };
        let text = trim(text);
        if text.len() > limits::BAKED_TEXT_BYTES {
            return Err(Limit::Badge.into());
        }
        if is_jws && !is_compact_jws(text) {
            return Err(Error::BadgeJws);
        }
        if !is_jws {
            check_object(text)?;
        }
        if url.is_some_and(|url| !is_web_address(url)) {
            return Err(Error::BadgeUrl);
        }
        Ok(Checked {
            generation,
            text,
            is_jws,
            url,
        })
    }
}

fn check_object(text: &str) -> Result<(), Error> {
    json::scan(text.as_bytes()).map_err(Error::BadgeJson)?;
    if text.starts_with('{') {
        Ok(())
    } else {
        Err(Error::BadgeJson(json::Error::Syntax { at: 0 }))
    }
}

/// The white space of JSON and XML, and no other: a no-break space stays.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

/// Whether `text` is three non-empty base64url parts joined by dots.
pub(super) fn is_compact_jws(text: &str) -> bool {
    let mut parts = 0;
    text.split('.').all(|part| {
        parts += 1;
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    }) && parts == 3
}

/// Whether `text` looks like an `http` or `https` URL.
pub(super) fn is_web_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        text.strip_prefix(scheme).is_some_and(|rest| {
            !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Payload) {
        assert_eq!(&Payload::of(text), expected);
    }

    #[test]
    fn the_form_is_told_by_the_look() {
        check("\n {\"a\":1}\r\n", &Payload::Json("{\"a\":1}".into()));
        check(" aA0-_.e30.x ", &Payload::Jws("aA0-_.e30.x".into()));
        check(
            "http://a.example/1",
            &Payload::HostedUrl("http://a.example/1".into()),
        );
    }

    #[test]
    fn what_only_looks_similar_is_left_to_the_json_reader() {
        for text in [
            "",
            "a.b",
            "a.b.c.d",
            "a..c",
            "a.b.c=",
            "a.b c.d",
            ".a.b",
            "https://",
            "ftp://a",
            "https://a b",
            "javascript:alert(1)",
            "httpx://a",
            "\u{a0}{}",
        ] {
            check(text, &Payload::Json(text.into()));
        }
    }

    #[track_caller]
    fn refuse(badge: Badge<'_>, expected: &str) {
        assert_eq!(badge.checked().expect_err("refused").code(), expected);
    }

    #[test]
    fn what_could_not_be_read_back_is_not_baked() {
        refuse(Badge::Json(""), "json_syntax");
        refuse(Badge::Json("[]"), "json_syntax");
        refuse(Badge::Json("{}]]>"), "json_syntax");
        refuse(Badge::Json("{\"a\":1,\"a\":2}"), "json_duplicate_key");
        refuse(Badge::Json("\u{feff}{}"), "utf8_invalid");
        refuse(Badge::Jws("{}"), "jws_malformed");
        refuse(Badge::Jws("a.b.\"/><script>"), "jws_malformed");
        refuse(Badge::SignedAssertion(""), "jws_malformed");
        for url in ["", "urn:uuid:1", "https://a\" b", "HTTPS//a"] {
            refuse(Badge::HostedAssertion { json: "{}", url }, "url_invalid");
        }
        let long = "a".repeat(limits::BAKED_TEXT_BYTES);
        refuse(Badge::Jws(&format!("a.{long}.c")), "image_limits");
    }

    #[test]
    fn white_space_around_a_badge_is_not_kept() {
        let checked = Badge::Jws(" a.b.c\n").checked().expect("a badge");
        assert_eq!(checked.text, "a.b.c");
    }
}
