//! Node objects: their types, their properties, their graphs.

use super::super::dataset::Sink;
use super::super::engine::RDF;
use super::super::error::Error;
use super::super::term::{Coercion, Compiled, Meaning, Term};
use super::expand::{Key, Reference};
use super::scope::Scopes;
use super::{Pass, Place, Step};
use crate::json::{Object, Value};
use json_ld::syntax::Keyword;

/// Places in the engine's list of the IRIs of RDF.
const TYPE: usize = 0;
const FIRST: usize = 1;
const REST: usize = 2;
const NIL: usize = 3;

/// Where a node's statements go.
pub(super) struct Here<N> {
    pub(super) subject: Option<N>,
    pub(super) graph: Option<N>,
}

impl<'s, 'd, S: Sink> Pass<'s, 'd, S> {
    /// The top object of a document.
    pub(super) fn top_object(
        &mut self,
        object: &'d Object<'_>,
        left_out: Option<&str>,
        place: Place<'s>,
    ) -> Result<(), Error> {
        let scopes = self.context_of(object, place)?;
        let compiled = scopes.members;
        for (name, _) in object.iter() {
            if compiled.makes_a_value(name) {
                return if self.mode.strict {
                    Err(self.keyword(name))
                } else {
                    Err(Error::Unsupported {
                        feature: "a value as a document",
                    })
                };
            }
        }
        let only_graph = object.iter().all(|(name, _)| {
            matches!(
                compiled.keyword(name),
                Some(Keyword::Context | Keyword::Graph)
            )
        });
        if only_graph && !self.mode.strict {
            return self.unnamed_graph(object, scopes);
        }
        self.node(object, left_out, scopes, None).map(drop)
    }

    /// A top object of `@graph` alone is the default graph.
    fn unnamed_graph(&mut self, object: &'d Object<'_>, scopes: Scopes<'s>) -> Result<(), Error> {
        for (name, value) in object.iter() {
            if scopes.members.is_keyword(name, Keyword::Graph) {
                self.graph_content(value, scopes.number, None)?;
            }
        }
        Ok(())
    }

    /// A node object; returns what stands for it in statements.
    pub(super) fn node(
        &mut self,
        object: &'d Object<'_>,
        left_out: Option<&str>,
        scopes: Scopes<'s>,
        graph: Option<S::Node>,
    ) -> Result<Option<S::Node>, Error> {
        let subject = self.subject(object, scopes.members)?;
        let here = Here { subject, graph };
        for (name, value) in object.iter() {
            if Some(name) == left_out || name == "@context" {
                continue;
            }
            self.path.push(Step::Member(name));
            self.member(name, value, scopes, &here)?;
            self.path.pop();
        }
        Ok(subject)
    }

    /// The node's `@id`, or a new blank node; `None` if nothing can be said.
    fn subject(
        &mut self,
        object: &'d Object<'_>,
        compiled: &'s Compiled,
    ) -> Result<Option<S::Node>, Error> {
        let mut found = None;
        for (name, value) in object.iter() {
            if !compiled.is_keyword(name, Keyword::Id) {
                continue;
            }
            self.path.push(Step::Member(name));
            if found.is_some() {
                return Err(self.shape("a node has two identifiers"));
            }
            let Some(text) = value.as_str() else {
                return Err(self.shape("an identifier is not text"));
            };
            let reference = self.identifier(compiled, text, false);
            found = Some(self.reference(&reference, text)?);
            if self.mode.strict && !self.described.note(text, object) {
                return Err(self.shape("one thing is described in two places"));
            }
            self.path.pop();
        }
        found.map_or_else(|| self.sink.blank().map(Some), Ok)
    }

    fn member(
        &mut self,
        name: &'d str,
        value: &'d Value<'_>,
        scopes: Scopes<'s>,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        match self.key(scopes.members, name) {
            Key::Keyword(keyword) => {
                if self.mode.strict && name.starts_with('@') {
                    return Err(self.spelled_as_keyword(name));
                }
                self.keyword_member(keyword, name, value, scopes, here)
            }
            Key::Term(term) => self.property(term, value, scopes.number, here),
            Key::Iri(iri) => self.iri_property(&iri, value, scopes.number, here),
            Key::Unmapped => self.unmapped(name),
        }
    }

    /// `@id` where `id` is meant: readers of the JSON would not find it.
    fn spelled_as_keyword(&self, name: &str) -> Error {
        Error::Keyword {
            key: name.to_owned(),
            path: self.pointer(None),
        }
    }

    fn unmapped(&self, name: &str) -> Result<(), Error> {
        if !self.mode.strict {
            return Ok(());
        }
        let looks_like_iri = name.contains(':');
        if looks_like_iri || name.starts_with('@') {
            return Err(self.spelled_as_keyword(name));
        }
        if self.mode.unmapped.passes(name) {
            return Ok(());
        }
        Err(Error::UnmappedTerm {
            term: name.to_owned(),
            path: self.pointer(None),
        })
    }

    fn keyword_member(
        &mut self,
        keyword: Keyword,
        name: &str,
        value: &'d Value<'_>,
        scopes: Scopes<'s>,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        match keyword {
            Keyword::Id | Keyword::Context => Ok(()),
            Keyword::Type => self.types(value, scopes.types, here),
            Keyword::Graph if !self.mode.strict => {
                let name = here.subject.ok_or(Error::Unsupported {
                    feature: "a graph named by a relative IRI",
                })?;
                self.graph_content(value, scopes.number, Some(name))
            }
            Keyword::Index if !self.mode.strict => Ok(()),
            _ if self.mode.strict => Err(self.spelled_as_keyword(name)),
            _ => Err(Error::Unsupported {
                feature: keyword.into_str(),
            }),
        }
    }

    fn graph_content(
        &mut self,
        value: &'d Value<'_>,
        context: u16,
        graph: Option<S::Node>,
    ) -> Result<(), Error> {
        for item in value.one_or_many() {
            if let Value::Object(object) = item {
                let place = Place {
                    context,
                    term: None,
                };
                let inner = self.context_of(object, place)?;
                if Self::is_value_or_list(object, inner.members) {
                    return Err(Error::Unsupported {
                        feature: "a value in a graph",
                    });
                }
                self.node(object, None, inner, graph)?;
            }
        }
        Ok(())
    }

    pub(super) fn is_value_or_list(object: &Object<'_>, compiled: &Compiled) -> bool {
        object.iter().any(|(name, _)| compiled.makes_a_value(name))
    }

    fn types(
        &mut self,
        value: &'d Value<'_>,
        compiled: &'s Compiled,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        for (at, item) in value.one_or_many().iter().enumerate() {
            let Some(name) = item.as_str() else {
                return Err(self.shape("a type is not text"));
            };
            self.path.push(Step::Item(at));
            let node = self.type_node(name, compiled)?;
            let predicate = self.rdf(TYPE);
            self.state(predicate, node, here)?;
            self.path.pop();
        }
        Ok(())
    }

    fn rdf(&mut self, place: usize) -> S::Node {
        let iri = RDF.get(place).copied().unwrap_or_default();
        self.sink
            .known_iri(u32::try_from(place).unwrap_or_default(), iri)
    }

    fn type_node(&mut self, name: &str, compiled: &'s Compiled) -> Result<Option<S::Node>, Error> {
        if let Some(Term {
            meaning: Meaning::Iri(iri),
            ..
        }) = compiled.terms.get(name)
        {
            return Ok(Some(iri.node(self.sink)));
        }
        let reference = self.identifier(compiled, name, true);
        if self.mode.strict && !matches!(reference, Reference::Iri(_)) {
            if self.mode.unmapped.passes(name) && !name.contains(':') && !name.starts_with('@') {
                return Ok(None);
            }
            return Err(Error::UnmappedTerm {
                term: name.to_owned(),
                path: self.pointer(None),
            });
        }
        self.reference(&reference, name)
    }

    fn property(
        &mut self,
        term: &'s Term,
        value: &'d Value<'_>,
        context: u16,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        if term.reverse || term.nest {
            return Err(Error::Unsupported {
                feature: "@reverse or @nest",
            });
        }
        let place = Place {
            context,
            term: Some(term),
        };
        let Meaning::Iri(iri) = &term.meaning else {
            return Ok(());
        };
        let predicate = iri.node(self.sink);
        if matches!(term.coercion, Coercion::Json) {
            let literal = self.json_literal(value);
            return self.state(predicate, Some(literal), here);
        }
        if let Value::Object(object) = value {
            if term.containers.other_map {
                return Err(Error::Unsupported {
                    feature: "an index map",
                });
            }
            if term.containers.language {
                let compiled = self.compiler.context(context)?;
                return self.language_map(object, compiled, predicate, here);
            }
        }
        if term.containers.list {
            let list = self.list(value, place, here.graph)?;
            return self.state(predicate, list, here);
        }
        self.values(value, place, predicate, here)
    }

    fn iri_property(
        &mut self,
        iri: &str,
        value: &'d Value<'_>,
        context: u16,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        let predicate = self.sink.iri(iri);
        self.values(
            value,
            Place {
                context,
                term: None,
            },
            predicate,
            here,
        )
    }

    /// One statement a value; arrays are flattened.
    fn values(
        &mut self,
        value: &'d Value<'_>,
        place: Place<'s>,
        predicate: S::Node,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        if let Value::Array(items) = value {
            for (at, item) in items.iter().enumerate() {
                self.path.push(Step::Item(at));
                self.values(item, place, predicate, here)?;
                self.path.pop();
            }
            return Ok(());
        }
        if place.term.is_some_and(|term| term.containers.graph) {
            return self.named_graph(value, place, predicate, here);
        }
        if let Some(items) = self.set_items(value, place)? {
            return self.values(items, place, predicate, here);
        }
        let object = self.value(value, place, here.graph)?;
        self.state(predicate, object, here)
    }

    pub(super) fn state(
        &mut self,
        predicate: S::Node,
        object: Option<S::Node>,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        match (here.subject, object) {
            (Some(subject), Some(object)) => {
                self.sink.at(&self.path);
                self.sink.quad(subject, predicate, object, here.graph)
            }
            _ => Ok(()),
        }
    }

    /// `@container: @graph`: each value is a graph of its own, named by a new
    /// blank node.
    fn named_graph(
        &mut self,
        value: &'d Value<'_>,
        place: Place<'s>,
        predicate: S::Node,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        if value == &Value::Null {
            return self.null().map(drop);
        }
        let name = self.sink.blank()?;
        self.state(predicate, Some(name), here)?;
        match value {
            Value::Object(object) => {
                let scopes = self.context_of(object, place)?;
                let compiled = scopes.members;
                let explicit_graph = object
                    .iter()
                    .any(|(name, _)| compiled.is_keyword(name, Keyword::Graph));
                if explicit_graph || Self::is_value_or_list(object, compiled) {
                    return Err(Error::Unsupported {
                        feature: "a graph in a graph",
                    });
                }
                let before = self.described.enter_graph();
                self.node(object, None, scopes, Some(name))?;
                self.described.leave_graph(before);
                Ok(())
            }
            // A node that is only named makes no statement in its graph; in
            // strict mode that would leave the name unsigned.
            _ if self.mode.strict => Err(self.shape("a graph is not an object")),
            _ => Ok(()),
        }
    }

    /// An ordered list as an `rdf:first`/`rdf:rest` chain.
    pub(super) fn list(
        &mut self,
        value: &'d Value<'_>,
        place: Place<'s>,
        graph: Option<S::Node>,
    ) -> Result<Option<S::Node>, Error> {
        let mut nodes = Vec::new();
        for (at, item) in value.one_or_many().iter().enumerate() {
            self.path.push(Step::Item(at));
            let node = match item {
                Value::Array(_) => self.list(item, place, graph)?,
                other => self.value(other, place, graph)?,
            };
            if node.is_none() && item != &Value::Null {
                return Err(Error::Unsupported {
                    feature: "a relative IRI in a list",
                });
            }
            nodes.extend(node);
            self.path.pop();
        }
        let mut rest = self.rdf(NIL);
        for node in nodes.into_iter().rev() {
            let cell = self.sink.blank()?;
            let (first, next) = (self.rdf(FIRST), self.rdf(REST));
            self.sink.at(&self.path);
            self.sink.quad(cell, first, node, graph)?;
            self.sink.quad(cell, next, rest, graph)?;
            rest = cell;
        }
        Ok(Some(rest))
    }
}
