//! IRI expansion (JSON-LD 1.1 API §5.2).

use super::super::dataset::Sink;
use super::super::error::Error;
use super::super::iri;
use super::super::term::{Compiled, Meaning, Term, looks_like_keyword};
use super::Pass;
use json_ld::syntax::Keyword;
use std::borrow::Cow;

/// What a member name stands for.
pub(super) enum Key<'s> {
    /// A keyword, or an alias of one.
    Keyword(Keyword),
    /// A property that a term defines.
    Term(&'s Term),
    /// A property written as an IRI (never in strict mode).
    Iri(String),
    /// Nothing: dropped, or refused in strict mode.
    Unmapped,
}

/// What a value that names a node stands for.
pub(super) enum Reference<'v> {
    Iri(Cow<'v, str>),
    Blank(&'v str),
    /// Not an absolute IRI: no statement can be made about it.
    Relative,
}

impl<'s, S: Sink> Pass<'s, '_, S> {
    /// Expands a member name against the vocabulary.
    pub(super) fn key(&self, context: &'s Compiled, name: &str) -> Key<'s> {
        if let Some(keyword) = context.keyword(name) {
            return Key::Keyword(keyword);
        }
        if let Some(term) = context.terms.get(name) {
            return match &term.meaning {
                Meaning::Iri(_) => Key::Term(term),
                Meaning::Keyword(_) | Meaning::Nothing | Meaning::NoIri => Key::Unmapped,
            };
        }
        if self.mode.strict || looks_like_keyword(name) {
            return Key::Unmapped;
        }
        match expand_name(context, name) {
            Some(Reference::Iri(iri)) => Key::Iri(iri.into_owned()),
            _ => Key::Unmapped,
        }
    }

    /// Expands a value: against terms and the vocabulary if `vocab`, and
    /// against the document's address.
    pub(super) fn expand<'v>(
        &self,
        context: &Compiled,
        value: &'v str,
        vocab: bool,
    ) -> Reference<'v> {
        if looks_like_keyword(value) {
            return Reference::Relative;
        }
        if vocab && let Some(term) = context.terms.get(value) {
            return match &term.meaning {
                Meaning::Iri(iri) => Reference::Iri(Cow::Owned(iri.text.to_string())),
                _ => Reference::Relative,
            };
        }
        if let Some(reference) = with_colon(context, value) {
            return reference;
        }
        if vocab && let Some(vocabulary) = &context.vocabulary {
            return absolute(Cow::Owned(format!("{vocabulary}{value}")));
        }
        resolve(context, value)
    }

    /// A reference as a node, or an error in strict mode if it is relative.
    pub(super) fn reference(
        &mut self,
        reference: &Reference<'_>,
        written: &str,
    ) -> Result<Option<S::Node>, Error> {
        match reference {
            Reference::Iri(iri) => Ok(Some(self.sink.iri(iri))),
            Reference::Blank(label) if !self.mode.strict => {
                if !is_plain_label(label) {
                    return Err(Error::Unsupported {
                        feature: "a blank node label of other characters",
                    });
                }
                self.sink.labelled_blank(label).map(Some)
            }
            Reference::Blank(_) | Reference::Relative if self.mode.strict => {
                Err(self.not_absolute(written))
            }
            Reference::Blank(_) | Reference::Relative => Ok(None),
        }
    }

    /// In strict mode an identifier is written in full: a reader of the JSON
    /// would not see what `prefix:name` stands for.
    pub(super) fn identifier<'v>(
        &self,
        context: &Compiled,
        value: &'v str,
        vocab: bool,
    ) -> Reference<'v> {
        if !self.mode.strict {
            return self.expand(context, value, vocab);
        }
        if vocab && context.terms.contains_key(value) {
            return self.expand(context, value, vocab);
        }
        let is_short_form = iri::split_scheme(value).is_some_and(|(prefix, suffix)| {
            !suffix.starts_with("//") && context.terms.get(prefix).is_some_and(|term| term.prefix)
        });
        if is_short_form {
            Reference::Relative
        } else {
            absolute(Cow::Borrowed(value))
        }
    }
}

/// A member name that is no term: never resolved against an address.
fn expand_name<'v>(context: &Compiled, name: &'v str) -> Option<Reference<'v>> {
    with_colon(context, name).or_else(|| {
        let vocabulary = context.vocabulary.as_ref()?;
        Some(absolute(Cow::Owned(format!("{vocabulary}{name}"))))
    })
}

/// Step 6 of IRI expansion: blank nodes, `scheme://…`, compact IRIs, IRIs.
fn with_colon<'v>(context: &Compiled, value: &'v str) -> Option<Reference<'v>> {
    let colon = value.bytes().skip(1).position(|byte| byte == b':')? + 1;
    let (prefix, rest) = value.split_at_checked(colon)?;
    let suffix = rest.get(1..)?;
    if prefix == "_" {
        return Some(Reference::Blank(value));
    }
    if suffix.starts_with("//") {
        return Some(absolute(Cow::Borrowed(value)));
    }
    if let Some(term) = context.terms.get(prefix)
        && term.prefix
        && let Meaning::Iri(iri) = &term.meaning
    {
        return Some(absolute(Cow::Owned(format!("{}{suffix}", iri.text))));
    }
    iri::is_absolute(value).then_some(Reference::Iri(Cow::Borrowed(value)))
}

/// Labels that every RDF syntax can write; software differs about others.
fn is_plain_label(label: &str) -> bool {
    let name = label.strip_prefix("_:").unwrap_or_default();
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn absolute(value: Cow<'_, str>) -> Reference<'_> {
    if iri::is_absolute(&value) {
        Reference::Iri(value)
    } else {
        Reference::Relative
    }
}

/// RFC 3986 §5 against the base address, if there is one.
fn resolve<'v>(context: &Compiled, value: &'v str) -> Reference<'v> {
    let Some(base) = &context.base else {
        return absolute(Cow::Borrowed(value));
    };
    match json_ld::iref::IriRef::new(value) {
        Ok(reference) => absolute(Cow::Owned(reference.resolved(base).to_string())),
        Err(_) => Reference::Relative,
    }
}
