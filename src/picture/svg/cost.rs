//! How much a drawing draws when uses are followed (L-16).
//!
//! `use` draws a part again, a pattern draws its content for what it fills, a
//! marker for each corner. Uses within uses multiply: ten lines can ask for a
//! milliard of circles. Each element is counted once and remembered, so
//! counting itself costs no more than the file is long.

use super::super::error::{Error, Limit, Refusal};
use super::tree::{Child, Drawing, Element};
use super::value;
use crate::limits;

/// What an element draws, with everything in it.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Elements, each as often as it is drawn.
    drawn: u64,
    /// Corners at which there may be a marker.
    corners: u64,
    /// Uses of other parts, uses within uses included.
    uses: u64,
    /// Nesting, uses followed.
    depth: u32,
}

/// What is known of an element.
#[derive(Clone, Copy)]
enum Known {
    Nothing,
    Begun,
    All(Cost),
}

/// How often a reference is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    /// Once: a use, a mask, a clip path, a gradient's parent.
    Once,
    /// For each element that inherits the paint.
    Drawn,
    /// For each corner of each element.
    Corners,
}

struct Counter<'a> {
    drawing: &'a Drawing,
    known: Vec<Known>,
}

/// Refuses drawings that draw without end, or nearly.
pub(super) fn check(drawing: &Drawing) -> Result<(), Error> {
    let mut counter = Counter {
        drawing,
        known: vec![Known::Nothing; drawing.elements.len()],
    };
    counter.cost(0, 0)?;
    Ok(())
}

impl Counter<'_> {
    /// Recursion is bounded by `above`, the elements and uses around this one.
    fn cost(&mut self, number: usize, above: u32) -> Result<Cost, Error> {
        let Some(element) = self.drawing.elements.get(number) else {
            return Ok(Cost::default());
        };
        match self.known.get(number) {
            Some(Known::All(cost)) => return Ok(*cost),
            Some(Known::Begun) => {
                let id = element.attribute("id").unwrap_or(element.name).to_owned();
                return Err(Refusal::Loop { id }.into());
            }
            _ if above >= limits::SVG_USE_DEPTH => return Err(Limit::Depth.into()),
            _ => self.know(number, Known::Begun),
        }
        let mut cost = Cost {
            drawn: 1,
            corners: corners(element),
            uses: 0,
            depth: 0,
        };
        for child in &element.children {
            if let Child::Element(child) = child {
                cost = cost.and(self.cost(*child, above + 1)?, 1);
            }
        }
        for (id, times) in references(element) {
            let Some(target) = self.drawing.ids.get(id) else {
                continue;
            };
            let mut used = self.cost(*target, above + 1)?;
            used.uses = used.uses.saturating_add(1);
            cost = match times {
                Times::Once => cost.and(used, 1),
                Times::Drawn => cost.and(used.without_corners(), cost.drawn),
                Times::Corners => cost.and(used.without_corners(), cost.corners),
            };
        }
        cost.depth = cost.depth.saturating_add(1);
        cost.check()?;
        self.know(number, Known::All(cost));
        Ok(cost)
    }

    fn know(&mut self, number: usize, what: Known) {
        if let Some(known) = self.known.get_mut(number) {
            *known = what;
        }
    }
}

impl Cost {
    fn and(self, other: Self, times: u64) -> Self {
        let add = |here: u64, there: u64| here.saturating_add(there.saturating_mul(times));
        Self {
            drawn: add(self.drawn, other.drawn),
            corners: add(self.corners, other.corners),
            uses: add(self.uses, other.uses),
            depth: self.depth.max(other.depth),
        }
    }

    /// The content of a pattern has markers of its own only.
    fn without_corners(self) -> Self {
        Self { corners: 0, ..self }
    }

    fn check(self) -> Result<(), Limit> {
        if self.uses > limits::SVG_USES || self.drawn > limits::SVG_DRAWN {
            return Err(Limit::Uses);
        }
        if self.depth > limits::SVG_USE_DEPTH {
            return Err(Limit::Depth);
        }
        Ok(())
    }
}

/// A corner takes two characters at least (`h1`).
fn corners(element: &Element) -> u64 {
    let text = element.attribute("d").or(element.attribute("points"));
    let longest = text.map_or(0, str::len) / 2 + 2;
    u64::try_from(longest).unwrap_or(u64::MAX)
}

/// The parts of the picture that an element refers to.
fn references(element: &Element) -> Vec<(&str, Times)> {
    let mut found = Vec::new();
    let values = element.attributes.iter().chain(&element.style);
    for (name, value) in values {
        if *name == "href" {
            found.extend(value.strip_prefix('#').map(|id| (id, Times::Once)));
            continue;
        }
        // Text for people may say `url(#a)` and refer to nothing.
        if *name == "aria-label" {
            continue;
        }
        let times = match *name {
            "marker" | "marker-start" | "marker-mid" | "marker-end" => Times::Corners,
            "fill" | "stroke" => Times::Drawn,
            _ => Times::Once,
        };
        let links = value::links(value);
        found.extend(links.into_iter().flatten().map(|id| (id, times)));
    }
    // What multiplies comes last, when everything else is known.
    found.sort_by_key(|(_, times)| *times != Times::Once);
    found
}
