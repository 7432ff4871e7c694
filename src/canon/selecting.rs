//! Notes which statements come from selected places of a document.
//!
//! For selective disclosure: an issuer names by JSON Pointers what must always
//! be shown, and the statements that these places make have to be told from the
//! others. **Does not:** know what a pointer is; the caller judges each place.

use super::dataset::{Dataset, Literal, NO_GRAPH, Quad, Sink};
use super::error::Error;
use super::pass::Step;

/// Hands statements on to a [`Dataset`], which remembers those made at a place
/// that `selects` says yes to. A statement made twice is selected if one of its
/// places is.
pub struct Selecting<'s, F> {
    dataset: &'s mut Dataset,
    selects: F,
    selected: bool,
}

impl<'s, F: FnMut(&[Step<'_>]) -> bool> Selecting<'s, F> {
    /// Collects into `dataset`.
    pub const fn new(dataset: &'s mut Dataset, selects: F) -> Self {
        Self {
            dataset,
            selects,
            selected: false,
        }
    }
}

impl<F: FnMut(&[Step<'_>]) -> bool> Sink for Selecting<'_, F> {
    type Node = <Dataset as Sink>::Node;

    fn blank(&mut self) -> Result<Self::Node, Error> {
        self.dataset.blank()
    }

    fn labelled_blank(&mut self, label: &str) -> Result<Self::Node, Error> {
        self.dataset.labelled_blank(label)
    }

    fn iri(&mut self, iri: &str) -> Self::Node {
        self.dataset.iri(iri)
    }

    fn known_iri(&mut self, number: u32, iri: &str) -> Self::Node {
        self.dataset.known_iri(number, iri)
    }

    fn literal(&mut self, text: &str, kind: Literal<'_>) -> Self::Node {
        self.dataset.literal(text, kind)
    }

    fn at(&mut self, place: &[Step<'_>]) {
        self.selected = (self.selects)(place);
    }

    fn quad(
        &mut self,
        subject: Self::Node,
        predicate: Self::Node,
        object: Self::Node,
        graph: Option<Self::Node>,
    ) -> Result<(), Error> {
        if self.selected {
            self.dataset.selected.push(Quad {
                subject,
                predicate,
                object,
                graph: graph.unwrap_or(NO_GRAPH),
            });
        }
        self.dataset.quad(subject, predicate, object, graph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canon::{Edition, Mode, engine};
    use crate::json;

    const BADGE: &str = r#"{
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:example:badge",
        "type": ["VerifiableCredential", "VerifiablePresentation"],
        "name": [{"@value": "Gwaith", "@language": "cy"}, "Work"],
        "issuer": {"id": "urn:example:issuer", "name": "Council"},
        "credentialSubject": {"name": ["A", "B"]}
    }"#;

    fn places_of(text: &str) -> Vec<String> {
        let document = json::parse(text.as_bytes()).expect("JSON");
        let mut places = Vec::new();
        let mut dataset = Dataset::new();
        let mut sink = Selecting::new(&mut dataset, |place: &[Step<'_>]| {
            let steps = place.iter().map(|step| match step {
                Step::Member(name) => format!("/{name}"),
                Step::Item(at) => format!("/{at}"),
            });
            places.push(steps.collect());
            true
        });
        let mode = Mode {
            strict: false,
            ..Mode::strict()
        };
        engine(Edition::Newest)
            .read(&document, None, &mode, &mut sink)
            .expect("JSON-LD");
        places.sort();
        places
    }

    #[test]
    fn each_statement_has_the_place_of_its_value() {
        assert_eq!(
            places_of(BADGE),
            [
                "/credentialSubject",
                "/credentialSubject/name/0",
                "/credentialSubject/name/1",
                "/issuer",
                "/issuer/name",
                "/name/0",
                "/name/1",
                "/type/0",
                "/type/1",
            ]
        );
    }

    #[test]
    fn the_entries_of_a_language_map_have_places_of_their_own() {
        let text = r#"{
            "@context": {"name": {"@id": "urn:example:name", "@container": "@language"}},
            "@id": "urn:example:badge",
            "name": {"cy": "Gwaith", "en": ["Work", "Labour"]}
        }"#;
        assert_eq!(places_of(text), ["/name/cy/0", "/name/en/0", "/name/en/1"]);
    }

    #[test]
    fn statements_of_other_places_are_kept_but_not_selected() {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let mut dataset = Dataset::new();
        let mut sink = Selecting::new(&mut dataset, |place: &[Step<'_>]| {
            place.first() == Some(&Step::Member("issuer"))
        });
        engine(Edition::Newest)
            .read(&document, None, &Mode::lax(None), &mut sink)
            .expect("JSON-LD");
        assert_eq!((dataset.len(), dataset.selected.len()), (9, 2));
    }
}
