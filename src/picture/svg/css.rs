//! CSS: `style` attributes, and style sheets as drawing programs write them.
//!
//! Simple rules (`.a, #b, rect { fill: #fff }`) are written into the elements
//! they choose, in the order of the cascade, so no style sheet and no class is
//! left. Anything more is refused: leaving it out would change the picture.

use super::super::error::{Error, Limit, Refusal};
use super::build::outside;
use super::names;
use super::tree::{Drawing, Element};
use super::value::{self, Held};
use crate::limits;
use hashbrown::HashMap;

type Declaration = (&'static str, String);

/// Reads a `style` attribute into its element.
pub(super) fn read_style(element: &mut Element, text: &str) -> Result<(), Refusal> {
    for (name, value) in declarations(&without_comments(text), element.name)? {
        element.set_style(name, value);
    }
    Ok(())
}

/// Without `/* … */`. A comment that is not closed goes to the end.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        // A comment separates: `ur/**/l(` is two words.
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// The known properties among `name: value; …`.
fn declarations(text: &str, element: &str) -> Result<Vec<Declaration>, Refusal> {
    let mut found = Vec::new();
    for piece in split_outside(text, ';') {
        let Some((name, value)) = piece.split_once(':') else {
            continue;
        };
        let lower = name.trim_ascii().to_ascii_lowercase();
        let value = value.trim_ascii();
        let known = names::property(&lower);
        let shown = known.map_or("style", |(name, _)| name);
        if value.contains('\\') {
            return Err(Refusal::Style("escapes"));
        }
        if value::links(value).contains(&None) {
            return Err(outside(element, shown));
        }
        let Some((name, kind)) = known else { continue };
        if value.contains('!') {
            return Err(Refusal::Style("!important"));
        }
        match value::hold(kind, value) {
            Held::Kept(value) => found.push((name, value)),
            Held::Dropped => {}
            Held::Outside => return Err(outside(element, name)),
        }
    }
    Ok(found)
}

/// Splits at a mark that stands neither in quotes nor in brackets.
fn split_outside(text: &str, mark: char) -> Vec<&str> {
    let mut quote = None;
    let mut depth = 0_u32;
    text.split(|character: char| {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => return false,
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => depth = depth.saturating_add(1),
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == mark && quote.is_none() && depth == 0
    })
    .collect()
}

/// The rules of a style sheet: which rule each selector has, weakest first.
#[derive(Default)]
struct Sheet {
    rules: Vec<Vec<Declaration>>,
    elements: HashMap<String, Vec<usize>>,
    classes: HashMap<String, Vec<usize>>,
    ids: HashMap<String, Vec<usize>>,
}

/// Writes the drawing's style sheet into its elements.
pub(super) fn apply(drawing: &mut Drawing) -> Result<(), Error> {
    let sheet = parse(&without_comments(&drawing.sheet))?;
    let mut room = limits::SVG_PLAIN_BYTES;
    for element in &mut drawing.elements {
        let own = std::mem::take(&mut element.style);
        for rule in sheet.rules_of(element) {
            for (name, value) in sheet.rules.get(rule).into_iter().flatten() {
                // It would have to be written out, so there is no more room.
                let needed = name.len() + value.len();
                room = room.checked_sub(needed).ok_or(Limit::Bytes)?;
                element.set_style(name, value.clone());
            }
        }
        for (name, value) in own {
            element.set_style(name, value);
        }
    }
    Ok(())
}

impl Sheet {
    /// CSS Cascading: elements, then classes, then ids; the later the stronger.
    fn rules_of(&self, element: &Element) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        found.extend(self.elements.get(element.name).into_iter().flatten());
        let mut names: Vec<&str> = element.classes.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let mut chosen: Vec<usize> = names
            .into_iter()
            .flat_map(|name| self.classes.get(name).into_iter().flatten().copied())
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        found.append(&mut chosen);
        let id = element.attribute("id").and_then(|id| self.ids.get(id));
        found.extend(id.into_iter().flatten());
        found
    }

    fn choose(&mut self, selector: &str) -> Result<(), Refusal> {
        let rule = self.rules.len();
        let (list, name) = match selector.split_at_checked(1) {
            Some((".", name)) => (&mut self.classes, name),
            Some(("#", name)) => (&mut self.ids, name),
            _ => (&mut self.elements, selector),
        };
        let is_simple = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if name.is_empty() || !name.chars().all(is_simple) {
            return Err(Refusal::Style("a selector that is not a single name"));
        }
        list.entry_ref(name).or_default().push(rule);
        Ok(())
    }
}

fn parse(text: &str) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    // What hides a sheet from readers that know none (CSS Syntax §9.1).
    let text = text.replace("<!--", " ").replace("-->", " ");
    if text.contains('@') {
        return Err(Refusal::Style("an at-rule such as @import or @font-face"));
    }
    let mut rest = text.trim_ascii();
    while !rest.is_empty() {
        let (selectors, after) = rest.split_once('{').ok_or(Refusal::Style("broken rules"))?;
        let (body, after) = after
            .split_once('}')
            .ok_or(Refusal::Style("broken rules"))?;
        if body.contains('{') {
            return Err(Refusal::Style("rules within rules"));
        }
        let found = declarations(body, "style")?;
        if !found.is_empty() {
            for selector in selectors.split(',') {
                sheet.choose(selector.trim_ascii())?;
            }
            sheet.rules.push(found);
        }
        rest = after.trim_ascii();
    }
    Ok(sheet)
}
