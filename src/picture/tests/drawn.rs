//! Drawn pictures are ours from the start.

use super::{Error, sanitise, stays};
use crate::picture::drawn;

const NAMES: &[&str] = &[
    "Peer support",
    "",
    "A",
    "Mental capacity in everyday decisions, second edition, with practice in the home",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Gofal iechyd meddwl yn y gymuned – lefel uwch",
    "الرعاية الصحية النفسية في المجتمع",
    "טיפול",
    "心理健康支持与社区护理",
    "🏅 Digital champion 👩‍👩‍👧‍👦",
    "</text></svg><script>alert(1)</script>",
    "\"' onload='alert(1)' & &amp; <!-- ]]> -->",
    "url(https://x.example/) javascript:alert(1)",
    "a\u{0}b\u{8}c\u{fffe}d\u{ffff}e\rf\ng\th",
    "abc\u{202e}fdp.exe\u{2066}x\u{200b}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "{{name}} %s ${x}",
];

#[track_caller]
fn check(name: &str, issuer: &str, colour: &str) -> String {
    let svg = drawn(name, issuer, colour);
    let picture = sanitise(svg.as_bytes()).unwrap_or_else(|error| panic!("{error}: {svg}"));
    assert_eq!(String::from_utf8_lossy(picture.bytes()), svg);
    stays(&picture);
    svg
}

#[test]
fn a_drawn_picture_passes_unchanged_whatever_the_name() {
    for name in NAMES {
        for issuer in NAMES {
            check(name, issuer, "#6b2d5c");
        }
        check(&name.repeat(40), name, "#000000");
    }
}

#[test]
fn names_stay_text() {
    let svg = check("A & B <i>", "C \"D\"", "#123456");
    assert!(
        svg.contains(">A &amp; B &lt;i&gt; – C &quot;D&quot;</title>"),
        "{svg}"
    );
    let svg = check("</title><script>", "x", "#123456");
    assert!(!svg.contains("<script"));
}

#[test]
fn every_word_of_an_ordinary_name_is_in_the_picture() {
    let name = "Safe lifting and moving of people at home";
    let svg = check(name, "Northmarch College", "#123456");
    let (_, drawing) = svg.split_once("</title>").expect("a title");
    for word in name.split(' ').chain(["Northmarch", "College"]) {
        assert!(drawing.contains(word), "{word}");
    }
    assert!(!drawing.contains('…'));
}

#[test]
fn a_long_name_is_cut_in_the_drawing_and_whole_in_the_title() {
    let name = "competence ".repeat(60);
    let svg = check(&name, "x", "#123456");
    let (title, drawing) = svg.split_once("</title>").expect("a title");
    assert!(title.contains(name.trim()));
    assert!(drawing.contains('…'));
    assert!(drawing.matches("<text").count() <= 12);
}

#[test]
fn no_line_leaves_the_ring() {
    for name in NAMES {
        let svg = check(name, name, "#123456");
        for text in svg.split(" y=\"").skip(1) {
            let y: u32 = text
                .split('"')
                .next()
                .expect("y")
                .parse()
                .expect("a number");
            assert!((100..440).contains(&y), "{svg}");
        }
    }
}

#[test]
fn a_colour_that_is_none_becomes_ours() {
    for colour in [
        "",
        "red",
        "#12",
        "#12345g",
        "#1234567",
        "\"/><script>",
        "url(#a)",
        "##12345",
    ] {
        let svg = check("a", "b", colour);
        assert!(svg.contains("#24506b") && !svg.contains("script"), "{svg}");
    }
    assert!(check("a", "b", "#aBcDeF").contains("stroke=\"#aBcDeF\""));
}

#[test]
fn arabic_and_hebrew_run_from_right_to_left() {
    for (name, expected) in [
        ("رعاية", true),
        ("2. טיפול", true),
        ("Gofal", false),
        ("🏅 护理", false),
    ] {
        assert_eq!(check(name, "x", "").contains("direction=\"rtl\""), expected);
    }
}

#[test]
fn marks_that_turn_text_around_are_left_out() {
    let svg = check("abc\u{202e}fdp\u{2066}\u{200b}", "\u{202d}x", "");
    for mark in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{202d}'] {
        assert!(!svg.contains(mark));
    }
    assert!(svg.contains("<title id=\"title\">abcfdp – x</title>"));
}

#[test]
fn an_error_is_shown_to_people() {
    assert_eq!(
        Error::Kind.to_string(),
        "the file is neither a PNG nor a JPEG nor an SVG picture"
    );
}
