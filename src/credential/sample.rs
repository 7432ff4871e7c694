//! For tests: one badge that uses every property of every class, and ways to
//! spoil it.

use crate::json::{self, Value};

const FULL_BADGE: &str = include_str!("full_badge.json");

pub(super) fn full_badge() -> Value<'static> {
    json::parse(FULL_BADGE.as_bytes()).expect("the full badge is JSON")
}

/// The full badge with the JSON `value` at `pointer`.
pub(super) fn with(pointer: &str, value: &str) -> Value<'static> {
    let mut badge = full_badge();
    let value = json::parse(value.as_bytes()).expect(value).into_owned();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    match find(&mut badge, parent) {
        Value::Object(object) => object.set(name.to_owned(), value),
        Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
        other => panic!("{pointer}: nothing to set in {other:?}"),
    }
    badge
}

/// The full badge without the member at `pointer`.
pub(super) fn without(pointer: &str) -> Value<'static> {
    let mut badge = full_badge();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = find(&mut badge, parent).as_object_mut().expect("an object");
    parent.remove(name).expect(pointer);
    badge
}

fn find<'b>(badge: &'b mut Value<'static>, pointer: &str) -> &'b mut Value<'static> {
    pointer
        .split('/')
        .skip(1)
        .fold(badge, |value, step| match value {
            Value::Object(object) => object.get_mut(step).expect(step),
            Value::Array(items) => &mut items[step.parse::<usize>().expect(step)],
            _ => panic!("{pointer}: no {step}"),
        })
}
