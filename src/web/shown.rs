//! Texts of strangers as they are shown: one line, no tricks with the direction
//! of writing, not endless (SEC-23). Templates escape them on top of that.

use crate::did::Settings;
use crate::did::web::Web;
use crate::edge::state::State;
use url::Url;

/// The longest line.
const LONGEST: usize = 300;

/// A text on one line.
#[must_use]
pub fn line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    cut(&words.join(" "), LONGEST)
}

/// A text without what cannot be seen; its lines stay.
#[must_use]
pub fn lines(text: &str, longest: usize) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !is_hidden(*c) || matches!(c, '\n' | '\t'))
        .collect();
    cut(&kept, longest)
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Controls, marks that turn the direction of writing around, and letters that
/// cannot be seen: by them a name can pass for another. The joiners that some
/// scripts need stay.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The host that an identifier belongs to: of a `did:web`, or of an https
/// address. Others, such as a bare key, have none.
#[must_use]
pub fn host_of(state: &State, id: &str) -> Option<String> {
    let settings = Settings {
        loopback_http: state.address.is_dev(),
    };
    let url = match Web::from_did(id) {
        Ok(web) => web.base_url(settings),
        Err(_) => id.to_owned(),
    };
    host_in(&url)
}

/// The host and port of an http or https address, as computers write it.
#[must_use]
pub fn host_in(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    if !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// A web address that may be a link: https, or http.
#[must_use]
pub fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    (matches!(url.scheme(), "https" | "http") && is_plain).then(|| url.to_string())
}

/// The path of a picture that lies on this node; nothing else is ever shown.
#[must_use]
pub fn own_picture(state: &State, address: &str) -> Option<String> {
    let path = state.address.path_of(address)?;
    let is_plain = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.'));
    let is_drawn = path.starts_with("/achievements/") && path.ends_with("/image.svg");
    let is_picture = path.starts_with("/files/") || is_drawn;
    (is_plain && is_picture && !path.contains("..")).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_nothing_that_cannot_be_seen() {
        for (text, shown) in [
            ("Mary  Ann\nSmith", "Mary Ann Smith"),
            ("a\u{202e}b\u{200b}c\u{7}d", "abcd"),
            ("\u{feff}x\u{ad}y\u{e0041}", "xy"),
            ("\u{2066}council\u{2069}", "council"),
            ("நண்\u{200d}பன்", "நண்\u{200d}பன்"),
            ("", ""),
        ] {
            assert_eq!(line(text), shown);
        }
        assert_eq!(line(&"x".repeat(301)).chars().count(), 301);
        assert_eq!(line(&"x".repeat(300)).chars().count(), 300);
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(lines("a\n\nb\u{202e}", 50), "a\n\nb");
        assert_eq!(lines("abcdef", 3), "abc…");
    }

    #[test]
    fn only_the_web_is_linked_to() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            "https://council@evil.example/",
            "//x",
            "x",
            "",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
        assert_eq!(
            web_address(" https://a.example/ä ").as_deref(),
            Some("https://a.example/%C3%A4")
        );
    }

    #[test]
    fn a_host_is_told_as_computers_write_it() {
        assert_eq!(
            host_in("https://bücher.example/x").as_deref(),
            Some("xn--bcher-kva.example")
        );
        assert_eq!(
            host_in("http://localhost:8081/x").as_deref(),
            Some("localhost:8081")
        );
        assert_eq!(host_in("did:key:z6Mk"), None);
        assert_eq!(host_in("urn:x"), None);
    }
}
