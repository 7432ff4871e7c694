//! What the rules look at: the draft, spread out once.
//!
//! The tree is walked a single time into a flat list of [`Node`]s, and the
//! checks that many rules draw from are run a single time. JSON Pointers are
//! made only for what is broken.

use super::{Place, Settings};
use crate::canon::{self, Edition, Mode, Nothing, engine};
use crate::clock::Moment;
use crate::credential::{DocumentKind, Fault, Wrong, cross, shape};
use crate::json::{Object, Value};
use crate::limits;

/// A draft, ready to be looked at.
pub struct Context<'d> {
    document: &'d Value<'d>,
    kind: DocumentKind,
    settings: &'d Settings,
    nodes: Vec<Node<'d>>,
    faults: Vec<Fault>,
    safe_mode: Result<(), canon::Error>,
}

/// One value of the draft.
pub(super) struct Node<'d> {
    parent: Option<usize>,
    step: Step<'d>,
    /// The member that it is the value of, or one of the values of.
    pub(super) name: &'d str,
    pub(super) value: &'d Value<'d>,
    pub(super) part: Part,
}

#[derive(Clone, Copy)]
enum Step<'d> {
    Root,
    Member(&'d str),
    Item(usize),
}

/// Whose words these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The issuer's own.
    Own,
    /// The contexts of the draft.
    Contexts,
    /// The proofs that are there already.
    Proof,
    /// An endorsement in it, which somebody else signed.
    Foreign,
}

static NO_OBJECT: Object<'static> = Object::new();

impl<'d> Context<'d> {
    pub(super) fn new(
        document: &'d Value<'d>,
        kind: DocumentKind,
        settings: &'d Settings,
        now: Moment,
    ) -> Self {
        let mut nodes = Vec::with_capacity(256);
        spread(
            &mut nodes,
            Node {
                parent: None,
                step: Step::Root,
                name: "",
                value: document,
                part: Part::Own,
            },
            0,
        );
        let mode = Mode::strict();
        let safe_mode = engine(Edition::Newest).read(document, Some("proof"), &mode, &mut Nothing);
        Self {
            document,
            kind,
            settings,
            nodes,
            faults: faults(document, kind, settings, now),
            safe_mode,
        }
    }

    /// The draft as a tree.
    pub(super) const fn document(&self) -> &'d Value<'d> {
        self.document
    }

    /// The draft.
    #[must_use]
    pub fn object(&self) -> &'d Object<'d> {
        self.document.as_object().unwrap_or(&NO_OBJECT)
    }

    /// Which credential it says it is.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// What it is linted for.
    #[must_use]
    pub const fn settings(&self) -> &'d Settings {
        self.settings
    }

    /// What reading it as JSON-LD said.
    pub(super) const fn safe_mode(&self) -> &Result<(), canon::Error> {
        &self.safe_mode
    }

    /// Every value.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node<'d>> {
        self.nodes.iter()
    }

    /// Every value that the issuer writes.
    pub(super) fn own(&self) -> impl Iterator<Item = &Node<'d>> {
        self.nodes().filter(|node| node.part == Part::Own)
    }

    /// Every text that the issuer writes.
    pub(super) fn own_texts(&self) -> impl Iterator<Item = (&Node<'d>, &'d str)> {
        self.own()
            .filter_map(|node| Some((node, node.value.as_str()?)))
    }

    /// Every object that the issuer writes.
    pub(super) fn own_objects(&self) -> impl Iterator<Item = (&Node<'d>, &'d Object<'d>)> {
        self.own()
            .filter_map(|node| Some((node, node.value.as_object()?)))
    }

    /// The object that a value is a member of.
    pub(super) fn parent_of(&self, node: &Node<'d>) -> Option<&'d Object<'d>> {
        let mut at = node.parent?;
        loop {
            let parent = self.nodes.get(at)?;
            match parent.value {
                Value::Object(object) => return Some(object),
                _ => at = parent.parent?,
            }
        }
    }

    /// The addresses in `@context`; what is no address is left out.
    pub(super) fn contexts(&self) -> impl Iterator<Item = &'d str> {
        let contexts = self.object().get("@context");
        contexts
            .map_or(&[][..], Value::one_or_many)
            .iter()
            .filter_map(Value::as_str)
    }

    /// The places of the faults in shape and across fields that a rule takes
    /// as its own.
    pub(super) fn faults(&self, takes: impl Fn(Wrong) -> bool) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for fault in self.faults.iter().filter(|fault| takes(fault.wrong)) {
            let place = Place::from(fault);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// A place at a value.
    pub(super) fn place(
        &self,
        node: &Node<'d>,
        code: &'static str,
        why: impl Into<String>,
    ) -> Place {
        Place::new(self.pointer(node), code, why)
    }

    /// A place at a member of an object, whether it is there or not.
    pub(super) fn place_in(
        &self,
        node: &Node<'d>,
        member: &str,
        code: &'static str,
        why: impl Into<String>,
    ) -> Place {
        let mut pointer = self.pointer(node);
        push_member(&mut pointer, member);
        Place::new(pointer, code, why)
    }

    fn pointer(&self, node: &Node<'d>) -> String {
        let mut steps = vec![node.step];
        let mut parent = node.parent;
        while let Some(node) = parent.and_then(|at| self.nodes.get(at)) {
            steps.push(node.step);
            parent = node.parent;
        }
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Member(name) => push_member(&mut pointer, name),
                Step::Item(at) => {
                    pointer.push('/');
                    pointer.push_str(&at.to_string());
                }
            }
        }
        pointer
    }
}

impl<'d> Node<'d> {
    /// The name of the member, if this is its value and not one of several.
    pub(super) const fn member(&self) -> Option<&'d str> {
        match self.step {
            Step::Member(name) => Some(name),
            Step::Root | Step::Item(_) => None,
        }
    }
}

fn push_member(pointer: &mut String, name: &str) {
    const LONGEST: usize = 64;
    pointer.push('/');
    let short: String = name.chars().take(LONGEST).collect();
    pointer.push_str(&short.replace('~', "~0").replace('/', "~1"));
}

fn faults(
    document: &Value<'_>,
    kind: DocumentKind,
    settings: &Settings,
    now: Moment,
) -> Vec<Fault> {
    let mode = match kind {
        // The design of the credential is somebody else's.
        DocumentKind::OtherCredential => shape::Mode::Check,
        _ => shape::Mode::Issue {
            suspension: settings.suspension,
        },
    };
    let mut faults = kind
        .class()
        .map(|class| shape::check(document, class, mode))
        .unwrap_or_default();
    if let Some(object) = document.as_object() {
        faults.extend(match kind {
            DocumentKind::Badge => cross::check(object, now, mode),
            _ => cross::check_dates(object, now, mode),
        });
    }
    faults
}

fn spread<'d>(nodes: &mut Vec<Node<'d>>, node: Node<'d>, depth: usize) {
    let (at, part, value, name) = (nodes.len(), node.part, node.value, node.name);
    nodes.push(node);
    if depth > limits::JSON_DEPTH {
        return;
    }
    match value {
        Value::Object(object) => {
            for (member, value) in object.iter() {
                let part = part_of(member, part, at == 0);
                let step = Step::Member(member);
                let node = Node {
                    parent: Some(at),
                    step,
                    name: member,
                    value,
                    part,
                };
                spread(nodes, node, depth + 1);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let node = Node {
                    parent: Some(at),
                    step: Step::Item(index),
                    name,
                    value,
                    part,
                };
                spread(nodes, node, depth + 1);
            }
        }
        _ => {}
    }
}

fn part_of(member: &str, part: Part, at_top: bool) -> Part {
    match (part, member) {
        (Part::Own, "@context") => Part::Contexts,
        (Part::Own, "proof") if at_top => Part::Proof,
        (Part::Own, "endorsement") => Part::Foreign,
        (part, _) => part,
    }
}
