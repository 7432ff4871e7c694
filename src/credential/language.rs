//! Language codes, in the form the Open Badges data model allows.

/// Whether `text` is a `LanguageCode`: a small-letter language, then perhaps a
/// script, then perhaps a region (BCP 47, the part Open Badges uses).
///
/// ```
/// use countersign::credential::language::is_language_code;
/// assert!(is_language_code("cy") && is_language_code("en-GB"));
/// assert!(!is_language_code("English"));
/// ```
#[must_use]
pub fn is_language_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    if !(2..=4).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => true,
        (Some(part), None, _) => is_script(part) || is_region(part),
        (Some(script), Some(region), None) => is_script(script) && is_region(region),
        _ => false,
    }
}

/// [`is_language_code`] as a regular expression, for JSON Schema.
pub(crate) const PATTERN: &str = "^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$";

fn is_script(part: &str) -> bool {
    part.len() == 4
        && part.bytes().enumerate().all(|(at, byte)| match at {
            0 => byte.is_ascii_uppercase(),
            _ => byte.is_ascii_lowercase(),
        })
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
        || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_codes_are_languages() {
        for code in [
            "cy",
            "en",
            "en-GB",
            "gsw",
            "zh-Hant",
            "zh-Hant-TW",
            "es-419",
        ] {
            assert!(is_language_code(code), "{code}");
        }
        for other in [
            "",
            "e",
            "EN",
            "english",
            "En",
            "en-gb",
            "en_GB",
            "en-",
            "-GB",
            "en-GB-GB",
            "en-G",
            "en-hant",
            "en-Hant-Hant",
            "en-GB-Hant",
            "en-12",
            "en-1234",
            "en-GB-x",
            "e1",
            "cý",
            "en-GB\n",
            "en GB",
        ] {
            assert!(!is_language_code(other), "{other:?}");
        }
    }
}
