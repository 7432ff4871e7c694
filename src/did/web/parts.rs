//! The parts of an address, each in the one spelling that every reader takes
//! for the same.

use super::{Error, WELL_KNOWN};
use url::Host;

/// Longest name of the DNS (RFC 1035 §3.1), and of one label in it.
const NAME_BYTES: usize = 253;
const LABEL_BYTES: usize = 63;

/// A host name in lower case. The URL parser decides what is an IP address,
/// since it knows every spelling that a client would take for one.
pub(super) fn read_host(name: &str) -> Result<String, Error> {
    let is_label = |label: &str| {
        (1..=LABEL_BYTES).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let name = name.to_ascii_lowercase();
    if name.len() > NAME_BYTES || !name.split('.').all(is_label) {
        return Err(Error::Host);
    }
    match Host::parse(&name) {
        Ok(Host::Domain(parsed)) if parsed == name => Ok(name),
        _ => Err(Error::Host),
    }
}

pub(super) fn read_port(text: &str) -> Result<u16, Error> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| is_plain).ok_or(Error::Port)
}

/// One segment, percent-decoded. A delimiter in it would mean one thing
/// before decoding and another after.
pub(super) fn read_segment(text: &str) -> Result<String, Error> {
    let decoded = decode(text).ok_or(Error::Path)?;
    let hides = |letter: char| matches!(letter, '/' | '\\' | '%' | '?' | '#' | ':');
    let is_plain = !decoded.is_empty()
        && !matches!(decoded.as_str(), "." | ".." | WELL_KNOWN)
        && !decoded
            .chars()
            .any(|letter| hides(letter) || letter.is_control());
    if is_plain {
        Ok(decoded)
    } else {
        Err(Error::Path)
    }
}

fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            // RFC 3986 §2: these do not stand in a URL as they are.
            b'"' | b'<' | b'>' | b'[' | b']' | b'^' | b'`' | b'{' | b'|' | b'}' => return None,
            0x21..=0x7e => byte,
            _ => return None,
        });
    }
    String::from_utf8(decoded).ok()
}

pub(super) fn encode(text: &str, plain: &[u8], out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
