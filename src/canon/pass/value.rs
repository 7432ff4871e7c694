//! Values: literals, references, value objects, lists and sets.

use super::super::dataset::{Literal, Sink};
use super::super::double::{canonical_double, canonical_integer, is_double};
use super::super::error::Error;
use super::super::jcs;
use super::super::term::{Coercion, Compiled};
use super::expand::{Key, Reference};
use super::node::Here;
use super::{Pass, Place, Step};
use crate::json::{Number, Object, Value};
use json_ld::syntax::Keyword;
use std::borrow::Cow;

const XSD_BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const XSD_INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
const RDF_JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

/// The members of a value object (JSON-LD 1.1 §9.5).
#[derive(Default)]
struct ValueObject<'v> {
    value: Option<&'v Value<'v>>,
    datatype: Option<&'v str>,
    language: Option<&'v str>,
}

impl<'s, 'd, S: Sink> Pass<'s, 'd, S> {
    /// Null says nothing; in strict mode it may not be said.
    pub(super) fn null(&self) -> Result<Option<S::Node>, Error> {
        if self.mode.strict {
            Err(self.shape("a value is null"))
        } else {
            Ok(None)
        }
    }

    /// One value that is not an array; `None` if it makes no statement.
    pub(super) fn value(
        &mut self,
        value: &'d Value<'_>,
        place: Place<'s>,
        graph: Option<S::Node>,
    ) -> Result<Option<S::Node>, Error> {
        match value {
            Value::Null => self.null(),
            Value::Array(_) => Err(Error::Unsupported {
                feature: "an array here",
            }),
            Value::Object(object) => self.object_value(object, place, graph),
            Value::String(text) => self.text(text, place),
            Value::Bool(truth) => {
                let place = self.scalar_place(place)?;
                let datatype = datatype_of(place).unwrap_or(XSD_BOOLEAN);
                let text = if *truth { "true" } else { "false" };
                Ok(Some(self.sink.literal(text, Literal::Datatype(datatype))))
            }
            Value::Number(number) => {
                let place = self.scalar_place(place)?;
                Ok(Some(self.number(*number, datatype_of(place))))
            }
        }
    }

    /// JSON-LD 1.1 API §5.1.2 step 4.2: a scoped context also rules scalars.
    fn scalar_place(&mut self, place: Place<'s>) -> Result<Place<'s>, Error> {
        match place.term.and_then(|term| term.scoped.as_deref()) {
            None => Ok(place),
            Some(scoped) => Ok(Place {
                context: self
                    .compiler
                    .scoped(place.context, scoped, place.context, false)?,
                term: place.term,
            }),
        }
    }

    fn text(&mut self, text: &'d str, place: Place<'s>) -> Result<Option<S::Node>, Error> {
        let place = self.scalar_place(place)?;
        let context = self.compiler.context(place.context)?;
        match place.term.map(|term| &term.coercion) {
            Some(Coercion::Id) => {
                let reference = self.identifier(context, text, false);
                self.reference(&reference, text)
            }
            Some(Coercion::Vocab) => {
                let reference = self.identifier(context, text, true);
                self.reference(&reference, text)
            }
            Some(Coercion::Datatype(iri)) => Ok(Some(self.typed(text, &iri.text))),
            Some(Coercion::None | Coercion::Json) | None => {
                let language = match place.term.and_then(|term| term.language.as_ref()) {
                    Some(language) => language.as_deref(),
                    None => context.default_language.as_deref(),
                };
                self.plain(text, language)
            }
        }
    }

    fn typed(&mut self, text: &str, datatype: &str) -> S::Node {
        let kind = if datatype == XSD_STRING {
            Literal::Plain
        } else {
            Literal::Datatype(datatype)
        };
        self.sink.literal(text, kind)
    }

    fn plain(&mut self, text: &str, language: Option<&str>) -> Result<Option<S::Node>, Error> {
        let Some(tag) = language else {
            return Ok(Some(self.sink.literal(text, Literal::Plain)));
        };
        if !is_language_tag(tag) {
            return if self.mode.strict {
                Err(self.shape("a language tag is malformed"))
            } else {
                Ok(None)
            };
        }
        let tag = if self.mode.keep_language_case {
            Cow::Borrowed(tag)
        } else {
            Cow::Owned(tag.to_ascii_lowercase())
        };
        Ok(Some(self.sink.literal(text, Literal::Language(&tag))))
    }

    fn number(&mut self, number: Number, datatype: Option<&str>) -> S::Node {
        let float = number.as_f64();
        if is_double(float) || datatype == Some(XSD_DOUBLE) {
            let text = canonical_double(float);
            return self
                .sink
                .literal(&text, Literal::Datatype(datatype.unwrap_or(XSD_DOUBLE)));
        }
        let text = match number {
            Number::Integer(integer) => integer.to_string(),
            Number::Float(float) => canonical_integer(float),
        };
        let datatype = datatype.unwrap_or(XSD_INTEGER);
        self.typed(&text, datatype)
    }

    pub(super) fn json_literal(&mut self, value: &Value<'_>) -> S::Node {
        self.sink
            .literal(&jcs::to_text(value), Literal::Datatype(RDF_JSON))
    }

    fn object_value(
        &mut self,
        object: &'d Object<'_>,
        place: Place<'s>,
        graph: Option<S::Node>,
    ) -> Result<Option<S::Node>, Error> {
        let scopes = self.context_of(object, place)?;
        let (context, compiled) = (scopes.number, scopes.members);
        if !Self::is_value_or_list(object, compiled) {
            return self.node(object, None, scopes, graph);
        }
        for (name, value) in object.iter() {
            match self.key(compiled, name) {
                Key::Keyword(Keyword::Value) => {
                    return self.value_object(object, compiled, context);
                }
                Key::Keyword(Keyword::List) if !self.mode.strict => {
                    self.only(
                        object,
                        compiled,
                        &[Keyword::List, Keyword::Index, Keyword::Context],
                    )?;
                    return self.list(
                        value,
                        Place {
                            context,
                            term: place.term,
                        },
                        graph,
                    );
                }
                Key::Keyword(Keyword::List | Keyword::Set) if self.mode.strict => {
                    return Err(self.keyword(name));
                }
                _ => {}
            }
        }
        Err(Error::Unsupported {
            feature: "a set here",
        })
    }

    fn only(
        &self,
        object: &Object<'_>,
        compiled: &'s Compiled,
        allowed: &[Keyword],
    ) -> Result<(), Error> {
        let fits = object.iter().all(|(name, _)| {
            compiled
                .keyword(name)
                .is_some_and(|keyword| allowed.contains(&keyword))
        });
        if fits {
            Ok(())
        } else {
            Err(self.shape("an object mixes a value with other members"))
        }
    }

    /// The content of a set object, which stands for its items.
    pub(super) fn set_items(
        &mut self,
        value: &'d Value<'_>,
        place: Place<'s>,
    ) -> Result<Option<&'d Value<'d>>, Error> {
        if self.mode.strict {
            return Ok(None);
        }
        let Value::Object(object) = value else {
            return Ok(None);
        };
        let compiled = self.compiler.context(place.context)?;
        let is_set = object
            .iter()
            .any(|(name, _)| compiled.is_keyword(name, Keyword::Set));
        if is_set {
            return Err(Error::Unsupported { feature: "@set" });
        }
        Ok(None)
    }

    fn value_object(
        &mut self,
        object: &'d Object<'_>,
        compiled: &'s Compiled,
        context: u16,
    ) -> Result<Option<S::Node>, Error> {
        let parts = self.value_parts(object, compiled)?;
        let Some(value) = parts.value else {
            return Err(self.shape("a value object has no value"));
        };
        if parts.datatype == Some("@json") {
            return if self.mode.strict {
                Err(self.keyword("@json"))
            } else {
                Ok(Some(self.json_literal(value)))
            };
        }
        if let Some(tag) = parts.language {
            if parts.datatype.is_some() {
                return Err(self.shape("a value has both a type and a language"));
            }
            return match value {
                Value::String(text) => self.plain(text, Some(tag)),
                Value::Null => self.null(),
                _ => Err(self.shape("a value with a language is not text")),
            };
        }
        let datatype = match parts.datatype {
            None => None,
            Some(name) => {
                let compiled = self.compiler.context(context)?;
                match self.identifier(compiled, name, true) {
                    Reference::Iri(iri) => Some(iri.into_owned()),
                    _ if self.mode.strict => return Err(self.not_absolute(name)),
                    _ => return Err(self.shape("a value's type is not an IRI")),
                }
            }
        };
        self.literal_of(value, datatype.as_deref())
    }

    fn literal_of(
        &mut self,
        value: &Value<'_>,
        datatype: Option<&str>,
    ) -> Result<Option<S::Node>, Error> {
        match value {
            Value::Null => self.null(),
            Value::String(text) => Ok(Some(match datatype {
                None => self.sink.literal(text, Literal::Plain),
                Some(datatype) => self.typed(text, datatype),
            })),
            Value::Bool(truth) => {
                let text = if *truth { "true" } else { "false" };
                Ok(Some(self.sink.literal(
                    text,
                    Literal::Datatype(datatype.unwrap_or(XSD_BOOLEAN)),
                )))
            }
            Value::Number(number) => Ok(Some(self.number(*number, datatype))),
            Value::Array(_) | Value::Object(_) => {
                Err(self.shape("a value object holds no simple value"))
            }
        }
    }

    fn value_parts<'v>(
        &self,
        object: &'v Object<'v>,
        compiled: &'s Compiled,
    ) -> Result<ValueObject<'v>, Error> {
        let mut parts = ValueObject::default();
        for (name, value) in object.iter() {
            match self.key(compiled, name) {
                Key::Keyword(Keyword::Value) => parts.value = Some(value),
                Key::Keyword(Keyword::Type) => {
                    let Some(text) = value.as_str() else {
                        return Err(self.shape("a value's type is not text"));
                    };
                    parts.datatype = Some(text);
                }
                Key::Keyword(Keyword::Language) => {
                    let Some(text) = value.as_str() else {
                        return Err(self.shape("a language is not text"));
                    };
                    parts.language = Some(text);
                }
                Key::Keyword(Keyword::Context) => {}
                // Neither reaches the statements.
                Key::Keyword(Keyword::Index | Keyword::Direction)
                    if !self.mode.strict && value.as_str().is_some() => {}
                _ => return Err(self.keyword(name)),
            }
        }
        Ok(parts)
    }

    /// `@container: @language` (JSON-LD 1.1 API §5.1.2 step 13.7).
    pub(super) fn language_map(
        &mut self,
        object: &'d Object<'_>,
        compiled: &'s Compiled,
        predicate: S::Node,
        here: &Here<S::Node>,
    ) -> Result<(), Error> {
        for (tag, value) in object.iter() {
            let is_name = compiled.keyword(tag).is_some();
            if is_name || self.mode.strict && !is_language_tag(tag) {
                return Err(Error::Unsupported {
                    feature: "a language map with keywords",
                });
            }
            self.path.push(Step::Member(tag));
            for (at, item) in value.one_or_many().iter().enumerate() {
                self.path.push(Step::Item(at));
                let node = match item {
                    Value::String(text) => self.plain(text, Some(tag))?,
                    Value::Null => self.null()?,
                    _ => return Err(self.shape("a language map holds something else than text")),
                };
                self.state(predicate, node, here)?;
                self.path.pop();
            }
            self.path.pop();
        }
        Ok(())
    }
}

fn datatype_of(place: Place<'_>) -> Option<&str> {
    match place.term.map(|term| &term.coercion) {
        Some(Coercion::Datatype(iri)) => Some(&iri.text),
        _ => None,
    }
}

/// BCP 47, as far as RDF 1.1 §3.3 asks: parts of one to eight letters or
/// digits, the first of letters only.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let sized = |part: &str| (1..=8).contains(&part.len());
    sized(first)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
