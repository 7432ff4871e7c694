//! DIDs and DID URLs by the grammar (DID Core 1.0 §3.1, §3.2), and no other.

/// The parts of a DID URL. A bare DID is a DID URL without the later parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DidUrl<'a> {
    did: &'a str,
    method: &'a str,
    id: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

/// The text is not a DID URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a DID")]
pub struct NotADid;

impl<'a> DidUrl<'a> {
    /// Reads a DID or a DID URL. Nothing is normalised: DIDs are compared as
    /// text.
    ///
    /// # Errors
    /// [`NotADid`].
    ///
    /// ```
    /// use countersign::did::DidUrl;
    /// let url = DidUrl::parse("did:web:a.example:org#key-1")?;
    /// assert_eq!((url.did(), url.fragment()), ("did:web:a.example:org", Some("key-1")));
    /// assert!(DidUrl::parse("DID:web:a.example").is_err());
    /// # Ok::<(), countersign::did::NotADid>(())
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, NotADid> {
        let (rest, fragment) = split_at_sign(text, '#');
        let (rest, query) = split_at_sign(rest, '?');
        let (did, path) = rest
            .find('/')
            .and_then(|at| rest.split_at_checked(at))
            .unwrap_or((rest, ""));
        let (method, id) = did
            .strip_prefix("did:")
            .and_then(|named| named.split_once(':'))
            .ok_or(NotADid)?;
        let well_formed = is_method_name(method)
            && is_method_specific_id(id)
            && is_text_of(path, b"/:@!$&'()*+,;=-._~")
            && [query, fragment]
                .into_iter()
                .flatten()
                .all(|part| is_text_of(part, b"?/:@!$&'()*+,;=-._~"));
        if !well_formed {
            return Err(NotADid);
        }
        Ok(Self {
            did,
            method,
            id,
            path,
            query,
            fragment,
        })
    }

    /// The DID itself.
    #[must_use]
    pub const fn did(&self) -> &'a str {
        self.did
    }

    /// The method's name, `web` in `did:web:a.example`.
    #[must_use]
    pub const fn method(&self) -> &'a str {
        self.method
    }

    /// What follows the method's name.
    #[must_use]
    pub const fn id(&self) -> &'a str {
        self.id
    }

    /// The path with its slash, or nothing.
    #[must_use]
    pub const fn path(&self) -> &'a str {
        self.path
    }

    /// The query, without the question mark.
    #[must_use]
    pub const fn query(&self) -> Option<&'a str> {
        self.query
    }

    /// The fragment, without the number sign.
    #[must_use]
    pub const fn fragment(&self) -> Option<&'a str> {
        self.fragment
    }
}

/// Divides at the first `sign`, which only ever begins the next part.
fn split_at_sign(text: &str, sign: char) -> (&str, Option<&str>) {
    match text.split_once(sign) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_method_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !name.is_empty() && name.bytes().all(allowed)
}

fn is_method_specific_id(id: &str) -> bool {
    !id.is_empty() && !id.ends_with(':') && is_text_of(id, b":.-_")
}

/// Whether `text` is made of letters, digits, `others` and whole
/// percent-encoded bytes.
fn is_text_of(text: &str, others: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'%' => {
                let mut is_digit = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
                is_digit() && is_digit()
            }
            _ => byte.is_ascii_alphanumeric() || others.contains(&byte),
        };
        if !allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_told_apart() {
        let url = DidUrl::parse("did:web:a.example%3A8443:org/a/b?service=x?y#key-1?/z")
            .expect("a DID URL");
        assert_eq!(url.did(), "did:web:a.example%3A8443:org");
        assert_eq!(url.method(), "web");
        assert_eq!(url.id(), "a.example%3A8443:org");
        assert_eq!(url.path(), "/a/b");
        assert_eq!(url.query(), Some("service=x?y"));
        assert_eq!(url.fragment(), Some("key-1?/z"));
        let bare = DidUrl::parse("did:key:z6Mk").expect("a DID");
        assert_eq!(
            (bare.path(), bare.query(), bare.fragment()),
            ("", None, None)
        );
        let slash = DidUrl::parse("did:example:a#/b").expect("a DID URL");
        assert_eq!((slash.path(), slash.fragment()), ("", Some("/b")));
        let empty = DidUrl::parse("did:example:a#").expect("a DID URL");
        assert_eq!(empty.fragment(), Some(""));
    }

    #[test]
    fn what_the_grammar_allows_is_a_did() {
        for did in [
            "did:example:a::b",
            "did:example::b",
            "did:3:A",
            "did:example:%C3%A9",
            "did:a:-._",
        ] {
            assert!(DidUrl::parse(did).is_ok(), "{did}");
        }
    }

    #[test]
    fn what_the_grammar_does_not_allow_is_no_did() {
        for text in [
            "",
            "did",
            "did:",
            "did::",
            "did:web",
            "did:web:",
            "did::a",
            "did:web:a:",
            "did:Web:a",
            "DID:web:a",
            "Did:web:a",
            " did:web:a",
            "did:web:a ",
            "did:web:a\n",
            "did:we b:a",
            "did:w-b:a",
            "did:web:[::1]",
            "did:web:a%",
            "did:web:a%2",
            "did:web:a%zz",
            "did:web:a%2g",
            "did:web:é",
            "did:web:user@a",
            "did:web:a\\b",
            "did:web:a#b#c",
            "did:web:a#b c",
            "did:web:a?b\"",
            "did:web:a/b|c",
            "did:web:a#%",
            "did:web:a/\u{202e}",
            "did:web:a\0",
            "urn:did:web:a",
            "https://a.example",
            "did:web/a",
        ] {
            assert_eq!(DidUrl::parse(text), Err(NotADid), "{text:?}");
        }
    }
}
