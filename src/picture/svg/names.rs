//! The list of what a drawing needs. What is not here does not come through.

use super::value::Kind;

/// What may stand in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Elements.
    Elements,
    /// Elements and text.
    Mixed,
    /// Text.
    Text,
}

/// The word of a list that is `name`.
fn word(list: &'static str, name: &str) -> Option<&'static str> {
    list.split_ascii_whitespace().find(|known| *known == name)
}

/// The elements that are kept, by their one spelling.
pub(super) fn element(name: &str) -> Option<(&'static str, Content)> {
    let content = [
        (ELEMENTS, Content::Elements),
        (MIXED, Content::Mixed),
        (TEXTS, Content::Text),
    ];
    let mut found = content.into_iter();
    found.find_map(|(list, content)| Some((word(list, name)?, content)))
}

/// Whether an element of SVG acts. Others that are not on the list are refused
/// as well; these get another text.
pub(super) fn acts(name: &str) -> bool {
    word(ACTIVE, name).is_some()
}

/// Whether an element of SVG is for programs, not for the eye.
pub(super) fn is_unseen(name: &str) -> bool {
    name == "metadata"
}

const ELEMENTS: &str = "circle clipPath defs ellipse feBlend feColorMatrix feComponentTransfer feComposite \
     feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode \
     feMorphology feOffset filter g image line linearGradient marker mask path pattern \
     polygon polyline radialGradient rect stop svg symbol use";

const MIXED: &str = "text textPath tspan";

const TEXTS: &str = "desc title";

const ACTIVE: &str = "a animate animateColor animateMotion animateTransform audio canvas discard embed \
     feImage foreignObject handler iframe link listener mpath object prefetch script set \
     tbreak tref video";

/// Elements that may refer to another by `href`, and what they may refer to.
pub(super) fn may_refer(element: &str) -> bool {
    matches!(
        element,
        "use" | "image" | "linearGradient" | "radialGradient" | "pattern" | "textPath"
    )
}

/// The kind of an attribute without a prefix.
pub(super) fn attribute(name: &str) -> Option<(&'static str, Kind)> {
    find(ATTRIBUTES, name).or_else(|| find(PROPERTIES, name))
}

/// The kind of a CSS property, in a `style` attribute or a style sheet.
pub(super) fn property(name: &str) -> Option<(&'static str, Kind)> {
    find(PROPERTIES, name).or_else(|| find(CSS_ONLY, name))
}

type Table = &'static [(Kind, &'static str)];

fn find(table: Table, name: &str) -> Option<(&'static str, Kind)> {
    let mut found = table.iter();
    found.find_map(|(kind, list)| Some((word(list, name)?, *kind)))
}

const ATTRIBUTES: Table = &[
    (Kind::Id, "id in in2 result"),
    (Kind::Ids, "aria-describedby aria-labelledby"),
    (Kind::Label, "aria-label"),
    (Kind::Language, "lang"),
    (Kind::Path, "d"),
    (Kind::Numbers, "points rotate tableValues values viewBox"),
    (
        Kind::Transform,
        "gradientTransform patternTransform transform",
    ),
    (
        Kind::Words,
        "amplitude aria-hidden clipPathUnits cx cy dx dy exponent filterUnits fr fx fy \
     gradientUnits height intercept k1 k2 k3 k4 lengthAdjust markerHeight markerUnits \
     markerWidth maskContentUnits maskUnits method mode offset operator orient pathLength \
     patternContentUnits patternUnits preserveAspectRatio primitiveUnits r radius refX refY \
     role rx ry side slope spacing spreadMethod startOffset stdDeviation textLength type \
     width x x1 x2 y y1 y2",
    ),
];

/// Presentation attributes, which are properties too (SVG 2 §6.7).
const PROPERTIES: Table = &[
    (
        Kind::Paint,
        "color fill flood-color lighting-color stop-color stroke",
    ),
    (Kind::Font, "font-family"),
    (
        Kind::Link,
        "clip-path filter marker-end marker-mid marker-start mask",
    ),
    (
        Kind::Words,
        "alignment-baseline baseline-shift clip-rule color-interpolation \
     color-interpolation-filters direction display dominant-baseline fill-opacity fill-rule \
     flood-opacity font-size font-size-adjust font-stretch font-style font-variant \
     font-weight image-rendering letter-spacing opacity overflow paint-order shape-rendering \
     stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin \
     stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration \
     text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode",
    ),
];

/// Properties that are no attributes.
const CSS_ONLY: Table = &[
    (Kind::Paint, "background background-color"),
    (Kind::Font, "font"),
    (Kind::Link, "marker"),
    (Kind::Transform, "transform"),
    (
        Kind::Words,
        "isolation line-height mask-type mix-blend-mode text-align transform-box \
     transform-origin white-space",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_on_the_list() {
        for name in ACTIVE.split_ascii_whitespace() {
            assert!(element(name).is_none(), "{name}");
        }
        for name in [
            "href",
            "style",
            "class",
            "onload",
            "base",
            "src",
            "target",
            "attributeName",
        ] {
            assert!(attribute(name).is_none(), "{name}");
        }
        for name in [
            "behavior",
            "-moz-binding",
            "cursor",
            "content",
            "background-image",
            "src",
        ] {
            assert!(property(name).is_none(), "{name}");
        }
    }

    #[test]
    fn each_name_stands_on_the_list_once() {
        let mut names: Vec<&str> = [ATTRIBUTES, PROPERTIES]
            .into_iter()
            .flatten()
            .flat_map(|(_, list)| list.split_ascii_whitespace())
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn names_are_matched_letter_by_letter() {
        assert!(element("clipPath").is_some());
        for name in ["clippath", "SVG", "Path", "svg:path", "", "path "] {
            assert!(element(name).is_none(), "{name}");
        }
        assert!(attribute("viewBox").is_some());
        assert!(attribute("viewbox").is_none());
    }
}
