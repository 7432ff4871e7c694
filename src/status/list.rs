//! A status list credential: its content, once read, and the form we issue.
//!
//! Reading does not check the proof, the dates or whose list it is. The result
//! owns its bits, so that one reading serves many badges.

use super::{
    Bitstring, Error, ListEntry, ListKind, Mismatch, Outcome, Purpose, is_same_url, malformed,
};
use crate::clock::Moment;
use crate::json::{Object, Value};
use std::time::Duration;

/// What a status list credential says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusListContent {
    /// Which standard.
    pub kind: ListKind,
    /// Its `id`, if it has one; then it is the URL it was found at. The
    /// standard lets it be absent (§2.2), and then only the place it was found
    /// at says which list it is.
    pub id: Option<String>,
    /// Who issued it. The standard allows another party than the badge's
    /// issuer; whether that counts is the caller's choice.
    pub issuer: String,
    /// What it is kept for: one or more purposes.
    pub purposes: Vec<Purpose>,
    /// The bits.
    pub bits: Bitstring,
    /// How long before the issuer asks readers to fetch it again. Advice: one
    /// that is not a whole number of milliseconds counts as absent.
    pub ttl: Option<Duration>,
}

impl StatusListContent {
    /// Reads a list found at `url`, for entries of `kind` (Bitstring Status
    /// List v1.0 §2.2; `StatusList2021` §2.2).
    ///
    /// # Errors
    /// [`Error::Malformed`] for a member of the wrong form, also a type of
    /// another kind; [`Mismatch::Id`] if it is the list of another URL; the
    /// errors of [`Bitstring::decode`].
    pub fn read(credential: &Object<'_>, kind: ListKind, url: &str) -> Result<Self, Error> {
        let is_of_kind = |name| {
            credential
                .get("type")
                .is_some_and(|types| types.includes(name))
        };
        if !is_of_kind("VerifiableCredential") || !is_of_kind(kind.credential_type()) {
            return Err(malformed("type"));
        }
        let id = id(credential)?;
        if id.as_deref().is_some_and(|id| !is_same_url(id, url)) {
            return Err(Mismatch::Id.into());
        }
        let subject = subject(credential, kind)?;
        let encoded = subject
            .text("encodedList")
            .ok_or(malformed("encodedList"))?;
        Ok(Self {
            kind,
            id,
            issuer: issuer(credential)?,
            purposes: purposes(subject)?,
            bits: match kind {
                ListKind::Bitstring => Bitstring::decode(encoded)?,
                ListKind::StatusList2021 => Bitstring::decode_2021(encoded)?,
            },
            ttl: ttl(subject),
        })
    }

    /// What this list says about an entry (Bitstring Status List v1.0 §3.2).
    ///
    /// Sizes and messages are the entry's: the issuer committed to them in the
    /// signed badge.
    ///
    /// # Errors
    /// [`Mismatch::Purpose`], [`Error::ListLength`] or [`Error::Range`]; also
    /// [`Error::Malformed`] for an entry of the other kind.
    pub fn outcome(&self, entry: &ListEntry) -> Result<Outcome, Error> {
        if entry.kind != self.kind {
            return Err(malformed("type"));
        }
        if !self.purposes.contains(&entry.purpose) {
            return Err(Mismatch::Purpose.into());
        }
        let value = self.bits.read(entry.index, entry.size)?;
        Ok(Outcome::of(entry, value))
    }
}

fn id(credential: &Object<'_>) -> Result<Option<String>, Error> {
    credential
        .get("id")
        .map(|id| id.as_str().map(str::to_owned).ok_or(malformed("id")))
        .transpose()
}

/// `issuer` is a URL, or an object with an `id` (VC Data Model 2.0 §4.7).
fn issuer(credential: &Object<'_>) -> Result<String, Error> {
    credential
        .get("issuer")
        .and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id")?.as_str()))
        .map(str::to_owned)
        .ok_or(malformed("issuer"))
}

/// The one subject, which is the list.
fn subject<'c, 'a>(credential: &'c Object<'a>, kind: ListKind) -> Result<&'c Object<'a>, Error> {
    const WRONG: Error = malformed("credentialSubject");
    let [subject] = credential
        .get("credentialSubject")
        .ok_or(WRONG)?
        .one_or_many()
    else {
        return Err(WRONG);
    };
    let is_list = subject
        .get("type")
        .is_some_and(|types| types.includes(kind.subject_type()));
    subject.as_object().filter(|_| is_list).ok_or(WRONG)
}

fn purposes(subject: &Object<'_>) -> Result<Vec<Purpose>, Error> {
    const WRONG: Error = malformed("statusPurpose");
    let purposes = subject
        .get("statusPurpose")
        .ok_or(WRONG)?
        .one_or_many()
        .iter()
        .map(|purpose| purpose.as_str().map(Purpose::from_text).ok_or(WRONG))
        .collect::<Result<Vec<_>, _>>()?;
    if purposes.is_empty() {
        return Err(WRONG);
    }
    Ok(purposes)
}

fn ttl(subject: &Object<'_>) -> Option<Duration> {
    let milliseconds = subject.get("ttl")?.as_number()?.as_i64()?;
    u64::try_from(milliseconds).ok().map(Duration::from_millis)
}

/// A Bitstring Status List to be signed: one purpose, one issuer.
#[derive(Debug, Clone, Copy)]
pub struct ListDraft<'a> {
    /// The URL it will be found at.
    pub id: &'a str,
    /// The issuer's id.
    pub issuer: &'a str,
    /// What it is kept for.
    pub purpose: &'a Purpose,
    /// From when it holds.
    pub valid_from: Moment,
    /// Until when it may be used.
    pub valid_until: Moment,
    /// How long readers should keep it.
    pub ttl: Option<Duration>,
}

impl ListDraft<'_> {
    /// The credential without a proof (§2.2). The same draft and bits give the
    /// same credential.
    ///
    /// # Errors
    /// Those of [`Bitstring::encode`].
    pub fn to_credential(&self, bits: &Bitstring) -> Result<Object<'static>, Error> {
        let mut subject = Object::new();
        subject.set("id", format!("{}#list", self.id));
        subject.set("type", ListKind::Bitstring.subject_type());
        subject.set("statusPurpose", self.purpose.as_str().to_owned());
        if let Some(ttl) = self.ttl {
            let milliseconds = i64::try_from(ttl.as_millis()).map_err(|_| malformed("ttl"))?;
            subject.set("ttl", milliseconds);
        }
        subject.set("encodedList", bits.encode()?);

        let types: Vec<Value<'static>> = vec![
            "VerifiableCredential".into(),
            ListKind::Bitstring.credential_type().into(),
        ];
        let contexts: Vec<Value<'static>> = vec!["https://www.w3.org/ns/credentials/v2".into()];
        let mut credential = Object::new();
        credential.set("@context", contexts);
        credential.set("id", self.id.to_owned());
        credential.set("type", types);
        credential.set("issuer", self.issuer.to_owned());
        credential.set("validFrom", self.valid_from.to_rfc3339());
        credential.set("validUntil", self.valid_until.to_rfc3339());
        credential.set("credentialSubject", subject);
        Ok(credential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::status::{EntrySize, StatusMessage};

    const URL: &str = "https://badges.example.gov.uk/status/1";
    /// Only entry 23 set.
    const BIT_23: &str = "uH4sIAAAAAAACA-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA";

    /// The golden list, with its subject's members given as JSON text.
    fn golden(subject: &str) -> String {
        format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"{URL}",
            "type":["VerifiableCredential","BitstringStatusListCredential"],
            "issuer":"did:web:badges.example.gov.uk","validFrom":"2026-01-01T00:00:00Z",
            "credentialSubject":{{"id":"{URL}#list","type":"BitstringStatusList",{subject}}}}}"#
        )
    }

    fn golden_subject() -> String {
        format!(r#""statusPurpose":"revocation","encodedList":"{BIT_23}""#)
    }

    fn read_at(text: &str, url: &str) -> Result<StatusListContent, Error> {
        let value = json::parse(text.as_bytes()).expect("JSON");
        let object = value.as_object().expect("an object");
        StatusListContent::read(object, ListKind::Bitstring, url)
    }

    fn read(text: &str) -> Result<StatusListContent, Error> {
        read_at(text, URL)
    }

    fn entry(index: u64, purpose: Purpose) -> ListEntry {
        ListEntry::new(URL.into(), index, purpose)
    }

    #[test]
    fn only_bit_23_of_the_golden_list_is_set() {
        let list = read(&golden(&golden_subject())).expect("a list");
        assert_eq!(list.issuer, "did:web:badges.example.gov.uk");
        assert_eq!((list.id.as_deref(), list.ttl), (Some(URL), None));
        for index in 0..131_072 {
            let expected = if index == 23 { "revoked" } else { "not_set" };
            let outcome = list.outcome(&entry(index, Purpose::Revocation));
            assert_eq!(outcome.map(|outcome| outcome.code()), Ok(expected));
        }
        let beyond = list.outcome(&entry(131_072, Purpose::Revocation));
        assert_eq!(beyond, Err(Error::Range));
    }

    #[test]
    fn a_list_answers_only_for_its_purposes() {
        let one = read(&golden(&golden_subject())).expect("a list");
        let several = golden(&format!(
            r#""statusPurpose":["suspension","revocation","colour"],"encodedList":"{BIT_23}""#
        ));
        let several = read(&several).expect("a list");
        for purpose in ["suspension", "colour", "Revocation", "revocation ", ""] {
            let outcome = one.outcome(&entry(23, Purpose::from_text(purpose)));
            assert_eq!(outcome, Err(Mismatch::Purpose.into()), "{purpose}");
        }
        assert_eq!(
            Error::from(Mismatch::Purpose).code(),
            "STATUS_VERIFICATION_ERROR"
        );
        for (purpose, code) in [
            ("suspension", "suspended"),
            ("revocation", "revoked"),
            ("colour", "information"),
        ] {
            let outcome = several.outcome(&entry(23, Purpose::from_text(purpose)));
            assert_eq!(outcome.map(|outcome| outcome.code()), Ok(code));
        }
    }

    #[test]
    fn a_list_of_another_address_is_not_used() {
        let text = golden(&golden_subject());
        for url in [
            "https://badges.example.gov.uk/status/2",
            "https://badges.example.gov.uk/status/1/",
            "https://badges.example.gov.uk/status/1?v=2",
            "https://badges.example.gov.uk/status/1#list",
            "http://badges.example.gov.uk/status/1",
            "https://example.gov.uk/status/1",
            "",
        ] {
            assert_eq!(read_at(&text, url), Err(Mismatch::Id.into()), "{url}");
        }
        let same = "https://BADGES.example.gov.uk:443/status/1";
        assert!(read_at(&text, same).is_ok());
        let without = text.replacen(&format!(r#""id":"{URL}","#), "", 1);
        assert_eq!(read(&without).map(|list| list.id), Ok(None));
        let not_text = text.replacen(&format!(r#""id":"{URL}","#), r#""id":1,"#, 1);
        assert_eq!(read(&not_text), Err(malformed("id")));
    }

    #[test]
    fn types_of_another_kind_are_refused() {
        let text = golden(&golden_subject());
        for (from, to, member) in [
            (
                "BitstringStatusListCredential",
                "StatusList2021Credential",
                "type",
            ),
            (
                "BitstringStatusListCredential",
                "OpenBadgeCredential",
                "type",
            ),
            ("\"VerifiableCredential\",", "", "type"),
            (
                r#""type":"BitstringStatusList""#,
                r#""type":"StatusList2021""#,
                "credentialSubject",
            ),
            (r#""type":"BitstringStatusList","#, "", "credentialSubject"),
            ("\"credentialSubject\"", "\"subject\"", "credentialSubject"),
            (
                r#""issuer":"did:web:badges.example.gov.uk""#,
                r#""issuer":{}"#,
                "issuer",
            ),
            (r#""issuer":"did:web:badges.example.gov.uk","#, "", "issuer"),
        ] {
            assert_eq!(
                read(&text.replacen(from, to, 1)),
                Err(malformed(member)),
                "{to}"
            );
        }
        let two = r#""credentialSubject":[{},{"id":1}],"older":{"#;
        let text = text.replacen(r#""credentialSubject":{"#, two, 1);
        assert_eq!(read(&text), Err(malformed("credentialSubject")));
    }

    #[test]
    fn members_of_the_wrong_form_are_refused() {
        let list = format!(r#","encodedList":"{BIT_23}""#);
        for purpose in ["null", "1", "[]", r#"["revocation",1]"#, "{}"] {
            let subject = format!(r#""statusPurpose":{purpose}{list}"#);
            assert_eq!(read(&golden(&subject)), Err(malformed("statusPurpose")));
        }
        let purpose = r#""statusPurpose":"revocation""#;
        for encoded in [
            "",
            ",\"encodedList\":1",
            ",\"encodedList\":[\"uH4sI\"]",
            ",\"encodedList\":\"H4sI\"",
        ] {
            let subject = format!("{purpose}{encoded}");
            assert_eq!(read(&golden(&subject)), Err(malformed("encodedList")));
        }
    }

    #[test]
    fn the_time_to_live_is_advice() {
        let with_ttl = |ttl: &str| {
            let text = golden(&format!(r#"{},"ttl":{ttl}"#, golden_subject()));
            read(&text).expect("a list").ttl
        };
        assert_eq!(with_ttl("300000"), Some(Duration::from_secs(300)));
        assert_eq!(with_ttl("0"), Some(Duration::ZERO));
        for wrong in ["-1", "1.5", r#""300000""#, "null", "[1]"] {
            assert_eq!(with_ttl(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_of_2021_is_read_as_one() {
        let text = golden(&golden_subject())
            .replace("BitstringStatusList", "StatusList2021")
            .replace("uH4sI", "H4sI")
            .replace(
                r#""issuer":"did:web:badges.example.gov.uk""#,
                r#""issuer":{"id":"did:web:badges.example.gov.uk","type":"Profile"}"#,
            );
        let value = json::parse(text.as_bytes()).expect("JSON");
        let object = value.as_object().expect("an object");
        let list = StatusListContent::read(object, ListKind::StatusList2021, URL).expect("a list");
        assert_eq!(list.issuer, "did:web:badges.example.gov.uk");
        let mut entry = entry(23, Purpose::Revocation);
        assert_eq!(list.outcome(&entry), Err(malformed("type")));
        entry.kind = ListKind::StatusList2021;
        assert_eq!(
            list.outcome(&entry).map(|outcome| outcome.code()),
            Ok("revoked")
        );
        assert_eq!(read(&text), Err(malformed("type")));
    }

    #[test]
    fn an_entry_of_two_bits_needs_a_list_of_twice_the_length() {
        let two = EntrySize::new(2).expect("a size");
        let mut entry = entry(131_071, Purpose::Message);
        entry.size = two;
        entry.messages = ["pending_review", "accepted", "rejected", "undefined"]
            .into_iter()
            .zip(0..)
            .map(|(message, status)| StatusMessage {
                status,
                message: message.into(),
            })
            .collect();
        let mut list = read(&golden(&golden_subject())).expect("a list");
        list.purposes = vec![Purpose::Message];
        assert_eq!(list.outcome(&entry), Err(Error::ListLength));
        list.bits = Bitstring::new(131_072, two).expect("a list");
        list.bits.set(131_071, two, 2).expect("in range");
        let outcome = list.outcome(&entry).expect("an outcome");
        assert_eq!(outcome.message(), Some("rejected"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut bits = Bitstring::new(131_072, EntrySize::ONE).expect("a list");
        bits.set(41, EntrySize::ONE, 1).expect("in range");
        let draft = ListDraft {
            id: URL,
            issuer: "did:web:badges.example.gov.uk",
            purpose: &Purpose::Revocation,
            valid_from: Moment::parse("2026-01-01T00:00:00Z").expect("a moment"),
            valid_until: Moment::parse("2026-01-08T00:00:00Z").expect("a moment"),
            ttl: Some(Duration::from_secs(300)),
        };
        let credential = draft.to_credential(&bits).expect("a credential");
        assert_eq!(draft.to_credential(&bits), Ok(credential.clone()));
        let text = Value::from(credential).to_json();
        assert!(
            text.contains(r#""validUntil":"2026-01-08T00:00:00Z""#),
            "{text}"
        );
        let list = read(&text).expect("a list");
        assert_eq!((list.bits, list.ttl), (bits, draft.ttl));
        assert_eq!(list.purposes, [Purpose::Revocation]);
    }
}
