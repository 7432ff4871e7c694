//! A drawing as it is kept: elements by number, the root first.

use hashbrown::HashMap;

/// A drawing.
pub(super) struct Drawing {
    /// Element 0 is the root.
    pub(super) elements: Vec<Element>,
    /// Which element has an `id`: each has one element.
    pub(super) ids: HashMap<String, usize>,
    /// The text of all style sheets.
    pub(super) sheet: String,
}

/// An element.
pub(super) struct Element {
    pub(super) name: &'static str,
    /// Names and values, in the order of the file.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// Properties of the `style` attribute, each once.
    pub(super) style: Vec<(&'static str, String)>,
    /// What style sheets may choose it by. Not written.
    pub(super) classes: Vec<String>,
    pub(super) children: Vec<Child>,
}

/// What an element contains.
pub(super) enum Child {
    /// The number of an element.
    Element(usize),
    /// Characters.
    Text(String),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|(have, _)| *have == name);
        found.next().map(|(_, value)| value.as_str())
    }

    /// A property set again takes the place of the earlier one.
    pub(super) fn set_style(&mut self, name: &'static str, value: String) {
        self.style.retain(|(have, _)| *have != name);
        self.style.push((name, value));
    }
}
