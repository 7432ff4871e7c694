//! The known name that is nearest to an unknown one.

/// `Did you mean …?`, or `otherwise` if nothing is near.
pub(super) fn nearest(
    unknown: &str,
    known: impl IntoIterator<Item = String>,
    otherwise: &str,
) -> String {
    let near = known
        .into_iter()
        .map(|name| (distance(unknown, &name), name))
        .min()
        .filter(|(distance, name)| *distance <= name.len() / 3);
    near.map_or_else(
        || otherwise.to_owned(),
        |(_, name)| format!("The nearest name is {name}"),
    )
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
/// Capitals do not count, nor does `-` for `_`.
fn distance(one: &str, other: &str) -> usize {
    let plain = |text: &str| -> Vec<char> {
        // Names are short; a long one is not near to any.
        let letters = text.chars().take(80);
        letters
            .map(|letter| match letter.to_ascii_lowercase() {
                '-' => '_',
                lower => lower,
            })
            .collect()
    };
    let (one, other) = (plain(one), plain(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut next = vec![at + 1];
        for ((pair, same), left_of) in row.windows(2).zip(&other).zip(0..) {
            let (&[diagonal, above], Some(&left)) = (pair, next.get::<usize>(left_of)) else {
                continue;
            };
            let changed = diagonal + usize::from(letter != same);
            next.push(changed.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("listen", "listne", 2),
            ("base-url", "base_url", 0),
            ("LISTEN", "listen", 0),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn what_is_far_from_everything_gets_no_suggestion() {
        let known = || ["listen".to_owned(), "workers".to_owned()];
        assert_eq!(
            nearest("lisen", known(), "no"),
            "The nearest name is listen"
        );
        assert_eq!(nearest("colour", known(), "no"), "no");
        assert_eq!(nearest("", known(), "no"), "no");
        assert_eq!(nearest("x", [], "no"), "no");
    }
}
