//! Which context applies to an object (JSON-LD 1.1 API §5.1.2, steps 7 to 11).

use super::super::dataset::Sink;
use super::super::error::Error;
use super::super::term::Compiled;
use super::{Pass, Place};
use crate::json::{Object, Value};
use crate::limits;
use json_ld::syntax::{Keyword, TryFromJson as _};

/// What one object is read in.
#[derive(Clone, Copy)]
pub(super) struct Scopes<'s> {
    /// The number of `members`, for what lies below.
    pub(super) number: u16,
    /// For the object's members.
    pub(super) members: &'s Compiled,
    /// For its types: the context before any of them applied.
    pub(super) types: &'s Compiled,
}

impl<'s, 'd, S: Sink> Pass<'s, 'd, S> {
    /// The contexts that `object` is read in.
    pub(super) fn context_of(
        &mut self,
        object: &'d Object<'_>,
        place: Place<'s>,
    ) -> Result<Scopes<'s>, Error> {
        let mut active = place.context;
        let compiled = self.compiler.context(active)?;
        // Step 7: below a node, the context that its type brought ends.
        if let Some(previous) = compiled.previous
            && !Self::keeps_type_scope(compiled, object)
        {
            active = previous;
        }
        // Step 8.
        if let Some(scoped) = place.term.and_then(|term| term.scoped.as_deref()) {
            active = self.compiler.scoped(active, scoped, place.context, false)?;
        }
        // Step 9.
        if let Some(local) = object.get("@context") {
            active = self.local_context(active, local, object, place)?;
        }
        let before_types = self.compiler.context(active)?;
        let number = self.type_scope(active, object)?;
        Ok(Scopes {
            number,
            members: self.compiler.context(number)?,
            types: before_types,
        })
    }

    fn keeps_type_scope(context: &Compiled, object: &Object<'_>) -> bool {
        let names = || object.iter().map(|(name, _)| name);
        names().any(|name| context.is_keyword(name, Keyword::Value))
            || (object.len() == 1 && names().all(|name| context.is_keyword(name, Keyword::Id)))
    }

    /// Steps 10 and 11: types in order, each looked up in the context before
    /// any of them applied.
    fn type_scope(&mut self, before: u16, object: &'d Object<'_>) -> Result<u16, Error> {
        let compiled = self.compiler.context(before)?;
        let mut members = object
            .iter()
            .filter(|(name, _)| compiled.is_keyword(name, Keyword::Type));
        let Some(first) = members.next() else {
            return Ok(before);
        };
        let mut active = before;
        for (_, value) in in_order(first, members) {
            active = self.types_scope(active, before, compiled, value)?;
        }
        Ok(active)
    }

    fn types_scope(
        &mut self,
        from: u16,
        before: u16,
        compiled: &'s Compiled,
        value: &Value<'_>,
    ) -> Result<u16, Error> {
        let names = value.one_or_many().iter().filter_map(Value::as_str);
        let mut scopes = names.filter_map(|name| {
            let scoped = compiled.terms.get(name)?.scoped.as_deref()?;
            Some((name, scoped))
        });
        let Some(first) = scopes.next() else {
            return Ok(from);
        };
        let mut active = from;
        for (_, scoped) in in_order(first, scopes) {
            active = self.compiler.scoped(active, scoped, before, true)?;
        }
        Ok(active)
    }

    fn local_context(
        &mut self,
        active: u16,
        local: &Value<'_>,
        object: &Object<'_>,
        place: Place<'s>,
    ) -> Result<u16, Error> {
        let on = if self.path.is_empty() && self.mode.base.is_none() {
            None
        } else {
            Some(active)
        };
        let addresses: Option<Vec<&str>> = local.one_or_many().iter().map(Value::as_str).collect();
        if self.mode.strict {
            if place.term.is_some() && !is_credential(object) {
                return Err(self.keyword("@context"));
            }
            let addresses = addresses.ok_or_else(|| Error::UnknownContext {
                url: "inline".to_owned(),
            })?;
            if addresses.len() > limits::CONTEXTS {
                return Err(Error::ContextLimit);
            }
            return self.compiler.addresses(on, &addresses);
        }
        let (json, _) = json_syntax::Parse::parse_str(&local.to_json())
            .map_err(|_| self.shape("the context is not JSON"))?;
        let json: json_syntax::Value = json;
        let context =
            json_ld::syntax::Context::try_from_json(json).map_err(|_| Error::ContextConflict {
                why: "invalid local context".to_owned(),
            })?;
        let base = self.mode.base.clone();
        self.compiler.inline(active, &context, base)
    }
}

/// Credentials lie in one another with contexts of their own, and so do the
/// envelopes around tokens (VCDM 2.0 §4.13.1); nothing else may change the
/// meaning of terms on the way down.
fn is_credential(object: &Object<'_>) -> bool {
    object.get("type").is_some_and(|types| {
        types.includes("VerifiableCredential") || types.includes("EnvelopedVerifiableCredential")
    })
}

/// The named things in the order of their names. There is seldom more than one,
/// and for one no list is made.
fn in_order<'n, T>(
    mut first: (&'n str, T),
    others: impl Iterator<Item = (&'n str, T)>,
) -> impl Iterator<Item = (&'n str, T)> {
    let mut others: Vec<(&str, T)> = others.collect();
    if !others.is_empty() {
        others.push(first);
        others.sort_by_key(|(name, _)| *name);
        first = others.remove(0);
    }
    std::iter::once(first).chain(others)
}
