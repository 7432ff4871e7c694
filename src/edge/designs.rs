//! Badge designs: what is given becomes what is kept.

use super::issuing::draft::Policy;
use super::problem::{Code, Fault, Problem};
use super::shapes;
use super::state::State;
use crate::json::{self, Object, Value};
use crate::store::achievements::{self, Achievement, Version};
use crate::store::{Error, Tx, audit, files};
use crate::text::hex;
use sha2::{Digest as _, Sha256};

/// A design as it is given.
#[derive(Debug)]
pub struct Design<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// The Open Badges Achievement; its id is ours to set.
    pub achievement: Object<'static>,
    /// How the service treats it, as JSON.
    pub policy: &'a str,
}

/// The rows of a new design of an issuer, by its name in the database.
///
/// # Errors
/// As [`version`].
pub fn first(
    state: &State,
    issuer: &str,
    design: Design<'_>,
) -> Result<(Achievement, Version), Problem> {
    let version = version(state, issuer, design, 1)?;
    let achievement = Achievement {
        id: version.achievement_id.clone(),
        issuer_id: version.issuer_id.clone(),
        state: "published".to_owned(),
        latest: 1,
        created_at: version.created_at,
        updated_at: version.created_at,
    };
    Ok((achievement, version))
}

/// The row of a version: with its id, its type and the creator's own id, and
/// otherwise as it was given.
///
/// # Errors
/// `schema_invalid` with everything that is wrong.
pub fn version(
    state: &State,
    issuer: &str,
    design: Design<'_>,
    number: i64,
) -> Result<Version, Problem> {
    let mut achievement = design.achievement;
    achievement.set("id", state.address.achievement(design.slug));
    if !achievement.contains("type") {
        achievement.set("type", vec![Value::from("Achievement")]);
    }
    let faults = shapes::achievement(&achievement);
    if !faults.is_empty() {
        return Err(Problem::new(
            Code::SCHEMA_INVALID,
            "the badge design is not as the standard wants it",
        )
        .with_faults(faults));
    }
    let policy = policy(design.policy)?;
    let body = achievement.to_json();
    let digest = hex(&Sha256::digest(format!("{body}\n{policy}")));
    let version = Version {
        issuer_id: issuer.to_owned(),
        achievement_id: design.slug.to_owned(),
        number,
        body,
        policy,
        digest,
        created_at: state.clock.unix(),
    };
    Policy::read(&version)
        .map_err(|_| bad_policy("a member of the policy is of the wrong kind"))?;
    Ok(version)
}

/// Keeps a new design.
///
/// # Errors
/// `state_conflict` if another one has its path.
pub fn add(
    tx: &mut Tx<'_>,
    (design, version): (&Achievement, &Version),
    by: (&str, &str),
) -> Result<(), Problem> {
    achievements::add(tx.conn, design, version)?;
    note(tx, version, "achievement.created", by)
}

/// Keeps the next version of a design.
///
/// # Errors
/// `etag_mismatch` if it is not the next one any more.
pub fn change(tx: &mut Tx<'_>, version: &Version, by: (&str, &str)) -> Result<(), Problem> {
    if !achievements::add_version(tx.conn, version)? {
        return Err(Problem::new(Code::ETAG_MISMATCH, "read it again first"));
    }
    note(tx, version, "achievement.changed", by)
}

/// Retires a design: no more badges are given from it. Safe to repeat.
///
/// # Errors
/// [`Problem`].
pub fn retire(
    tx: &mut Tx<'_>,
    latest: &Version,
    by: (&str, &str),
    now: i64,
) -> Result<(), Problem> {
    if achievements::retire(tx.conn, &latest.issuer_id, &latest.achievement_id, now)? {
        let latest = Version {
            created_at: now,
            ..latest.clone()
        };
        note(tx, &latest, "achievement.retired", by)?;
    }
    Ok(())
}

fn note(
    tx: &mut Tx<'_>,
    version: &Version,
    what: &'static str,
    (actor, request): (&str, &str),
) -> Result<(), Problem> {
    let act = audit::Act {
        actor: actor.to_owned(),
        tenant: version.issuer_id.clone(),
        act: what,
        object: version.achievement_id.clone(),
        after: version.digest.clone(),
        request: request.to_owned(),
        ..audit::Act::default()
    };
    audit::record(tx.conn, act, version.created_at)?;
    Ok(())
}

fn policy(text: &str) -> Result<String, Problem> {
    match json::parse(text.as_bytes()) {
        Ok(policy @ Value::Object(_)) => Ok(policy.to_json()),
        _ => Err(bad_policy("the policy is no object")),
    }
}

fn bad_policy(detail: &str) -> Problem {
    Problem::new(Code::SCHEMA_INVALID, "the policy cannot be used").with_faults(vec![Fault {
        at: "/policy".to_owned(),
        detail: detail.to_owned(),
    }])
}

/// A design as others fetch it: JSON-LD with its contexts.
///
/// # Errors
/// [`Problem::internal`] if it cannot be read.
pub fn document(version: &Version) -> Result<String, Problem> {
    let contexts: Vec<Value<'static>> = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    .map(Value::from)
    .to_vec();
    let mut document = Object::new();
    document.set("@context", contexts);
    for (name, value) in parsed(version)?.iter() {
        document.set(name.to_owned(), value.clone());
    }
    Ok(document.to_json())
}

/// The Achievement of a version.
///
/// # Errors
/// [`Problem::internal`].
pub fn parsed(version: &Version) -> Result<Object<'static>, Problem> {
    match json::parse(version.body.as_bytes()) {
        Ok(Value::Object(achievement)) => Ok(achievement.into_owned()),
        _ => Err(Problem::internal(crate::store::Error::Damaged(
            "a badge design",
        ))),
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pictured {
    image_digest: Option<String>,
}

/// The picture of a design: the one that was loaded with it, else a drawn one.
///
/// # Errors
/// `not_found`.
pub async fn picture(state: &State, id: String) -> Result<(String, Vec<u8>), Problem> {
    let found = state
        .store
        .read(move |conn| {
            let Some((_, version)) = achievements::find_public(conn, &id)? else {
                return Ok::<_, Error>(None);
            };
            let pictured: Option<Pictured> = serde_json::from_str(&version.policy).ok();
            let file = match pictured.and_then(|pictured| pictured.image_digest) {
                Some(digest) => files::find(conn, &digest)?,
                None => None,
            };
            Ok(Some((version, file)))
        })
        .await
        .map_err(Problem::from)?;
    let (version, file) = found.ok_or_else(|| Problem::not_found("badge design"))?;
    if let Some(file) = file {
        return Ok((file.media_type, file.bytes));
    }
    let name = parsed(&version)?.text("name").unwrap_or("Badge").to_owned();
    let issuer = state.directory.by_id(&version.issuer_id);
    let issuer = issuer
        .map(|tenant| tenant.issuer.name.clone())
        .unwrap_or_default();
    let drawn = crate::picture::drawn(&name, &issuer, "#1f5c4a");
    Ok(("image/svg+xml".to_owned(), drawn.into_bytes()))
}
