//! Issued to this person (Open Badges 3.0 §8.5, "Verify Recipient").

use crate::json::{Object, Value};
use crate::text::hex;
use crate::verify::report::Finding;
use md5::Md5;
use sha2::{Digest, Sha256};

/// Compares the value that the checker was told with what the badge says.
pub(in crate::verify) fn check(badge: &Object<'_>, told: Option<&str>) -> Finding {
    let Some(told) = told.map(str::trim).filter(|told| !told.is_empty()) else {
        return Finding::not_reached("person-not-checked");
    };
    let subjects = badge
        .get("credentialSubject")
        .map_or(&[][..], Value::one_or_many);
    let mut names_anybody = false;
    for subject in subjects {
        if let Some(id) = subject.get("id").and_then(Value::as_str) {
            names_anybody = true;
            if id == told {
                return Finding::new(
                    crate::verify::report::State::Holds,
                    "person-match",
                    "the identifier is the same",
                );
            }
        }
        let identities = subject
            .get("identifier")
            .map_or(&[][..], Value::one_or_many);
        for identity in identities.iter().filter_map(Value::as_object) {
            names_anybody = true;
            if let Some(how) = matches(identity, told) {
                return Finding::new(crate::verify::report::State::Holds, "person-match", how);
            }
        }
    }
    if names_anybody {
        Finding::fails(
            "person-no-match",
            "the badge was issued to somebody else, or to another address of theirs",
        )
    } else {
        Finding::unknown(
            "person-not-named",
            "the badge does not say whom it was issued to",
        )
    }
}

/// An e-mail address is compared with e-mail identities only, as written and in
/// lower case; anything else with the other kinds.
fn matches(identity: &Object<'_>, told: &str) -> Option<String> {
    let kind = identity.text("identityType")?;
    let is_email = told.contains('@') && !told.starts_with("did:") && !told.contains("://");
    if is_email != (kind == "emailAddress") {
        return None;
    }
    let said = identity.text("identityHash")?;
    let salt = identity.text("salt").unwrap_or_default();
    let is_hashed = identity.get("hashed").and_then(Value::as_bool) == Some(true);
    let lower = told.to_lowercase();
    for (candidate, how) in [(told, "as entered"), (lower.as_str(), "in lower case")] {
        let same = if is_hashed {
            hash_matches(said, candidate, salt)
        } else {
            constant_time_eq(said, candidate)
        };
        if same {
            return Some(format!("{kind} matches {how}"));
        }
    }
    None
}

/// `alg$hex` over the value and then the salt; the digits in either case.
pub(in crate::verify) fn hash_matches(said: &str, value: &str, salt: &str) -> bool {
    let Some((algorithm, digits)) = said.split_once('$') else {
        return false;
    };
    let computed = match algorithm {
        "sha256" => hex(&Sha256::new()
            .chain_update(value)
            .chain_update(salt)
            .finalize()),
        "md5" => hex(&Md5::new().chain_update(value).chain_update(salt).finalize()),
        _ => return false,
    };
    constant_time_eq(&digits.to_ascii_lowercase(), &computed)
}

/// The time does not depend on where the two differ.
fn constant_time_eq(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left
            .bytes()
            .zip(right.bytes())
            .fold(0, |difference, (left, right)| difference | (left ^ right))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::State;

    fn badge(identity: &str) -> String {
        format!(r#"{{"credentialSubject":{{"identifier":[{identity}]}}}}"#)
    }

    #[track_caller]
    fn check_told(identity: &str, told: &str, state: State) {
        let text = badge(identity);
        let tree = crate::json::parse(text.as_bytes()).expect("JSON");
        assert_eq!(
            check(tree.as_object().expect("an object"), Some(told)).state,
            state,
            "{identity} {told}"
        );
    }

    const KOSHER: &str = r#"{"type":"IdentityObject","hashed":true,"identityType":"emailAddress","salt":"Kosher","identityHash":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"}"#;

    #[test]
    fn the_published_hash_matches() {
        check_told(KOSHER, "a@example.com", State::Holds);
        check_told(KOSHER, "A@Example.com", State::Holds);
        check_told(
            &KOSHER.replace("b5809d8a", "B5809D8A"),
            "a@example.com",
            State::Holds,
        );
    }

    #[test]
    fn others_do_not() {
        check_told(KOSHER, "b@example.com", State::Fails);
        check_told(
            &KOSHER.replace("Kosher", "kosher"),
            "a@example.com",
            State::Fails,
        );
        check_told(
            &KOSHER.replace("sha256$", "sha512$"),
            "a@example.com",
            State::Fails,
        );
        check_told(
            &KOSHER.replace("sha256$", ""),
            "a@example.com",
            State::Fails,
        );
        check_told(
            &KOSHER.replace("emailAddress", "userName"),
            "a@example.com",
            State::Fails,
        );
        check_told(
            KOSHER,
            "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399@",
            State::Fails,
        );
    }

    #[test]
    fn plain_and_other_kinds_are_compared_as_written() {
        let plain = r#"{"type":"IdentityObject","hashed":false,"identityType":"systemId","identityHash":"L0042"}"#;
        check_told(plain, "L0042", State::Holds);
        check_told(plain, "L0043", State::Fails);
        check_told(&plain.replace("false", "true"), "L0042", State::Fails);
    }

    #[test]
    fn nobody_asked_and_nobody_named_are_not_answers() {
        let tree = crate::json::parse(br#"{"credentialSubject":{}}"#).expect("JSON");
        let badge = tree.as_object().expect("an object");
        assert_eq!(check(badge, None).state, State::NotReached);
        assert_eq!(check(badge, Some("x")).state, State::Unknown);
    }
}
