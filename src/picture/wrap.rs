//! Text in lines, without a font to measure it by.
//!
//! Widths are guesses on the wide side, for a bold sans-serif: a line may come
//! out shorter than it could be, and does not leave its box.

use unicode_normalization::char::is_combining_mark;

const JOINER: char = '\u{200d}';
const DOTS: char = '…';

/// How wide a character is, in thousandths of the font's size.
fn width_of(character: char) -> u32 {
    match character {
        _ if is_attached(character) => 0,
        'i' | 'j' | 'l' | 'I' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' | ' ' => 320,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 420,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | DOTS => 980,
        'a'..='z' | '0'..='9' => 620,
        'A'..='Z' => 760,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{ff60}' => 1_050,
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'.. => 1_400,
        _ => 700,
    }
}

fn width(text: &str) -> u32 {
    text.chars().map(width_of).sum()
}

/// Whether a character belongs to the one before it.
fn is_attached(character: char) -> bool {
    is_combining_mark(character)
        || matches!(character, JOINER | '\u{200c}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The words of `text` in lines of at most `most` (thousandths of the font's
/// size). A word that is longer than a line is broken.
pub(super) fn wrap(text: &str, most: u32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let together = width(&line) + width_of(' ') + width(word);
        if !line.is_empty() && together <= most {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        lines.extend(Some(std::mem::take(&mut line)).filter(|line| !line.is_empty()));
        let mut pieces = pieces(word, most);
        line = pieces.pop().unwrap_or_default();
        lines.append(&mut pieces);
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// The lines, and dots if they are more than `count`.
pub(super) fn wrap_and_cut(text: &str, most: u32, count: usize) -> Vec<String> {
    let mut lines = wrap(text, most);
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(last) + width_of(DOTS) > most {
                last.pop();
            }
            last.truncate(last.trim_end_matches([' ', JOINER]).len());
            last.push(DOTS);
        }
    }
    lines
}

/// A word in pieces that fit, never between a character and its accents.
fn pieces(word: &str, most: u32) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut wide = 0;
    let mut before = ' ';
    for character in word.chars() {
        let more = width_of(character);
        let may_break = !is_attached(character) && before != JOINER;
        if !piece.is_empty() && wide + more > most && may_break {
            pieces.push(std::mem::take(&mut piece));
            wide = 0;
        }
        piece.push(character);
        wide += more;
        before = character;
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words() {
        assert_eq!(wrap("", 5_000), [""; 0]);
        assert_eq!(wrap("  Peer   support ", 20_000), ["Peer support"]);
        assert_eq!(wrap("Peer support", 6_000), ["Peer", "support"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch & Gofal 2030";
        for most in [2_000, 5_000, 9_000, 14_000] {
            let lines = wrap(name, most);
            assert!(lines.iter().all(|line| width(line) <= most), "{lines:?}");
            let letters: String = name.split(' ').collect();
            assert_eq!(lines.concat().replace(' ', ""), letters);
        }
    }

    #[test]
    fn accents_and_joined_characters_stay_together() {
        let accents = "e\u{301}".repeat(20);
        for line in wrap(&accents, 2_000) {
            assert!(line.starts_with('e') && line.ends_with('\u{301}'), "{line}");
        }
        let family = "👩‍👩‍👧‍👦";
        assert_eq!(wrap(family, 1_000), [family]);
    }

    #[test]
    fn what_is_cut_ends_in_dots() {
        let lines = wrap_and_cut(&"word ".repeat(100), 6_000, 3);
        assert_eq!(lines.len(), 3);
        assert!(
            lines[2].ends_with("d…") || lines[2].ends_with("r…"),
            "{lines:?}"
        );
        assert!(width(&lines[2]) <= 6_000);
        assert_eq!(wrap_and_cut("short", 6_000, 3), ["short"]);
    }
}
