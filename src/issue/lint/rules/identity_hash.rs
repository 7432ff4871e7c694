//! Recipients by hash.

use crate::credential::Wrong;
use crate::issue::lint::context::Node;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges};
use crate::json::{Object, Value};

pub(super) static LINT: Lint = Lint {
    name: "identity_hash",
    citation: "Open Badges 3.0 §B.1 IdentityObject, IdentityHash; OB3-REC-03",
    sentence: "A hashed identity is a SHA-256 hash with a salt of at least 16 hexadecimal digits.",
    severity: Severity::Error,
    applies: badges,
    broken,
};

/// Faults that are told here.
pub(super) const fn takes(wrong: Wrong) -> bool {
    matches!(wrong, Wrong::IdentityHash)
}

/// 64 bits: less can be tried out for every address there is.
const LEAST_DIGITS: usize = 16;

fn broken(context: &Context<'_>) -> Option<Broken> {
    let mut places = context.faults(takes);
    for (node, identity) in hashed(context) {
        places.extend(weakness(context, node, identity));
    }
    Broken::at(&LINT, places)
}

/// The identities that are hashed.
pub(super) fn hashed<'c, 'd>(
    context: &'c Context<'d>,
) -> impl Iterator<Item = (&'c Node<'d>, &'d Object<'d>)> {
    context.own_objects().filter(|(node, identity)| {
        node.name == "identifier" && identity.get("hashed").and_then(Value::as_bool) == Some(true)
    })
}

fn weakness<'d>(context: &Context<'d>, node: &Node<'d>, identity: &Object<'_>) -> Option<Place> {
    let hash = identity.text("identityHash").unwrap_or_default();
    if hash.starts_with("md5$") {
        return Some(context.place_in(
            node,
            "identityHash",
            "identity_hash_weak",
            "is an MD5 hash; use sha256",
        ));
    }
    let refused = |code, why| Some(context.place_in(node, "salt", code, why));
    match identity.get("salt") {
        None => refused(
            "identity_hash_unsalted",
            "is needed where an identity is hashed",
        ),
        Some(Value::String(salt)) if salt.len() < LEAST_DIGITS => {
            refused("identity_salt_weak", "has fewer than 16 digits")
        }
        Some(Value::String(salt)) if !salt.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            refused("identity_salt_weak", "is not hexadecimal")
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const HASH: &str = "/credentialSubject/identifier/0/identityHash";
    const SALT: &str = "/credentialSubject/identifier/0/salt";

    #[test]
    fn hashes_are_hashes_of_a_good_kind() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[(HASH, &format!("\"sha256${}\"", "aB".repeat(32)))]);
        for other in [
            r#""learner@example.org""#.to_owned(),
            format!("\"{}\"", "ab".repeat(32)),
            format!("\"sha256${}\"", "ab".repeat(31)),
            format!("\"sha256${}\"", "zz".repeat(32)),
            format!("\"SHA256${}\"", "ab".repeat(32)),
            format!("\"md5${}\"", "ab".repeat(16)),
            format!("\"sha1${}\"", "ab".repeat(20)),
        ] {
            trial.bad_there(HASH, &other);
        }
    }

    #[test]
    fn hashes_are_salted() {
        let trial = Trial::badge(&LINT);
        trial.good(&[(SALT, r#""0123456789abcdef""#)]);
        for other in [
            "",
            r#""""#,
            r#""Kosher""#,
            r#""0123456789abcde""#,
            r#""0123456789abcdeg""#,
        ] {
            trial.bad_there(SALT, other);
        }
    }

    #[test]
    fn what_is_not_hashed_needs_no_salt() {
        Trial::badge(&LINT).good(&[(
            "/credentialSubject/identifier/0",
            r#"{"type":"IdentityObject","hashed":false,"identityHash":"EC-417","identityType":"systemId"}"#,
        )]);
    }
}
