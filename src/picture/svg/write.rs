//! The tree as text, in one way only.

use super::NAMESPACE;
use super::tree::{Child, Drawing, Element};

pub(super) fn write(drawing: &Drawing) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(drawing, 0, &mut out);
    out
}

/// Recursion ends with the nesting, which is bounded.
fn element(drawing: &Drawing, number: usize, out: &mut String) {
    let Some(this) = drawing.elements.get(number) else {
        return;
    };
    out.push('<');
    out.push_str(this.name);
    if number == 0 {
        attribute("xmlns", NAMESPACE, out);
    }
    for (name, value) in &this.attributes {
        attribute(name, value, out);
    }
    style(this, out);
    if this.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &this.children {
        match child {
            Child::Element(number) => element(drawing, *number, out),
            Child::Text(text) => escape(text, out),
        }
    }
    out.push_str("</");
    out.push_str(this.name);
    out.push('>');
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

fn style(element: &Element, out: &mut String) {
    if element.style.is_empty() {
        return;
    }
    let style: Vec<String> = element
        .style
        .iter()
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    attribute("style", &style.join(";"), out);
}

/// Fit for text and for values, which all stand in double quotes.
pub(in crate::picture) fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
