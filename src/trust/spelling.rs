//! Ids that lead to the same place, however they are spelled.
//!
//! For blocking only. Two ids that differ are two issuers wherever recognition
//! is given.
//!
//! **Limits.** Percent signs other than the port's are not decoded, and other
//! ids on the same host are other ids: whoever is blocked can always take a new
//! one.

/// Whether `id` is `known`, or its https or `did:web` form, perhaps with other
/// capitals.
pub(super) fn is_spelling_of(id: &str, known: &str) -> bool {
    id == known || loosely(id) == loosely(known)
}

/// An id without what may be spelled differently: capitals, the usual port, a
/// dot or slash at the end, a fragment or query; and the https form of a
/// `did:web` as the DID.
fn loosely(id: &str) -> String {
    let lower = id.trim().to_lowercase();
    let bare = lower.split(['#', '?']).next().unwrap_or_default();
    let web = bare
        .strip_prefix("https://")
        .or_else(|| bare.strip_prefix("http://"))
        .map(|rest| {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            format!("did:web:{}/{path}", host.replace(':', "%3a"))
        });
    web.as_deref()
        .unwrap_or(bare)
        .split(['/', ':'])
        .map(|part| part.strip_suffix("%3a443").unwrap_or(part))
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, expected: bool) {
        let known = "did:web:badges.example.net:a";
        assert_eq!(is_spelling_of(id, known), expected, "{id}");
        assert_eq!(is_spelling_of(known, id), expected, "{id}");
    }

    #[test]
    fn other_spellings_lead_to_the_same_place() {
        for id in [
            "did:web:badges.example.net:a",
            "did:web:BADGES.example.net:a",
            "DID:web:badges.example.net:A",
            "did:web:badges.example.net%3A443:a",
            "did:web:badges.example.net%3a443:a",
            "did:web:badges.example.net.:a",
            "did:web:badges.example.net:a#key-1",
            " did:web:badges.example.net:a ",
            "https://badges.example.net/a",
            "https://badges.example.net:443/a/",
            "HTTPS://Badges.example.net/a?x",
            "http://badges.example.net/a",
        ] {
            check(id, true);
        }
    }

    #[test]
    fn other_places_are_other_ids() {
        for id in [
            "did:web:badges.example.net",
            "did:web:badges.example.net:b",
            "did:web:badges.example.net:a:b",
            "did:web:badges.example.net%3A8443:a",
            "did:web:badges.example.net%3A4430:a",
            "did:web:badges.example.net.example.org:a",
            "did:web:example.net:a",
            "https://badges.example.net/",
            "https://badges.example.net:8443/a",
            "did:key:badges.example.net:a",
            "",
            "#",
        ] {
            check(id, false);
        }
    }
}
