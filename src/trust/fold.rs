//! Text folded so that what looks alike becomes equal.
//!
//! Folds case, accents, width and style (NFKD), letters of other alphabets that
//! look like Latin ones, `0` and `o`, `1`, `i` and `l`, `rn` and `m`, `vv` and
//! `w`, punctuation, and characters that cannot be seen.
//!
//! **Limits.** The table of letters is short: Greek, Cyrillic and a few others,
//! only the ones that pass for Latin at a glance. Greek capitals Η, Ν and Υ pass
//! for other letters than their small forms do, so a Greek name written in
//! capitals may not match the same name in small letters. The result is for
//! comparing, never for showing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The words of a text, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    let visible = text.chars().filter(|character| !is_left_out(*character));
    for character in visible.nfkd().filter(|character| !is_accent(*character)) {
        fold(character, &mut folded);
    }
    folded
        .split_whitespace()
        .map(|word| word.replace("rn", "m").replace("vv", "w"))
        .collect()
}

fn fold(character: char, folded: &mut String) {
    if let Some(latin) = latin(character) {
        folded.push_str(latin);
        return;
    }
    for lower in character.to_lowercase().filter(|lower| !is_accent(*lower)) {
        match latin(lower) {
            Some(latin) => folded.push_str(latin),
            None if lower.is_alphanumeric() => folded.push(lower),
            None => folded.push(' '),
        }
    }
}

/// Apostrophes (people leave them out), and what has no shape.
const fn is_left_out(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | '′' | '＇'
            | '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}'
            | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Marks on a letter; not the vowel signs that some scripts write as marks.
fn is_accent(character: char) -> bool {
    is_combining_mark(character)
        && (canonical_combining_class(character) != 0 || !character.is_alphanumeric())
}

/// The Latin letter a character passes for. Capitals are listed where they
/// look like another letter than their small form does.
const fn latin(character: char) -> Option<&'static str> {
    Some(match character {
        '0' | 'О' | 'о' | 'Ο' | 'ο' | 'σ' | 'Օ' | 'օ' | 'Ø' | 'ø' | 'Ө' | 'ө' => "o",
        '1' | 'i' | 'I' | 'l' | 'L' | '|' | 'ı' | 'ł' | 'Ł' | 'ǀ' | 'І' | 'і' | 'Ӏ' | 'ӏ' | 'Ι'
        | 'ι' => "l",
        'А' | 'а' | 'Α' | 'α' | 'ɑ' => "a",
        'В' | 'в' | 'Β' | 'β' | 'Ь' | 'ь' => "b",
        'С' | 'с' | 'Ϲ' | 'ϲ' | 'ς' => "c",
        'ԁ' | 'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'Е' | 'е' | 'Ε' | 'ε' | 'Є' | 'є' => "e",
        'ɡ' => "g",
        'Н' | 'н' | 'Η' | 'һ' | 'Һ' | 'հ' | 'ħ' | 'Ħ' => "h",
        'Ј' | 'ј' | 'ϳ' => "j",
        'К' | 'к' | 'Κ' | 'κ' => "k",
        'М' | 'м' | 'Μ' | 'μ' => "m",
        'Ν' | 'η' | 'п' | 'ո' => "n",
        'Р' | 'р' | 'Ρ' | 'ρ' => "p",
        'ԛ' | 'Ԛ' => "q",
        'Г' | 'г' => "r",
        'Ѕ' | 'ѕ' => "s",
        'Т' | 'т' | 'Τ' | 'τ' => "t",
        'υ' | 'Ս' | 'ս' => "u",
        'ν' | 'Ѵ' | 'ѵ' => "v",
        'ω' | 'Ԝ' | 'ԝ' | 'ѡ' => "w",
        'Х' | 'х' | 'Χ' | 'χ' => "x",
        'У' | 'у' | 'Υ' | 'γ' | 'Ү' | 'ү' => "y",
        'Ζ' | 'ζ' => "z",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        '&' | '+' => " and ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(left: &str, right: &str, is_alike: bool) {
        assert_eq!(words(left) == words(right), is_alike, "{left} {right}");
    }

    #[test]
    fn what_looks_alike_becomes_equal() {
        for other in [
            "NORTHMARCH COUNTY COUNCIL",
            "northmarch  county\tcouncil",
            "Northmarch-County, Council.",
            "Nörthmarch Cöunty Còuncíl",
            "No\u{0308}rthmarch County Council",
            "Ｎｏｒｔｈｍａｒｃｈ County Council",
            "𝐍𝐨𝐫𝐭𝐡𝐦𝐚𝐫𝐜𝐡 County Council",
            "N0rthmarch C0unty C0unci1",
            "Northmarch County CounciI",
            "Northrnarch County Council",
            // Cyrillic, Greek, Armenian.
            "Nоrthmаrсh Соunty Соunсіl",
            "NΟRTHMΑRCH CΟUNTY CΟUNCΙL",
            "Nօrthmarch County Coսncil",
            // What cannot be seen.
            "North\u{200B}march County Council",
            "North\u{00AD}march County Council\u{FE0F}",
            "\u{202A}Northmarch\u{202C} County Council",
            "N\u{20DD}orthmarch County Council",
        ] {
            check("Northmarch County Council", other, true);
        }
        check("Children's services", "Childrens services", true);
        check("Children’s services", "Children´s services", true);
        check("Health & Care", "Health and Care", true);
        check("Straße", "STRASSE", true);
        check("Żółw Łódź", "Zolw Lodz", true);
        check("Cyngor Sir Ynys Môn", "Cyngor Sir Ynys Mon", true);
    }

    #[test]
    fn what_differs_stays_different() {
        check("Northmarch", "Southmarch", false);
        check("Northmarch", "Northmarsh", false);
        check("Northmarch", "North march", false);
        check("Studio 3", "Studio 8", false);
        check("Clover Care", "Dover Care", false);
        check("東京大学", "京都大学", false);
        check("Київ", "Львів", false);
        check("कला", "कल", false);
        check("", "a", false);
    }

    #[test]
    fn nothing_visible_is_no_word() {
        for text in ["", " ", "\u{200B}\u{FEFF}", "!?-", "\u{0301}", "''"] {
            assert!(words(text).is_empty(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = words(&text);
            prop_assert_eq!(words(&once.join(" ")), once);
        }

        #[test]
        fn latin_capitals_never_matter(text in "[a-zà-ÿāăčďđłńœšžß0-9 .'-]{0,40}") {
            prop_assert_eq!(words(&text.to_uppercase()), words(&text));
        }
    }
}
