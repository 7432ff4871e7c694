//! The content of a badge whose seal holds.
//!
//! **Invariant.** A [`Verified`] can only be made by the pipeline of this
//! module's parent, after the proof was found to hold: code that has one need
//! not ask again whether the content is what the issuer signed.

use super::check::{dates, token};
use crate::json::{Object, Value};

/// A credential that is what its issuer signed.
#[derive(Debug, Clone)]
pub struct Verified {
    credential: Object<'static>,
}

impl Verified {
    pub(super) const fn new(credential: Object<'static>) -> Self {
        Self { credential }
    }

    /// The credential, whole.
    #[must_use]
    pub const fn credential(&self) -> &Object<'static> {
        &self.credential
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.credential.text("id")
    }

    /// What it is called: the badge's own name, else that of its achievement.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.in_achievement("name")
            .or_else(|| plain(self.credential.get("name")))
    }

    /// What was achieved, in a sentence.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.in_achievement("description")
    }

    /// The kind of achievement: `Course`, `ApprenticeshipCertificate` …
    #[must_use]
    pub fn achievement_type(&self) -> Option<&str> {
        self.in_achievement("achievementType")
    }

    /// The achievement's identifier.
    #[must_use]
    pub fn achievement_id(&self) -> Option<&str> {
        self.in_achievement("id")
    }

    /// What the person had to do.
    #[must_use]
    pub fn criteria(&self) -> Option<&str> {
        let criteria = self.achievement()?.get("criteria")?;
        criteria
            .get("narrative")
            .or_else(|| criteria.get("id"))
            .and_then(Value::as_str)
    }

    /// The issuer's identifier.
    #[must_use]
    pub fn issuer_id(&self) -> Option<&str> {
        token::issuer_id(&self.credential)
    }

    /// The name the issuer gives itself.
    #[must_use]
    pub fn issuer_name(&self) -> Option<&str> {
        plain(self.credential.get("issuer")?.get("name"))
    }

    /// The identifier of the person.
    #[must_use]
    pub fn subject_id(&self) -> Option<&str> {
        self.subject()?.get("id").and_then(Value::as_str)
    }

    /// The person's name, if the badge carries it in the open.
    #[must_use]
    pub fn subject_name(&self) -> Option<&str> {
        let identities = self.subject()?.get("identifier")?.one_or_many();
        let named = identities.iter().find(|identity| {
            identity.get("identityType").and_then(Value::as_str) == Some("name")
                && identity.get("hashed").and_then(Value::as_bool) == Some(false)
        })?;
        named.get("identityHash").and_then(Value::as_str)
    }

    /// When it was awarded, else from when it is valid.
    #[must_use]
    pub fn awarded(&self) -> Option<&str> {
        self.credential
            .text("awardedDate")
            .or_else(|| self.valid_from())
    }

    /// From when it is valid.
    #[must_use]
    pub fn valid_from(&self) -> Option<&str> {
        dates::span(&self.credential).0
    }

    /// Until when it is valid.
    #[must_use]
    pub fn valid_until(&self) -> Option<&str> {
        dates::span(&self.credential).1
    }

    /// Whether the person gave it to themselves.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject_id().is_some() && self.subject_id() == self.issuer_id()
    }

    fn subject(&self) -> Option<&Value<'static>> {
        self.credential
            .get("credentialSubject")?
            .one_or_many()
            .first()
    }

    fn achievement(&self) -> Option<&Value<'static>> {
        self.subject()?.get("achievement")
    }

    fn in_achievement(&self, member: &str) -> Option<&str> {
        plain(self.achievement()?.get(member))
    }
}

/// A text, or a value object with a language (VCDM 2.0 §11.1).
fn plain<'v>(value: Option<&'v Value<'static>>) -> Option<&'v str> {
    let value = value?;
    value
        .as_str()
        .or_else(|| value.one_or_many().first()?.get("@value")?.as_str())
}
