//! Colours can be told apart by everybody (WCAG 2.2, 1.4.3 and 1.4.11), in
//! light and in dark.

use std::collections::HashMap;

const STYLE: &str = include_str!("../../src/web/assets/style.css");

/// Text on its ground: 4.5 to 1.
const TEXT: [(&str, &str); 26] = [
    ("ink", "ground"),
    ("ink", "soft"),
    ("quiet", "ground"),
    ("quiet", "soft"),
    ("on-brand", "brand"),
    ("link", "ground"),
    ("link", "soft"),
    ("link-strong", "ground"),
    ("link-strong", "soft"),
    ("on-press", "press"),
    ("on-press", "press-strong"),
    ("on-focus", "focus"),
    ("good", "good-ground"),
    ("good", "ground"),
    ("good", "soft"),
    ("caution", "caution-ground"),
    ("caution", "ground"),
    ("caution", "soft"),
    ("stop", "stop-ground"),
    ("stop", "ground"),
    ("stop", "soft"),
    ("neutral", "neutral-ground"),
    ("neutral", "ground"),
    ("neutral", "soft"),
    ("press", "ground"),
    ("ink", "stop-ground"),
];

/// Edges of fields: 3 to 1.
const EDGES: [(&str, &str); 3] = [("edge", "ground"), ("edge", "soft"), ("stop", "ground")];

/// The colours of a block of the stylesheet.
fn colours(block: &str) -> HashMap<&str, [f64; 3]> {
    let end = block.find('}').expect("an end");
    block[..end]
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"))
        .map(|(name, value)| {
            let part = |at: usize| {
                let byte = u8::from_str_radix(&value[at..at + 2], 16).expect("hexadecimal");
                f64::from(byte) / 255.0
            };
            (name, [part(0), part(2), part(4)])
        })
        .collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| {
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

#[test]
fn every_text_stands_out_in_light_and_in_dark() {
    let light = STYLE.split_once(":root {").expect("light").1;
    let dark = STYLE
        .split_once("prefers-color-scheme: dark) {")
        .expect("dark")
        .1;
    let light = colours(light);
    let mut both = light.clone();
    both.extend(colours(dark));
    for (scheme, colours) in [("light", light), ("dark", both)] {
        for (pairs, least) in [(&TEXT[..], 4.5), (&EDGES[..], 3.0)] {
            for (on, ground) in pairs {
                let contrast = contrast(colours[on], colours[ground]);
                assert!(
                    contrast >= least,
                    "{scheme}: {on} on {ground}: {contrast:.2}"
                );
            }
        }
    }
}

#[test]
fn contrast_is_computed_as_the_guidelines_do() {
    let black_on_white = contrast([0.0; 3], [1.0; 3]);
    assert!((black_on_white - 21.0).abs() < 0.001);
    let grey = contrast([f64::from(0x76) / 255.0; 3], [1.0; 3]);
    assert!((grey - 4.54).abs() < 0.01, "{grey}");
}
