//! What somebody asks for, and the badge without a seal that it becomes.

use crate::clock::Moment;
use crate::edge::directory::Tenant;
use crate::edge::problem::{Code, Fault, Problem};
use crate::edge::state::State;
use crate::edge::wire::{self, JsonObject};
use crate::issue::{self, Draft, Settings};
use crate::json::{self, Object, Value};
use crate::status::{ListEntry, Purpose};
use crate::store::achievements::Version;
use serde::Deserialize;

const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// A badge that somebody asks for.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCredential {
    /// The badge design: the last part of its address.
    #[schema(example = "ncc-safe-basic", max_length = 64)]
    pub achievement: String,
    /// The person.
    #[serde(deserialize_with = "wire::object")]
    pub subject: NewSubject,
    /// Results, each an Open Badges `Result`.
    #[serde(default)]
    #[schema(value_type = Vec<Object>, max_items = 50)]
    pub results: Vec<JsonObject>,
    /// Evidence, each an Open Badges `Evidence`. Nothing that names somebody
    /// who is cared for.
    #[serde(default)]
    #[schema(value_type = Vec<Object>, max_items = 50)]
    pub evidence: Vec<JsonObject>,
    /// When it was earned, if not now.
    #[schema(example = "2026-11-18T09:00:00Z", format = DateTime)]
    pub awarded_date: Option<String>,
    /// From when it holds, if not from now.
    #[schema(format = DateTime)]
    pub valid_from: Option<String>,
    /// Until when, if not as the design says.
    #[schema(format = DateTime)]
    pub valid_until: Option<String>,
    /// Credits earned.
    pub credits_earned: Option<f64>,
    /// A line about how it was earned.
    #[schema(max_length = 4096)]
    pub narrative: Option<String>,
}

/// The person that a badge is about. Without an `id` it gets one that means
/// nothing elsewhere.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSubject {
    /// A DID or another identifier of theirs.
    #[schema(example = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    pub id: Option<String>,
    /// The name that the badge shows.
    #[schema(example = "Saffron Velvetine", max_length = 256)]
    pub name: Option<String>,
    /// Further Open Badges `IdentityObject`s.
    #[serde(default)]
    #[schema(value_type = Vec<Object>, max_items = 10)]
    pub identifiers: Vec<JsonObject>,
}

/// The badge before a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// Its id.
    pub id: String,
    /// `renewal`, `replacement` or `reissue`.
    pub how: &'static str,
}

/// A badge that is ready to be kept: all of it but the positions and the seal.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Its id.
    pub id: String,
    /// The design's version.
    pub version: Version,
    /// The badge, without `credentialStatus`.
    pub object: Object<'static>,
    /// The purposes that it needs a position for.
    pub purposes: Vec<&'static str>,
    /// The person's identifier.
    pub subject: String,
    /// From when it holds.
    pub valid_from: Moment,
    /// Until when.
    pub valid_until: Option<Moment>,
}

impl Drafted {
    /// The badge with its positions: what will be signed.
    #[must_use]
    pub fn with_positions(&self, tenant: &Tenant, positions: &[(i64, i64)]) -> Object<'static> {
        let mut entries: Vec<Value<'static>> = self
            .purposes
            .iter()
            .zip(positions)
            .map(|(purpose, (list, position))| {
                let entry = ListEntry::new(
                    tenant.address.status_list(*list),
                    u64::try_from(*position).unwrap_or_default(),
                    Purpose::from_text(purpose),
                );
                Value::Object(entry.to_object())
            })
            .collect();
        let mut object = self.object.clone();
        // The standard's schema allows one; a second one is the issuer's wish.
        if entries.len() == 1 {
            object.set("credentialStatus", entries.remove(0));
        } else {
            object.set("credentialStatus", Value::Array(entries));
        }
        object
    }
}

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The issuer.
    pub tenant: &'a Tenant,
    /// The design.
    pub version: &'a Version,
    /// Now.
    pub now: Moment,
}

/// Makes the badge that was asked for, and lints it with positions that are
/// not its own: what is wrong is told before anything is kept.
///
/// # Errors
/// `schema_invalid`, `issue_refused` with everything that is wrong.
pub fn draft(
    state: &State,
    ground: Ground<'_>,
    new: &NewCredential,
    id: String,
) -> Result<Drafted, Problem> {
    let policy = Policy::read(ground.version)?;
    let dates = Dates::of(new, &policy, ground.now)?;
    let subject_id = match &new.subject.id {
        Some(id) => id.clone(),
        None => random_uuid(),
    };
    let object = object(state, ground, new, (&id, &subject_id), &dates)?;
    let mut purposes = vec!["revocation"];
    if policy.may_be_paused && ground.tenant.settings.allow_pausing {
        purposes.push("suspension");
    }
    let drafted = Drafted {
        id,
        version: ground.version.clone(),
        object,
        purposes,
        subject: subject_id,
        valid_from: dates.valid_from,
        valid_until: dates.valid_until,
    };
    let example = drafted.with_positions(ground.tenant, &[(1, 0), (2, 0)]);
    lint(state, ground.tenant, &example, ground.now)?;
    Ok(drafted)
}

/// Lints a badge as its issuer will sign it.
///
/// # Errors
/// `issue_refused` with everything that is wrong.
pub fn lint(
    state: &State,
    tenant: &Tenant,
    object: &Object<'_>,
    now: Moment,
) -> Result<issue::Ready, Problem> {
    let draft = Draft::from_object(object)
        .map_err(|error| Problem::new(Code::CREDENTIAL_SHAPE, error.to_string()))?;
    let settings = Settings {
        dev: state.address.is_dev(),
        suspension: object
            .get("credentialStatus")
            .is_some_and(|entries| entries.as_array().is_some()),
        ..Settings::new(tenant.id().to_owned(), tenant.settings.seal.seal())
    };
    let (ready, _) = issue::lint(draft, &settings, now).map_err(|broken| {
        let faults = broken
            .iter()
            .map(|one| Fault {
                at: one.lint.name.to_owned(),
                detail: one.to_string(),
            })
            .collect();
        Problem::new(Code::ISSUE_REFUSED, "nothing was issued").with_faults(faults)
    })?;
    Ok(ready)
}

fn object(
    state: &State,
    ground: Ground<'_>,
    new: &NewCredential,
    (id, subject_id): (&str, &str),
    dates: &Dates,
) -> Result<Object<'static>, Problem> {
    let achievement = achievement(ground.version)?;
    let mut badge = Object::new();
    badge.set("@context", texts(&CONTEXTS));
    badge.set("id", state.address.credential(id));
    badge.set(
        "type",
        texts(&["VerifiableCredential", "OpenBadgeCredential"]),
    );
    if let Some(name) = achievement.get("name") {
        badge.set("name", name.clone());
    }
    badge.set("issuer", ground.tenant.profile.clone());
    badge.set("validFrom", dates.valid_from.to_rfc3339());
    if let Some(until) = dates.valid_until {
        badge.set("validUntil", until.to_rfc3339());
    }
    if let Some(awarded) = dates.awarded {
        badge.set("awardedDate", awarded.to_rfc3339());
    }
    badge.set("credentialSubject", subject(new, subject_id, achievement)?);
    if !new.evidence.is_empty() {
        badge.set("evidence", objects(&new.evidence)?);
    }
    Ok(badge)
}

fn subject(
    new: &NewCredential,
    id: &str,
    achievement: Object<'static>,
) -> Result<Object<'static>, Problem> {
    let mut subject = Object::new();
    subject.set("id", id.to_owned());
    subject.set("type", texts(&["AchievementSubject"]));
    let mut identifiers = Vec::new();
    if let Some(name) = &new.subject.name {
        identifiers.push(Value::Object(named(name)));
    }
    identifiers.extend(objects(&new.subject.identifiers)?);
    if !identifiers.is_empty() {
        subject.set("identifier", identifiers);
    }
    subject.set("achievement", achievement);
    if let Some(credits) = new.credits_earned {
        let number = serde_json::to_vec(&credits).map_err(Problem::internal)?;
        let number = json::parse(&number)
            .map_err(Problem::internal)?
            .into_owned();
        subject.set("creditsEarned", number);
    }
    if let Some(narrative) = &new.narrative {
        subject.set("narrative", narrative.clone());
    }
    if !new.results.is_empty() {
        subject.set("result", objects(&new.results)?);
    }
    Ok(subject)
}

/// Open Badges 3.0 §B.1.20: a name in the open.
fn named(name: &str) -> Object<'static> {
    let mut identity = Object::new();
    identity.set("type", "IdentityObject");
    identity.set("identityHash", name.to_owned());
    identity.set("identityType", "name");
    identity.set("hashed", false);
    identity
}

/// The design as the badge carries it.
fn achievement(version: &Version) -> Result<Object<'static>, Problem> {
    match json::parse(version.body.as_bytes()) {
        Ok(Value::Object(achievement)) => Ok(achievement.into_owned()),
        _ => Err(Problem::internal(crate::store::Error::Damaged(
            "a badge design",
        ))),
    }
}

fn objects(all: &[JsonObject]) -> Result<Vec<Value<'static>>, Problem> {
    all.iter()
        .map(|one| one.parse().map(Value::Object))
        .collect()
}

fn texts(all: &[&'static str]) -> Vec<Value<'static>> {
    all.iter().map(|text| Value::from(*text)).collect()
}

/// A version 4 UUID as a URN.
fn random_uuid() -> String {
    use rand_core::Rng as _;
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    let [.., h, _, _, _, _, _, _, _] = &mut bytes;
    *h = (*h & 0x3f) | 0x80;
    let hex = crate::text::hex(&bytes);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-4{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(16, 20),
        part(20, 32)
    )
}

/// What of a design's policy decides over a badge.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// How long a badge lasts.
    pub validity_months: Option<u32>,
    /// Whether a badge may be paused.
    #[serde(alias = "shortNoticeSuspend")]
    pub may_be_paused: bool,
    /// Who has to approve; `automatic` needs nobody.
    pub approvals: Vec<String>,
    /// How it is renewed.
    pub renewal: Option<Renewal>,
}

/// How a badge is renewed.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Renewal {
    /// How long it lasts then.
    pub validity_months: Option<u32>,
}

impl Policy {
    /// Reads a stored policy.
    ///
    /// # Errors
    /// [`Problem::internal`].
    pub fn read(version: &Version) -> Result<Self, Problem> {
        serde_json::from_str(&version.policy).map_err(Problem::internal)
    }

    /// Whether somebody has to approve.
    #[must_use]
    pub fn needs_approval(&self) -> bool {
        self.approvals.iter().any(|who| who != "automatic")
    }
}

#[derive(Debug)]
struct Dates {
    valid_from: Moment,
    valid_until: Option<Moment>,
    awarded: Option<Moment>,
}

impl Dates {
    fn of(new: &NewCredential, policy: &Policy, now: Moment) -> Result<Self, Problem> {
        let valid_from = moment(new.valid_from.as_deref(), "/validFrom")?.unwrap_or(now);
        let by_policy = policy
            .validity_months
            .map(|months| valid_from.plus_months(months));
        Ok(Self {
            valid_from,
            valid_until: moment(new.valid_until.as_deref(), "/validUntil")?.or(by_policy),
            awarded: moment(new.awarded_date.as_deref(), "/awardedDate")?,
        })
    }
}

fn moment(text: Option<&str>, at: &str) -> Result<Option<Moment>, Problem> {
    let Some(text) = text else { return Ok(None) };
    Moment::parse(text).map(Some).map_err(|error| {
        Problem::new(Code::SCHEMA_INVALID, "a date cannot be read").with_faults(vec![Fault {
            at: at.to_owned(),
            detail: error.to_string(),
        }])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_identifier_is_a_uuid_of_version_4() {
        let uuid = random_uuid();
        assert_eq!(uuid.len(), "urn:uuid:".len() + 36, "{uuid}");
        assert_eq!(&uuid[23..24], "4", "{uuid}");
        assert!("89ab".contains(&uuid[28..29]), "{uuid}");
        assert_ne!(uuid, random_uuid());
    }
}
