//! One thing, described in one place.
//!
//! Statements do not say in which object they were written. If a badge and the
//! subject of an endorsement in it have one identifier, `validUntil` could be
//! moved from the first to the second and the signature would still hold, while
//! readers of the JSON would see a badge without an end. Such a move needs the
//! two objects to share a type, because types decide which terms may be used.

use crate::json::{Object, Value};
use hashbrown::HashMap;

/// The types of each identified object met so far that says more than its name.
#[derive(Default)]
pub(super) struct Described<'d> {
    types: HashMap<(u32, &'d str), Vec<&'d [Value<'d>]>>,
    /// The graph that is read, and how many there were.
    graph: u32,
    graphs: u32,
}

impl<'d> Described<'d> {
    /// Notes that `object` describes `id`. `false` if another object does in a
    /// way that lets members move between the two: they share a type, and it is
    /// not that both have one and the same type, as an issuer has that is also
    /// named as creator.
    pub(super) fn note(&mut self, id: &'d str, object: &'d Object<'d>) -> bool {
        let says_more = object
            .iter()
            .any(|(name, _)| !matches!(name, "id" | "type" | "@context"));
        if !says_more {
            return true;
        }
        let types = object.get("type").map_or(&[][..], Value::one_or_many);
        let earlier = self.types.entry((self.graph, id)).or_default();
        let apart = earlier.iter().all(|other| {
            let shared = types.iter().any(|name| other.contains(name));
            !shared || (types.len() == 1 && other.len() == 1)
        });
        earlier.push(types);
        apart
    }

    /// Enters a new graph, whose statements stand by themselves; returns the
    /// one to go back to.
    pub(super) const fn enter_graph(&mut self) -> u32 {
        let before = self.graph;
        self.graphs += 1;
        self.graph = self.graphs;
        before
    }

    pub(super) const fn leave_graph(&mut self, before: u32) {
        self.graph = before;
    }
}
