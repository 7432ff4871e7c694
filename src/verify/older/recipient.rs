//! Whom a badge was given to (Open Badges 2.0 "IdentityObject").

use super::node::Node;
use crate::json::{Object, Value};
use crate::verify::report::Finding;

/// A recipient, with what its edition left unsaid filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipient<'d> {
    /// `email`, `url`, `telephone`, `id` or another property.
    pub(super) kind: &'d str,
    pub(super) identity: &'d str,
    pub(super) salt: Option<&'d str>,
    /// Whether `identity` is a hash, as it says and as it looks.
    pub(super) is_hashed: bool,
    /// It says it is a hash and is none: Moodle does so where its site has no
    /// salt.
    pub(super) is_plain_after_all: bool,
}

impl<'d> Recipient<'d> {
    pub(super) fn read(assertion: &Node<'d>) -> Result<Self, Finding> {
        match assertion.one("recipient")? {
            None => Err(assertion.missing("recipient")),
            Some(Value::Object(object)) => object_form(&assertion.part(object), assertion),
            // The form of the beta, still found in 1.0; the salt lies beside it.
            Some(Value::String(identity)) if !assertion.version.is_two() => Ok(Self {
                kind: "email",
                identity,
                salt: assertion.text("salt")?,
                is_hashed: is_hash(identity),
                is_plain_after_all: false,
            }),
            Some(_) => Err(assertion.malformed("recipient")),
        }
    }

    /// The identity as Open Badges 3 writes it (`IdentityObject`).
    pub(super) fn to_identity_object(&self) -> Object<'static> {
        let mut identity = Object::new();
        identity.set("type", "IdentityObject");
        identity.set("hashed", self.is_hashed);
        identity.set(
            "identityHash",
            // Written in plain, an address is one in any case; a hash is not.
            if self.kind == "email" && !self.is_hashed {
                self.identity.to_lowercase()
            } else {
                self.identity.to_owned()
            },
        );
        identity.set(
            "identityType",
            match self.kind {
                "email" => "emailAddress".to_owned(),
                kind => format!("ext:{kind}"),
            },
        );
        if let Some(salt) = self.salt {
            identity.set("salt", salt.to_owned());
        }
        identity
    }

    /// The person's own identifier, if it stands there in the open.
    pub(super) fn subject_id(&self) -> Option<&'d str> {
        (self.kind == "id" && !self.is_hashed).then_some(self.identity)
    }
}

fn object_form<'d>(recipient: &Node<'d>, assertion: &Node<'d>) -> Result<Recipient<'d>, Finding> {
    let member = |name: &str| {
        Finding::fails(
            "credential_shape",
            format!("the {name} of the recipient is missing or malformed"),
        )
    };
    let identity = recipient
        .needed_text("identity")
        .map_err(|_| member("identity"))?;
    let kind = recipient.needed_text("type").map_err(|_| member("type"))?;
    let is_hashed = match recipient.truth("hashed").map_err(|_| member("hashed"))? {
        Some(is_hashed) => is_hashed,
        None if assertion.version.is_two() => return Err(member("hashed")),
        None => is_hash(identity),
    };
    Ok(Recipient {
        kind,
        identity,
        salt: recipient.text("salt").map_err(|_| member("salt"))?,
        is_hashed: is_hashed && is_hash(identity),
        is_plain_after_all: is_hashed && !is_hash(identity),
    })
}

/// `alg$hex`.
fn is_hash(identity: &str) -> bool {
    identity.split_once('$').is_some_and(|(algorithm, digits)| {
        !algorithm.is_empty()
            && algorithm.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && digits.len() >= 32
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
