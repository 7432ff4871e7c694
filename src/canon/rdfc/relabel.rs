//! Canonical statements under other names for their blank nodes, as selective
//! disclosure signs them (VC-DI-ECDSA §3.4.1,
//! `labelReplacementCanonicalizeNQuads`).

use super::{Canonical, write_quad};
use crate::canon::dataset::{Dataset, NO_GRAPH};

/// One statement of a canonical dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The statement in N-Quads, with its line feed.
    pub line: String,
    /// Whether a [`crate::canon::Selecting`] selected it.
    pub selected: bool,
    /// Whether it belongs to a named graph.
    pub in_named_graph: bool,
}

impl Canonical {
    /// How many blank nodes have a canonical name: `c14n0` and on.
    #[must_use]
    pub fn blank_nodes(&self) -> usize {
        self.names.iter().flatten().count()
    }

    /// The statements of `dataset`, which this is the canonical form of, with
    /// `labels[n]` in the place of `c14n{n}`, in code point order of the
    /// result. `None` unless there is one label for each blank node.
    #[must_use]
    pub fn relabelled(&self, dataset: &Dataset, labels: &[String]) -> Option<Vec<Statement>> {
        if labels.len() != self.blank_nodes() {
            return None;
        }
        let mut selected = dataset.selected.clone();
        selected.sort_unstable();
        let mut statements: Vec<Statement> = dataset
            .quads
            .iter()
            .map(|quad| {
                let mut line = String::with_capacity(160);
                write_quad(&mut line, dataset, quad, |out, blank| {
                    let number = self.names.get(blank).copied().flatten();
                    let label = number.and_then(|number| labels.get(number as usize));
                    out.push_str("_:");
                    out.push_str(label.map_or("", String::as_str));
                });
                Statement {
                    line,
                    selected: selected.binary_search(quad).is_ok(),
                    in_named_graph: quad.graph != NO_GRAPH,
                }
            })
            .collect();
        statements.sort_unstable_by(|left, right| left.line.cmp(&right.line));
        Some(statements)
    }
}

#[cfg(test)]
mod tests {
    use crate::canon::rdfc::{Hash, canonicalize};
    use crate::canon::{Dataset, Literal, Sink as _};

    /// Two blank nodes, of which `c14n0` is the one that names the other.
    fn dataset() -> Dataset {
        let mut dataset = Dataset::new();
        let (one, two) = (dataset.blank().unwrap(), dataset.blank().unwrap());
        let (knows, name) = (dataset.iri("urn:x:knows"), dataset.iri("urn:x:name"));
        let ada = dataset.literal("Ada", Literal::Plain);
        dataset.quad(one, knows, two, None).unwrap();
        dataset.quad(two, name, ada, Some(one)).unwrap();
        dataset
    }

    fn lines(labels: &[&str]) -> Option<Vec<String>> {
        let mut dataset = dataset();
        let canonical = canonicalize(&mut dataset, Hash::Sha256).expect("canonical");
        assert_eq!(canonical.blank_nodes(), 2);
        let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
        let statements = canonical.relabelled(&dataset, &labels)?;
        Some(
            statements
                .into_iter()
                .map(|statement| statement.line)
                .collect(),
        )
    }

    #[test]
    fn canonical_labels_give_the_canonical_form() {
        let mut dataset = dataset();
        let canonical = canonicalize(&mut dataset, Hash::Sha256).expect("canonical");
        assert_eq!(
            lines(&["c14n0", "c14n1"]).expect("lines").concat(),
            canonical.nquads
        );
    }

    #[test]
    fn other_labels_give_another_order() {
        let straight = lines(&["a", "b"]).expect("lines");
        let crossed = lines(&["b", "a"]).expect("lines");
        assert!(straight[0].starts_with("_:a ") && straight[1].starts_with("_:b "));
        assert!(crossed[0].starts_with("_:a ") && crossed[1].starts_with("_:b "));
        assert_ne!(straight, crossed);
    }

    #[test]
    fn a_label_too_many_or_too_few_is_refused() {
        assert_eq!(lines(&["a"]), None);
        assert_eq!(lines(&["a", "b", "c"]), None);
        assert_eq!(lines(&[]), None);
    }
}
