//! Readers of values: from what was given to what it means.

use super::problem::{Wrong, quote};
use super::raw::{Raw, Value};
use super::secret::Secret;
use super::values::{BaseUrl, ByteSize, Cidr, HostPort, Rate};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use url::Url;

type Parsed<T> = Result<T, Wrong>;

/// The one text of a value.
fn one<'a>(raw: &'a Raw, right: &str) -> Parsed<&'a str> {
    match &raw.value {
        Value::One(text) if text.is_empty() => Err(Wrong::new("it is not set", right)),
        Value::One(text) => Ok(text),
        Value::Many(_) => Err(Wrong::new("it is a list", right)),
        Value::Other(what) => Err(Wrong::new(format!("it is {}", article(what)), right)),
    }
}

fn article(what: &str) -> String {
    if what.starts_with("a ") {
        what.to_owned()
    } else {
        format!("of the kind {what}")
    }
}

/// The one text, turned into something.
fn with<T>(raw: &Raw, right: &str, read: impl Fn(&str) -> Option<T>) -> Parsed<T> {
    let text = one(raw, right)?;
    read(text).ok_or_else(|| Wrong::new(format!("it is {}", quote(text)), right))
}

/// Every text of a list, turned into something.
fn each<T>(raw: &Raw, right: &str, read: impl Fn(&str) -> Option<T>) -> Parsed<Vec<T>> {
    let texts = match &raw.value {
        Value::Many(texts) => texts,
        Value::One(_) => return Err(Wrong::new("it is no list", right)),
        Value::Other(what) => return Err(Wrong::new(format!("it is {}", article(what)), right)),
    };
    let read_one = |text: &str| {
        let wrong = || Wrong::new(format!("{} is in it", quote(text)), right);
        read(text).ok_or_else(wrong)
    };
    texts.iter().map(|text| read_one(text)).collect()
}

/// A value, or none if an empty text stands there.
pub(super) fn optional<T>(raw: &Raw, read: fn(&Raw) -> Parsed<T>) -> Parsed<Option<T>> {
    if raw.is_set() {
        read(raw).map(Some)
    } else {
        Ok(None)
    }
}

/// A value, or none if this word stands there.
pub(super) fn unless<T>(raw: &Raw, word: &str, read: fn(&Raw) -> Parsed<T>) -> Parsed<Option<T>> {
    match &raw.value {
        Value::One(text) if **text == word => Ok(None),
        _ => read(raw)
            .map(Some)
            .map_err(|wrong| Wrong::new(wrong.wrong, format!("{}, or \"{word}\"", wrong.right))),
    }
}

/// One of a few words.
pub(super) fn word<T: Copy>(raw: &Raw, words: &[(&str, T)]) -> Parsed<T> {
    let names: Vec<String> = words
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let right = format!("Write {}", names.join(" or "));
    with(raw, &right, |text| {
        words
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, what)| *what)
    })
}

pub(super) fn socket(raw: &Raw) -> Parsed<SocketAddr> {
    const RIGHT: &str = "Write an address and a port, like 127.0.0.1:8080 or [::1]:8080";
    with(raw, RIGHT, |text| text.parse().ok())
}

pub(super) fn number<T>(raw: &Raw, range: RangeInclusive<T>) -> Parsed<T>
where
    T: FromStr + PartialOrd + std::fmt::Display,
{
    let right = format!(
        "Write a whole number from {} to {}",
        range.start(),
        range.end()
    );
    with(raw, &right, |text| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_number.then(|| text.parse().ok())?;
        number.filter(|number| range.contains(number))
    })
}

pub(super) fn size(raw: &Raw, least: u64, most: u64) -> Parsed<ByteSize> {
    let (least, most) = (ByteSize::new(least), ByteSize::new(most));
    let right = format!("Write a size from {least} to {most} with its unit (B, KiB, MiB, GiB)");
    with(raw, &right, |text| {
        ByteSize::parse(text).filter(|size| (least..=most).contains(size))
    })
}

/// A time that is longer than none, and no longer than `most` says.
pub(super) fn period(raw: &Raw, most: &str) -> Parsed<Duration> {
    let right = format!("Write a time of at most {most} with its unit (ms, s, min, h, d)");
    let longest = duration(most).unwrap_or(Duration::MAX);
    with(raw, &right, |text| {
        duration(text).filter(|time| !time.is_zero() && *time <= longest)
    })
}

/// Reads `30 s`, `7d`, `500 ms`.
fn duration(text: &str) -> Option<Duration> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    let number: u64 = number.parse().ok()?;
    let seconds = match unit.trim_start() {
        "ms" => return Some(Duration::from_millis(number)),
        "s" => 1,
        "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::from_secs)
}

pub(super) fn rate(raw: &Raw) -> Parsed<Rate> {
    const RIGHT: &str = "Write how many in what time, like 30/min, 60/s or 1/min burst 10";
    with(raw, RIGHT, Rate::parse)
}

pub(super) fn path(raw: &Raw) -> Parsed<PathBuf> {
    with(raw, "Write the path of a file or folder", |text| {
        Some(text)
            .filter(|text| !text.contains('\0'))
            .map(PathBuf::from)
    })
}

pub(super) fn text(raw: &Raw) -> Parsed<String> {
    with(raw, "Write a text", |text| Some(text.to_owned()))
}

/// A secret is not quoted, whatever is wrong with it.
pub(super) fn secret(raw: &Raw) -> Parsed<Secret> {
    one(raw, "Write a text").map(|text| Secret::new(text.to_owned()))
}

pub(super) fn base_url(raw: &Raw) -> Parsed<BaseUrl> {
    const RIGHT: &str =
        "Write the address that strangers reach the node by, like https://badges.example.org";
    let text = one(raw, RIGHT)?;
    BaseUrl::parse(text).map_err(|why| Wrong::new(why, RIGHT))
}

/// An address of a page or of mail, as others are shown it.
pub(super) fn contact(raw: &Raw) -> Parsed<Url> {
    const RIGHT: &str = "Write an address like https://badges.example.org/contact or \
        mailto:badges@example.org";
    with(raw, RIGHT, |text| {
        let url = Url::parse(text).ok()?;
        let is_page = url.scheme() == "https" && url.username().is_empty() && url.has_host();
        let is_mail = url.scheme() == "mailto" && url.path().contains('@');
        (url.as_str().is_ascii() && (is_page || is_mail)).then_some(url)
    })
}

pub(super) fn ranges(raw: &Raw) -> Parsed<Vec<Cidr>> {
    const RIGHT: &str = "Write a list of addresses or ranges, like [\"127.0.0.1\", \"10.0.0.0/8\"]";
    each(raw, RIGHT, Cidr::parse)
}

pub(super) fn host_ports(raw: &Raw) -> Parsed<Vec<HostPort>> {
    const RIGHT: &str = "Write a list of hosts with their ports, like [\"localhost:8081\"]";
    each(raw, RIGHT, HostPort::parse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::Origin;

    fn raw(text: &str) -> Raw {
        Raw::text(text, false, Origin::Default)
    }

    #[test]
    fn times_carry_their_unit_and_are_never_none() {
        for (text, milliseconds) in [
            ("500 ms", 500),
            ("30s", 30_000),
            ("5 min", 300_000),
            ("24 h", 86_400_000),
            ("7 d", 604_800_000),
        ] {
            let time = period(&raw(text), "30 d").expect("a time");
            assert_eq!(time, Duration::from_millis(milliseconds), "{text}");
        }
        for bad in [
            "",
            "0 s",
            "0 ms",
            "5",
            "s",
            "-5 s",
            "5 seconds",
            "1.5 s",
            "31 d",
            "5 s 3",
            "99999999999999999999 s",
            "18446744073709551615 d",
        ] {
            assert!(period(&raw(bad), "30 d").is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_stay_in_their_range() {
        assert_eq!(number(&raw("4"), 1..=8_u16), Ok(4));
        for bad in ["", "0", "9", "+4", "-4", "4.0", "0x4", "four", "99999999"] {
            assert!(number(&raw(bad), 1..=8_u16).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_contact_is_a_page_or_a_mailbox() {
        for good in [
            "https://badges.example/contact",
            "mailto:badges@example.org",
        ] {
            assert!(contact(&raw(good)).is_ok(), "{good}");
        }
        for bad in [
            "",
            "badges@example.org",
            "http://badges.example",
            "mailto:",
            "mailto:nobody",
            "javascript:alert(1)",
            "https://user@badges.example",
        ] {
            assert!(contact(&raw(bad)).is_err(), "{bad}");
        }
    }
}
