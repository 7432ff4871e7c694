//! Whether whoever asks is a person with a browser or a program.
//!
//! **Promises.** A page is for those only who name HTML and do not like JSON
//! better. `*/*`, a JSON type, or nothing at all is a program: badges, profiles
//! and badge designs were JSON at these addresses before they were pages.

use actix_web::http::header::{self, HeaderMap};

/// Types of the API and of what others fetch.
const OF_PROGRAMS: [&str; 5] = [
    "application/json",
    "application/vc",
    "application/vp",
    "application/jwt",
    "text/plain",
];

const OF_PEOPLE: [&str; 2] = ["text/html", "application/xhtml+xml"];

/// Weights are thousandths (RFC 9110 §12.4.2).
const FULL: u32 = 1_000;

/// Whether a page is wanted (RFC 9110 §12.5.1). Equal weights go to programs:
/// no browser names JSON.
#[must_use]
pub fn prefers_html(headers: &HeaderMap) -> bool {
    let (mut people, mut programs) = (0, 0);
    let lines = headers.get_all(header::ACCEPT);
    for range in lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
    {
        let mut parts = range.split(';').map(str::trim);
        let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight(parts);
        if OF_PEOPLE.contains(&media_type.as_str()) {
            people = people.max(weight);
        } else if OF_PROGRAMS.contains(&media_type.as_str()) || media_type.ends_with("+json") {
            programs = programs.max(weight);
        }
    }
    people > programs
}

/// What cannot be read counts in full, as if it were not there.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u32 {
    let Some(text) = parameters.find_map(|one| {
        let (name, value) = one.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then_some(value.trim())
    }) else {
        return FULL;
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "0" if is_plain => format!("{fraction:0<3}").parse().unwrap_or(FULL),
        _ => FULL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[track_caller]
    fn check(accept: &[&'static str], expected: bool) {
        let mut headers = HeaderMap::new();
        for line in accept {
            headers.append(header::ACCEPT, HeaderValue::from_static(line));
        }
        assert_eq!(prefers_html(&headers), expected, "{accept:?}");
    }

    #[test]
    fn browsers_get_pages() {
        let browsers = [
            "text/html",
            "TEXT/HTML; charset=utf-8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
            "application/xhtml+xml",
            "text/html;q=0.9, application/json;q=0.8",
            "text/html;q=0.001",
        ];
        for accept in browsers {
            check(&[accept], true);
        }
        check(&["image/png", "text/html"], true);
    }

    #[test]
    fn programs_get_json() {
        let programs = [
            "",
            "*/*",
            "text/*",
            "application/json",
            "application/ld+json",
            "application/json, text/plain, */*",
            "application/vc, text/html",
            "application/json, text/html",
            "text/html;q=0.1, application/activity+json",
            "text/html;q=0, */*",
            "text/html;q=0.0",
            "application/did+json;q=0.9, text/html;q=0.899",
            "text/htmlx",
            "image/avif,image/webp",
        ];
        for accept in programs {
            check(&[accept], false);
        }
        check(&[], false);
        check(&["text/html", "application/json"], false);
    }
}
