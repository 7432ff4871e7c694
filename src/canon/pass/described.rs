//! One thing, described in one place.
//!
//! Statements do not say in which object they were written. If a badge and the
//! subject of an endorsement in it have one identifier, `validUntil` could be
//! moved from the first to the second and the signature would still hold, while
//! readers of the JSON would see a badge without an end. Such a move needs the
//! two objects to share a type, because types decide which terms may be used.

use crate::credential::model::{self, Class};
use crate::json::{Object, Value};
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// Each identified object met so far that says more than its name.
pub(super) struct Described<'d> {
    objects: HashMap<(u32, &'d str), Met<'d>>,
    /// The graph that is read, and how many there were.
    graph: u32,
    graphs: u32,
}

/// The first object of an identifier, and the seldom others.
struct Met<'d> {
    first: Description<'d>,
    others: Vec<Description<'d>>,
}

struct Description<'d> {
    object: &'d Object<'d>,
    types: &'d [Value<'d>],
}

/// The classes of objects that have identifiers of their own.
static CLASSES: [(&str, &Class); 16] = [
    ("AchievementCredential", &model::ACHIEVEMENT_CREDENTIAL),
    ("OpenBadgeCredential", &model::ACHIEVEMENT_CREDENTIAL),
    ("EndorsementCredential", &model::ENDORSEMENT_CREDENTIAL),
    ("VerifiableCredential", &model::VERIFIABLE_CREDENTIAL),
    ("AchievementSubject", &model::ACHIEVEMENT_SUBJECT),
    ("EndorsementSubject", &model::ENDORSEMENT_SUBJECT),
    ("Achievement", &model::ACHIEVEMENT),
    ("Profile", &model::PROFILE),
    ("Evidence", &model::EVIDENCE),
    ("Image", &model::IMAGE),
    ("Related", &model::RELATED),
    ("Alignment", &model::ALIGNMENT),
    ("Result", &model::RESULT),
    ("ResultDescription", &model::RESULT_DESCRIPTION),
    ("RubricCriterionLevel", &model::RUBRIC_CRITERION_LEVEL),
    ("Address", &model::ADDRESS),
];

impl<'d> Description<'d> {
    fn of(object: &'d Object<'d>) -> Self {
        Self {
            object,
            types: object.get("type").map_or(&[][..], Value::one_or_many),
        }
    }

    /// Whether no member can have come from the other. Some terms may be used
    /// in any object, so also the classes have a say: a member that only the
    /// other's class has does not belong here.
    fn is_apart_from(&self, other: &Self) -> bool {
        let shared = self.types.iter().any(|name| other.types.contains(name));
        if shared {
            return self.types.len() == 1 && other.types.len() == 1;
        }
        self.keeps_to_itself(other) && other.keeps_to_itself(self)
    }

    fn keeps_to_itself(&self, other: &Self) -> bool {
        self.object.iter().all(|(name, _)| {
            matches!(name, "id" | "type" | "@context") || self.has(name) || !other.has(name)
        })
    }

    /// Whether a class of this object has the member.
    fn has(&self, name: &str) -> bool {
        CLASSES.iter().any(|(class, table)| {
            self.types.iter().any(|own| own.as_str() == Some(class)) && table.find(name).is_some()
        })
    }
}

impl<'d> Described<'d> {
    pub(super) fn new() -> Self {
        Self {
            objects: HashMap::with_capacity(16),
            graph: 0,
            graphs: 0,
        }
    }

    /// Notes that `object` describes `id`. `false` if another object does in a
    /// way that lets members move between the two: they share a type, and it is
    /// not that both have one and the same type, as an issuer has that is also
    /// named as creator; or one of them has taken a member of the other.
    pub(super) fn note(&mut self, id: &'d str, object: &'d Object<'d>) -> bool {
        let says_more = object
            .iter()
            .any(|(name, _)| !matches!(name, "id" | "type" | "@context"));
        if !says_more {
            return true;
        }
        let description = Description::of(object);
        match self.objects.entry((self.graph, id)) {
            Entry::Vacant(new) => {
                new.insert(Met {
                    first: description,
                    others: Vec::new(),
                });
                true
            }
            Entry::Occupied(mut met) => {
                let Met { first, others } = met.get_mut();
                let apart = std::iter::once(&*first)
                    .chain(&*others)
                    .all(|other| other.is_apart_from(&description));
                others.push(description);
                apart
            }
        }
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
