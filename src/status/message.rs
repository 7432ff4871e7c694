//! How many bits an entry has, and what its values mean (Bitstring Status List
//! v1.0 §2.1: `statusSize`, `statusMessage`).

use super::{EntrySize, Error, malformed};
use crate::json::{Number, Object, Value};

/// What one value of an entry means (`statusMessage`). Written for developers:
/// the standard advises against showing it to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMessage {
    /// The value.
    pub status: u64,
    /// Its meaning.
    pub message: String,
}

impl StatusMessage {
    pub(super) fn to_value(&self) -> Value<'static> {
        let mut object = Object::new();
        object.set("status", format!("{:#x}", self.status));
        object.set("message", self.message.clone());
        object.into()
    }
}

/// The size: one bit, if nothing is said.
pub(super) fn size(object: &Object<'_>) -> Result<EntrySize, Error> {
    let Some(value) = object.get("statusSize") else {
        return Ok(EntrySize::ONE);
    };
    match value {
        Value::Number(Number::Integer(integer)) => u64::try_from(*integer).ok(),
        _ => None,
    }
    .and_then(EntrySize::new)
    .ok_or(malformed("statusSize"))
}

/// As many messages as values, one for each; required beyond one bit.
pub(super) fn read(object: &Object<'_>, size: EntrySize) -> Result<Vec<StatusMessage>, Error> {
    const WRONG: Error = malformed("statusMessage");
    let Some(value) = object.get("statusMessage") else {
        return if size == EntrySize::ONE {
            Ok(Vec::new())
        } else {
            Err(WRONG)
        };
    };
    let items = value.as_array().ok_or(WRONG)?;
    if u64::try_from(items.len()) != Ok(size.values()) {
        return Err(WRONG);
    }
    let mut messages = items
        .iter()
        .map(|item| message(item, size).ok_or(WRONG))
        .collect::<Result<Vec<_>, _>>()?;
    messages.sort_by_key(|message| message.status);
    let is_twice = messages
        .windows(2)
        .any(|pair| matches!(pair, [left, right] if left.status == right.status));
    if is_twice { Err(WRONG) } else { Ok(messages) }
}

fn message(item: &Value<'_>, size: EntrySize) -> Option<StatusMessage> {
    let digits = item.get("status")?.as_str()?.strip_prefix("0x")?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let status = u64::from_str_radix(digits, 16).ok()?;
    (is_hexadecimal && status < size.values()).then_some(StatusMessage {
        status,
        message: item.get("message")?.as_str()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read_all(text: &str) -> Result<Vec<StatusMessage>, Error> {
        let value = json::parse(text.as_bytes()).expect("JSON");
        let object = value.as_object().expect("an object");
        read(object, size(object)?)
    }

    #[track_caller]
    fn check_malformed(text: &str, member: &'static str) {
        assert_eq!(read_all(text), Err(malformed(member)), "{text}");
    }

    #[test]
    fn as_many_messages_as_values_are_read() {
        let messages = read_all(
            r#"{"statusSize":2,"statusMessage":[
                {"status":"0x0","message":"pending_review"},
                {"status":"0x3","message":"undefined","colour":"red"},
                {"status":"0x1","message":"accepted"},
                {"status":"0x2","message":"rejected"}]}"#,
        );
        let texts: Vec<String> = messages
            .expect("messages")
            .into_iter()
            .map(|message| message.message)
            .collect();
        assert_eq!(
            texts,
            ["pending_review", "accepted", "rejected", "undefined"]
        );
        assert_eq!(read_all("{}"), Ok(Vec::new()));
        assert_eq!(read_all(r#"{"statusSize":1}"#), Ok(Vec::new()));
    }

    #[test]
    fn sizes_that_are_no_number_of_bits_are_refused() {
        for size in ["0", "-1", "64", r#""1""#, "1.5", "2e0", "null"] {
            check_malformed(&format!(r#"{{"statusSize":{size}}}"#), "statusSize");
        }
    }

    #[test]
    fn messages_that_do_not_fit_the_size_are_refused() {
        let one = r#"{"status":"0x0","message":"a"}"#;
        let two = r#"{"status":"0x1","message":"b"}"#;
        check_malformed(r#"{"statusSize":2}"#, "statusMessage");
        check_malformed(r#"{"statusSize":63}"#, "statusMessage");
        check_malformed(
            &format!(r#"{{"statusSize":2,"statusMessage":[{one},{two}]}}"#),
            "statusMessage",
        );
        check_malformed(&format!(r#"{{"statusMessage":{one}}}"#), "statusMessage");
        for wrong in [
            "",
            one,
            r#"{"status":"0x2","message":"b"}"#,
            r#"{"status":"1","message":"b"}"#,
            r#"{"status":1,"message":"b"}"#,
            r#"{"status":"0x+1","message":"b"}"#,
            r#"{"status":"0x","message":"b"}"#,
            r#"{"status":"0x1"}"#,
            r#"{"status":"0x1","message":1}"#,
            r#""b""#,
        ] {
            let items = [one, wrong].join(if wrong.is_empty() { "" } else { "," });
            check_malformed(
                &format!(r#"{{"statusMessage":[{items}]}}"#),
                "statusMessage",
            );
        }
    }
}
