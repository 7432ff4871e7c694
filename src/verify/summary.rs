//! The content of a badge whose seal holds.
//!
//! **Invariant.** A [`Verified`] can only be made by the pipeline of this
//! module's parent, after the proof was found to hold: code that has one need
//! not ask again whether the content is what the issuer signed.

use super::check::dates;
use super::particulars::Particulars;
use crate::credential::read::Credential;
use crate::json::{Object, Value};

/// What a badge says, of which its issuer signed every word.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::manual_non_exhaustive,
    reason = "nobody else in this crate may make one either"
)]
pub struct Verified {
    /// Its identifier.
    pub id: Option<String>,
    /// What it is called: the achievement's name, else its own.
    pub name: Option<String>,
    /// What was achieved, in a sentence.
    pub description: Option<String>,
    /// The kind of achievement: `Course`, `ApprenticeshipCertificate` …
    pub achievement_type: Option<String>,
    /// The achievement's identifier.
    pub achievement_id: Option<String>,
    /// What the person had to do.
    pub criteria: Option<String>,
    /// The issuer's identifier.
    pub issuer_id: Option<String>,
    /// The name the issuer gives itself.
    pub issuer_name: Option<String>,
    /// The identifier of the person.
    pub subject_id: Option<String>,
    /// The person's name, if the badge carries it in the open.
    pub subject_name: Option<String>,
    /// When it was awarded, else from when it is valid; as written.
    pub awarded: Option<String>,
    /// From when it is valid; as written.
    pub valid_from: Option<String>,
    /// Until when it is valid; as written.
    pub valid_until: Option<String>,
    /// Its picture, results, standards and evidence.
    pub particulars: Particulars,
    /// Of an older badge, the content that was checked, in the members of Open
    /// Badges 3: what was handed in is only an address.
    pub older: Option<Object<'static>>,
    // Only this module's parent can make one.
    _sealed: (),
}

impl Verified {
    /// Reads a credential whose proof holds.
    pub(super) fn read(object: &Object<'_>) -> Self {
        let credential = Credential::new(object);
        let achievement = credential.achievement();
        let achieved = |member| plain(achievement.and_then(|achievement| achievement.get(member)));
        let own = |text: Option<&str>| text.map(str::to_owned);
        let (from, until) = dates::span(object);
        Self {
            id: own(credential.id()),
            name: achieved("name").or_else(|| plain(object.get("name"))),
            description: achieved("description"),
            achievement_type: achieved("achievementType"),
            achievement_id: achieved("id"),
            criteria: criteria(achievement),
            issuer_id: own(credential.issuer_id()),
            issuer_name: plain(credential.issuer().and_then(|issuer| issuer.get("name"))),
            subject_id: own(credential.subject_id()),
            subject_name: subject_name(object),
            awarded: own(object.text("awardedDate").or(from)),
            valid_from: own(from),
            valid_until: own(until),
            particulars: Particulars::read(object),
            older: None,
            _sealed: (),
        }
    }

    /// Reads an older badge that was put into the members of Open Badges 3.
    pub(super) fn older(content: Object<'static>) -> Self {
        Self {
            older: Some(content.clone()),
            ..Self::read(&content)
        }
    }

    /// Whether the person gave it to themselves.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject_id.is_some() && self.subject_id == self.issuer_id
    }
}

fn criteria(achievement: Option<&Object<'_>>) -> Option<String> {
    let criteria = achievement?.get("criteria")?;
    plain(criteria.get("narrative").or_else(|| criteria.get("id")))
}

fn subject_name(object: &Object<'_>) -> Option<String> {
    let identities = Credential::new(object)
        .subject()?
        .get("identifier")?
        .one_or_many();
    let named = identities.iter().find(|identity| {
        identity.get("identityType").and_then(Value::as_str) == Some("name")
            && identity.get("hashed").and_then(Value::as_bool) == Some(false)
    })?;
    plain(named.get("identityHash"))
}

/// A text, or a value object with a language (VCDM 2.0 §11.1).
pub(super) fn plain(value: Option<&Value<'_>>) -> Option<String> {
    let value = value?;
    value
        .as_str()
        .or_else(|| value.one_or_many().first()?.get("@value")?.as_str())
        .map(str::to_owned)
}
