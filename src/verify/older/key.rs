//! The keys that an issuer's profile lists, and the seal made with one of them
//! (Open Badges 2.0 "CryptographicKey").

use super::documents::unusable;
use super::node::{Kind, Node, Reference, is_web};
use super::profile::Profile;
use super::scope::authority;
use crate::json::{Object, Value};
use crate::keys::PublicKey;
use crate::proof::{Error, Jws};
use crate::verify::check::method::unreachable;
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Finding, State};
use crate::verify::wanted::WantedKind;

/// Most keys of an issuer that are tried for a badge that names none.
const CANDIDATES: usize = 4;

/// A seal that holds.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) key_id: String,
    pub(super) age_seconds: Option<i64>,
}

/// A key of the issuer.
struct Listed<'d> {
    id: Option<&'d str>,
    key: Reference<'d>,
}

/// Checks the seal with the keys that the issuer lists: with the one the badge
/// names, else with each.
pub(super) fn check(
    desk: &Desk<'_>,
    jws: &Jws<'_>,
    issuer: &Profile<'_>,
    named: Option<&str>,
) -> Asking<Result<Sealed, Finding>> {
    let listed = match candidates(issuer, named) {
        Ok(listed) => listed,
        Err(finding) => return Ok(Err(finding)),
    };
    let mut worst: Option<Finding> = None;
    for one in &listed {
        match check_with(desk, jws, issuer, one)? {
            Ok(sealed) => return Ok(Ok(sealed)),
            // The right key may be the one that could not be had.
            Err(finding) if worst.as_ref().is_none_or(|it| it.state == State::Fails) => {
                worst = Some(finding);
            }
            Err(_) => {}
        }
    }
    Ok(Err(worst.unwrap_or_else(not_listed)))
}

fn not_listed() -> Finding {
    Finding::fails(
        "verification_method_mismatch",
        "the badge is sealed with a key that its issuer does not list",
    )
}

fn candidates<'d>(
    issuer: &Profile<'d>,
    named: Option<&'d str>,
) -> Result<Vec<Listed<'d>>, Finding> {
    let node = &issuer.node;
    let mut listed = Vec::new();
    for value in node.all("publicKey") {
        listed.push(listed_key(node, value).ok_or_else(|| node.malformed("publicKey"))?);
    }
    let Some(named) = named else {
        if listed.len() > CANDIDATES {
            return Err(Finding::unknown(
                "proof_too_many",
                "the issuer lists too many keys",
            ));
        }
        return Ok(listed);
    };
    let lists_none = listed.is_empty();
    listed.retain(|key| key.id == Some(named));
    // Open Badges 1 had no list: a key at the issuer's own authority is its.
    let own = issuer.id.and_then(authority);
    if lists_none && !node.version.is_two() && own.is_some() && own == authority(named) {
        listed.push(Listed {
            id: Some(named),
            key: Reference::At(named),
        });
    }
    Ok(listed)
}

/// A key that the profile has in full needs no document of its own.
fn listed_key<'d>(issuer: &Node<'d>, value: &'d Value<'d>) -> Option<Listed<'d>> {
    match value {
        Value::String(id) => Some(Listed {
            id: Some(id),
            key: Reference::At(id),
        }),
        Value::Object(object) => {
            let id = issuer.part(object).id().ok()?;
            let key = match id {
                Some(id) if !object.contains("publicKeyPem") => Reference::At(id),
                _ => Reference::Embedded(object),
            };
            Some(Listed { id, key })
        }
        _ => None,
    }
}

fn check_with(
    desk: &Desk<'_>,
    jws: &Jws<'_>,
    issuer: &Profile<'_>,
    listed: &Listed<'_>,
) -> Asking<Result<Sealed, Finding>> {
    let (key, age_seconds) = match listed.key {
        Reference::Embedded(object) => (read(issuer, object, listed.id), None),
        Reference::At(url) => match fetch(desk, issuer, url)? {
            Ok((key, age_seconds)) => (Ok(key), age_seconds),
            Err(finding) => (Err(finding), None),
        },
    };
    Ok(key.and_then(|key| {
        if !jws.is_for(key.algorithm()) {
            return Err(refusal(&Error::Algorithm));
        }
        jws.verify(&key).map_err(|error| refusal(&error))?;
        Ok(Sealed {
            key_id: listed.id.unwrap_or_default().to_owned(),
            age_seconds,
        })
    }))
}

fn refusal(error: &Error) -> Finding {
    Finding::fails(error.code(), error.to_string())
}

type Fetched = (PublicKey, Option<i64>);

fn fetch(desk: &Desk<'_>, issuer: &Profile<'_>, id: &str) -> Asking<Result<Fetched, Finding>> {
    if !is_web(id) {
        return Ok(Err(Finding::unknown(
            "key_unsupported",
            "the issuer's key has no web address",
        )));
    }
    let url = id.split('#').next().unwrap_or(id);
    let document = match desk.ask(WantedKind::OlderDocument, url)? {
        Ok(document) => document,
        Err(why) => return Ok(Err(unreachable(url, why))),
    };
    let age_seconds = document.age(desk.now);
    // Open Badges 1 published the bare key.
    let text = std::str::from_utf8(document.bytes())
        .unwrap_or_default()
        .trim();
    if text.starts_with("-----BEGIN ") && !issuer.node.version.is_two() {
        return Ok(of_pem(text).map(|key| (key, age_seconds)));
    }
    Ok(match document.json() {
        Ok(Value::Object(object)) => read(issuer, &object, Some(id)).map(|key| (key, age_seconds)),
        Ok(_) => Err(unusable(url, "not_a_key")),
        Err(error) => Err(unusable(url, error.code())),
    })
}

/// The two must agree: the profile lists the key, and the key says that it is
/// the issuer's.
fn read(issuer: &Profile<'_>, object: &Object<'_>, id: Option<&str>) -> Result<PublicKey, Finding> {
    let node = Node {
        kind: Kind::Key,
        version: issuer.node.version,
        object,
    };
    let mismatch = |why| Finding::fails("verification_method_mismatch", why);
    if node.has_type() && !node.is_a(Kind::Key.types()) {
        return Err(mismatch("what the issuer lists as its key is none"));
    }
    if node.id()?.is_some_and(|own| Some(own) != id) {
        return Err(mismatch("the key says that it is another"));
    }
    let owner = node.iri("owner")?;
    if owner.is_none() || owner != issuer.id {
        return Err(mismatch("the key says that it is somebody else's"));
    }
    of_pem(node.needed_text("publicKeyPem")?)
}

fn of_pem(text: &str) -> Result<PublicKey, Finding> {
    PublicKey::from_pem(text).map_err(|error| {
        if error.is_unknown() {
            Finding::unknown(error.code(), error.to_string())
        } else {
            Finding::fails(error.code(), error.to_string())
        }
    })
}
