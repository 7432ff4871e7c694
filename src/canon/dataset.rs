//! RDF statements, with each term stored once.

use super::error::Error;
use super::nquads::{write_iri, write_string};
use super::pass::Step;
use super::term::KnownIri;
use crate::limits;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher as _;

/// What takes the statements of one document.
///
/// Two exist: a [`Dataset`] keeps them, [`Nothing`] drops them, for documents
/// whose meaning is checked but whose signature covers their JSON.
pub trait Sink {
    /// A term, as the sink remembers it.
    type Node: Copy;
    /// A new blank node.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond L-06.
    fn blank(&mut self) -> Result<Self::Node, Error>;
    /// The blank node that the document calls `label`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond L-06.
    fn labelled_blank(&mut self, label: &str) -> Result<Self::Node, Error>;
    /// An IRI of the document.
    fn iri(&mut self, iri: &str) -> Self::Node;
    /// An IRI of a context, by its number in the engine's table.
    fn known_iri(&mut self, number: u32, iri: &str) -> Self::Node;
    /// A literal: `text` with a datatype, or with a language, or `xsd:string`.
    fn literal(&mut self, text: &str, kind: Literal<'_>) -> Self::Node;
    /// Told before each statement: the place of the document that makes it, as
    /// a JSON Pointer. Most sinks do not care.
    fn at(&mut self, _place: &[Step<'_>]) {}
    /// A statement. `graph` is `None` in the default graph.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond L-06.
    fn quad(
        &mut self,
        subject: Self::Node,
        predicate: Self::Node,
        object: Self::Node,
        graph: Option<Self::Node>,
    ) -> Result<(), Error>;
}

/// What kind of literal.
#[derive(Debug, Clone, Copy)]
pub enum Literal<'a> {
    /// `xsd:string`, which is not written.
    Plain,
    /// With a datatype.
    Datatype(&'a str),
    /// With a language tag.
    Language(&'a str),
}

/// Drops every statement.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Sink for Nothing {
    type Node = ();
    fn blank(&mut self) -> Result<(), Error> {
        Ok(())
    }
    fn labelled_blank(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }
    fn iri(&mut self, _: &str) {}
    fn known_iri(&mut self, _: u32, _: &str) {}
    fn literal(&mut self, _: &str, _: Literal<'_>) {}
    fn quad(&mut self, (): (), (): (), (): (), _: Option<()>) -> Result<(), Error> {
        Ok(())
    }
}

/// A term of a [`Dataset`]: an index, with a bit for blank nodes.
pub(super) type TermId = u32;

const BLANK: u32 = 1 << 31;

/// Whether a term is a blank node; then the lower bits count blank nodes.
pub(super) const fn blank_index(term: TermId) -> Option<usize> {
    if term & BLANK == 0 {
        None
    } else {
        Some((term & !BLANK) as usize)
    }
}

/// A statement; `graph` is [`NO_GRAPH`] in the default graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quad {
    pub(super) subject: TermId,
    pub(super) predicate: TermId,
    pub(super) object: TermId,
    pub(super) graph: TermId,
}

/// The default graph.
pub(super) const NO_GRAPH: TermId = u32::MAX >> 1;

/// A set of RDF statements. Terms other than blank nodes are kept as the text
/// that canonical N-Quads writes.
#[derive(Default)]
pub struct Dataset {
    text: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    known: Vec<u32>,
    blanks: u32,
    labels: Vec<(String, u32)>,
    pub(super) quads: Vec<Quad>,
    /// The statements that a [`super::Selecting`] noted, in no order.
    pub(super) selected: Vec<Quad>,
}

const NOT_SEEN: u32 = u32::MAX;

impl Dataset {
    /// An empty set.
    #[must_use]
    pub fn new() -> Self {
        Self {
            text: String::with_capacity(8 * 1024),
            ends: Vec::with_capacity(256),
            table: HashTable::with_capacity(224),
            quads: Vec::with_capacity(128),
            ..Self::default()
        }
    }

    /// How many statements were made, repetitions counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether no statement was made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quads.is_empty()
    }

    pub(super) const fn blank_count(&self) -> usize {
        self.blanks as usize
    }

    /// The name the document gave a blank node, if it did.
    pub(super) fn label_of(&self, blank: usize) -> Option<&str> {
        self.labels
            .iter()
            .find(|(_, at)| *at as usize == blank)
            .map(|(label, _)| label.as_str())
    }

    /// The text of a term that is not a blank node.
    pub(super) fn term(&self, term: TermId) -> &str {
        let at = term as usize;
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end as usize);
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Interns the text that was appended from `start` on.
    fn intern(&mut self, start: usize) -> TermId {
        let hash = self
            .hasher
            .hash_one(self.text.get(start..).unwrap_or_default());
        let found = self.table.find(hash, |at| {
            self.term(*at) == self.text.get(start..).unwrap_or_default()
        });
        if let Some(found) = found {
            let found = *found;
            self.text.truncate(start);
            return found;
        }
        let at = self.push(self.text.len());
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table.insert_unique(hash, at, |at| {
            let start = at
                .checked_sub(1)
                .and_then(|before| ends.get(before as usize))
                .map_or(0, |end| *end as usize);
            let end = ends.get(*at as usize).map_or(0, |end| *end as usize);
            hasher.hash_one(text.get(start..end).unwrap_or_default())
        });
        at
    }

    fn push(&mut self, end: usize) -> TermId {
        let at = u32::try_from(self.ends.len()).unwrap_or(BLANK - 2);
        self.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        at
    }
}

impl Sink for Dataset {
    type Node = TermId;

    fn blank(&mut self) -> Result<TermId, Error> {
        if self.blanks as usize >= limits::BLANK_NODES {
            return Err(Error::TooLarge);
        }
        self.blanks += 1;
        Ok((self.blanks - 1) | BLANK)
    }

    fn labelled_blank(&mut self, label: &str) -> Result<TermId, Error> {
        if let Some((_, at)) = self.labels.iter().find(|(known, _)| known == label) {
            return Ok(at | BLANK);
        }
        let node = self.blank()?;
        self.labels.push((label.to_owned(), node & !BLANK));
        Ok(node)
    }

    fn iri(&mut self, iri: &str) -> TermId {
        let start = self.text.len();
        write_iri(&mut self.text, iri);
        self.intern(start)
    }

    fn known_iri(&mut self, number: u32, iri: &str) -> TermId {
        let at = number as usize;
        if at >= self.known.len() {
            self.known.resize((at + 1).next_multiple_of(1024), NOT_SEEN);
        }
        match self.known.get(at) {
            Some(known) if *known != NOT_SEEN => *known,
            _ => {
                let term = self.iri(iri);
                if let Some(place) = self.known.get_mut(at) {
                    *place = term;
                }
                term
            }
        }
    }

    fn literal(&mut self, text: &str, kind: Literal<'_>) -> TermId {
        let start = self.text.len();
        write_string(&mut self.text, text);
        match kind {
            Literal::Plain => {}
            Literal::Datatype(iri) => {
                self.text.push_str("^^");
                write_iri(&mut self.text, iri);
            }
            Literal::Language(tag) => {
                self.text.push('@');
                self.text.push_str(tag);
            }
        }
        self.intern(start)
    }

    fn quad(
        &mut self,
        subject: TermId,
        predicate: TermId,
        object: TermId,
        graph: Option<TermId>,
    ) -> Result<(), Error> {
        if self.quads.len() >= limits::QUADS {
            return Err(Error::TooLarge);
        }
        self.quads.push(Quad {
            subject,
            predicate,
            object,
            graph: graph.unwrap_or(NO_GRAPH),
        });
        Ok(())
    }
}

impl KnownIri {
    /// This IRI as a node of `sink`.
    pub(super) fn node<S: Sink>(&self, sink: &mut S) -> S::Node {
        sink.known_iri(self.number, &self.text)
    }
}
