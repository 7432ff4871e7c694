//! What a good badge also keeps to, that no schema can say.
//!
//! One function for each rule of Open Badges 3.0 that ties fields together;
//! [`check`] runs them all. They read documents whose shape is good
//! ([`super::shape`]) and look past what is not. What a fault means (lint it,
//! refuse it, note it) is for the caller.

mod results;

pub use results::{check_achievement, result_status};

use super::fault::{Fault, Path, Wrong};
use super::iri;
use super::shape::Mode;
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::limits;

/// Runs every check on a badge, `now` being when it is checked or issued.
#[must_use]
pub fn check(credential: &Object<'_>, now: Moment, mode: Mode) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    ends_after_it_starts(credential, mode, &mut faults);
    awarded_by_now(credential, now, &mut faults);
    ids_are_absolute(credential, &Path::ROOT, &mut faults);
    if let Some(subject) = credential
        .get("credentialSubject")
        .and_then(Value::as_object)
    {
        let path = Path::ROOT.member("credentialSubject");
        subject_is_identified(subject, &path, &mut faults);
        identity_hashes(subject, &path, &mut faults);
        results::check(subject, &path, &mut faults);
    }
    faults.0
}

/// The checks of dates alone, for any credential.
#[must_use]
pub fn check_dates(credential: &Object<'_>, now: Moment, mode: Mode) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    ends_after_it_starts(credential, mode, &mut faults);
    awarded_by_now(credential, now, &mut faults);
    faults.0
}

/// Faults found so far; no more than a report can use.
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, path: &Path<'_>, wrong: Wrong) {
        if self.0.len() < super::shape::MOST_FAULTS {
            self.0.push(Fault {
                pointer: path.pointer(),
                wrong,
            });
        }
    }

    fn demand(&mut self, holds: bool, path: &Path<'_>, wrong: Wrong) {
        if !holds {
            self.add(path, wrong);
        }
    }
}

/// The subject has an `id` or at least one `identifier` (§B.1
/// AchievementSubject).
fn subject_is_identified(subject: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    let has_identifier = subject
        .get("identifier")
        .is_some_and(|identifiers| !identifiers.one_or_many().is_empty());
    let identified = subject.contains("id") || has_identifier;
    faults.demand(identified, path, Wrong::SubjectUnidentified);
}

/// `validUntil` is not before `validFrom` (VC 2.0 §4.9); in VC 1.1,
/// `expirationDate` not before `issuanceDate`. We issue nothing that ends the
/// moment it begins.
fn ends_after_it_starts(credential: &Object<'_>, mode: Mode, faults: &mut Faults) {
    for (start, end) in [
        ("validFrom", "validUntil"),
        ("issuanceDate", "expirationDate"),
    ] {
        if let (Some(starts), Some(ends)) = (moment(credential, start), moment(credential, end)) {
            let in_order = ends > starts || (ends == starts && !mode.is_issue());
            let path = Path::ROOT;
            faults.demand(in_order, &path.member(end), Wrong::EndsBeforeStart);
        }
    }
}

/// `awardedDate` is not in the future, give or take how far clocks differ.
fn awarded_by_now(credential: &Object<'_>, now: Moment, faults: &mut Faults) {
    if let Some(awarded) = moment(credential, "awardedDate") {
        let latest = now.plus_seconds(limits::CLOCK_SKEW_SECONDS);
        let path = Path::ROOT;
        faults.demand(
            awarded <= latest,
            &path.member("awardedDate"),
            Wrong::AwardedInFuture,
        );
    }
}

fn moment(object: &Object<'_>, name: &str) -> Option<Moment> {
    Moment::parse(object.text(name)?).ok()
}

/// Where `hashed` is true, `identityHash` is a hash (§B.1 IdentityObject).
fn identity_hashes(subject: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    let path = path.member("identifier");
    let Some(identifiers) = subject.get("identifier") else {
        return;
    };
    for (at, identifier) in identifiers.one_or_many().iter().enumerate() {
        let hashed = identifier.get("hashed").and_then(Value::as_bool) == Some(true);
        let hash = identifier.get("identityHash").and_then(Value::as_str);
        if hashed && !hash.is_some_and(is_identity_hash) {
            let path = path.item_of(identifiers, at);
            faults.add(&path.member("identityHash"), Wrong::IdentityHash);
        }
    }
}

/// `IdentityHash`: the algorithm, `$`, and the hash in hexadecimal.
fn is_identity_hash(text: &str) -> bool {
    let (hash, digits) = match text.split_once('$') {
        Some(("md5", hash)) => (hash, 32),
        Some(("sha256", hash)) => (hash, 64),
        _ => return false,
    };
    hash.len() == digits && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Every `id` is an absolute IRI, also in what the tables don't know.
fn ids_are_absolute(object: &Object<'_>, path: &Path<'_>, faults: &mut Faults) {
    for (name, value) in object.iter() {
        if name != "@context" {
            let is_id = matches!(name, "id" | "@id");
            id_is_absolute(is_id, value, &path.member(name), faults);
        }
    }
}

fn id_is_absolute(is_id: bool, value: &Value<'_>, path: &Path<'_>, faults: &mut Faults) {
    if path.depth > limits::JSON_DEPTH {
        return;
    }
    match value {
        Value::String(id) if is_id => {
            faults.demand(iri::is_absolute(id), path, Wrong::NotAbsolute);
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                id_is_absolute(is_id, item, &path.item(at), faults);
            }
        }
        Value::Object(object) => ids_are_absolute(object, path, faults),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
