//! Reading a credential: what it says, by the standard's names.
//!
//! These are views; nothing is copied. They answer from whatever is there and
//! judge nothing, so use them on documents whose shape is good and, for
//! anything shown as fact, whose proof holds.

use crate::clock::Moment;
use crate::json::{Object, Value};

/// A view of a credential: a badge, an endorsement or a status list.
#[derive(Debug, Clone, Copy)]
pub struct Credential<'d> {
    object: &'d Object<'d>,
}

impl<'d> Credential<'d> {
    /// The view of `object`.
    #[must_use]
    pub const fn new(object: &'d Object<'d>) -> Self {
        Self { object }
    }

    /// The credential itself.
    #[must_use]
    pub const fn object(self) -> &'d Object<'d> {
        self.object
    }

    /// `id`.
    #[must_use]
    pub fn id(self) -> Option<&'d str> {
        self.object.text("id")
    }

    /// `name` of the credential.
    #[must_use]
    pub fn name(self) -> Option<&'d str> {
        self.object.text("name")
    }

    /// The issuer's `id`, whether it is written alone or in a profile.
    #[must_use]
    pub fn issuer_id(self) -> Option<&'d str> {
        match self.object.get("issuer")? {
            Value::String(id) => Some(id),
            Value::Object(profile) => profile.text("id"),
            _ => None,
        }
    }

    /// The issuer's profile, if it is written out.
    #[must_use]
    pub fn issuer(self) -> Option<&'d Object<'d>> {
        self.object.get("issuer")?.as_object()
    }

    /// The issuer's `name`, as it says itself.
    #[must_use]
    pub fn issuer_name(self) -> Option<&'d str> {
        self.issuer()?.text("name")
    }

    /// `validFrom`, in VC 1.1 `issuanceDate`.
    #[must_use]
    pub fn valid_from(self) -> Option<Moment> {
        self.moment("validFrom", "issuanceDate")
    }

    /// `validUntil`, in VC 1.1 `expirationDate`.
    #[must_use]
    pub fn valid_until(self) -> Option<Moment> {
        self.moment("validUntil", "expirationDate")
    }

    /// `awardedDate`.
    #[must_use]
    pub fn awarded_date(self) -> Option<Moment> {
        Moment::parse(self.object.text("awardedDate")?).ok()
    }

    /// By the edition the credential follows: the other one's name means
    /// nothing there.
    fn moment(self, vc_2_0: &str, vc_1_1: &str) -> Option<Moment> {
        let name = match super::VcVersion::of(self.object) {
            Some(super::VcVersion::V1_1) => vc_1_1,
            _ => vc_2_0,
        };
        Moment::parse(self.object.text(name)?).ok()
    }

    /// `credentialSubject`; the first, where there are several.
    #[must_use]
    pub fn subject(self) -> Option<&'d Object<'d>> {
        let subjects = self.object.get("credentialSubject")?;
        subjects.one_or_many().first()?.as_object()
    }

    /// The subject's `id`.
    #[must_use]
    pub fn subject_id(self) -> Option<&'d str> {
        self.subject()?.text("id")
    }

    /// The subject's identifiers.
    pub fn identifiers(self) -> impl Iterator<Item = Identifier<'d>> {
        let identifiers = self.subject().and_then(|subject| subject.get("identifier"));
        items(identifiers).filter_map(Identifier::new)
    }

    /// The achievement.
    #[must_use]
    pub fn achievement(self) -> Option<&'d Object<'d>> {
        self.subject()?.get("achievement")?.as_object()
    }

    /// The subject's results.
    pub fn results(self) -> impl Iterator<Item = &'d Object<'d>> {
        let results = self.subject().and_then(|subject| subject.get("result"));
        items(results).filter_map(Value::as_object)
    }

    /// `evidence`.
    pub fn evidence(self) -> impl Iterator<Item = &'d Object<'d>> {
        items(self.object.get("evidence")).filter_map(Value::as_object)
    }

    /// The entries of `credentialStatus`.
    pub fn status_entries(self) -> impl Iterator<Item = &'d Object<'d>> {
        items(self.object.get("credentialStatus")).filter_map(Value::as_object)
    }

    /// The endorsements attached to this credential, to its achievement, and
    /// to the profiles in it, in the order they are written. Endorsements of
    /// endorsements are not followed (Open Badges 3.0 §9).
    #[must_use]
    pub fn endorsements(self) -> Endorsements<'d> {
        Endorsements {
            hosts: vec![self.object],
            host: None,
            found: [].iter(),
            in_jwt: [].iter(),
        }
    }
}

/// An `IdentityObject` of the subject.
#[derive(Debug, Clone, Copy)]
pub struct Identifier<'d> {
    /// Whether `identity_hash` is a hash.
    pub hashed: bool,
    /// `identityHash`: the hash, or the identifier itself.
    pub identity_hash: &'d str,
    /// `identityType`.
    pub identity_type: &'d str,
    /// `salt`.
    pub salt: Option<&'d str>,
}

impl<'d> Identifier<'d> {
    fn new(value: &'d Value<'d>) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            hashed: object.get("hashed")?.as_bool()?,
            identity_hash: object.text("identityHash")?,
            identity_type: object.text("identityType")?,
            salt: object.text("salt"),
        })
    }
}

/// An endorsement, and what it is attached to.
#[derive(Debug, Clone, Copy)]
pub struct Attached<'d> {
    /// The `id` of the object it is attached to: what it must endorse.
    pub host_id: Option<&'d str>,
    /// The endorsement.
    pub endorsement: Endorsement<'d>,
}

/// An endorsement in one of its two forms.
#[derive(Debug, Clone, Copy)]
pub enum Endorsement<'d> {
    /// `endorsement`: a credential with a proof of its own.
    Embedded(&'d Value<'d>),
    /// `endorsementJwt`.
    Jwt(&'d str),
}

/// Finds endorsements without recursion. Its work is bounded by the size of
/// the document; how many are judged is for the caller.
#[derive(Debug)]
pub struct Endorsements<'d> {
    /// Objects still to be looked at, the next one last.
    hosts: Vec<&'d Object<'d>>,
    host: Option<&'d str>,
    found: std::slice::Iter<'d, Value<'d>>,
    in_jwt: std::slice::Iter<'d, Value<'d>>,
}

impl<'d> Endorsements<'d> {
    fn enter(&mut self, host: &'d Object<'d>) {
        self.host = None;
        self.found = [].iter();
        self.in_jwt = [].iter();
        let first = self.hosts.len();
        for (name, value) in host.iter() {
            match name {
                "endorsement" => self.found = value.one_or_many().iter(),
                "endorsementJwt" => self.in_jwt = value.one_or_many().iter(),
                "@context" | "proof" => {}
                _ => {
                    if name == "id" {
                        self.host = value.as_str();
                    }
                    self.hosts_in(value);
                }
            }
        }
        if let Some(added) = self.hosts.get_mut(first..) {
            added.reverse();
        }
    }

    fn hosts_in(&mut self, value: &'d Value<'d>) {
        let objects = value.one_or_many().iter().filter_map(Value::as_object);
        self.hosts.extend(objects);
    }
}

impl<'d> Iterator for Endorsements<'d> {
    type Item = Attached<'d>;

    fn next(&mut self) -> Option<Attached<'d>> {
        loop {
            let embedded = self.found.next().map(Endorsement::Embedded);
            let endorsement = embedded.or_else(|| {
                let jwt = self.in_jwt.find_map(Value::as_str);
                jwt.map(Endorsement::Jwt)
            });
            if let Some(endorsement) = endorsement {
                return Some(Attached {
                    host_id: self.host,
                    endorsement,
                });
            }
            let host = self.hosts.pop()?;
            self.enter(host);
        }
    }
}

fn items<'d>(value: Option<&'d Value<'d>>) -> impl Iterator<Item = &'d Value<'d>> {
    value.map(Value::one_or_many).unwrap_or_default().iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const BADGE: &str = r#"{
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:c",
        "name": "First aid",
        "endorsement": [{"id": "urn:uuid:e1", "endorsement": [{"id": "urn:uuid:nested"}]}],
        "issuer": {
            "id": "did:web:a.example", "name": "A",
            "endorsementJwt": [null, "a.b.c"],
            "parentOrg": {"id": "did:web:p.example", "endorsement": {"id": "urn:uuid:e2"}}
        },
        "validFrom": "2026-01-01T00:00:00Z",
        "issuanceDate": "2001-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:key:z6Mk",
            "identifier": [
                {"hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress"},
                {"hashed": "true", "identityHash": "x", "identityType": "emailAddress"}
            ],
            "source": {"id": "did:web:s.example", "endorsement": [{"id": "urn:uuid:e3"}]},
            "achievement": {
                "id": "urn:uuid:a",
                "endorsement": [{"id": "urn:uuid:e4"}, {"id": "urn:uuid:e5"}],
                "creator": {"id": "did:web:k.example", "endorsementJwt": "d.e.f"},
                "other": {"id": {"endorsement": [{"id": "urn:uuid:e6"}]}}
            }
        },
        "credentialStatus": [{"type": "A"}, {"type": "B"}],
        "proof": {"endorsement": [{"id": "urn:uuid:no"}]}
    }"#;

    #[test]
    fn a_badge_says_who_gave_what_to_whom() {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        assert_eq!(badge.id(), Some("urn:uuid:c"));
        assert_eq!(badge.issuer_id(), Some("did:web:a.example"));
        assert_eq!(badge.issuer_name(), Some("A"));
        assert_eq!(badge.subject_id(), Some("did:key:z6Mk"));
        assert_eq!(badge.status_entries().count(), 2);
        assert_eq!(
            badge.achievement().and_then(|it| it.text("id")),
            Some("urn:uuid:a")
        );
        let hashes: Vec<_> = badge.identifiers().map(|it| it.identity_hash).collect();
        assert_eq!(
            hashes,
            ["sha256$00"],
            "what is no identity object is passed over"
        );
    }

    #[test]
    fn dates_are_those_of_the_edition() {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        let from = badge.valid_from().map(Moment::to_rfc3339);
        assert_eq!(from.as_deref(), Some("2026-01-01T00:00:00Z"));
        assert_eq!(badge.valid_until(), None);
        let text = BADGE.replace("ns/credentials/v2", "2018/credentials/v1");
        let document = json::parse(text.as_bytes()).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        let from = badge.valid_from().map(Moment::to_rfc3339);
        assert_eq!(from.as_deref(), Some("2001-01-01T00:00:00Z"));
    }

    #[test]
    fn endorsements_come_with_what_they_are_attached_to() {
        let document = json::parse(BADGE.as_bytes()).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        let found: Vec<(Option<&str>, &str)> = badge
            .endorsements()
            .map(|attached| match attached.endorsement {
                Endorsement::Embedded(it) => (
                    attached.host_id,
                    it.get("id").and_then(Value::as_str).unwrap_or(""),
                ),
                Endorsement::Jwt(it) => (attached.host_id, it),
            })
            .collect();
        assert_eq!(
            found,
            [
                (Some("urn:uuid:c"), "urn:uuid:e1"),
                (Some("did:web:a.example"), "a.b.c"),
                (Some("did:web:p.example"), "urn:uuid:e2"),
                (Some("did:web:s.example"), "urn:uuid:e3"),
                (Some("urn:uuid:a"), "urn:uuid:e4"),
                (Some("urn:uuid:a"), "urn:uuid:e5"),
                (Some("did:web:k.example"), "d.e.f"),
                (None, "urn:uuid:e6"),
            ]
        );
    }

    #[test]
    fn issuers_may_be_written_as_an_address() {
        let document = json::parse(br#"{"issuer": "did:web:a.example"}"#).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        assert_eq!(badge.issuer_id(), Some("did:web:a.example"));
        assert_eq!(badge.issuer_name(), None);
        let document = json::parse(br#"{"issuer": ["did:web:a.example"]}"#).expect("JSON");
        let badge = Credential::new(document.as_object().expect("an object"));
        assert_eq!(badge.issuer_id(), None);
    }
}
