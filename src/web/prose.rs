//! Longer texts of strangers, as paragraphs and lists.
//!
//! Criteria and narratives may be Markdown. Of it only what people read is
//! kept: paragraphs, headings and lists. There are no links, pictures or HTML;
//! whatever is left is shown as text, which templates escape.

use super::shown;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Some sentences.
    Paragraph(String),
    /// A heading; it is no heading of the page.
    Heading(String),
    /// A list.
    List(Vec<String>),
    /// A numbered list.
    Steps(Vec<String>),
}

/// The longest text that is shown.
const LONGEST: usize = 8_000;

/// The parts of a text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in shown::lines(text, LONGEST).lines() {
        let line = line.trim();
        if line.is_empty() || is_rule(line) {
            is_open = false;
            continue;
        }
        match (read(line), blocks.last_mut()) {
            (Line::Item(item), Some(Block::List(items))) => items.push(item),
            (Line::Step(item), Some(Block::Steps(items))) => items.push(item),
            (Line::Item(item), _) => blocks.push(Block::List(vec![item])),
            (Line::Step(item), _) => blocks.push(Block::Steps(vec![item])),
            (Line::Heading(heading), _) => {
                blocks.push(Block::Heading(heading));
                is_open = false;
                continue;
            }
            (Line::Text(text), Some(last)) if is_open => goes_on(last, &text),
            (Line::Text(text), _) => blocks.push(Block::Paragraph(text)),
        }
        is_open = true;
    }
    blocks
}

/// A line that goes on with the part before it.
fn goes_on(last: &mut Block, text: &str) {
    let before = match last {
        Block::Paragraph(before) | Block::Heading(before) => Some(before),
        Block::List(items) | Block::Steps(items) => items.last_mut(),
    };
    if let Some(before) = before {
        before.push(' ');
        before.push_str(text);
    }
}

enum Line {
    Item(String),
    Step(String),
    Heading(String),
    Text(String),
}

fn read(line: &str) -> Line {
    let after_mark = ["- ", "* ", "+ ", "• "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    if let Some(item) = after_mark {
        return Line::Item(plain(item));
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let after_number = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    if let Some(item) = after_number.filter(|_| (1..=3).contains(&digits)) {
        return Line::Step(plain(item));
    }
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    if let Some(heading) = rest.strip_prefix(' ').filter(|_| (1..=6).contains(&marks)) {
        return Line::Heading(plain(heading.trim_end_matches('#')));
    }
    let rest = line.trim_start_matches('>').trim_start();
    Line::Text(plain(rest))
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|mark| line.replace(mark, "").is_empty())
}

/// Without the marks of emphasis. Links stay as they were written: where they
/// lead is for everybody to see.
fn plain(text: &str) -> String {
    text.trim()
        .replace("**", "")
        .replace("__", "")
        .replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|one| (*one).to_owned()).collect()
    }

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let text = "To get this badge you need to:\n\n- Attend the day\n  or the refresher.\n- Pass a **check**.\n\nThen:\n1. Wait\n2) Go";
        assert_eq!(
            blocks(text),
            [
                paragraph("To get this badge you need to:"),
                Block::List(texts(&[
                    "Attend the day or the refresher.",
                    "Pass a check."
                ])),
                paragraph("Then:"),
                Block::Steps(texts(&["Wait", "Go"])),
            ]
        );
    }

    #[test]
    fn headings_quotes_and_rules_are_no_more_than_text() {
        let text = "# What\nfirst\nsecond\n---\n> said\n####### not one";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("What".to_owned()),
                paragraph("first second"),
                paragraph("said ####### not one"),
            ]
        );
    }

    #[test]
    fn what_is_no_list_stays_text() {
        for text in [
            "-no",
            "2026 was good",
            "1234. no",
            "*emphasis*",
            "3.5 hours",
            "<b>x</b>",
        ] {
            assert_eq!(blocks(text), [paragraph(text)], "{text}");
        }
        assert_eq!(blocks(" \n\n\t"), []);
    }

    #[test]
    fn an_endless_text_ends() {
        let blocks = blocks(&"x".repeat(20_000));
        let [Block::Paragraph(text)] = blocks.as_slice() else {
            panic!("one paragraph");
        };
        assert_eq!(text.chars().count(), LONGEST + 1);
    }
}
