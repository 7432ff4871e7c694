//! What a status list says about its own life, before anybody has checked it.
//!
//! Used to keep it no longer than it says and to count the memory it will take.
//! Whether it is genuine is for the verification to find; a list that lies here
//! harms only the host that serves it.

use crate::clock::Moment;
use crate::json::{self, Object, Value};
use crate::keys::base64url;
use crate::limits;
use crate::proof::Jws;

/// What a list says about itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) valid_from: Option<Moment>,
    pub(super) valid_until: Option<Moment>,
    pub(super) ttl_seconds: Option<i64>,
    /// Bytes of the bits when unpacked.
    pub(super) unpacked: usize,
}

impl Facts {
    /// Reads a list, in JSON or in a token. What cannot be read says nothing.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes)
            .map(str::trim)
            .unwrap_or_default();
        if Jws::looks_like(text) {
            return Jws::parse(text)
                .ok()
                .map(|jws| Self::of_json(jws.payload()))
                .unwrap_or_default();
        }
        Self::of_json(bytes)
    }

    fn of_json(bytes: &[u8]) -> Self {
        match json::parse(bytes) {
            Ok(Value::Object(object)) => Self::of(&object),
            _ => Self::default(),
        }
    }

    fn of(claims: &Object<'_>) -> Self {
        let within = claims.get("vc").and_then(Value::as_object);
        let list = within.unwrap_or(claims);
        let subject = list
            .get("credentialSubject")
            .and_then(|subject| subject.one_or_many().first());
        let moment = |names: [&str; 2]| {
            let text = names.into_iter().find_map(|name| list.text(name));
            text.and_then(|text| Moment::parse(text).ok())
        };
        let claim = |name| {
            let seconds = claims.get(name)?.as_number()?.as_i64()?;
            Moment::from_unix(seconds).ok()
        };
        let milliseconds = subject
            .and_then(|subject| subject.get("ttl")?.as_number())
            .and_then(|ttl| ttl.as_i64());
        let encoded = subject.and_then(|subject| subject.get("encodedList")?.as_str());
        Self {
            valid_from: moment(["validFrom", "issuanceDate"]).or_else(|| claim("nbf")),
            valid_until: earliest([moment(["validUntil", "expirationDate"]), claim("exp")]),
            ttl_seconds: milliseconds.filter(|ttl| *ttl >= 0).map(|ttl| ttl / 1_000),
            unpacked: encoded.map_or(0, unpacked),
        }
    }
}

fn earliest(moments: [Option<Moment>; 2]) -> Option<Moment> {
    moments.into_iter().flatten().min()
}

/// gzip ends with the length of what it holds (RFC 1952 §2.3.1). One that lies
/// is refused when it is unpacked, and then nothing of it is kept.
fn unpacked(encoded: &str) -> usize {
    let encoded = encoded.strip_prefix('u').unwrap_or(encoded);
    let start = encoded.len().saturating_sub(8) / 4 * 4;
    let tail = encoded.get(start..).and_then(base64url::decode);
    let last = tail.as_deref().and_then(|tail| tail.last_chunk::<4>());
    let length = last.map_or(0, |last| u32::from_le_bytes(*last));
    usize::try_from(length)
        .unwrap_or(usize::MAX)
        .min(limits::BITSTRING_MAX_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{Bitstring, EntrySize};

    fn moment(text: &str) -> Option<Moment> {
        Moment::parse(text).ok()
    }

    fn list(members: &str) -> String {
        format!(
            r#"{{"validFrom":"2026-11-25T00:00:00Z","validUntil":"2026-11-26T00:00:00Z",
            "credentialSubject":{{{members}}}}}"#
        )
    }

    #[test]
    fn a_list_says_how_long_it_may_be_kept() {
        let facts = Facts::read(list(r#""ttl":300000"#).as_bytes());
        assert_eq!(facts.valid_from, moment("2026-11-25T00:00:00Z"));
        assert_eq!(facts.valid_until, moment("2026-11-26T00:00:00Z"));
        assert_eq!(facts.ttl_seconds, Some(300));
    }

    #[test]
    fn a_token_says_it_in_its_claims() {
        let payload = r#"{"nbf":1795564800,"exp":1795651200,"vc":{"credentialSubject":{"ttl":1000},
            "expirationDate":"2027-01-01T00:00:00Z"}}"#;
        let token = format!(
            "{}.{}.{}",
            base64url::encode(br#"{"alg":"EdDSA"}"#),
            base64url::encode(payload.as_bytes()),
            base64url::encode(&[0; 64])
        );
        let facts = Facts::read(token.as_bytes());
        assert_eq!(facts.valid_from, moment("2026-11-25T00:00:00Z"));
        assert_eq!(facts.valid_until, moment("2026-11-26T00:00:00Z"));
        assert_eq!(facts.ttl_seconds, Some(1));
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for bad in ["", "x", "[]", "{", "a.b.c", r#"{"credentialSubject":7}"#] {
            assert_eq!(Facts::read(bad.as_bytes()), Facts::default(), "{bad}");
        }
        for bad in [r#""ttl":-1"#, r#""ttl":"5""#, r#""ttl":1.5"#] {
            assert_eq!(Facts::read(list(bad).as_bytes()).ttl_seconds, None, "{bad}");
        }
    }

    #[test]
    fn the_memory_that_the_bits_will_take_is_known_before_they_are_unpacked() {
        let bits = Bitstring::new(131_072, EntrySize::ONE).expect("a list");
        let encoded = bits.encode().expect("encodes");
        assert_eq!(unpacked(&encoded), 16_384);
        assert_eq!(unpacked(""), 0);
        assert_eq!(unpacked("u_____w"), 4_194_304);
    }
}
