//! How the credential can be withdrawn.

use crate::credential::Wrong;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges_and_endorsements};
use crate::json::Value;
use crate::status::{EntrySize, ListEntry, ListKind, Purpose, StatusEntry};

pub(super) static LINT: Lint = Lint {
    name: "status_entry",
    citation: "Bitstring Status List §2.1, Open Badges 3.0 §B.1 credentialStatus; OB3-DM-15, OB3-STA-04",
    sentence: "There is one status entry, for revocation; a second, for suspension, only where the issuer allows it.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::StatusIndex)
}

/// What the entries are for, in this order.
const PURPOSES: [Purpose; 2] = [Purpose::Revocation, Purpose::Suspension];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = context.faults(takes);
    let status = context.object().get("credentialStatus")?;
    let is_list = matches!(status, Value::Array(_));
    let entries = status.one_or_many();
    let allowed = if context.settings().suspension { 2 } else { 1 };
    if entries.len() > allowed || (is_list && entries.len() != 2) {
        places.push(Place::new(
            "/credentialStatus",
            LINT.name,
            if allowed == 1 {
                "must be one object"
            } else {
                "must be one object, or a list of two"
            },
        ));
    }
    for (at, (entry, purpose)) in entries.iter().zip(&PURPOSES).enumerate() {
        let pointer = if is_list {
            format!("/credentialStatus/{at}")
        } else {
            "/credentialStatus".to_owned()
        };
        places.extend(refusal(entry, purpose, &pointer));
    }
    if let [first, second] = entries
        && same_bit(first, second)
    {
        places.push(Place::new(
            "/credentialStatus/1/statusListIndex",
            LINT.name,
            "is the entry's before it",
        ));
    }
    Broken::at(&LINT, places)
}

fn refusal(entry: &Value<'_>, purpose: &Purpose, pointer: &str) -> Option<Place> {
    let at =
        |member: &str, why: String| Some(Place::new(format!("{pointer}/{member}"), LINT.name, why));
    let list = match StatusEntry::read(entry) {
        Ok(StatusEntry::List(list)) if list.kind == ListKind::Bitstring => list,
        Ok(_) => return at("type", "must be BitstringStatusListEntry".to_owned()),
        Err(error) => return Some(Place::new(pointer, error.code(), error.to_string())),
    };
    if list.purpose != *purpose {
        at("statusPurpose", format!("must be {}", purpose.as_str()))
    } else if !is_written_plainly(entry, &list) {
        at(
            "statusListIndex",
            "must be decimal digits in a text, without a zero in front".to_owned(),
        )
    } else if list.size != EntrySize::ONE || !list.messages.is_empty() {
        at("statusSize", "must be one bit, without messages".to_owned())
    } else if entry.get("id").and_then(Value::as_str) == Some(&list.list) {
        at("id", "is the list, not the entry".to_owned())
    } else {
        None
    }
}

fn is_written_plainly(entry: &Value<'_>, list: &ListEntry) -> bool {
    entry.get("statusListIndex").and_then(Value::as_str) == Some(&list.index.to_string())
}

fn same_bit(first: &Value<'_>, second: &Value<'_>) -> bool {
    let bit = |entry: &Value<'_>| match StatusEntry::read(entry) {
        Ok(StatusEntry::List(list)) => Some((list.list, list.index)),
        _ => None,
    };
    bit(first).is_some() && bit(first) == bit(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const STATUS: &str = "/credentialStatus";

    fn entry(purpose: &str, list: u8) -> String {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"{purpose}","statusListIndex":"5","statusListCredential":"https://badges.example.org/status/{list}"}}"#
        )
    }

    #[test]
    fn one_entry_says_how_to_revoke() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(STATUS, "")]);
        trial.good(&[(STATUS, &entry("revocation", 1))]);
        trial.bad(
            (STATUS, &entry("suspension", 1)),
            "/credentialStatus/statusPurpose",
        );
        trial.bad(
            (STATUS, &entry("message", 1)),
            "/credentialStatus/statusPurpose",
        );
        trial.bad_there(STATUS, &format!("[{}]", entry("revocation", 1)));
        let two = format!("[{},{}]", entry("revocation", 1), entry("suspension", 2));
        trial.bad_there(STATUS, &two);
    }

    #[test]
    fn an_entry_is_of_the_kind_we_issue() {
        let trial = Trial::badge(&LINT);
        trial.bad_there("/credentialStatus/type", r#""StatusList2021Entry""#);
        trial.bad_there("/credentialStatus/type", r#""1EdTechRevocationList""#);
        trial.bad_there("/credentialStatus/type", r#""OtherStatus""#);
        for index in [
            "94567",
            r#""""#,
            r#""007""#,
            r#""+7""#,
            r#""-1""#,
            r#""1e3""#,
            r#"" 7""#,
            r#""7.0""#,
            r#""999999999999999999999""#,
        ] {
            // Some of these cannot be read as an entry at all.
            let document = [("/credentialStatus/statusListIndex", index)];
            assert_broken(&document);
        }
        trial.bad(("/credentialStatus/statusSize", "2"), "/credentialStatus");
        trial.bad_there(
            "/credentialStatus/id",
            r#""https://badges.example.org/status/1""#,
        );
    }

    #[track_caller]
    fn assert_broken(edits: &[(&str, &str); 1]) {
        let [(pointer, new)] = edits;
        let trial = Trial::badge(&LINT);
        trial.bad_somewhere((pointer, new));
    }

    #[test]
    fn a_second_entry_is_for_pausing_and_only_where_allowed() {
        let trial = Trial::badge(&LINT).set(|settings| settings.suspension = true);
        trial.good(&[]);
        let two = format!("[{},{}]", entry("revocation", 1), entry("suspension", 2));
        trial.good(&[(STATUS, &two)]);
        trial.bad_there(STATUS, &format!("[{}]", entry("revocation", 1)));
        let wrong = format!("[{},{}]", entry("suspension", 1), entry("revocation", 2));
        trial.bad((STATUS, &wrong), "/credentialStatus/0/statusPurpose");
        let twice = format!("[{},{}]", entry("revocation", 1), entry("revocation", 2));
        trial.bad((STATUS, &twice), "/credentialStatus/1/statusPurpose");
        let same = format!("[{},{}]", entry("revocation", 1), entry("suspension", 1));
        trial.bad((STATUS, &same), "/credentialStatus/1/statusListIndex");
        let three = format!(
            "[{},{},{}]",
            entry("revocation", 1),
            entry("suspension", 2),
            entry("revocation", 3)
        );
        trial.bad_there(STATUS, &three);
    }
}
