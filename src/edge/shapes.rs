//! Whether parts of a badge have the standard's shape, before they are kept.

use super::problem::Fault;
use crate::credential::model::{ACHIEVEMENT, PROFILE};
use crate::credential::shape::{self, Mode};
use crate::json::{Object, Value};

/// What is wrong with a profile that will get its id from us.
#[must_use]
pub fn profile(given: &Object<'_>) -> Vec<Fault> {
    let mut profile = given.clone().into_owned();
    profile.set("id", "urn:countersign:new");
    profile.set("type", vec![Value::from("Profile")]);
    faults(shape::check(&Value::Object(profile), &PROFILE, Mode::ISSUE))
}

/// What is wrong with a badge design.
#[must_use]
pub fn achievement(given: &Object<'_>) -> Vec<Fault> {
    let value = Value::Object(given.clone().into_owned());
    faults(shape::check(&value, &ACHIEVEMENT, Mode::ISSUE))
}

fn faults(found: Vec<crate::credential::Fault>) -> Vec<Fault> {
    found
        .into_iter()
        .map(|fault| Fault {
            detail: fault.to_string(),
            at: fault.pointer,
        })
        .collect()
}
