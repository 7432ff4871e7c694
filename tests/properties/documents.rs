//! Places in JSON documents, and documents with one thing changed there.

use countersign::json::{Object, Value};
use std::fmt;

/// Where a value lies in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place(pub Vec<Step>);

#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Member(String),
    Item(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Member(name) => write!(formatter, "/{name}"),
            Step::Item(at) => write!(formatter, "/{at}"),
        })
    }
}

impl Place {
    /// A JSON Pointer without escapes.
    pub fn parse(pointer: &str) -> Self {
        let steps = pointer.split('/').skip(1);
        Self(
            steps
                .map(|step| {
                    step.parse()
                        .map_or_else(|_| Step::Member(step.to_owned()), Step::Item)
                })
                .collect(),
        )
    }

    fn below(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    fn split(&self) -> (Self, &Step) {
        let (last, parent) = self.0.split_last().expect("not the whole");
        (Self(parent.to_vec()), last)
    }

    pub fn is_member(&self) -> bool {
        matches!(self.0.last(), Some(Step::Member(_)))
    }
}

/// Every place, the whole first.
pub fn places(value: &Value<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    walk(value, Place::default(), &mut found);
    found
}

fn walk(value: &Value<'_>, place: Place, found: &mut Vec<Place>) {
    found.push(place.clone());
    match value {
        Value::Object(object) => {
            for (name, value) in object.iter() {
                walk(value, place.below(Step::Member(name.to_owned())), found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                walk(value, place.below(Step::Item(at)), found);
            }
        }
        _ => {}
    }
}

pub fn at<'v>(value: &'v Value<'static>, place: &Place) -> &'v Value<'static> {
    place.0.iter().fold(value, |value, step| match step {
        Step::Member(name) => value.get(name).expect("a member"),
        Step::Item(at) => &value.as_array().expect("a list")[*at],
    })
}

fn at_mut<'v>(value: &'v mut Value<'static>, place: &Place) -> &'v mut Value<'static> {
    place
        .0
        .iter()
        .fold(value, |value, step| match (value, step) {
            (Value::Object(object), Step::Member(name)) => object.get_mut(name).expect("a member"),
            (Value::Array(items), Step::Item(at)) => &mut items[*at],
            _ => panic!("no such place"),
        })
}

/// The document with another value there.
pub fn with(document: &Value<'static>, place: &Place, new: Value<'static>) -> Value<'static> {
    let mut changed = document.clone();
    *at_mut(&mut changed, place) = new;
    changed
}

/// The document without what is there.
pub fn without(document: &Value<'static>, place: &Place) -> Value<'static> {
    let (parent, last) = place.split();
    let mut changed = document.clone();
    match (at_mut(&mut changed, &parent), last) {
        (Value::Object(object), Step::Member(name)) => {
            object.remove(name);
        }
        (Value::Array(items), Step::Item(at)) => {
            items.remove(*at);
        }
        _ => panic!("no such place"),
    }
    changed
}

/// The document with another name for the member there.
pub fn renamed(document: &Value<'static>, place: &Place, name: &str) -> Value<'static> {
    let (parent, last) = place.split();
    let Step::Member(old) = last else {
        panic!("no member");
    };
    let mut changed = document.clone();
    if let Value::Object(object) = at_mut(&mut changed, &parent) {
        *object = object
            .iter()
            .map(|(member, value)| {
                let member = if member == old { name } else { member };
                (member.to_owned().into(), value.clone())
            })
            .collect::<Object<'static>>();
    }
    changed
}

/// The document with one more member, or one more item in the list there.
pub fn grown(
    document: &Value<'static>,
    place: &Place,
    name: &str,
    new: Value<'static>,
) -> Option<Value<'static>> {
    let mut changed = document.clone();
    match at_mut(&mut changed, place) {
        Value::Object(object) if !object.contains(name) => object.set(name.to_owned(), new),
        Value::Array(items) => items.push(new),
        _ => return None,
    }
    Some(changed)
}
