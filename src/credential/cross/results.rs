//! Results and what the achievement says about them (Open Badges 3.0 §B.1
//! Result, ResultDescription, RubricCriterionLevel).

use super::{Fault, Faults, Path, Wrong};
use crate::json::{Object, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Checks an achievement alone, as a badge design: what it requires is among
/// what it allows.
#[must_use]
pub fn check_achievement(achievement: &Object<'_>) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    requirements_are_allowed(achievement, &Path::ROOT, &mut faults);
    faults.0
}

/// The status a result stands for. A badge without a word about status is one
/// for something completed.
///
/// ```
/// use countersign::{credential::cross::result_status, json};
/// let result = json::parse(br#"{"type": ["Result"], "value": "A"}"#)?;
/// assert_eq!(result.as_object().map(result_status), Some("Completed"));
/// # Ok::<(), json::Error>(())
/// ```
#[must_use]
pub fn result_status<'d>(result: &'d Object<'_>) -> &'d str {
    result.text("status").unwrap_or("Completed")
}

/// All checks of the results of a subject and of the achievement behind them.
pub(super) fn check(subject: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    let Some(achievement) = subject.get("achievement").and_then(Value::as_object) else {
        return;
    };
    requirements_are_allowed(achievement, &path.member("achievement"), faults);
    let Some(results) = subject.get("result") else {
        return;
    };
    let descriptions: BTreeMap<&str, Description<'_>> = objects(achievement, "resultDescription")
        .filter_map(|object| Some((object.text("id")?, Description::new(object))))
        .collect();
    let path = path.member("result");
    for (at, result) in results.one_or_many().iter().enumerate() {
        if let Some(result) = result.as_object() {
            result_fits(result, &descriptions, &path.item_of(results, at), faults);
        }
    }
}

/// One result against the description it points to.
fn result_fits(
    result: &Object<'_>,
    descriptions: &BTreeMap<&str, Description<'_>>,
    path: &Path<'_>,
    faults: &mut Faults,
) {
    let Some(link) = result.text("resultDescription") else {
        return;
    };
    let Some(description) = descriptions.get(link) else {
        return faults.add(
            &path.member("resultDescription"),
            Wrong::ResultDescriptionUnknown,
        );
    };
    level_is_known(result, description, path, faults);
    result_is_complete(result, description, path, faults);
    if let Some(value) = result.text("value") {
        faults.demand(
            description.allows(value),
            &path.member("value"),
            Wrong::ValueNotAllowed,
        );
    }
}

/// `achievedLevel` is one of the levels of the description.
fn level_is_known(
    result: &Object<'_>,
    description: &Description<'_>,
    path: &Path<'_>,
    faults: &mut Faults,
) {
    if let Some(level) = result.text("achievedLevel") {
        let known = description.levels.contains(level);
        faults.demand(known, &path.member("achievedLevel"), Wrong::LevelUnknown);
    }
}

/// A description of type `Status` needs a `status`, one of type
/// `RubricCriterionLevel` an `achievedLevel`.
fn result_is_complete(
    result: &Object<'_>,
    description: &Description<'_>,
    path: &Path<'_>,
    faults: &mut Faults,
) {
    let (name, wrong) = match description.result_type {
        Some("Status") => ("status", Wrong::StatusMissing),
        Some("RubricCriterionLevel") => ("achievedLevel", Wrong::AchievedLevelMissing),
        _ => return,
    };
    faults.demand(result.contains(name), &path.member(name), wrong);
}

/// `requiredValue` is among the allowed values, `requiredLevel` among the
/// levels.
fn requirements_are_allowed(achievement: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    let Some(descriptions) = achievement.get("resultDescription") else {
        return;
    };
    let path = path.member("resultDescription");
    for (at, description) in descriptions.one_or_many().iter().enumerate() {
        if let Some(description) = description.as_object() {
            requirement_is_allowed(description, &path.item_of(descriptions, at), faults);
        }
    }
}

fn requirement_is_allowed(object: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    let (value, level) = (object.text("requiredValue"), object.text("requiredLevel"));
    if value.is_none() && level.is_none() {
        return;
    }
    let description = Description::new(object);
    if let Some(value) = value {
        let allowed = description.allows(value);
        faults.demand(
            allowed,
            &path.member("requiredValue"),
            Wrong::ValueNotAllowed,
        );
    }
    if let Some(level) = level {
        let known = description.levels.contains(level);
        faults.demand(known, &path.member("requiredLevel"), Wrong::LevelUnknown);
    }
}

fn objects<'d>(object: &'d Object<'_>, name: &str) -> impl Iterator<Item = &'d Object<'d>> {
    object
        .get(name)
        .map(Value::one_or_many)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_object)
}

/// A `ResultDescription`, with sets in place of lists: a stranger's badge may
/// have thousands of results and of values.
struct Description<'d> {
    result_type: Option<&'d str>,
    levels: BTreeSet<&'d str>,
    allowed: BTreeSet<&'d str>,
    least: Option<f64>,
    most: Option<f64>,
}

impl<'d> Description<'d> {
    fn new(object: &'d Object<'_>) -> Self {
        let allowed = object.get("allowedValue").map(Value::one_or_many);
        Self {
            result_type: object.text("resultType"),
            levels: objects(object, "rubricCriterionLevel")
                .filter_map(|level| level.text("id"))
                .collect(),
            allowed: allowed
                .unwrap_or_default()
                .iter()
                .filter_map(Value::as_str)
                .collect(),
            least: object.text("valueMin").and_then(number),
            most: object.text("valueMax").and_then(number),
        }
    }

    /// Whether `value` is in the list, or a number in the range. Without a
    /// list, what is no number can't be judged by a range and passes.
    fn allows(&self, value: &str) -> bool {
        if self.allowed.contains(value) {
            return true;
        }
        let has_range = self.least.is_some() || self.most.is_some();
        match number(value) {
            Some(value) if has_range => {
                self.least.is_none_or(|least| value >= least)
                    && self.most.is_none_or(|most| value <= most)
            }
            _ => self.allowed.is_empty(),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
