//! One value, held to its kind.
//!
//! Each kind is a set of characters and a little grammar, small enough that no
//! value of it can name an address, run, or leave its quotes. A value that does
//! not fit is left out, as a browser would ignore it; one that refers to
//! something outside is refused, so that its author knows.

/// The kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Numbers with units, and words: `3px`, `auto`, `xMidYMid meet`.
    Words,
    /// Numbers, however they run together.
    Numbers,
    /// Path data.
    Path,
    /// `rotate(45) scale(2)`.
    Transform,
    /// A colour, or a gradient or pattern with a colour to fall back on.
    Paint,
    /// `none`, or one part of the picture.
    Link,
    /// The name of an element of the picture.
    Id,
    /// Several of them.
    Ids,
    /// Names of fonts.
    Font,
    /// A language tag.
    Language,
    /// Any text, for people.
    Label,
}

/// What becomes of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// It is kept, written in our way.
    Kept(String),
    /// It is not of its kind, and left out.
    Dropped,
    /// It refers to something outside the picture.
    Outside,
}

/// Longest `id`, and longest single word.
const NAME_BYTES: usize = 256;

/// White space is made single blanks: an attribute would not keep the rest.
pub(super) fn hold(kind: Kind, value: &str) -> Held {
    let value = single_blanks(value);
    if kind == Kind::Label {
        return Held::Kept(value);
    }
    let links = links(&value);
    if links.iter().any(Option::is_none) {
        return Held::Outside;
    }
    let kept = match kind {
        Kind::Words => words(&value),
        Kind::Numbers => all(value, |c| c.is_ascii_digit() || "+-.,eE ".contains(c)),
        Kind::Path => all(value, |c| {
            c.is_ascii_digit() || "MmZzLlHhVvCcSsQqTtAa+-.,eE ".contains(c)
        }),
        Kind::Transform => transform(&value).then_some(value),
        Kind::Paint => paint(&value),
        Kind::Link => link(&value),
        Kind::Id => is_id(&value).then_some(value),
        Kind::Ids => value.split(' ').all(is_id).then_some(value),
        Kind::Font => all(value, |c| c.is_alphanumeric() || "'\"-_.,/% ".contains(c))
            .filter(|fonts| are_quotes_closed(fonts)),
        Kind::Language => all(value, |c| c.is_ascii_alphanumeric() || c == '-'),
        Kind::Label => None,
    };
    kept.map_or(Held::Dropped, Held::Kept)
}

pub(super) fn single_blanks(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// All `url(…)` in a value: the `id`, or nothing if it is no local one. An
/// escape could hide one, so it counts as one.
pub(super) fn links(value: &str) -> Vec<Option<&str>> {
    let lower = value.to_ascii_lowercase();
    let mut found: Vec<_> = lower
        .match_indices("url(")
        .map(|(at, opening)| local_url(value.get(at + opening.len()..)?).map(|(id, _)| id))
        .collect();
    if value.contains('\\') {
        found.push(None);
    }
    found
}

/// The `id` of `#id)`, in quotes or not, and what follows.
fn local_url(text: &str) -> Option<(&str, &str)> {
    let (inside, rest) = text.split_once(')')?;
    let inside = inside.trim_matches(' ');
    let bare = ['"', '\'']
        .into_iter()
        .find_map(|quote| inside.strip_prefix(quote)?.strip_suffix(quote));
    let id = bare.unwrap_or(inside).strip_prefix('#')?;
    is_id(id).then_some((id, rest))
}

/// Letters and digits of any script, and what drawing programs put between.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= NAME_BYTES
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.:".contains(c))
}

fn all(value: String, is_fine: impl Fn(char) -> bool) -> Option<String> {
    (!value.is_empty() && value.chars().all(is_fine)).then_some(value)
}

fn words(value: &str) -> Option<String> {
    let is_fine = !value.is_empty()
        && value
            .split([' ', ','])
            .all(|word| word.is_empty() || is_number(word) || is_word(word));
    is_fine.then(|| value.to_owned())
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
        && text.len() <= NAME_BYTES
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn is_number(text: &str) -> bool {
    number(text).is_some_and(|(_, unit)| {
        unit == "%" || (unit.len() <= 4 && unit.chars().all(|c| c.is_ascii_alphabetic()))
    })
}

/// A number and what follows it, usually its unit.
pub(super) fn number(text: &str) -> Option<(f64, &str)> {
    let digits = |at: usize| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let is_at =
        |at: usize, marks: &[u8]| text.as_bytes().get(at).is_some_and(|b| marks.contains(b));
    let start = usize::from(is_at(0, b"+-"));
    let mut end = digits(start);
    if is_at(end, b".") && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if end == start {
        return None;
    }
    // `1em` has no exponent.
    if is_at(end, b"eE") {
        let from = end + 1 + usize::from(is_at(end + 1, b"+-"));
        if digits(from) > from {
            end = digits(from);
        }
    }
    let (digits, unit) = text.split_at_checked(end)?;
    let number: f64 = digits.parse().ok()?;
    number.is_finite().then_some((number, unit))
}

/// Functions of words and numbers.
fn transform(value: &str) -> bool {
    let mut rest = value;
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('(') else {
            return rest == "none" && rest.len() == value.len();
        };
        let Some((inside, after)) = after.split_once(')') else {
            return false;
        };
        let is_fine = |c: char| c.is_ascii_alphanumeric() || "+-.,% ".contains(c);
        if !is_word(name.trim_matches(' ')) || !inside.chars().all(is_fine) {
            return false;
        }
        rest = after.trim_start_matches([' ', ',']);
    }
    !value.is_empty()
}

fn paint(value: &str) -> Option<String> {
    let is_link = value
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("url("));
    if !is_link {
        return is_colour(value).then(|| value.to_owned());
    }
    let (id, rest) = local_url(value.get(4..)?)?;
    let rest = rest.trim_matches(' ');
    match rest {
        "" => Some(format!("url(#{id})")),
        _ => is_colour(rest).then(|| format!("url(#{id}) {rest}")),
    }
}

/// `none`, `red`, `#c00`, `rgb(255 0 0 / 50%)`.
fn is_colour(value: &str) -> bool {
    if let Some(digits) = value.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.chars().all(|c| c.is_ascii_hexdigit());
    }
    match value.split_once('(') {
        None => is_word(value),
        Some((name, rest)) => {
            let is_fine = |c: char| c.is_ascii_digit() || "+-.,%/ deg".contains(c);
            let is_known = ["rgb", "rgba", "hsl", "hsla"]
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known));
            is_known
                && rest
                    .strip_suffix(')')
                    .is_some_and(|rest| rest.chars().all(is_fine))
        }
    }
}

fn link(value: &str) -> Option<String> {
    if value == "none" {
        return Some(value.to_owned());
    }
    let start = value.get(..4)?;
    let (id, rest) = local_url(value.get(4..)?)?;
    (start.eq_ignore_ascii_case("url(") && rest.trim_matches(' ').is_empty())
        .then(|| format!("url(#{id})"))
}

fn are_quotes_closed(text: &str) -> bool {
    let mut open = None;
    for character in text.chars().filter(|c| matches!(c, '"' | '\'')) {
        open = match open {
            None => Some(character),
            Some(quote) if quote == character => None,
            still => still,
        };
    }
    open.is_none()
}
