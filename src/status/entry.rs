//! One `credentialStatus` entry: what kind it is, and which bit of which list.
//!
//! Read strictly: an index or a size that two readers could take for two
//! numbers is refused. The entry's own `id` is not looked at; the standard
//! says it has no part in checking (Bitstring Status List v1.0 §2.1).

use super::message::{self, StatusMessage};
use super::{EntrySize, Error, malformed};
use crate::json::{Number, Object, Value};

/// A way of telling a status, as named by an entry's `type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusEntry {
    /// An entry of a signed list of bits.
    List(ListEntry),
    /// 1EdTech's older, unsigned list of withdrawn credentials.
    RevocationList1EdTech {
        /// Where the list is (the entry's `id`).
        url: String,
    },
    /// A kind we do not know. It may say anything, also "withdrawn".
    Unknown {
        /// Its types.
        types: Vec<String>,
    },
}

/// The two standards of signed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    /// Bitstring Status List v1.0.
    Bitstring,
    /// Its predecessor, `StatusList2021`.
    StatusList2021,
}

/// A bit (or a few) of a signed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// Which standard.
    pub kind: ListKind,
    /// What a set bit says.
    pub purpose: Purpose,
    /// The entry's number. A number beyond 64 bits is read as the largest: it
    /// is out of every list's range.
    pub index: u64,
    /// Where the list is.
    pub list: String,
    /// How many bits.
    pub size: EntrySize,
    /// What the values mean, if the entry says so.
    pub messages: Vec<StatusMessage>,
}

/// What a list is for (`statusPurpose`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Withdrawn for good.
    Revocation,
    /// Paused.
    Suspension,
    /// A newer credential can be had.
    Refresh,
    /// A message of the issuer's own.
    Message,
    /// A purpose of the issuer's own: any string is allowed.
    Other(String),
}

impl Purpose {
    /// Reads the standard's word.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match text {
            "revocation" => Self::Revocation,
            "suspension" => Self::Suspension,
            "refresh" => Self::Refresh,
            "message" => Self::Message,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The standard's word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
            Self::Refresh => "refresh",
            Self::Message => "message",
            Self::Other(text) => text,
        }
    }
}

impl ListKind {
    /// The `type` of an entry.
    #[must_use]
    pub const fn entry_type(self) -> &'static str {
        match self {
            Self::Bitstring => "BitstringStatusListEntry",
            Self::StatusList2021 => "StatusList2021Entry",
        }
    }

    /// The `type` of a list's credential.
    #[must_use]
    pub const fn credential_type(self) -> &'static str {
        match self {
            Self::Bitstring => "BitstringStatusListCredential",
            Self::StatusList2021 => "StatusList2021Credential",
        }
    }

    /// The `type` of the subject of a list's credential.
    #[must_use]
    pub const fn subject_type(self) -> &'static str {
        match self {
            Self::Bitstring => "BitstringStatusList",
            Self::StatusList2021 => "StatusList2021",
        }
    }
}

const REVOCATION_LIST_1EDTECH: &str = "1EdTechRevocationList";

impl StatusEntry {
    /// Reads one entry of `credentialStatus`.
    ///
    /// # Errors
    /// [`Error::Malformed`] if a member breaks the standard's rules, or if the
    /// entry claims to be of two kinds.
    pub fn read(entry: &Value<'_>) -> Result<Self, Error> {
        let object = entry.as_object().ok_or(malformed("credentialStatus"))?;
        let types = types(object)?;
        let is_kind = |kind: ListKind| types.iter().any(|name| name == kind.entry_type());
        let kinds = (
            is_kind(ListKind::Bitstring),
            is_kind(ListKind::StatusList2021),
            types.iter().any(|name| name == REVOCATION_LIST_1EDTECH),
        );
        match kinds {
            (true, false, false) => bitstring_entry(object).map(Self::List),
            (false, true, false) => entry_2021(object).map(Self::List),
            (false, false, true) => Ok(Self::RevocationList1EdTech {
                url: url(object, "id")?,
            }),
            (false, false, false) => Ok(Self::Unknown { types }),
            _ => Err(malformed("type")),
        }
    }

    /// Where the list is, if the kind is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::List(entry) => Some(&entry.list),
            Self::RevocationList1EdTech { url } => Some(url),
            Self::Unknown { .. } => None,
        }
    }
}

impl ListEntry {
    /// An entry of one bit in a Bitstring Status List, as we issue it.
    #[must_use]
    pub const fn new(list: String, index: u64, purpose: Purpose) -> Self {
        Self {
            kind: ListKind::Bitstring,
            purpose,
            index,
            list,
            size: EntrySize::ONE,
            messages: Vec::new(),
        }
    }

    /// The entry as JSON. Size and messages are written only if there is
    /// something to say.
    #[must_use]
    pub fn to_object(&self) -> Object<'static> {
        let mut object = Object::new();
        object.set("type", self.kind.entry_type());
        object.set("statusPurpose", self.purpose.as_str().to_owned());
        object.set("statusListIndex", self.index.to_string());
        object.set("statusListCredential", self.list.clone());
        if self.size != EntrySize::ONE {
            object.set("statusSize", i64::from(self.size));
        }
        if !self.messages.is_empty() {
            let messages: Vec<Value<'static>> =
                self.messages.iter().map(StatusMessage::to_value).collect();
            object.set("statusMessage", messages);
        }
        object
    }
}

/// §2.1.
fn bitstring_entry(object: &Object<'_>) -> Result<ListEntry, Error> {
    let size = message::size(object)?;
    Ok(ListEntry {
        kind: ListKind::Bitstring,
        purpose: purpose(object)?,
        index: index(object)?,
        list: url(object, "statusListCredential")?,
        size,
        messages: message::read(object, size)?,
    })
}

/// `StatusList2021` §2.1 knows neither sizes nor messages.
fn entry_2021(object: &Object<'_>) -> Result<ListEntry, Error> {
    Ok(ListEntry {
        kind: ListKind::StatusList2021,
        purpose: purpose(object)?,
        index: index(object)?,
        list: url(object, "statusListCredential")?,
        size: EntrySize::ONE,
        messages: Vec::new(),
    })
}

fn types(object: &Object<'_>) -> Result<Vec<String>, Error> {
    let types: Option<Vec<String>> = object
        .get("type")
        .ok_or(malformed("type"))?
        .one_or_many()
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect();
    types
        .filter(|types| !types.is_empty())
        .ok_or(malformed("type"))
}

fn purpose(object: &Object<'_>) -> Result<Purpose, Error> {
    object
        .text("statusPurpose")
        .map(Purpose::from_text)
        .ok_or(malformed("statusPurpose"))
}

/// An absolute URL, kept as it was written.
fn url(object: &Object<'_>, member: &'static str) -> Result<String, Error> {
    object
        .text(member)
        .filter(|text| url::Url::parse(text).is_ok())
        .map(str::to_owned)
        .ok_or(malformed(member))
}

/// "An arbitrary size integer greater than or equal to 0, expressed as a
/// string in base 10". Leading zeros and signs are refused. 1EdTech's public
/// validator has test badges with a JSON number, so a plain one is read.
fn index(object: &Object<'_>) -> Result<u64, Error> {
    const WRONG: Error = malformed("statusListIndex");
    match object.get("statusListIndex").ok_or(WRONG)? {
        Value::String(text) => {
            let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let is_canonical = !text.starts_with('0') || text == "0";
            if text.is_empty() || !is_digits || !is_canonical {
                return Err(WRONG);
            }
            Ok(text.parse().unwrap_or(u64::MAX))
        }
        Value::Number(Number::Integer(integer)) => u64::try_from(*integer).map_err(|_| WRONG),
        _ => Err(WRONG),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Result<StatusEntry, Error> {
        StatusEntry::read(&json::parse(text.as_bytes()).expect("JSON"))
    }

    /// An entry whose index and further members are given as JSON text.
    fn entry(index: &str, more: &str) -> String {
        format!(
            r#"{{"type":"BitstringStatusListEntry","statusPurpose":"revocation",
                "statusListIndex":{index},
                "statusListCredential":"https://example.com/credentials/status/3"{more}}}"#
        )
    }

    fn list_entry(text: &str) -> ListEntry {
        match read(text) {
            Ok(StatusEntry::List(entry)) => entry,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn check_malformed(text: &str, member: &'static str) {
        assert_eq!(read(text), Err(malformed(member)), "{text}");
        assert_eq!(malformed(member).code(), "MALFORMED_VALUE_ERROR");
    }

    #[test]
    fn the_example_of_the_standard_is_read() {
        let entry = list_entry(
            r#"{"id":"https://example.com/credentials/status/3#94567",
                "type":"BitstringStatusListEntry","statusPurpose":"revocation",
                "statusListIndex":"94567",
                "statusListCredential":"https://example.com/credentials/status/3"}"#,
        );
        let expected = ListEntry::new(
            "https://example.com/credentials/status/3".into(),
            94_567,
            Purpose::Revocation,
        );
        assert_eq!(entry, expected);
    }

    #[test]
    fn an_index_is_a_plain_number() {
        for (index, expected) in [
            (r#""0""#, 0),
            (r#""7""#, 7),
            (r#""131071""#, 131_071),
            ("23", 23),
            ("0", 0),
            (r#""18446744073709551615""#, u64::MAX),
            (r#""18446744073709551616""#, u64::MAX),
            (r#""99999999999999999999999999""#, u64::MAX),
        ] {
            assert_eq!(list_entry(&entry(index, "")).index, expected, "{index}");
        }
    }

    #[test]
    fn an_index_that_could_be_read_in_two_ways_is_refused() {
        for index in [
            r#""007""#,
            r#""00""#,
            r#""-1""#,
            r#""-0""#,
            r#""+1""#,
            r#""1e3""#,
            r#""41abc""#,
            r#""41.9""#,
            r#""0x10""#,
            r#"" 7""#,
            r#""7\n""#,
            r#""1_000""#,
            r#""٧""#,
            r#""""#,
            "-1",
            "-0",
            "1e3",
            "41.0",
            "41.9",
            "true",
            "null",
            r#"["7"]"#,
            "{}",
        ] {
            check_malformed(&entry(index, ""), "statusListIndex");
        }
    }

    #[test]
    fn members_of_the_wrong_form_are_refused() {
        let base = r#""type":"BitstringStatusListEntry","statusListIndex":"1""#;
        let url = r#""statusListCredential":"https://example.com/s""#;
        let purpose = r#""statusPurpose":"revocation""#;
        check_malformed(&format!("{{{base},{url}}}"), "statusPurpose");
        for wrong in ["1", "null", r#"["revocation"]"#, "{}"] {
            check_malformed(
                &format!(r#"{{{base},{url},"statusPurpose":{wrong}}}"#),
                "statusPurpose",
            );
        }
        check_malformed(&format!("{{{base},{purpose}}}"), "statusListCredential");
        for wrong in [
            "1",
            r#""status/3""#,
            r#""//example.com/s""#,
            r#"{"id":"https://example.com/s"}"#,
        ] {
            check_malformed(
                &format!(r#"{{{base},{purpose},"statusListCredential":{wrong}}}"#),
                "statusListCredential",
            );
        }
        check_malformed(
            &format!(r#"{{"type":"BitstringStatusListEntry",{purpose},{url}}}"#),
            "statusListIndex",
        );
    }

    #[test]
    fn an_entry_is_of_one_kind() {
        check_malformed(r#""https://example.com/s""#, "credentialStatus");
        check_malformed("[]", "credentialStatus");
        check_malformed("{}", "type");
        for wrong in ["1", "[]", "null", r#"["BitstringStatusListEntry",1]"#] {
            check_malformed(&format!(r#"{{"type":{wrong}}}"#), "type");
        }
        check_malformed(
            r#"{"type":["BitstringStatusListEntry","StatusList2021Entry"]}"#,
            "type",
        );
        check_malformed(
            r#"{"type":["1EdTechRevocationList","StatusList2021Entry"]}"#,
            "type",
        );
        assert_eq!(
            read(r#"{"type":["RevocationList2020Status"],"id":"x"}"#),
            Ok(StatusEntry::Unknown {
                types: vec!["RevocationList2020Status".into()]
            })
        );
    }

    #[test]
    fn older_kinds_are_read() {
        assert_eq!(
            read(r#"{"id":"https://example.com/revoked","type":"1EdTechRevocationList"}"#),
            Ok(StatusEntry::RevocationList1EdTech {
                url: "https://example.com/revoked".into()
            })
        );
        check_malformed(r#"{"type":"1EdTechRevocationList"}"#, "id");
        check_malformed(r#"{"type":"1EdTechRevocationList","id":"revoked"}"#, "id");

        let entry = list_entry(
            r#"{"type":"StatusList2021Entry","statusPurpose":"suspension","statusListIndex":"5",
                "statusListCredential":"https://example.com/s","statusSize":"no such member"}"#,
        );
        assert_eq!(entry.kind, ListKind::StatusList2021);
        assert_eq!(
            (entry.purpose, entry.size),
            (Purpose::Suspension, EntrySize::ONE)
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut entry = ListEntry::new("https://example.com/s".into(), 41, Purpose::Suspension);
        let text = entry.to_object().into();
        assert_eq!(
            StatusEntry::read(&text),
            Ok(StatusEntry::List(entry.clone()))
        );
        assert_eq!(
            text.get("statusListIndex").and_then(Value::as_str),
            Some("41")
        );
        assert_eq!(text.as_object().map(Object::len), Some(4));

        entry.purpose = Purpose::Other("colour".into());
        entry.messages = vec![
            StatusMessage {
                status: 0,
                message: "red".into(),
            },
            StatusMessage {
                status: 1,
                message: "blue".into(),
            },
        ];
        let text = entry.to_object().into();
        assert_eq!(StatusEntry::read(&text), Ok(StatusEntry::List(entry)));
    }
}
