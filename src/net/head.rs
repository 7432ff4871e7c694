//! The head of an answer, as far as we use it.
//!
//! **Promises.** What is said twice in different words is not said. Numbers
//! that are none mean the cautious thing. Nothing here grows with what the peer
//! sends.

/// How the body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// With gzip, though nobody asked for it.
    Gzip,
    /// In a way that we do not read.
    Other,
}

/// What the head of an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// The media type, in lower case, without parameters.
    pub media_type: Option<String>,
    /// Where a redirect leads, as written.
    pub location: Option<String>,
    /// The entity tag, as written.
    pub etag: Option<String>,
    /// How the body is packed.
    pub packing: Packing,
    /// For how many seconds the answer may be used, if it says so.
    pub max_age: Option<u32>,
    /// The answer must not be used again.
    pub no_store: bool,
}

impl Head {
    /// Reads header fields; names may be in any case.
    pub fn read<'f>(status: u16, fields: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Self {
        let mut seen = Seen::default();
        for (name, value) in fields {
            seen.add(name, value);
        }
        let location = seen.location.one();
        Self {
            status,
            media_type: seen.content_type.one().and_then(|it| media_type(&it)),
            location: location.filter(|location| !location.is_empty()),
            etag: seen.etag.one().filter(|etag| is_etag(etag)),
            packing: packing(&seen.encoding),
            no_store: seen.directives().any(|it| is_named(it, "no-store")),
            max_age: max_age(&seen),
        }
    }
}

/// One text, or several that are all the same.
#[derive(Default)]
struct Field {
    text: Option<String>,
    is_contradicted: bool,
}

impl Field {
    fn add(&mut self, value: &[u8]) {
        // Header fields are ASCII; anything else is taken for nothing.
        let text = std::str::from_utf8(value)
            .map(str::trim)
            .unwrap_or_default();
        match &self.text {
            Some(other) if other != text => self.is_contradicted = true,
            Some(_) => {}
            None => self.text = Some(text.to_owned()),
        }
    }

    fn one(&mut self) -> Option<String> {
        self.text.take().filter(|_| !self.is_contradicted)
    }
}

#[derive(Default)]
struct Seen {
    content_type: Field,
    location: Field,
    etag: Field,
    age: Field,
    encoding: Vec<String>,
    cache_control: Vec<String>,
}

impl Seen {
    fn add(&mut self, name: &str, value: &[u8]) {
        let text = || String::from_utf8_lossy(value).trim().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "content-type" => self.content_type.add(value),
            "location" => self.location.add(value),
            "etag" => self.etag.add(value),
            "age" => self.age.add(value),
            "content-encoding" => self.encoding.push(text()),
            "cache-control" => self.cache_control.push(text()),
            _ => {}
        }
    }

    fn directives(&self) -> impl Iterator<Item = &str> {
        let lines = self.cache_control.iter();
        lines.flat_map(|line| line.split(',')).map(str::trim)
    }
}

fn is_named(directive: &str, name: &str) -> bool {
    directive.split('=').next().map(str::trim_end) == Some(name)
}

fn media_type(text: &str) -> Option<String> {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let (kind, name) = essence.split_once('/')?;
    let is_token = |text: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !text.is_empty() && text.bytes().all(is_plain)
    };
    (is_token(kind) && is_token(name)).then(|| essence.to_ascii_lowercase())
}

fn packing(encodings: &[String]) -> Packing {
    match encodings {
        [] => Packing::Plain,
        [one] => match one.as_str() {
            "" | "identity" => Packing::Plain,
            "gzip" | "x-gzip" => Packing::Gzip,
            _ => Packing::Other,
        },
        _ => Packing::Other,
    }
}

/// `max-age`, less the time that the answer spent in caches on the way. Of
/// several the shortest counts; one that is no number is none at all (RFC 9111
/// §4.2.1).
fn max_age(seen: &Seen) -> Option<u32> {
    let ages = seen.directives().filter_map(|directive| {
        if is_named(directive, "no-cache") {
            return Some(0);
        }
        let (_, value) = directive
            .split_once('=')
            .filter(|_| is_named(directive, "max-age"))?;
        Some(seconds(value.trim().trim_matches('"')).unwrap_or(0))
    });
    let spent = match (&seen.age.text, seen.age.is_contradicted) {
        (None, _) => 0,
        (Some(_), true) => u32::MAX,
        (Some(text), false) => seconds(text).unwrap_or(u32::MAX),
    };
    ages.min().map(|age| age.saturating_sub(spent))
}

fn seconds(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX))
}

/// What may be sent back: quoted, visible, not long (RFC 9110 §8.8.3).
fn is_etag(text: &str) -> bool {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    text.len() <= 256
        && inner.is_some_and(|inner| {
            inner
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'"')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(fields: &[(&str, &str)]) -> Head {
        let bytes = fields.iter().map(|(name, value)| (*name, value.as_bytes()));
        Head::read(200, bytes)
    }

    #[test]
    fn media_types_are_read_without_their_parameters() {
        for (text, expected) in [
            ("application/json", Some("application/json")),
            (
                "Application/LD+JSON; charset=utf-8",
                Some("application/ld+json"),
            ),
            ("text/html;x", Some("text/html")),
            ("application/json, text/html", None),
            ("application/json text/html", None),
            ("json", None),
            ("/", None),
            ("", None),
            ("application/", None),
        ] {
            let read = head(&[("Content-Type", text)]).media_type;
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        assert_eq!(head(&[]).media_type, None);
    }

    #[test]
    fn what_is_said_twice_in_different_words_is_not_said() {
        let twice = head(&[
            ("content-type", "application/json"),
            ("Content-Type", "text/html"),
            ("location", "https://a.example/"),
            ("location", "https://b.example/"),
            ("etag", "\"a\""),
            ("etag", "\"b\""),
        ]);
        assert_eq!(twice.media_type, None);
        assert_eq!(twice.location, None);
        assert_eq!(twice.etag, None);
        let same = head(&[("etag", "\"a\""), ("ETag", "\"a\"")]);
        assert_eq!(same.etag.as_deref(), Some("\"a\""));
    }

    #[test]
    fn of_several_ages_the_shortest_counts() {
        for (text, expected) in [
            ("max-age=300", Some(300)),
            ("public, max-age=300, max-age=60", Some(60)),
            ("MAX-AGE=\"300\"", Some(300)),
            ("max-age=99999999999999", Some(u32::MAX)),
            ("max-age=-1", Some(0)),
            ("max-age=", Some(0)),
            ("max-age=1.5", Some(0)),
            ("no-cache, max-age=300", Some(0)),
            ("s-maxage=300", None),
            ("max-ages=300", None),
            ("", None),
        ] {
            assert_eq!(head(&[("cache-control", text)]).max_age, expected, "{text}");
        }
        let spent = [("cache-control", "max-age=300"), ("age", "100")];
        assert_eq!(head(&spent).max_age, Some(200));
        let long = [("cache-control", "max-age=300"), ("age", "much")];
        assert_eq!(head(&long).max_age, Some(0));
        let lines = [
            ("cache-control", "max-age=300"),
            ("cache-control", "no-store"),
        ];
        assert!(head(&lines).no_store);
        assert!(!head(&[("cache-control", "no-stores")]).no_store);
    }

    #[test]
    fn only_gzip_is_unpacked() {
        for (text, expected) in [
            ("gzip", Packing::Gzip),
            ("GZIP", Packing::Gzip),
            ("identity", Packing::Plain),
            ("br", Packing::Other),
            ("gzip, gzip", Packing::Other),
            ("deflate", Packing::Other),
        ] {
            assert_eq!(head(&[("content-encoding", text)]).packing, expected);
        }
        let twice = [("content-encoding", "gzip"), ("content-encoding", "gzip")];
        assert_eq!(head(&twice).packing, Packing::Other);
    }

    #[test]
    fn a_tag_that_could_break_out_of_its_line_is_none() {
        for bad in ["a", "\"a", "\"a\r\nx: y\"", "\"a\"b\"", "W/a", "\"ä\""] {
            assert_eq!(head(&[("etag", bad)]).etag, None, "{bad}");
        }
        let long = format!("\"{}\"", "a".repeat(300));
        assert_eq!(head(&[("etag", &long)]).etag, None);
        assert!(head(&[("etag", "W/\"a-1\"")]).etag.is_some());
    }
}
